import Arithmetic
import Symbolic

/// The gradients of the cuts that interact, in gradient coordinates: sqrt(rate_e) dc/dx_e, affine in the states.
struct CutGradients {
    /// The entries of cut k are those at starts[k] ..< starts[k + 1].
    private(set) var starts: [Int] = [0]
    /// The state that an entry belongs to.
    private(set) var states: [Int] = []
    /// The terms of entry e are those at termStarts[e] ..< termStarts[e + 1].
    private var termStarts: [Int] = [0]
    /// A factor, and the state that it multiplies.
    private var terms: [(factor: Int, state: Int?)] = []

    init(_ form: CurvatureForm, _ metric: Metric, _ factors: inout FactorTable) {
        var interacts = Array(repeating: false, count: form.cuts.count)
        for interaction in form.interactions {
            interacts[interaction.first] = true
            interacts[interaction.second] = true
        }
        for (cut, takesPart) in zip(form.cuts, interacts) {
            var parts: [(state: Int, factor: Int, other: Int?)] = []
            for term in takesPart ? cut.terms : [] {
                let (i, k) = (term.first, term.second)
                let isSquare = i == k
                let factor = factors.position(term.coefficient, [i], multiple: isSquare ? 2 : 1, metric)
                parts.append((i, factor, k))
                if let k, !isSquare { parts.append((k, factors.position(term.coefficient, [k], metric), i)) }
            }
            // A stable order: equal states stay in the order of their terms.
            let order = parts.indices.sorted { (parts[$0].state, $0) < (parts[$1].state, $1) }
            var last: Int?
            for part in order.map({ parts[$0] }) {
                if part.state != last {
                    states.append(part.state)
                    termStarts.append(terms.count)
                    last = part.state
                }
                terms.append((part.factor, part.other))
                termStarts[states.count] = terms.count
            }
            starts.append(states.count)
        }
    }

    func entries(of cut: Int) -> Range<Int> { starts[cut]..<starts[cut + 1] }

    /// The models of all entries.
    func values(_ values: [ShortModel], _ factors: [DoubleBall]) -> [ShortModel] {
        states.indices.map { entry in
            var sum = ShortModel()
            for position in termStarts[entry]..<termStarts[entry + 1] {
                let (factor, state) = terms[position]
                let term = state.map { values[$0].scaled(by: factors[factor]) }
                    ?? ShortModel(c0: 1).scaled(by: factors[factor])
                sum = position == termStarts[entry] ? term : sum + term
            }
            return sum
        }
    }
}
