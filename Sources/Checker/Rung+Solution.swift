import Bounds
import Exact
import GradientFlow
import Symbolic

/// A run in closed form: functions of time that fit the start and the equations, the other states being anything.
///
/// The true states other than the named ones are some functions of time; with these the named ones obey an equation
/// that the curve obeys too. Its field is continuously differentiable in the named states along the curve, so both are
/// equal as long as the run exists.
extension Rung {
    func solution(_ curve: [Claim.Replacement]) -> Decision {
        guard let dynamics = problem.flow?.field ?? problem.steps?.map else { return noRun }
        guard problem.stages.isEmpty else { return .undecided(.unsupported, "'solution' of a run in stages is not supported yet") }
        guard !curve.isEmpty else { return .undecided(.unsupported, "'solution' names no state: the array is empty") }
        for part in curve {
            for symbol in graph.symbols(in: part.value) {
                switch symbol {
                case .time, .parameter: continue
                case .state, .moment, .open, .bound:
                    return .undecided(
                        .unsupported, "the solution of \(problem.states[part.position].name) reads \(name(symbol))",
                        remedy: "give it as a formula of t and parameters")
                }
            }
        }
        if let counterexample = departure(of: curve, dynamics) { return Decision(.refuted(counterexample)) }
        for part in curve where !graph.isExactlyZero(startDifference(part)) {
            return .undecided(
                .equality, "whether the solution starts at \(problem.states[part.position].name)(0) is not known",
                remedy: "write the start with the same functions")
        }
        return fits(curve, dynamics)
    }

    // MARK: The equations

    private func fits(_ curve: [Claim.Replacement], _ dynamics: [Expression]) -> Decision {
        let onCurve = [Symbol: Expression](uniqueKeysWithValues: curve.map { (.state($0.position), $0.value) })
        for state in problem.states where !graph.isCertainlyDefined(state.start) {
            return undefined("the start of \(state.name)")
        }
        for part in curve where !isDefinedFromStart(part.value) {
            return undefined("the solution of \(problem.states[part.position].name)")
        }
        for (state, e) in zip(problem.states, dynamics).prefix(problem.declaredStates) where !isDefinedFromStart(graph.substitute(e, onCurve)) {
            return undefined("the equation of \(state.name) along the solution, for all values of the other states,")
        }
        for part in curve {
            let state = problem.states[part.position].name
            let value: Expression
            if problem.flow == nil {
                value = graph.substitute(part.value, [.time: graph.add(graph.symbol(.time), graph.one)])
            } else {
                value = graph.derivative(of: part.value, by: .time)
                guard graph.isGateFree(part.value), graph.isGateFree(dynamics[part.position]) else {
                    return .undecided(
                        .undefined, "the equation of \(state) has a gate, and may not be smooth along the solution",
                        remedy: "state the solution for the branch that is taken")
                }
                for other in curve {
                    let slope = graph.derivative(of: dynamics[part.position], by: .state(other.position))
                    guard isDefinedFromStart(graph.substitute(slope, onCurve)) else {
                        let by = problem.states[other.position].name
                        return undefined("the slope of the equation of \(state) in \(by) along the solution")
                    }
                }
            }
            guard isDefinedFromStart(value) else { return undefined("what the solution of \(state) does next") }
            let field = graph.substitute(dynamics[part.position], onCurve)
            if case .notShown(let reason) = graph.proveIdentity(field, value) {
                return .undecided(
                    .equality,
                    "the solution of \(state) is not known to fit its equation for all other states (\(reason))",
                    remedy: "write both with the same functions")
            }
        }
        return Decision(.proved(Evidence(remark: "it fits the start and the equations identically")))
    }

    /// Whether the formula certainly has a value for t >= 0 and all values of the other symbols: t is a square.
    private func isDefinedFromStart(_ e: Expression) -> Bool {
        graph.isCertainlyDefined(graph.substitute(e, [.time: graph.power(graph.symbol(.time), 2)]))
    }

    private func undefined(_ what: String) -> Decision {
        .undecided(
            .undefined, "\(what) is not certainly defined for t >= 0",
            remedy: "restrict the parameters, or write it as an 'always' with a tolerance")
    }

    // MARK: Where it is not the run

    private func startDifference(_ part: Claim.Replacement) -> Expression {
        graph.subtract(graph.substitute(part.value, [.time: graph.zero]), problem.states[part.position].start)
    }

    /// A start that is certainly another one; a first slope, or a step inside the run, that certainly is.
    private func departure(of curve: [Claim.Replacement], _ dynamics: [Expression]) -> Counterexample? {
        for part in curve where isCertainlyNonZero(startDifference(part)) {
            let state = problem.states[part.position].name
            return Counterexample(
                sentence: "the solution does not start where \(state) does", time: RationalInterval(0))
        }
        guard case .time(let end)? = problem.horizon, let last = try? enclosed(end).lower, last.isPositive
        else { return nil }
        var values = problem.states.map(\.start)
        func place(_ time: Int) -> [Symbol: Expression] {
            var result: [Symbol: Expression] = [.time: graph.constant(time)]
            for (position, value) in values.enumerated() { result[.state(position)] = value }
            return result
        }
        if problem.flow != nil {
            guard dynamics.allSatisfy({ graph.isGateFree($0) && graph.isCertainlyDefined($0) }) else { return nil }
            for part in curve where graph.isGateFree(part.value) {
                let slope = graph.substitute(graph.derivative(of: part.value, by: .time), [.time: graph.zero])
                let own = graph.substitute(dynamics[part.position], place(0))
                if isCertainlyNonZero(graph.subtract(slope, own)) {
                    let state = problem.states[part.position].name
                    return Counterexample(
                        sentence: "at t = 0 the solution of \(state) has another slope than \(state)",
                        time: RationalInterval(0))
                }
            }
            return nil
        }
        for step in 1...3 where last >= Rational(step) {
            let here = place(step - 1)
            values = dynamics.map { graph.substitute($0, here) }
            for part in curve {
                let value = graph.substitute(part.value, [.time: graph.constant(step)])
                if isCertainlyNonZero(graph.subtract(value, values[part.position])) {
                    let state = problem.states[part.position].name
                    return Counterexample(
                        sentence: "after step \(step) the solution of \(state) certainly differs from \(state)",
                        time: RationalInterval(Rational(step)))
                }
            }
        }
        return nil
    }

    private func isCertainlyNonZero(_ e: Expression) -> Bool {
        guard let value = try? enclosed(e) else { return false }
        return Comparison.equal.truth(ofDifference: value) == .no
    }
}
