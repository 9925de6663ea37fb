import Exact

extension Graph {
    /// The exact rational value where it is found by rational arithmetic alone: + - * /, integer powers, rational square
    /// roots, abs, min, max, floor, relu, and `cases` whose condition is decided (only the branch taken is needed).
    ///
    /// Nil if anything needed is undefined, irrational, without a value, an expectation, or grows beyond about a
    /// million bits. Nil says nothing about the formula.
    public func exactValue(of e: Expression, at point: [Symbol: Rational]) -> Rational? {
        exactValues(of: [e], at: point)[e] ?? nil
    }

    /// Whether the condition holds, decided by exact values; nil if they do not decide it.
    public func exactTruth(of condition: Condition, at point: [Symbol: Rational]) -> Bool? {
        var roots: [Expression] = []
        condition.forEachExpression { roots.append($0) }
        let values = exactValues(of: roots, at: point)
        return truth(of: condition) { values[$0] ?? nil }
    }

    private func exactValues(of roots: [Expression], at point: [Symbol: Rational]) -> [Expression: Rational?] {
        var values: [Expression: Rational?] = [:]
        for e in reachable(from: roots, descend: { !isExpectation($0) }) {
            values[e] = .some(exactValue(of: node(e), point) { values[$0] ?? nil })
        }
        return values
    }

    private func exactValue(of node: Node, _ point: [Symbol: Rational], _ value: (Expression) -> Rational?) -> Rational? {
        switch node {
        case .constant(let constant): constant
        case .pi, .expectation: nil
        case .symbol(let symbol): point[symbol]
        case .add(let a, let b): ExactArithmetic.add(value(a), value(b))
        case .multiply(let a, let b): ExactArithmetic.multiply(value(a), value(b))
        case .divide(let a, let b): ExactArithmetic.divide(value(a), value(b))
        case .power(let a, let exponent): ExactArithmetic.power(value(a), exponent)
        case .apply(let function, let a): ExactArithmetic.apply(function, value(a))
        case .minimum(let a, let b): ExactArithmetic.minimum(value(a), value(b))
        case .maximum(let a, let b): ExactArithmetic.maximum(value(a), value(b))
        case .cases(let condition, let a, let b): truth(of: condition, value).flatMap { $0 ? value(a) : value(b) }
        }
    }

    private func truth(of condition: Condition, _ value: (Expression) -> Rational?) -> Bool? {
        switch condition {
        case .truth(let holds): holds
        case .compare(let relation, let a, let b):
            ExactArithmetic.holds(relation, difference: ExactArithmetic.subtract(value(b), value(a)))
        case .not(let c): ThreeValued.not(truth(of: c, value))
        case .and(let list): ThreeValued.and(list.map { truth(of: $0, value) })
        case .or(let list): ThreeValued.or(list.map { truth(of: $0, value) })
        case .implies(let a, let b): ThreeValued.implies(truth(of: a, value), truth(of: b, value))
        }
    }

    private func isExpectation(_ e: Expression) -> Bool {
        if case .expectation = node(e) { return true }
        return false
    }
}
