import Exact

/// What holds for the value of a formula whatever real values its symbols take (variables of laws included).
///
/// The signs speak of the points at which the formula is defined. Everything here is decided by rules on exact
/// constants; false means "not known".
struct Certainty: Hashable {
    var isDefined = false
    var isNonNegative = false
    var isNonPositive = false
    var isNonZero = false

    var isPositive: Bool { isNonNegative && isNonZero }
    var isNegative: Bool { isNonPositive && isNonZero }

    static let unknown = Certainty()

    init(isDefined: Bool = false, isNonNegative: Bool = false, isNonPositive: Bool = false, isNonZero: Bool = false) {
        self.isDefined = isDefined
        self.isNonNegative = isNonNegative
        self.isNonPositive = isNonPositive
        self.isNonZero = isNonZero
    }

    init(_ value: Rational) {
        self.init(
            isDefined: true, isNonNegative: !value.isNegative, isNonPositive: !value.isPositive, isNonZero: !value.isZero)
    }

    static func positive(ifDefined isDefined: Bool) -> Certainty {
        Certainty(isDefined: isDefined, isNonNegative: true, isNonZero: true)
    }

    static func sum(_ a: Certainty, _ b: Certainty) -> Certainty {
        let nonNegative = a.isNonNegative && b.isNonNegative
        let nonPositive = a.isNonPositive && b.isNonPositive
        return Certainty(
            isDefined: a.isDefined && b.isDefined, isNonNegative: nonNegative, isNonPositive: nonPositive,
            isNonZero: (nonNegative || nonPositive) && (a.isNonZero || b.isNonZero))
    }

    static func product(_ a: Certainty, _ b: Certainty) -> Certainty {
        Certainty(
            isDefined: a.isDefined && b.isDefined,
            isNonNegative: a.isNonNegative && b.isNonNegative || a.isNonPositive && b.isNonPositive,
            isNonPositive: a.isNonNegative && b.isNonPositive || a.isNonPositive && b.isNonNegative,
            isNonZero: a.isNonZero && b.isNonZero)
    }

    /// 1/x. It is never 0.
    var reciprocal: Certainty {
        Certainty(
            isDefined: isDefined && isNonZero, isNonNegative: isNonNegative, isNonPositive: isNonPositive, isNonZero: true)
    }

    /// x^r, r not zero.
    func power(_ exponent: Rational) -> Certainty {
        let base = exponent.isNegative ? reciprocal : self
        guard exponent.isInteger else {
            // A base below 0 has no power, so the value is >= 0 wherever it exists.
            return Certainty(
                isDefined: base.isDefined && isNonNegative, isNonNegative: true, isNonZero: base.isNonZero)
        }
        if exponent.numerator.isMultiple(of: 2) {
            return Certainty(isDefined: base.isDefined, isNonNegative: true, isNonZero: base.isNonZero)
        }
        return base
    }

    /// What holds for either of two values.
    func orElse(_ other: Certainty) -> Certainty {
        Certainty(
            isDefined: isDefined && other.isDefined, isNonNegative: isNonNegative && other.isNonNegative,
            isNonPositive: isNonPositive && other.isNonPositive, isNonZero: isNonZero && other.isNonZero)
    }
}

extension Function {
    /// What is certain about f(x), from what is certain about x.
    func certainty(_ x: Certainty) -> Certainty {
        switch self {
        case .exp, .cosh, .sigmoid, .softplus:
            return .positive(ifDefined: x.isDefined)
        case .log:
            return Certainty(isDefined: x.isDefined && x.isPositive)
        case .log1p:
            var result = x
            result.isDefined = x.isDefined && x.isNonNegative
            return result
        case .sqrt:
            return x.power(Rational(1, 2))
        case .abs:
            return Certainty(isDefined: x.isDefined, isNonNegative: true, isNonPositive: x.isNonNegative && x.isNonPositive, isNonZero: x.isNonZero)
        case .floor:
            // The floor of 1/2 is 0: only "not negative" and "negative" survive.
            return Certainty(isDefined: x.isDefined, isNonNegative: x.isNonNegative, isNonPositive: x.isNonPositive, isNonZero: x.isNegative)
        case .sin, .cos:
            return Certainty(isDefined: x.isDefined)
        case .tanh, .sinh, .asinh, .erf, .expm1:
            return x
        case .relu:
            return Certainty(isDefined: x.isDefined, isNonNegative: true, isNonPositive: x.isNonPositive, isNonZero: x.isPositive)
        }
    }
}

extension Graph {
    func certainty(_ e: Expression) -> Certainty {
        while certainties.count <= e.index { certainties.append(certainty(of: nodes[certainties.count])) }
        return certainties[e.index]
    }

    private func certainty(of node: Node) -> Certainty {
        func known(_ e: Expression) -> Certainty { certainties[e.index] }
        switch node {
        case .constant(let value): return Certainty(value)
        case .pi: return .positive(ifDefined: true)
        case .symbol: return Certainty(isDefined: true)
        case .add(let a, let b): return .sum(known(a), known(b))
        case .multiply(let a, let b): return a == b ? known(a).power(2) : .product(known(a), known(b))
        case .divide(let a, let b): return .product(known(a), known(b).reciprocal)
        case .power(let a, let exponent):
            return exponent.isZero ? .positive(ifDefined: known(a).isDefined) : known(a).power(exponent)
        case .apply(.log, let a):
            if let x = constant(a), x.isPositive { return Certainty(x - 1) }
            return Function.log.certainty(known(a))
        case .apply(let function, let a): return function.certainty(known(a))
        case .minimum(let a, let b), .maximum(let a, let b):
            return known(a).orElse(known(b))
        case .cases(let condition, let a, let b):
            var result = known(a).orElse(known(b))
            condition.forEachExpression { result.isDefined = result.isDefined && known($0).isDefined }
            return result
        case .expectation(_, _, let body):
            var result = known(body)
            // Values of both signs can cancel.
            result.isNonZero = result.isNonZero && (result.isNonNegative || result.isNonPositive)
            return result
        }
    }
}
