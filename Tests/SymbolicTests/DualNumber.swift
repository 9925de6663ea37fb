import Exact

@testable import Symbolic

/// x + e*y with e^2 = 0 over the rationals: differentiation without any rule that the graph uses.
struct DualNumber {
    let value, slope: Rational

    init(_ value: Rational, _ slope: Rational = 0) {
        self.value = value
        self.slope = slope
    }

    static func + (a: DualNumber, b: DualNumber) -> DualNumber { DualNumber(a.value + b.value, a.slope + b.slope) }
    static func * (a: DualNumber, b: DualNumber) -> DualNumber {
        DualNumber(a.value * b.value, a.slope * b.value + a.value * b.slope)
    }
    var reciprocal: DualNumber? {
        value.reciprocal.map { DualNumber($0, -slope * $0 * $0) }
    }

    /// The value and derivative of a formula; nil where it is undefined, or not made of + * / ^ and `cases` of smooth pieces.
    static func evaluate(_ graph: Graph, _ e: Expression, _ point: [Symbol: DualNumber]) -> DualNumber? {
        func at(_ e: Expression) -> DualNumber? { evaluate(graph, e, point) }
        switch graph.node(e) {
        case .constant(let c): return DualNumber(c)
        case .symbol(let symbol): return point[symbol]
        case .add(let a, let b):
            guard let a = at(a), let b = at(b) else { return nil }
            return a + b
        case .multiply(let a, let b):
            guard let a = at(a), let b = at(b) else { return nil }
            return a * b
        case .divide(let a, let b):
            guard let a = at(a), let b = at(b)?.reciprocal else { return nil }
            return a * b
        case .power(let a, let exponent):
            guard let a = at(a), let n = exponent.asInt, let base = n < 0 ? a.reciprocal : a else { return nil }
            return (0..<abs(n)).reduce(DualNumber(1)) { product, _ in product * base }
        case .apply(let function, let a):
            guard let a = at(a), !a.value.isZero else { return nil }
            switch function {
            case .abs: return a.value.isNegative ? a * DualNumber(-1) : a
            case .relu: return a.value.isNegative ? DualNumber(0) : a
            default: return nil
            }
        case .minimum(let a, let b):
            guard let a = at(a), let b = at(b), a.value != b.value else { return nil }
            return a.value < b.value ? a : b
        case .maximum(let a, let b):
            guard let a = at(a), let b = at(b), a.value != b.value else { return nil }
            return a.value < b.value ? b : a
        case .cases(.compare(.less, let l, let r), let a, let b):
            guard let l = at(l), let r = at(r), l.value != r.value else { return nil }
            return l.value < r.value ? at(a) : at(b)
        case .pi, .cases: return nil
        case .expectation(.binomial(let trials, let p), let variable, let body):
            var sum = DualNumber(0)
            for n in 0...trials {
                var inner = point
                inner[.bound(variable)] = DualNumber(Rational(n))
                guard let term = evaluate(graph, body, inner) else { return nil }
                sum = sum + DualNumber(binomialWeight(trials, p, n)) * term
            }
            return sum
        }
    }
}
