import Bounds
import Exact
import GradientFlow
import Symbolic

/// The decision on one claim.
extension Rung {
    func decide(_ claim: Claim) -> Decision {
        do {
            if let given = claim.given {
                let hypothesis = try truth(of: given)
                switch hypothesis.truth {
                case .no: return Decision(.vacuous("'given' is certainly false here"))
                case .unknown: return undecided(hypothesis, "whether 'given' holds")
                case .yes: break
                }
            }
            if claim.body.comparesNothing {
                return Decision(.vacuous("the sets it runs over are empty: nothing is compared"))
            }
            return explained(try decide(claim.body, open: claim.open), claim)
        } catch {
            return decision(error)
        }
    }

    func decision(_ error: IntegrationFailure) -> Decision {
        let gap: Rational? = error.kind == .precision ? .powerOfTwo(-bits) : nil
        return Decision(.undecided(Obstacle(error)), gap: gap)
    }

    private func decide(_ body: Claim.Body, open: [Claim.OpenConstant]) throws(IntegrationFailure) -> Decision {
        switch body {
        case .unsupported(let reason):
            return .undecided(.unsupported, reason, remedy: "write it in another way; the rest of the file is verified without it")
        case .identity(let pairs):
            return prove(inEveryStage(pairs))
        case .everywhere(let condition):
            return everywhere(problem.stages.isEmpty ? condition : .and(inEveryStage(condition)))
        case .solution(let curve):
            return solution(curve)
        case .symmetry(let substitution):
            return symmetry(substitution)
        case .condition(let condition):
            return try open.isEmpty ? decide(condition) : solve(condition, open, at: nil)
        case .at(let moment, let condition):
            guard let time = try self.moment(moment) else { return unreached(moment) }
            return try open.isEmpty ? decide(condition, at: time) : solve(condition, open, at: .moment(time))
        case .always(let interval, let hypothesis, let condition):
            focus(on: interval, [condition] + (hypothesis.map { [$0] } ?? []))
            defer { unfocus() }
            return try always(interval, hypothesis, condition, open)
        case .sometime(let interval, let hypothesis, let condition):
            focus(on: interval, [condition] + (hypothesis.map { [$0] } ?? []))
            defer { unfocus() }
            return try sometime(interval, hypothesis, condition, open)
        case .monotone(let increasing, let quantity, let interval):
            // Its slope may jump at the ends, where the quantity itself is continuous.
            focus(on: interval, [])
            defer { unfocus() }
            return try monotone(increasing, quantity, interval)
        case .growth:
            return .undecided(.unsupported, "growth is decided over the whole family")
        }
    }

    // MARK: Conditions and single times

    private func decide(_ condition: Condition) throws(IntegrationFailure) -> Decision {
        let result = try truth(of: condition)
        switch result.truth {
        case .yes:
            let margin = comparisonsOfConjunction(condition) == nil ? nil : result.difference
            return Decision(.proved(Evidence(margin: margin.map { Margin(value: $0, time: nil) })))
        case .no:
            var sentence = "the condition is certainly false"
            let values = { (side: Expression) throws(IntegrationFailure) in try self.limited(side).interval }
            if let culprit = try culprit(of: condition, values) { sentence += ": \(try compared(culprit, values))" }
            for name in result.notReached {
                guard let bound = lateMoments[name] else { continue }
                sentence += "; \(name) certainly does not happen before \(clock.point(RationalInterval(bound)))"
            }
            return Decision(.refuted(Counterexample(sentence: sentence)))
        case .unknown:
            return undecided(result, "the comparison")
        }
    }

    func undecided(_ result: Comparisons, _ what: String) -> Decision {
        if let name = result.notReached.first {
            if let moment = self.moment(ofValue: name) { return unreached(moment) }
            if let obstacle = obstacle(of: name) { return waiting(for: name, obstacle) }
            return .undecided(
                .notReached, "\(what) needs \(name), which is not reached by the end of the run",
                remedy: "run longer ('stop at', 'at latest'), or state the claim under 'given'")
        }
        if result.undefined {
            return .undecided(
                .undefined, "\(what) has a term that is undefined, or may be (a division by an interval with 0, a logarithm of one, a tie)",
                remedy: "restrict the parameters, or more bits if the term is only nearly undefined",
                gap: .powerOfTwo(-bits))
        }
        let difference = result.difference.map { ": the side that should be larger minus the other is \($0.predicate("exactly"))" } ?? ""
        return .undecided(
            .precision, "\(what) is not decided at \(bits) bits\(difference)",
            remedy: "more bits with --bits; equality of reals is decided only for rationals or equal forms",
            gap: result.gap)
    }

    private func waiting(for name: String, _ obstacle: Obstacle) -> Decision {
        var decision = Decision(.undecided(obstacle), gap: obstacle.kind == .precision ? .powerOfTwo(-bits) : nil)
        decision.stuck = event(name).flatMap(stuck)
        return decision
    }

    func unreached(_ moment: Expression) -> Decision {
        for symbol in graph.symbols(in: moment) {
            guard case .moment(let name) = symbol, environment[symbol] == nil else { continue }
            if let moment = self.moment(ofValue: name) { return unreached(moment) }
            if let obstacle = obstacle(of: name) { return waiting(for: name, obstacle) }
            if let failure { return Decision(.undecided(failure), gap: failure.kind == .precision ? .powerOfTwo(-bits) : nil) }
            return .undecided(
                .notReached, "\(name) is not reached by the end of the run",
                remedy: "run longer ('stop at', 'at latest')")
        }
        return .undecided(.undefined, "the moment is undefined")
    }

    func decide(
        _ condition: Condition, at time: ClosedRange<Rational>
    ) throws(IntegrationFailure) -> Decision {
        guard let trajectory else { return noRun }
        var margin: RationalInterval?
        for (comparison, left, right) in graph.comparisons(in: condition)
        where comparison == .less || comparison == .lessOrEqual {
            let difference = try trajectory.range(of: graph.subtract(right, left), at: time)
            margin = margin.map { $0.least(difference) } ?? difference
        }
        let instant = RationalInterval(time.lowerBound, time.upperBound)
        switch try trajectory.truth(of: condition, at: time) {
        case .yes:
            let known = comparisonsOfConjunction(condition) == nil ? nil : margin
            return Decision(.proved(Evidence(margin: known.map { Margin(value: $0, time: instant) })))
        case .no:
            var sentence = "the condition is certainly false at \(clock.instant(instant))"
            let values = { (side: Expression) throws(IntegrationFailure) in try trajectory.range(of: side, at: time) }
            if let culprit = try culprit(of: condition, values) { sentence += ": \(try compared(culprit, values))" }
            return Decision(.refuted(Counterexample(sentence: sentence, time: instant)))
        case .unknown:
            if time.upperBound.isZero, let exact = try startDecision(condition) { return exact }
            var result = Comparisons(truth: .unknown, gap: margin?.width, difference: margin)
            result.undefined = margin.map { $0.width == nil } ?? false
            var decision = undecided(result, "the condition at \(clock.instant(instant))")
            decision.stuck = try stuck(condition, at: instant)
            return decision
        }
    }

    /// At the start the states are formulas: what balls leave open, equality above all, may be decided by normal form.
    private func startDecision(_ condition: Condition) throws(IntegrationFailure) -> Decision? {
        let decision = try decide(graph.substitute(condition, problem.origin))
        if case .undecided = decision.verdict { return nil }
        return decision
    }

    var noRun: Decision {
        guard let failure else { return .undecided(.unsupported, "there is no run: the file has no dynamics") }
        return Decision(.undecided(failure), gap: failure.kind == .precision ? .powerOfTwo(-bits) : nil)
    }
}

extension Claim.Body {
    /// Whether the claim is true only because every `all` in it runs over an empty set.
    fileprivate var comparesNothing: Bool {
        switch self {
        case .condition(let c), .always(_, _, let c), .sometime(_, _, let c), .at(_, let c), .everywhere(let c):
            c.comparesNothing
        case .identity(let pairs): pairs.isEmpty
        case .solution(let replacements), .symmetry(let replacements): replacements.isEmpty
        case .monotone, .growth, .unsupported: false
        }
    }
}

extension Condition {
    fileprivate var comparesNothing: Bool {
        switch self {
        case .and(let parts): parts.allSatisfy(\.comparesNothing)
        case .implies(_, let conclusion): conclusion.comparesNothing
        case .truth, .compare, .not, .or: false
        }
    }
}
