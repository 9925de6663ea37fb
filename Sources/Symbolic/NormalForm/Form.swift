import Exact

/// A formula as a sum of fractions, one for each denominator: numerators are polynomials in atoms, denominators are
/// products of factors (see ``NormalForms``). Sums over different denominators are kept apart as long as possible:
/// a common denominator of many softmax terms would be hopeless, and is rarely needed.
struct Form {
    private(set) var parts: [Monomial: Polynomial] = [:]

    init() {}

    init(_ polynomial: Polynomial, over denominator: Monomial = .one) {
        if !polynomial.isZero { parts[denominator] = polynomial }
    }

    init(_ value: Rational) { self.init(Polynomial(value)) }

    var isEmpty: Bool { parts.isEmpty }

    var termCount: Int { parts.values.reduce(0) { $0 + $1.terms.count } }

    /// The polynomial, if there is no denominator.
    var polynomial: Polynomial? {
        if parts.isEmpty { return Polynomial() }
        return parts.count == 1 ? parts[.one] : nil
    }

    var constant: Rational? { polynomial?.constant }

    /// coefficient * monomial, if that is all there is.
    var singleTerm: (coefficient: Rational, monomial: Monomial)? {
        guard let terms = polynomial?.terms, terms.count == 1, let term = terms.first else { return nil }
        return (term.value, term.key)
    }

    var sortedParts: [(denominator: Monomial, numerator: Polynomial)] {
        parts.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
    }

    mutating func add(_ polynomial: Polynomial, over denominator: Monomial) {
        guard !polynomial.isZero else { return }
        var sum = parts.removeValue(forKey: denominator) ?? Polynomial()
        sum.add(polynomial)
        if !sum.isZero { parts[denominator] = sum }
    }

    mutating func add(_ other: Form) {
        for (denominator, numerator) in other.parts { add(numerator, over: denominator) }
    }

    func scaled(by coefficient: Rational) throws(NormalFormFailure) -> Form {
        var result = Form()
        for (denominator, numerator) in parts { result.add(try numerator.scaled(by: coefficient), over: denominator) }
        return result
    }
}
