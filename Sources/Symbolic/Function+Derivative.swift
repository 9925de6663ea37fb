import Exact

extension Graph {
    /// A formula without a value anywhere: 1/0. A comparison that needs it is neither true nor false.
    var undefined: Expression { divide(one, zero) }

    /// f'(x) for a function that is smooth on its domain; nil for the gates abs, floor, relu.
    ///
    /// The forms are the ones without cancellation and without overflow: sigmoid'(x) = sigmoid(x) sigmoid(-x) instead of
    /// s(1 - s), and tanh'(x) = 4 sigmoid(2x) sigmoid(-2x) instead of 1 - tanh(x)^2.
    /// - Parameter value: the node of f(x), to be shared.
    func slope(of function: Function, at x: Expression, value: Expression) -> Expression? {
        switch function {
        case .exp: return value
        case .log: return divide(one, x)
        case .log1p: return divide(one, add(one, x))
        case .expm1: return apply(.exp, x)
        case .sqrt: return divide(constant(Rational(1, 2)), value)
        case .sin: return apply(.cos, x)
        case .cos: return negate(apply(.sin, x))
        case .tanh:
            let twice = multiply(constant(2), x)
            return multiply(constant(4), multiply(apply(.sigmoid, twice), apply(.sigmoid, negate(twice))))
        case .sinh: return apply(.cosh, x)
        case .cosh: return apply(.sinh, x)
        case .asinh: return power(add(one, power(x, 2)), Rational(-1, 2))
        case .erf:
            let factor = multiply(constant(2), power(pi, Rational(-1, 2)))
            return multiply(factor, apply(.exp, negate(power(x, 2))))
        case .sigmoid: return multiply(value, apply(.sigmoid, negate(x)))
        case .softplus: return apply(.sigmoid, x)
        case .abs, .floor, .relu: return nil
        }
    }

    /// r x^(r - 1) for the node `value` = x^r.
    func slope(ofPower exponent: Rational, at x: Expression, value: Expression) -> Expression {
        if exponent == Rational(1, 2) { return divide(constant(exponent), value) }
        if exponent == -1 { return negate(power(value, 2)) }
        if exponent.isNegative { return divide(multiply(constant(exponent), value), x) }
        return multiply(constant(exponent), power(x, exponent - 1))
    }

    /// The slope of abs, relu or floor: a number on each side, nothing at the tie.
    func slope(ofGate function: Function, at x: Expression, value: Expression) -> Expression {
        switch function {
        case .abs: split(x, positive: one, negative: constant(-1))
        case .relu: split(x, positive: one, negative: zero)
        default: cases(compare(.less, value, x), zero, undefined)
        }
    }

    /// `positive` where 0 < gate, `negative` where gate < 0, and nothing at the tie.
    func split(_ gate: Expression, positive: Expression, negative: Expression) -> Expression {
        cases(
            compare(.less, zero, gate), positive,
            cases(compare(.less, gate, zero), negative, undefined))
    }

    /// `first` where a < b, `second` where b < a, and nothing at the tie.
    func split(_ a: Expression, below b: Expression, first: Expression, second: Expression) -> Expression {
        cases(compare(.less, a, b), first, cases(compare(.less, b, a), second, undefined))
    }
}
