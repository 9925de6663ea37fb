import Symbolic

/// The names that the language itself defines.
enum Vocabulary {
    /// Functions of arrays, with their number of arguments.
    enum ArrayFunction: Sendable {
        case dot, outer, norm, spectralNorm, trace, determinant, transpose, identity, length, distinct

        var arity: Int {
            switch self {
            case .dot, .outer: 2
            case .norm, .spectralNorm, .trace, .determinant, .transpose, .identity, .length, .distinct: 1
            }
        }
    }

    enum BuiltIn: Sendable {
        /// One real argument.
        case function(Function)
        case minimum, maximum
        case indicator
        case gradient
        case next
        /// `start(stage)`, `end(stage)`
        case stageMoment
        case size
        case divides
        case array(ArrayFunction)
        /// The multiplier of a constraint.
        case dual
        /// The integral, or the sum over the steps, up to now.
        case total
        /// The language has it, this version does not.
        case unsupported
    }

    private static let elementary: [String: BuiltIn] = Dictionary(
        uniqueKeysWithValues: Function.allCases.map { ($0.rawValue, .function($0)) })

    private static let others: [String: BuiltIn] = [
        "min": .minimum, "max": .maximum, "indicator": .indicator, "gradient": .gradient, "next": .next,
        "start": .stageMoment, "end": .stageMoment, "size": .size, "divides": .divides,
        "dot": .array(.dot), "outer": .array(.outer), "norm": .array(.norm), "trace": .array(.trace),
        "det": .array(.determinant), "transpose": .array(.transpose), "eye": .array(.identity),
        "length": .array(.length), "distinct": .array(.distinct),
        "opnorm": .array(.spectralNorm), "total": .total, "dual": .dual,
    ]

    static func function(_ name: String) -> BuiltIn? { elementary[name] ?? others[name] }

    /// `t`, `pi`, `end`, `start`, `seed`: names without a declaration.
    static let constants: Set<String> = ["t", "pi", "end", "start", "seed"]

    static let laws: Set<String> = ["binomial", "multinomial", "uniform"]

    static func isReserved(_ name: String) -> Bool {
        function(name) != nil || constants.contains(name) || laws.contains(name)
    }

    static var functionNames: [String] { Array(elementary.keys) + Array(others.keys) }
}
