import Exact

/// The normal forms of one graph: rational functions with exact coefficients in atoms.
///
/// A formula becomes a ``Form``. Every rewriting on the way keeps the value wherever the formula is defined, so a form
/// that is zero as a polynomial proves that the formula is zero wherever it is defined. The converse is not claimed:
/// atoms are treated as independent.
final class NormalForms {
    let graph: Graph
    var atoms: [Atom] = []
    /// Denominator factors: primitive polynomials with more than one term.
    private(set) var factors: [Polynomial] = []
    private var factorNumbers: [Polynomial: Int] = [:]
    /// Atoms whose powers rewrite into something else.
    private var reducible: Set<Int> = []
    private var tied: Set<Int> = []
    var nodeAtoms: [Expression: Int] = [:]
    var exponentialAtoms: [ExponentialKey: Int] = [:]
    var numberAtoms: [BigInt: Int] = [:]
    var numberLogarithms: [BigInt: Int] = [:]
    var keyedAtoms: [AtomKey: [(arguments: [Form?], atom: Int)]] = [:]
    var forms: [Expression: Result<Form, NormalFormFailure>] = [:]
    var inverses: [Expression: Form] = [:]
    private var work = 0

    /// Term products after which an expansion is given up.
    static let workLimit = 2_000_000
    /// Terms of one polynomial.
    static let termLimit = 20_000

    init(_ graph: Graph) { self.graph = graph }

    func makeAtom(_ kind: Atom.Kind, _ expression: Expression) -> Int {
        let number = atoms.count
        atoms.append(Atom(kind: kind, expression: expression))
        switch kind {
        case .number, .radicand, .sine:
            reducible.insert(number)
            tied.insert(number)
        case .plain, .exponential, .logarithm, .numberLogarithm, .mean:
            break
        }
        return number
    }

    /// The atom is the other half of a tied pair.
    func tie(_ atom: Int) { tied.insert(atom) }

    func isTied(_ atom: Int) -> Bool { tied.contains(atom) }

    // MARK: Arithmetic

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

    func factorNumber(_ primitive: Polynomial) -> Int {
        if let known = factorNumbers[primitive] { return known }
        factorNumbers[primitive] = factors.count
        factors.append(primitive)
        return factors.count - 1
    }

    // MARK: Rewriting of powers

    /// Rewrites whole powers of roots and squares of sines.
    func reduce(_ form: Form) throws(NormalFormFailure) -> Form {
        if reducible.isEmpty { return form }
        var result = Form()
        for (denominator, numerator) in form.parts {
            for (monomial, coefficient) in numerator.terms {
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

    // MARK: Limits

    func spend(_ amount: Int) throws(NormalFormFailure) {
        work += amount
        if work > NormalForms.workLimit { throw .tooLarge("the expansion as a whole") }
    }

    private func check(_ form: Form) throws(NormalFormFailure) {
        let terms = form.termCount
        if terms > NormalForms.termLimit { throw .tooLarge("a sum with \(terms) terms") }
    }

    // MARK: Zero test

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
