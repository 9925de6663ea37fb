import Exact

extension Graph {
    /// Formulas whose least value is the formula's: a minimum, a negated maximum and a negated absolute value are taken
    /// apart, also as summands. `e >= 0` holds exactly if every part is >= 0.
    public func leastParts(of e: Expression) -> [Expression] { leastParts(of: e, sign: 1) }

    /// The parts of sign*e.
    private func leastParts(of e: Expression, sign: Rational) -> [Expression] {
        switch node(e) {
        case .minimum(let a, let b) where sign.isPositive, .maximum(let a, let b) where sign.isNegative:
            return leastParts(of: a, sign: sign) + leastParts(of: b, sign: sign)
        case .apply(.abs, let a) where sign.isNegative:
            return leastParts(of: a, sign: sign) + leastParts(of: a, sign: -sign)
        case .multiply(let a, let b):
            if let factor = constant(a), !factor.isZero { return leastParts(of: b, sign: sign * factor) }
            if let factor = constant(b), !factor.isZero { return leastParts(of: a, sign: sign * factor) }
        case .add(let a, let b):
            let (first, second) = (leastParts(of: a, sign: sign), leastParts(of: b, sign: sign))
            if first.count * second.count > 1 && first.count * second.count <= 4096 {
                return first.flatMap { x in second.map { add(x, $0) } }
            }
        default:
            break
        }
        return [multiply(constant(sign), e)]
    }

    /// Whether the formula is continuous wherever it is defined: made without `if` and floor.
    public func isContinuous(_ e: Expression) -> Bool {
        reachable(from: [e]).allSatisfy { x in
            switch node(x) {
            case .apply(.floor, _), .cases: false
            case .constant, .pi, .symbol, .add, .multiply, .divide, .power, .apply, .minimum, .maximum, .expectation: true
            }
        }
    }
}
