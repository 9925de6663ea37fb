import Exact

extension NormalForms {
    /// e^(sum of c*unit) is the product of (e^unit)^c, with any rational c since e^unit > 0; e^(c log f) is f^c.
    func exponential(_ x: Form) throws(NormalFormFailure) -> Form {
        if x.termCount > NormalForms.exponentLimit { return try wholeExponential(x) }
        var result = Form(1)
        for (denominator, numerator) in x.sortedParts {
            for (monomial, c) in numerator.sortedTerms {
                result = try multiply(result, exponential(c, monomial, denominator))
            }
        }
        return result
    }

    private func exponential(_ c: Rational, _ monomial: Monomial, _ denominator: Monomial) throws(NormalFormFailure) -> Form {
        if denominator.isOne, monomial.powers.count == 1, monomial.powers[0].exponent == .one {
            switch atoms[monomial.powers[0].base].kind {
            case .logarithm(let f): return c.isInteger ? try power(f, small(c)) : try rationalPower(f, c)
            case .numberLogarithm(let value): return try numberPower(Rational(value), c)
            case .plain, .exponential, .number, .radicand, .sine, .mean: break
            }
        }
        let key = ExponentialKey(monomial: monomial, denominator: denominator)
        let atom: Int
        if let known = exponentialAtoms[key] {
            atom = known
        } else {
            atom = makeAtom(
                .exponential(Form(Polynomial(monomial), over: denominator)),
                graph.apply(.exp, divide(expression(of: monomial), denominator)))
            exponentialAtoms[key] = atom
        }
        return try form(ofAtom: atom, c)
    }

    /// Sums with more terms are one exponent, up to a rational factor: splitting them would only make long monomials.
    private static let exponentLimit = 12

    private func wholeExponential(_ x: Form) throws(NormalFormFailure) -> Form {
        guard let c = leadingCoefficient(x), let inverse = c.reciprocal else { return Form(1) }
        let unit = try x.scaled(by: inverse)
        let atom = try keyedAtom(.function(.exp), [unit]) { () throws(NormalFormFailure) -> Int in
            makeAtom(.exponential(unit), graph.apply(.exp, expression(of: unit)))
        }
        return try form(ofAtom: atom, c)
    }

    private func small(_ exponent: Rational) throws(NormalFormFailure) -> Int {
        guard let n = exponent.asInt, n.magnitude < 1 << 30 else { throw .tooLarge("an exponent") }
        return n
    }
}
