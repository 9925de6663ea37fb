import Exact

extension NormalForms {
    /// The logarithm, with certainly positive factors and numbers split off.
    func logarithm(_ x: Form) throws(NormalFormFailure) -> Form {
        guard let parts = try product(of: x) else { throw .undefined }
        var result = try numberLogarithm(parts.coefficient.magnitude)
        var rest = Product.Rest(sign: parts.coefficient.isNegative ? -1 : 1)
        for power in parts.monomial.powers {
            if certainty(ofAtom: power.base).isPositive {
                result = try add(result, multiply(Form(power.exponent.rational), logarithm(ofAtom: power.base)))
            } else {
                rest.powers.append(power)
            }
        }
        if parts.sum.constant != 1 {
            if certainty(parts.sum).isPositive {
                result = try add(result, logarithmAtom(Form(parts.sum)))
            } else {
                rest.sum = parts.sum
            }
        }
        for power in parts.denominator.powers {
            if certainty(factors[power.base]).isPositive {
                let part = try logarithmAtom(Form(factors[power.base]))
                result = try add(result, multiply(Form(-power.exponent.rational), part))
            } else {
                rest.denominator.append(power)
            }
        }
        if rest.isNumber {
            if rest.sign < 0 { throw .undefined }
            return result
        }
        // log(x^r) is r log x where x^r > 0 means x > 0: for odd and for fractional r.
        if let power = rest.onlyPower, !power.exponent.isInteger || power.exponent.numerator % 2 != 0 {
            return try add(result, multiply(Form(power.exponent.rational), logarithm(ofAtom: power.base)))
        }
        return try add(result, logarithmAtom(rest.form))
    }

    private func logarithm(ofAtom atom: Int) throws(NormalFormFailure) -> Form {
        switch atoms[atom].kind {
        case .exponential(let unit): return unit
        case .number(let value): return try numberLogarithm(Rational(value))
        case .radicand(let form): return try logarithm(form)
        case .plain, .sine, .logarithm, .numberLogarithm, .mean:
            return try logarithmAtom(form(ofAtom: atom))
        }
    }

    private func logarithmAtom(_ x: Form) throws(NormalFormFailure) -> Form {
        let atom = try keyedAtom(.function(.log), [x]) { () throws(NormalFormFailure) -> Int in
            makeAtom(.logarithm(x), graph.apply(.log, expression(of: x)))
        }
        return try form(ofAtom: atom)
    }
}
