import Exact

extension NormalForms {
    /// x^r for r not an integer; it exists only where x >= 0 (x > 0 if r < 0).
    func rationalPower(_ x: Form, _ exponent: Rational) throws(NormalFormFailure) -> Form {
        guard let parts = try product(of: x) else {
            if exponent.isPositive { return Form() }
            throw .undefined
        }
        var result = try numberPower(parts.coefficient.magnitude, exponent)
        var rest = Product.Rest(sign: parts.coefficient.isNegative ? -1 : 1)
        for power in parts.monomial.powers {
            let total = power.exponent.rational * exponent
            if certainty(ofAtom: power.base).isNonNegative {
                result = try multiply(result, form(ofAtom: power.base, total))
            } else if power.exponent.isInteger && power.exponent.numerator % 2 == 0 {
                result = try multiply(result, absolutePower(form(ofAtom: power.base), total))
            } else {
                rest.powers.append(power)
            }
        }
        if parts.sum.constant != 1 {
            if certainty(parts.sum).isPositive {
                result = try multiply(result, radical(Form(parts.sum), exponent))
            } else {
                rest.sum = parts.sum
            }
        }
        for power in parts.denominator.powers {
            if certainty(factors[power.base]).isPositive {
                let part = try radical(Form(factors[power.base]), -power.exponent.rational * exponent)
                result = try multiply(result, part)
            } else {
                rest.denominator.append(power)
            }
        }
        if rest.isNumber {
            if rest.sign < 0 { throw .undefined }
            return result
        }
        if let power = rest.onlyPower {
            return try multiply(result, form(ofAtom: power.base, power.exponent.rational * exponent))
        }
        return try multiply(result, radical(rest.form, exponent))
    }

    /// f^r as a power of the atom that stands for f under roots.
    private func radical(_ f: Form, _ exponent: Rational) throws(NormalFormFailure) -> Form {
        let atom = try keyedAtom(.radicand, [f]) { () throws(NormalFormFailure) -> Int in
            makeAtom(.radicand(f), expression(of: f))
        }
        return try form(ofAtom: atom, exponent)
    }

    /// |f|^r as (f^2)^(r/2).
    private func absolutePower(_ f: Form, _ exponent: Rational) throws(NormalFormFailure) -> Form {
        try radical(multiply(f, f), exponent * Rational(1, 2))
    }

    /// |x|, factor by factor.
    func absolute(_ x: Form) throws(NormalFormFailure) -> Form {
        guard let parts = try product(of: x) else { return Form() }
        var result = Form(parts.coefficient.magnitude)
        for power in parts.monomial.powers {
            let factor = try form(ofAtom: power.base)
            result = try multiply(result, absolute(factor, certainty(ofAtom: power.base), power.exponent))
        }
        if parts.sum.constant != 1 {
            result = try multiply(result, absolute(Form(parts.sum), certainty(parts.sum), .one))
        }
        for power in parts.denominator.powers {
            let factor = Form(factors[power.base])
            result = try multiply(result, absolute(factor, certainty(factors[power.base]), -power.exponent))
        }
        return result
    }

    /// |f|^r.
    private func absolute(_ f: Form, _ known: Certainty, _ exponent: Exponent) throws(NormalFormFailure) -> Form {
        guard exponent.isInteger else { return try rationalPower(f, exponent.rational) }
        if known.isNonNegative || exponent.numerator % 2 == 0 { return try power(f, exponent.numerator) }
        if known.isNonPositive { return try power(f.scaled(by: -1), exponent.numerator) }
        return try absolutePower(f, exponent.rational)
    }
}
