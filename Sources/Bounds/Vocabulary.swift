import Symbolic

/// The names that the language itself defines.
enum Vocabulary {
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
        /// The language has it, this version does not.
        case unsupported
    }

    private static let elementary: [String: BuiltIn] = Dictionary(
        uniqueKeysWithValues: Function.allCases.map { ($0.rawValue, .function($0)) })

    private static let others: [String: BuiltIn] = [
        "min": .minimum, "max": .maximum, "indicator": .indicator, "gradient": .gradient, "next": .next,
        "start": .stageMoment, "end": .stageMoment, "size": .size, "divides": .divides,
        "dot": .unsupported, "outer": .unsupported, "norm": .unsupported, "opnorm": .unsupported,
        "trace": .unsupported, "det": .unsupported, "transpose": .unsupported, "eye": .unsupported,
        "length": .unsupported, "distinct": .unsupported, "total": .unsupported, "dual": .unsupported,
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
