import Exact

extension NormalForms {
    func add(_ a: Form, _ b: Form) throws(NormalFormFailure) -> Form {
        var result = a
        try accumulate(b, into: &result)
        return result
    }

    func accumulate(_ form: Form, into sum: inout Form) throws(NormalFormFailure) {
        sum.add(form)
        try spend(form.termCount)
        try check(sum)
    }

    func multiply(_ a: Form, _ b: Form) throws(NormalFormFailure) -> Form {
        if let c = a.constant { return try b.scaled(by: c) }
        if let c = b.constant { return try a.scaled(by: c) }
        var raw = Form()
        for (d, p) in a.parts {
            for (e, q) in b.parts { raw.add(try product(p, q), over: try d * e) }
        }
        try check(raw)
        return try reduce(raw)
    }

    func power(_ a: Form, _ n: Int) throws(NormalFormFailure) -> Form {
        if n < 0 { return try power(inverse(a), -n) }
        if let term = a.singleTerm {
            guard let c = ExactArithmetic.power(term.coefficient, Rational(n)) else { throw .tooLarge("a power of a number") }
            return try reduce(Form(Polynomial(try term.monomial.power(Exponent(Rational(n))), c)))
        }
        guard n <= 64 || a.isEmpty else { throw .tooLarge("a sum to the power \(n)") }
        var (result, base, rest) = (Form(1), a, n)
        while rest > 0 {
            if rest & 1 == 1 { result = try multiply(result, base) }
            rest >>= 1
            if rest > 0 { base = try multiply(base, base) }
        }
        return result
    }

    /// 1/a. A sum becomes a factor of denominators.
    func inverse(_ a: Form) throws(NormalFormFailure) -> Form {
        let (numerator, denominator) = try common(a)
        if numerator.isZero { throw .undefined }
        let (coefficient, monomial, primitive) = try numerator.primitive()
        guard let inverse = coefficient.reciprocal else { throw .undefined }
        let top = try expand(denominator).scaled(by: inverse, try monomial.inverse)
        if primitive.constant == 1 { return try reduce(Form(top)) }
        return try reduce(Form(top, over: Monomial(factorNumber(primitive))))
    }

    /// One fraction with the same value.
    func common(_ form: Form) throws(NormalFormFailure) -> (numerator: Polynomial, denominator: Monomial) {
        var form = form
        for _ in 0..<16 {
            if form.parts.count <= 1, let only = form.parts.first { return (only.value, only.key) }
            if form.isEmpty { return (Polynomial(), .one) }
            var target = Monomial.one
            for denominator in form.parts.keys { target = .leastCommonMultiple(target, denominator) }
            var sum = Form()
            for (denominator, numerator) in form.sortedParts {
                let missing = try expand(try target * denominator.inverse)
                sum.add(try reduce(Form(product(numerator, missing), over: target)))
                try check(sum)
            }
            form = sum
        }
        throw .tooLarge("a common denominator")
    }

    private func expand(_ denominator: Monomial) throws(NormalFormFailure) -> Polynomial {
        var result = Polynomial(1)
        for power in denominator.powers {
            for _ in 0..<power.exponent.numerator { result = try product(result, factors[power.base]) }
        }
        return result
    }

    private func product(_ a: Polynomial, _ b: Polynomial) throws(NormalFormFailure) -> Polynomial {
        try spend(a.terms.count * b.terms.count)
        let (first, second) = (try a.integral(), try b.integral())
        var result = Polynomial()
        for (m, c) in first.polynomial.terms {
            for (n, d) in second.polynomial.terms { result.add(c * d, try m * n) }
        }
        result = try result.scaled(by: first.content * second.content)
        if result.terms.count > NormalForms.termLimit { throw .tooLarge("a polynomial with \(result.terms.count) terms") }
        return result
    }

    /// Whether the form is zero as a polynomial over its denominators: first as it stands, then for each set of
    /// factors on its own, and at last over one common denominator.
    func isZero(_ form: Form) throws(NormalFormFailure) -> Bool {
        if form.isEmpty { return true }
        if let value = fingerprint(form), value != 0 { return false }
        var clusters: [[Int]: Form] = [:]
        for (denominator, numerator) in form.parts {
            clusters[denominator.powers.map(\.base), default: Form()].add(numerator, over: denominator)
        }
        var rest = Form()
        for support in clusters.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            guard let cluster = clusters[support] else { continue }
            let (numerator, denominator) = try common(cluster)
            rest.add(numerator, over: denominator)
        }
        return try common(rest).numerator.isZero
    }
}
