import Bounds
import Exact
import GradientFlow
import Symbolic

/// Conditions for all real values of the states: proved by the signs of formulas or cell by cell, refuted at one exact
/// state.
extension Rung {
    func everywhere(_ condition: Condition) -> Decision {
        if let found = refutation(of: condition, at: samplesAndZero(condition)) { return Decision(.refuted(found)) }
        var remark: String?
        if case .implies(let hypothesis, _) = condition,
            holdsEverywhere(.not(hypothesis)) || cells(.not(hypothesis)).holds
        {
            remark = "the hypothesis never holds"
        }
        if holdsEverywhere(condition) {
            return Decision(.proved(Evidence(remark: remark ?? "by the signs of the normal forms")))
        }
        switch cells(condition) {
        case .holds(let count):
            return Decision(.proved(Evidence(remark: remark ?? "piecewise linear, in each of \(count) cells")))
        case .candidate(let point):
            if let found = refutation(of: condition, at: [sample(point, condition)]) {
                return Decision(.refuted(found))
            }
            return .undecided(
                .unsupported,
                "neither the condition nor its failure follows from what is known of softplus and irrational numbers",
                remedy: "bound softplus by 0, its argument l, or log(2) + l/2, and state the claim for the bounds")
        case .open(let reason):
            return .undecided(
                .unsupported, "not seen from the signs of the normal forms, nor cell by cell: \(reason)",
                remedy: "write both sides as sums of squares and positive functions, or split the claim")
        }
    }

    private func cells(_ condition: Condition) -> PiecewiseLinearDecision {
        graph.decidePiecewiseLinear(condition, isStopped: isStopped) { number in
            try? enclose([number], of: graph, environment: Environment(), bits: 256).first
        }
    }

    /// Whether the condition is seen to be true, and every term that it needs to be defined, for all values.
    private func holdsEverywhere(_ condition: Condition) -> Bool {
        switch condition {
        case .truth(let holds): return holds
        case .compare(let relation, let a, let b):
            let difference = graph.subtract(b, a)
            switch relation {
            case .less: return graph.isNonNegative(difference, strictly: true)
            case .lessOrEqual: return graph.isNonNegative(difference) || graph.isExactlyZero(difference)
            case .equal: return graph.isExactlyZero(difference)
            case .notEqual:
                return graph.isNonNegative(difference, strictly: true)
                    || graph.isNonNegative(graph.subtract(a, b), strictly: true)
            }
        case .and(let parts): return parts.allSatisfy(holdsEverywhere)
        case .or(let parts): return parts.contains(where: holdsEverywhere)
        // A comparison that is shown to be false has defined sides, so its negation is true.
        case .not, .implies: return holdsEverywhere(condition.negationNormalForm())
        }
    }

    // MARK: Exact states

    private func sample(_ point: [Symbol: Rational], _ condition: Condition) -> Environment {
        var result = environment
        for symbol in graph.symbols(in: condition) where environment[symbol] == nil {
            result[symbol] = RationalInterval(point[symbol] ?? 0)
        }
        return result
    }

    private func samplesAndZero(_ condition: Condition) -> [Environment] {
        [sample([:], condition)] + samples(of: graph.symbols(in: condition))
    }

    /// A state at which the condition is certainly false. Times and moments are not states, so none are made up.
    private func refutation(of condition: Condition, at candidates: [Environment]) -> Counterexample? {
        let symbols = graph.symbols(in: condition).inOrder
        let isAboutStates = symbols.allSatisfy {
            switch $0 {
            case .state, .parameter: true
            case .time, .moment, .open, .bound: false
            }
        }
        guard isAboutStates else { return nil }
        for candidate in candidates where truth(of: condition, in: candidate) == .no {
            let values = symbols.compactMap { symbol -> String? in
                guard case .state = symbol, let value = candidate[symbol]?.lower else { return nil }
                return "\(name(symbol)) = \(value)"
            }
            let place = values.isEmpty ? "" : "at \(values.joined(separator: ", ")) "
            return Counterexample(sentence: "\(place)the condition is certainly false\(failure(condition, candidate))")
        }
        return nil
    }

    /// What fails at this state, if an enclosure shows it.
    private func failure(_ condition: Condition, _ candidate: Environment) -> String {
        let values = { (side: Expression) throws(IntegrationFailure) in
            (try? enclose([side], of: self.graph, environment: candidate, bits: 256))?.first ?? RationalInterval(nil, nil)
        }
        guard let culprit = try? culprit(of: condition, values), let text = try? compared(culprit, values) else { return "" }
        return ": \(text)"
    }

    private func truth(of condition: Condition, in environment: Environment) -> Truth {
        var point: [Symbol: Rational] = [:]
        for symbol in graph.symbols(in: condition) {
            guard let value = environment[symbol], let lower = value.lower, lower == value.upper else { continue }
            point[symbol] = lower
        }
        if let exact = graph.exactTruth(of: condition, at: point) { return Truth(exact) }
        let pairs = graph.comparisons(in: condition).map { graph.subtract($0.2, $0.1) }
        guard let values = try? enclose(pairs, of: graph, environment: environment, bits: 256) else { return .unknown }
        var known: [Expression: RationalInterval] = [:]
        let here = point.mapValues { graph.constant($0) }
        for (difference, value) in zip(pairs, values) {
            // Touching, as softplus(x) = log 2 at x = 0, is seen by normal form only.
            let mayTouch = value.width != nil && Comparison.notEqual.truth(ofDifference: value) == .unknown
            let isZero = mayTouch && graph.isExactlyZero(graph.substitute(difference, here))
            known[difference] = isZero ? RationalInterval(0) : value
        }
        return truth(condition.negationNormalForm(), known)
    }

    /// The truth of a negation normal form from enclosures of its differences.
    private func truth(_ condition: Condition, _ differences: [Expression: RationalInterval]) -> Truth {
        switch condition {
        case .truth(let holds): return Truth(holds)
        case .compare(let relation, let a, let b):
            return differences[graph.subtract(b, a)].map { relation.truth(ofDifference: $0) } ?? .unknown
        case .and(let parts): return .all(parts.map { truth($0, differences) })
        case .or(let parts): return .any(parts.map { truth($0, differences) })
        case .not, .implies: return .unknown
        }
    }
}

extension PiecewiseLinearDecision {
    fileprivate var holds: Bool {
        if case .holds = self { return true }
        return false
    }
}
