import Bounds
import Exact
import GradientFlow
import Symbolic

/// Invariance under a substitution s of states: s keeps the start and commutes with the dynamics. Where the field is
/// smooth, s of the run is the run again, since it solves the same equations from the same start.
extension Rung {
    func symmetry(_ substitution: [Claim.Replacement]) -> Decision {
        guard let dynamics = self.dynamics else { return noRun }
        guard !substitution.isEmpty else {
            return .undecided(.unsupported, "'symmetry' replaces no state: no index fits")
        }
        var images = (0..<problem.declaredStates).map { graph.symbol(.state($0)) }
        for part in substitution {
            for symbol in graph.symbols(in: part.value) {
                switch symbol {
                case .state(let position) where position < problem.declaredStates: continue
                case .parameter: continue
                case .state, .time, .moment, .open, .bound:
                    return .undecided(
                        .unsupported, "what replaces \(problem.states[part.position].name) reads \(name(symbol))",
                        remedy: "replace states by formulas of states and parameters")
                }
            }
            guard graph.isGateFree(part.value) else {
                return .undecided(
                    .unsupported,
                    "what replaces \(problem.states[part.position].name) has a gate, and may not be smooth",
                    remedy: "replace states by smooth formulas")
            }
            images[part.position] = part.value
        }
        if let decision = start(substitution) { return decision }
        let s = replacing(images)
        let pairs = dynamics.flatMap { equations in
            images.indices.map { position -> (Expression, Expression) in
                let moved = problem.flow == nil
                    ? graph.substitute(images[position], replacing(equations))
                    : graph.lieDerivative(of: images[position], along: equations)
                return (moved, graph.substitute(equations[position], s))
            }
        }
        let decision = prove(pairs.filter { $0.0 != $0.1 || !graph.isTotal($0.0) })
        switch decision.verdict {
        case .proved(let evidence):
            let identities = evidence.remark.map { " (\($0))" } ?? ""
            return Decision(.proved(Evidence(remark: "the start and the dynamics are invariant\(identities)")))
        case .refuted(let found):
            return Decision(.refuted(Counterexample(sentence: "the dynamics is not invariant: \(found.sentence)")))
        case .undecided, .vacuous, .consistent:
            return decision
        }
    }

    /// The equations of every stage; nil for a finite check.
    private var dynamics: [[Expression]]? {
        guard problem.stages.isEmpty else { return problem.stages.map(\.equations) }
        return (problem.flow?.field ?? problem.steps?.map).map { [$0] }
    }

    /// Nil if the substitution keeps the start.
    private func start(_ substitution: [Claim.Replacement]) -> Decision? {
        let start = replacing(problem.states.map(\.start))
        for part in substitution {
            let state = problem.states[part.position]
            let difference = graph.subtract(graph.substitute(part.value, start), state.start)
            if graph.isExactlyZero(difference) { continue }
            if let value = try? enclosed(difference), Comparison.equal.truth(ofDifference: value) == .no {
                let sentence = "the start is not invariant: \(state.name) is not what replaces it there"
                return Decision(.refuted(Counterexample(sentence: sentence)))
            }
            return .undecided(
                .equality, "whether the substitution keeps the start of \(state.name) is not known",
                remedy: "write the starts with the same functions")
        }
        return nil
    }

    private func replacing(_ values: [Expression]) -> [Symbol: Expression] {
        var result: [Symbol: Expression] = [:]
        for (position, value) in values.enumerated() { result[.state(position)] = value }
        return result
    }
}
