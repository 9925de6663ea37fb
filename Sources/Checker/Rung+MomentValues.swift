import Bounds
import Exact
import GradientFlow
import Symbolic

/// `q@T`: values of formulas at moments, numbers of the environment once they are enclosed.
extension Rung {
    /// Those that the symbols stand for, with those that they read.
    func momentValues(in symbols: Set<Symbol>) -> [MomentValue] {
        var needed = symbols
        // A value stands after those that it reads.
        return problem.momentValues.reversed().filter { value in
            guard needed.contains(.moment(value.name)) else { return false }
            needed.formUnion(self.symbols(of: value))
            return true
        }.reversed()
    }

    /// What a value reads: its formula, and what its moment is known from.
    func symbols(of value: MomentValue) -> Set<Symbol> {
        graph.symbols(in: value.quantity).union(graph.symbols(in: value.moment))
    }

    /// Encloses the values whose moments are known by now, each once.
    func encloseMomentValues(_ values: [MomentValue]) {
        guard let trajectory else { return }
        for value in values where environment[.moment(value.name)] == nil {
            if isStopped() { return }
            guard let time = try? moment(value.moment), let range = try? trajectory.range(of: value.quantity, at: time),
                range.width != nil
            else { continue }
            environment[.moment(value.name)] = range
            let isRead = problem.momentValues.contains { graph.symbols(in: $0.quantity).contains(.moment(value.name)) }
            if isRead { trajectory.environment = environment }
        }
        if !values.isEmpty { trajectory.environment = environment }
    }

    /// The moment that a value waits for, if the name is that of a value.
    func moment(ofValue name: String) -> Expression? {
        problem.momentValues.first { $0.name == name }?.moment
    }

    /// The truth on an interval, where a step at which values are taken is looked at by formulas: there q@T is q.
    func truth(
        of condition: Condition, outer: ClosedRange<Rational>, inner: ClosedRange<Rational>?
    ) throws(IntegrationFailure) -> IntervalTruth {
        guard let trajectory else { return .unknown(RationalInterval(nil, nil), .undefined) }
        let found = try trajectory.truth(of: condition, outer: outer, inner: inner)
        guard clock == .steps, case .unknown(let time, .tooWide) = found, let step = time.lower, step == time.upper,
            try holds(condition, atTakenStep: step)
        else { return found }
        // The other steps, before and after it.
        for (low, high) in [(outer.lowerBound, step - 1), (step + 1, outer.upperBound)] where low <= high {
            let certain = inner.flatMap { range in
                let (a, b) = (Swift.max(range.lowerBound, low), Swift.min(range.upperBound, high))
                return a <= b ? a...b : nil
            }
            let rest = try truth(of: condition, outer: low...high, inner: certain)
            guard case .always = rest else { return rest }
        }
        return .always
    }

    /// Whether the condition holds at a step at which some of its values are taken, with the formulas in their places.
    private func holds(_ condition: Condition, atTakenStep step: Rational) throws(IntegrationFailure) -> Bool {
        var formulas: [Symbol: Expression] = [:]
        for value in momentValues(in: graph.symbols(in: condition)) {
            guard let time = try moment(value.moment), time.lowerBound == step, time.upperBound == step else { continue }
            formulas[.moment(value.name)] = value.quantity
        }
        guard !formulas.isEmpty, let trajectory else { return false }
        return try trajectory.truth(of: graph.substitute(condition, formulas), at: step...step) == .yes
    }

    /// The decision, with the moment that was not reached in the place of the undefined term that follows from it.
    func explained(_ decision: Decision, _ claim: Claim) -> Decision {
        guard case .undecided(let obstacle) = decision.verdict, obstacle.kind == .undefined else { return decision }
        for value in momentValues(in: claim.body.symbols(graph)) where environment[.moment(value.name)] == nil {
            let isKnown = graph.symbols(in: value.moment).allSatisfy { environment[$0] != nil }
            if !isKnown { return unreached(value.moment) }
        }
        return decision
    }
}

extension Claim.Body {
    /// What its conditions and quantities read along the run.
    fileprivate func symbols(_ graph: Graph) -> Set<Symbol> {
        switch self {
        case .condition(let c), .at(_, let c), .everywhere(let c): graph.symbols(in: c)
        case .always(_, let hypothesis, let c), .sometime(_, let hypothesis, let c):
            graph.symbols(in: c).union(hypothesis.map { graph.symbols(in: $0) } ?? [])
        case .monotone(_, let q, _): graph.symbols(in: q)
        case .growth(let growth): graph.symbols(in: growth.quantity)
        case .identity, .solution, .symmetry, .unsupported: []
        }
    }
}
