import Exact
import GradientFlow
import Symbolic

/// The innermost part of a formula that has no enclosure although everything in it has one.
struct Culprit {
    struct Message {
        let id: String
        let text: String
        let remedy: String?
    }

    private static let mostParts = 2000

    private let graph: Graph
    private let values: [Expression: Enclosed]
    private let truths: [Condition: Truth]

    /// - Parameter isPlace: whether a message can point at the part.
    /// - Returns: what is wrong, and the innermost part around it that has a place.
    static func find(
        _ root: Expression, _ graph: Graph, _ symbols: [Symbol], _ box: [ClosedRange<Rational>], bits: Int,
        isPlace: (Expression) -> Bool
    ) -> (Message, Expression?) {
        let every = parts(of: root, graph)
        // Of a very large formula only the outermost part is looked at.
        let all = every.count <= mostParts ? every : [root] + graph.operands(of: root)
        var conditions: [Condition] = []
        for part in all { if case .cases(let condition, _, _) = graph.node(part) { conditions.append(condition) } }
        guard let program = try? FormulaProgram(all, conditions: conditions, of: graph, inputs: symbols, bits: bits) else {
            return (unknown, nil)
        }
        let values = Dictionary(zip(all, program.values(on: box)), uniquingKeysWith: { first, _ in first })
        let truths = Dictionary(
            conditions.indices.map { (conditions[$0], program.truth(ofCondition: $0)) }, uniquingKeysWith: { first, _ in first })
        let search = Culprit(graph: graph, values: values, truths: truths)
        var part = root
        var place = isPlace(root) ? root : nil
        var isCertain = true
        while every.count <= mostParts, let inner = search.operands(of: part).first(where: { search.values[$0]?.ends == nil }) {
            isCertain = isCertain && search.isNeeded(inner, by: part)
            part = inner
            if isPlace(part) { place = part }
        }
        let message = search.message(about: part)
        if isCertain || message.id != "E0407" { return (message, place) }
        return (Message(id: mayBeUndefined, text: message.text + ", in a branch that may be needed", remedy: narrower), place)
    }

    /// Not a branch of an `if` that may take the other one.
    private func isNeeded(_ inner: Expression, by part: Expression) -> Bool {
        guard case .cases(let condition, let a, let b) = graph.node(part), truths[condition] == .unknown else { return true }
        return inner != a && inner != b
    }

    /// The formula's parts but for the bodies of means.
    private static func parts(of root: Expression, _ graph: Graph) -> [Expression] {
        var seen: Set<Expression> = []
        var pending = [root]
        while let next = pending.popLast() {
            guard seen.insert(next).inserted else { continue }
            pending += graph.operands(of: next)
        }
        return seen.sorted { $0.index < $1.index }
    }

    /// What the part needs here: of a decided `if` the branch that is taken.
    private func operands(of part: Expression) -> [Expression] {
        if case .cases(let condition, let a, let b) = graph.node(part) {
            switch truths[condition] {
            case .yes?: return [a]
            case .no?: return [b]
            case .unknown?, nil: return condition.sides + [a, b]
            }
        }
        return graph.operands(of: part)
    }

    // MARK: Messages

    static let mayBeUndefined = "E0408"
    private static let unknown = Message(id: mayBeUndefined, text: "this formula has no enclosure", remedy: narrower)
    private static let narrower = "no bound follows; narrower intervals may help, and so may a tolerance, for which they are cut into parts"

    private func message(about part: Expression) -> Message {
        switch graph.node(part) {
        case .apply(.log, let x): domain("log", "is defined for positive numbers only", x) { $0.isPositive }
        case .apply(.log1p, let x): domain("log1p", "is defined for numbers above -1 only", x) { $0 > -1 }
        case .apply(.floor, let x):
            Message(
                id: Self.mayBeUndefined, text: "floor is not decided: its argument is in \(text(x)), which may reach an integer from both sides",
                remedy: "no bound follows; narrower intervals or more bits may help")
        case .divide(_, let x): divisor(x)
        case .power(let x, let exponent) where exponent.isInteger:
            exponent.isNegative ? divisor(x) : Self.tooLarge
        case .power(let x, let exponent):
            if exponent.isNegative {
                domain("the power \(exponent)", "is defined for positive numbers only", x) { $0.isPositive }
            } else {
                domain(
                    exponent == Rational(1, 2) ? "sqrt" : "the power \(exponent)", "is defined for numbers >= 0 only", x
                ) { !$0.isNegative }
            }
        case .expectation: Self.unknown
        case .constant, .pi, .symbol, .add, .multiply, .apply, .minimum, .maximum, .cases: Self.tooLarge
        }
    }

    /// - Parameter contains: whether a number belongs to the domain, which reaches to infinity.
    private func domain(_ name: String, _ rule: String, _ x: Expression, contains: (Rational) -> Bool) -> Message {
        guard let ends = values[x]?.ends else { return Self.unknown }
        if contains(ends.lower) { return Self.tooLarge }
        if !contains(ends.upper) {
            return Message(
                id: "E0407", text: "\(name) \(rule); its argument is in \(text(x))",
                remedy: "give values inside the domain")
        }
        return Message(
            id: Self.mayBeUndefined, text: "\(name) \(rule), and its argument is in \(text(x)), which may leave the domain",
            remedy: Self.narrower)
    }

    private func divisor(_ x: Expression) -> Message {
        guard let ends = values[x]?.ends else { return Self.unknown }
        if ends.lower.isZero && ends.upper.isZero {
            return Message(
                id: "E0407", text: "division by zero", remedy: "give values for which the divisor is not 0")
        }
        if ends.lower.isPositive || ends.upper.isNegative { return Self.tooLarge }
        return Message(
            id: Self.mayBeUndefined, text: "the divisor is in \(text(x)), which contains 0", remedy: Self.narrower)
    }

    static let tooLarge = Message(
        id: "E0409", text: "this number, or one on the way to it, is too large to represent: it may be beyond 10^100000",
        remedy: "enclose its logarithm")

    private func text(_ x: Expression) -> String {
        guard let ends = values[x]?.ends else { return "an unknown interval" }
        let low = ends.lower.decimal(significantDigits: 6, rounding: .down)
        return "[\(low), \(ends.upper.decimal(significantDigits: 6, rounding: .up))]"
    }
}

extension Graph {
    /// Operands of a part, those of a mean's body excepted.
    fileprivate func operands(of part: Expression) -> [Expression] {
        switch node(part) {
        case .constant, .pi, .symbol, .expectation: []
        case .add(let a, let b), .multiply(let a, let b), .divide(let a, let b), .minimum(let a, let b), .maximum(let a, let b):
            [a, b]
        case .cases(let condition, let a, let b): condition.sides + [a, b]
        case .power(let a, _), .apply(_, let a): [a]
        }
    }
}

extension Condition {
    /// Both sides of every comparison.
    fileprivate var sides: [Expression] {
        switch self {
        case .truth: []
        case .compare(_, let a, let b): [a, b]
        case .not(let c): c.sides
        case .and(let parts), .or(let parts): parts.flatMap(\.sides)
        case .implies(let a, let b): a.sides + b.sides
        }
    }
}
