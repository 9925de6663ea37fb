import Exact

/// A sum of monomials in atoms with exact coefficients; exponents may be negative or fractional. No coefficient is zero.
struct Polynomial: Hashable {
    private(set) var terms: [Monomial: Rational] = [:]

    init() {}

    init(_ value: Rational) {
        if !value.isZero { terms[.one] = value }
    }

    init(_ monomial: Monomial, _ coefficient: Rational = 1) {
        if !coefficient.isZero { terms[monomial] = coefficient }
    }

    var isZero: Bool { terms.isEmpty }

    /// The value of a polynomial without atoms.
    var constant: Rational? {
        if terms.isEmpty { return .zero }
        return terms.count == 1 ? terms[.one] : nil
    }

    var sortedTerms: [(monomial: Monomial, coefficient: Rational)] {
        terms.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
    }

    mutating func add(_ coefficient: Rational, _ monomial: Monomial) {
        if coefficient.isZero { return }
        guard let old = terms[monomial] else {
            terms[monomial] = coefficient
            return
        }
        let sum = old + coefficient
        terms[monomial] = sum.isZero ? nil : sum
    }

    mutating func add(_ other: Polynomial) {
        for (monomial, coefficient) in other.terms { add(coefficient, monomial) }
    }

    /// The polynomial times one term.
    func scaled(by coefficient: Rational, _ monomial: Monomial = .one) throws(NormalFormFailure) -> Polynomial {
        if coefficient == 1 && monomial.isOne { return self }
        var result = Polynomial()
        for (m, c) in terms { result.add(c * coefficient, try m * monomial) }
        return result
    }

    /// The positive rational c for which polynomial/c has integer coefficients without a common divisor; 1 for zero.
    var content: Rational {
        var (divisor, multiple) = (BigInt(0), BigInt(1))
        for coefficient in terms.values {
            divisor = divisor.greatestCommonDivisor(with: coefficient.numerator)
            if coefficient.denominator != 1 {
                multiple = multiple / multiple.greatestCommonDivisor(with: coefficient.denominator) * coefficient.denominator
            }
        }
        return divisor.isZero ? 1 : Rational(divisor, multiple)
    }

    /// A positive rational, and the polynomial over it with integer coefficients: arithmetic with integers needs no
    /// greatest common divisors.
    func integral() throws(NormalFormFailure) -> (content: Rational, polynomial: Polynomial) {
        if terms.values.allSatisfy(\.isInteger) { return (1, self) }
        let content = self.content
        return (content, try scaled(by: 1 / content))
    }

    /// The polynomial as coefficient * monomial * primitive: no atom divides the primitive part, whose coefficients
    /// are integers without a common divisor, the first one positive. Polynomials that differ by a term have the same primitive part.
    /// - Precondition: not zero.
    func primitive() throws(NormalFormFailure) -> (coefficient: Rational, monomial: Monomial, primitive: Polynomial) {
        let monomials = terms.keys.sorted()
        var content = monomials[0]
        for m in monomials.dropFirst() { content = .greatestCommonDivisor(content, m) }
        let shifted = try scaled(by: 1, content.inverse)
        guard let first = shifted.terms.keys.min(), let leading = shifted.terms[first] else { return (1, .one, self) }
        let coefficient = leading.isNegative ? -shifted.content : shifted.content
        return (coefficient, content, try shifted.scaled(by: 1 / coefficient))
    }
}
