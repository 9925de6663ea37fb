import Exact

/// Proves that a difference vanishes: by its normal form, under the sums of means, or in each case of its gates.
struct IdentityProver {
    enum Outcome {
        case zero
        /// Nothing is claimed: a part that is needed has no value anywhere.
        case undefined
        case open(String)
    }

    let graph: Graph
    let forms: NormalForms
    /// How many normal forms may still be tried.
    private var attempts = 128

    init(graph: Graph) {
        self.graph = graph
        forms = NormalForms(graph)
    }

    mutating func decide(_ difference: Expression, depth: Int = 0) -> Outcome {
        attempts -= 1
        guard attempts > 0, depth < 24 else { return .open("too many cases to distinguish") }
        let reason: String
        do throws(NormalFormFailure) {
            let form = try forms.form(of: difference)
            if try forms.isZero(form) { return .zero }
            if let integrand = try forms.integrand(of: form), case .zero = decide(integrand, depth: depth + 1) { return .zero }
            reason = "the difference does not simplify to 0"
        } catch {
            switch error {
            case .undefined: return .undefined
            case .tooLarge(let what): reason = "too large to expand: \(what)"
            }
        }
        guard let gate = firstGate(in: difference) else { return .open(reason) }
        let outcomes = [true, false].map { decide(resolve(difference, gate, holds: $0), depth: depth + 1) }
        // A case in which a side is undefined claims nothing, but some case must be proved.
        var isProved = false
        for outcome in outcomes {
            switch outcome {
            case .zero: isProved = true
            case .undefined: break
            case .open(let part): return .open(part)
            }
        }
        return isProved ? .zero : .undefined
    }

    /// A comparison on which the formula branches, without variables that are summed over.
    private func firstGate(in e: Expression) -> Gate? {
        let open = Set(graph.freeVariables(in: e))
        for x in graph.reachable(from: [e]) {
            for gate in gates(of: x) where graph.freeVariables(in: gate.difference).allSatisfy(open.contains) { return gate }
        }
        return nil
    }

    /// 0 relation difference.
    private struct Gate {
        let relation: Comparison
        let difference: Expression
    }

    private func gates(of x: Expression) -> [Gate] {
        switch graph.node(x) {
        case .cases(let condition, _, _):
            return graph.comparisons(in: condition).map { relation, left, right in
                // The negation normal form may have exchanged the sides of 0 < d.
                graph.constant(left)?.isZero == true
                    ? Gate(relation: relation, difference: right)
                    : Gate(relation: relation, difference: graph.machineForm(graph.subtract(right, left)))
            }
        case .apply(.abs, let a), .apply(.relu, let a):
            return [Gate(relation: .less, difference: a)]
        case .minimum(let a, let b), .maximum(let a, let b):
            return [Gate(relation: .less, difference: graph.machineForm(graph.subtract(b, a)))]
        default:
            return []
        }
    }

    /// The formula where the gate's comparison holds, or where it fails.
    private func resolve(_ e: Expression, _ gate: Gate, holds: Bool) -> Expression {
        let known = Signs(where: gate.relation, holds: holds)
        /// The truth of a comparison of the same quantity or its negative. A gate that is continuous may be taken
        /// either way where its quantity is 0.
        func truth(_ relation: Comparison, _ difference: Expression, isContinuous: Bool = false) -> Bool? {
            guard let isSame = orientation(of: difference, against: gate.difference) else { return nil }
            let signs = isSame ? known : known.negated
            return signs.truth(of: relation) ?? (isContinuous ? signs.withoutZero.truth(of: relation) : nil)
        }
        var images: [Expression: Expression] = [:]
        let image = { (y: Expression) in images[y] ?? y }
        for x in graph.reachable(from: [e]) {
            let rebuilt = graph.rebuild(x, image)
            images[x] = rebuilt
            switch graph.node(x) {
            case .cases(let condition, let a, let b):
                let resolved = condition.map { relation, left, right in
                    truth(relation, right).map(Condition.truth) ?? graph.compare(relation, image(left), image(right))
                }
                images[x] = graph.cases(resolved, image(a), image(b))
            case .apply(.abs, let a):
                if let isOpen = truth(.less, a, isContinuous: true) { images[x] = isOpen ? image(a) : graph.negate(image(a)) }
            case .apply(.relu, let a):
                if let isOpen = truth(.less, a, isContinuous: true) { images[x] = isOpen ? image(a) : graph.zero }
            case .minimum(let a, let b):
                if let isOpen = truth(.less, graph.machineForm(graph.subtract(b, a)), isContinuous: true) {
                    images[x] = isOpen ? image(a) : image(b)
                }
            case .maximum(let a, let b):
                if let isOpen = truth(.less, graph.machineForm(graph.subtract(b, a)), isContinuous: true) {
                    images[x] = isOpen ? image(b) : image(a)
                }
            default:
                break
            }
        }
        return graph.machineForm(image(e))
    }

    /// True if a is a positive multiple of b, false if a negative one, nil if neither is seen.
    private func orientation(of a: Expression, against b: Expression) -> Bool? {
        if a == b { return true }
        guard let first = try? forms.form(of: a), let second = try? forms.form(of: b),
            let c = forms.leadingCoefficient(first), let d = forms.leadingCoefficient(second),
            let scaled = try? second.scaled(by: c / d), (try? forms.areEqual(first, scaled)) == true
        else { return nil }
        return c.isNegative == d.isNegative
    }
}
