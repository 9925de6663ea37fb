import Exact
import Foundation

/// Random formulas as text: every function of the language, powers, gates, sums, over the names given.
struct RandomExpression {
    private static let functions = [
        "exp", "log", "log1p", "expm1", "sqrt", "abs", "floor", "sin", "cos", "tanh", "sinh", "cosh", "asinh", "erf", "sigmoid",
        "softplus", "relu",
    ]

    let names: [String]

    func text(_ depth: Int, _ random: inout TestRandom) -> String {
        if depth == 0 || random.chance(1, of: 8) { return leaf(&random) }
        func part(_ random: inout TestRandom) -> String { text(depth - 1, &random) }
        switch random.below(20) {
        case 0...6: return "(\(part(&random)) \(random.pick(["+", "-", "*", "*", "/"])) \(part(&random)))"
        case 7: return "(-\(part(&random)))"
        case 8: return "((\(part(&random)))^\(random.pick(["2", "3", "4", "7", "0", "(-1)", "(-2)"])))"
        case 9: return "((\(part(&random)))^(\(random.pick(["1/2", "1/3", "-1/2", "5/2", "-7/3"]))))"
        case 10: return "(2 + sin(\(part(&random))))^(\(part(&random)))"
        case 11: return "\(random.pick(["min", "max"]))(\(part(&random)), \(part(&random)))"
        case 12:
            let relation = random.pick(["<", "<=", ">"])
            return "(if \(part(&random)) \(relation) \(part(&random)) then \(part(&random)) else \(part(&random)))"
        case 13 where !names.contains("i"):
            let body = RandomExpression(names: names + ["i"]).text(depth - 1, &random)
            return "(sum(i in 1..\(random.within(1...4))) (\(body)))"
        default: return "\(random.pick(Self.functions))(\(part(&random)))"
        }
    }

    private func leaf(_ random: inout TestRandom) -> String {
        switch random.below(10) {
        case 0: "pi"
        case 1: "\(random.within(0...12))"
        case 2: "(\(random.fraction(30, over: 1...30)))"
        case 3: "\(random.within(0...9)).\(random.within(0...999))e\(random.within(-12...12))"
        default: names.isEmpty ? "2" : random.pick(names)
        }
    }

    /// A point, an interval around moderate numbers, a thin one, or one that starts at 0.
    static func interval(_ random: inout TestRandom) -> ClosedRange<Rational> {
        let center = random.fraction(40, over: 1...10)
        switch random.below(4) {
        case 0: return center...center
        case 1: return center...center + random.fraction(20, over: 1...10).magnitude
        case 2: return center...center + .powerOfTwo(-random.within(1...80))
        default: return 0...random.fraction(30, over: 1...10).magnitude
        }
    }
}

/// A random formula of positive numbers without cancellation, of moderate size: each operation loses a few bits at most.
struct CalmExpression {
    let text: String
    let size: Double

    init(_ depth: Int, _ random: inout TestRandom) {
        if depth == 0 || random.chance(1, of: 8) {
            let value = Rational(BigInt(random.within(1...40)), BigInt(random.within(1...10)))
            (text, size) = ("(\(value))", value.approximation)
            return
        }
        let a = CalmExpression(depth - 1, &random)
        switch random.below(8) {
        case 0, 1:
            let b = CalmExpression(depth - 1, &random)
            (text, size) = ("(\(a.text) + \(b.text))", a.size + b.size)
        case 2, 3:
            let b = CalmExpression(depth - 1, &random)
            (text, size) = ("(\(a.text) * \(b.text))", a.size * b.size)
        case 4:
            let b = CalmExpression(depth - 1, &random)
            (text, size) = ("(\(a.text) / \(b.text))", a.size / b.size)
        case 5 where a.size < 8: (text, size) = ("exp(\(a.text))", Foundation.exp(a.size))
        case 6: (text, size) = ("log(2 + \(a.text))", 1)
        case 7: (text, size) = ("tanh(\(a.text))", min(a.size, 1))
        default: (text, size) = ("sqrt(\(a.text))", a.size.squareRoot())
        }
    }
}
