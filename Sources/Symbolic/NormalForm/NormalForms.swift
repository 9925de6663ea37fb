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
    private(set) var reducible: Set<Int> = []
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

    func spend(_ amount: Int) throws(NormalFormFailure) {
        work += amount
        if work > NormalForms.workLimit { throw .tooLarge("the expansion as a whole") }
    }

    func check(_ form: Form) throws(NormalFormFailure) {
        let terms = form.termCount
        if terms > NormalForms.termLimit { throw .tooLarge("a sum with \(terms) terms") }
    }

    func factorNumber(_ primitive: Polynomial) -> Int {
        if let known = factorNumbers[primitive] { return known }
        factorNumbers[primitive] = factors.count
        factors.append(primitive)
        return factors.count - 1
    }
}
