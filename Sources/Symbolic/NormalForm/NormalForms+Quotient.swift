import Exact

extension Graph {
    /// A formula g with e = g d wherever all of them have values, by division of the normal forms' numerators; nil if
    /// none is found, which says nothing.
    public func quotient(of e: Expression, by d: Expression) -> Expression? {
        let forms = NormalForms(self)
        guard let (above, over) = try? forms.common(forms.form(of: machineForm(e))),
            let (divisor, under) = try? forms.common(forms.form(of: machineForm(d))), !divisor.isZero,
            let ratio = try? above.divided(by: divisor)
        else { return nil }
        let g = multiply(
            forms.divide(forms.expression(of: ratio), over), divide(one, forms.divide(one, under)))
        guard case .proved = proveIdentity(e, multiply(g, d)) else { return nil }
        return constantValue(ofForm: g).map { constant($0) } ?? g
    }

    /// The number that the formula expands to, if it is one.
    private func constantValue(ofForm e: Expression) -> Rational? {
        try? NormalForms(self).form(of: machineForm(e)).constant
    }
}

extension Polynomial {
    private static let mostQuotientTerms = 200
    /// Longer polynomials are not divided: each term of the quotient costs a pass over both.
    private static let mostDividedTerms = 300

    /// The quotient of a division without rest; nil if there is a rest.
    fileprivate func divided(by divisor: Polynomial) throws(NormalFormFailure) -> Polynomial? {
        guard terms.count + divisor.terms.count <= Self.mostDividedTerms, let (lead, coefficient) = divisor.leadingTerm
        else { return nil }
        var rest = self
        var quotient = Polynomial()
        let inverse = try lead.inverse
        for _ in 0..<Self.mostQuotientTerms {
            guard rest.terms.count <= Self.mostDividedTerms else { return nil }
            guard let (monomial, value) = rest.leadingTerm else { return quotient }
            let (factor, scale) = (try monomial * inverse, value / coefficient)
            quotient.add(scale, factor)
            rest.add(try divisor.scaled(by: -scale, factor))
        }
        return nil
    }

    /// The term with the largest monomial; nil of zero.
    private var leadingTerm: (Monomial, Rational)? {
        terms.max { $0.key.isBelow($1.key) }.map { ($0.key, $0.value) }
    }
}

extension Monomial {
    /// By the exponent of the first base in which they differ: an order that products keep.
    fileprivate func isBelow(_ other: Monomial) -> Bool {
        var (i, j) = (0, 0)
        while i < powers.count || j < other.powers.count {
            let (a, b) = (i < powers.count ? powers[i] : nil, j < other.powers.count ? other.powers[j] : nil)
            if let a, b.map({ a.base < $0.base }) ?? true { return a.exponent < Exponent(0) }
            if let b, a.map({ b.base < $0.base }) ?? true { return Exponent(0) < b.exponent }
            if let a, let b, a.exponent != b.exponent { return a.exponent < b.exponent }
            (i, j) = (i + 1, j + 1)
        }
        return false
    }
}
