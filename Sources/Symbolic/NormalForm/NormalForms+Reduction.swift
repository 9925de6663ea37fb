import Exact

extension NormalForms {
    /// Rewrites whole powers of roots and squares of sines.
    func reduce(_ form: Form) throws(NormalFormFailure) -> Form {
        if reducible.isEmpty { return form }
        var result = Form()
        // In order: new factors are numbered as they come, and results must not depend on hashing.
        for (denominator, numerator) in form.sortedParts {
            for (monomial, coefficient) in numerator.sortedTerms {
                var (rest, extra) = ([Monomial.Power](), Form(coefficient))
                for power in monomial.powers {
                    let (kept, factor) = try reduce(power)
                    if let kept { rest.append(kept) }
                    if let factor { extra = try multiply(extra, factor) }
                }
                let kept = Monomial(sorted: rest)
                for (d, p) in extra.parts { result.add(try p.scaled(by: 1, kept), over: try d * denominator) }
            }
        }
        // What a rewriting brought in may meet other powers of itself.
        return needsReduction(result) ? try reduce(result) : result
    }

    private func needsReduction(_ form: Form) -> Bool {
        form.parts.values.contains { $0.terms.keys.contains { $0.powers.contains { wholePart($0) != 0 } } }
    }

    /// How many times the relation of the atom applies to the power.
    private func wholePart(_ power: Monomial.Power) -> Int {
        guard reducible.contains(power.base) else { return 0 }
        switch atoms[power.base].kind {
        case .number, .radicand: return power.exponent.floor
        case .sine: return power.exponent.isInteger && power.exponent.numerator >= 2 ? power.exponent.numerator / 2 : 0
        case .plain, .exponential, .logarithm, .numberLogarithm, .mean: return 0
        }
    }

    private func reduce(_ power: Monomial.Power) throws(NormalFormFailure) -> (Monomial.Power?, Form?) {
        let whole = wholePart(power)
        if whole == 0 { return (power, nil) }
        let factor: Form
        var used = whole
        switch atoms[power.base].kind {
        case .number(let value):
            guard let c = ExactArithmetic.power(Rational(value), Rational(whole)) else { throw .tooLarge("a power of a number") }
            factor = Form(c)
        case .radicand(let form):
            factor = try self.power(form, whole)
        case .sine(let cosine):
            used = 2 * whole
            var complement = Polynomial(1)
            complement.add(-1, Monomial(cosine, Exponent(2)))
            factor = try self.power(Form(complement), whole)
        case .plain, .exponential, .logarithm, .numberLogarithm, .mean:
            return (power, nil)
        }
        let exponent = try power.exponent + Exponent(-used)
        return (exponent.isZero ? nil : Monomial.Power(base: power.base, exponent: exponent), factor)
    }
}
