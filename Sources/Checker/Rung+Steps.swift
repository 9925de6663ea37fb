import Bounds
import Exact
import GradientFlow
import Symbolic

/// Intervals of runs whose instants are steps.
extension Rung {
    /// The steps of an interval: it becomes a closed one between two steps, whichever ends are open.
    func scopeInSteps(
        _ interval: Claim.Interval, _ start: ClosedRange<Rational>, _ end: ClosedRange<Rational>?, withoutLast: Bool
    ) throws(IntegrationFailure) -> Scope {
        func first(_ time: Rational) -> Rational {
            Swift.max(Rational(interval.openStart ? time.floor + 1 : time.ceiling), 0)
        }
        func last(_ time: Rational) -> Rational {
            Rational((interval.openEnd ? time.ceiling - 1 : time.floor) - (withoutLast ? 1 : 0))
        }
        let range = first(start.lowerBound)...first(start.upperBound)
        if let end, last(end.upperBound) < range.lowerBound {
            let what = withoutLast ? "has no two steps" : "is empty: it holds no step"
            return .decided(Decision(.vacuous("the interval \(what)")))
        }
        var earliest = end.map { last($0.lowerBound) }
        if end == nil, failure != nil {
            guard let reached = try brokenRun(interval.end), last(reached) >= range.upperBound else {
                return .decided(noRun)
            }
            earliest = last(reached)
        } else if end == nil {
            guard let bound = try unreachedBound(interval.end), let horizon = self.end?.lower else {
                return .decided(unreached(interval.end))
            }
            earliest = last(Swift.min(bound, horizon))
        }
        return .interval(
            TimeInterval(
                start: range, end: end.map { last($0.lowerBound)...last($0.upperBound) }, earliestEnd: earliest,
                openStart: false, openEnd: false))
    }

    /// The last instant of a run that broke off before its end, if that end is the moment asked for: what fails or holds up
    /// to there does so inside the interval.
    func brokenRun(_ moment: Expression) throws(IntegrationFailure) -> Rational? {
        guard case .symbol(.moment("end")) = graph.node(moment) else { return nil }
        return try brokenEnd()
    }

    /// The last instant of a run that broke off before a declared time.
    func brokenEnd() throws(IntegrationFailure) -> Rational? {
        guard let failure, failure.kind != .timeout, problem.stages.isEmpty || clock == .steps,
            case .time(let horizon)? = problem.horizon, let trajectory, let declared = try enclosed(horizon).lower
        else { return nil }
        return Swift.min(trajectory.end, declared)
    }

    /// The run broke off, although the condition holds at all of its steps.
    func broken(_ holds: Bool) -> Decision {
        guard case .undecided(let obstacle) = noRun.verdict, let trajectory, trajectory.end.isPositive else {
            return noRun
        }
        let last = clock.point(RationalInterval(trajectory.end))
        let reason = "\(obstacle.reason); the condition \(holds ? "holds" : "does not hold") up to \(last)"
        return Decision(.undecided(Obstacle(obstacle.kind, reason, remedy: obstacle.remedy)), gap: noRun.gap)
    }

    /// How far a place in doubt is from being decided. Steps have no width: there the precision itself tells.
    func gap(at time: RationalInterval) -> Rational? {
        clock == .steps ? .powerOfTwo(-bits) : time.width
    }

    // MARK: Monotone

    /// next(q) > q (or <) at every step of the interval but the last.
    func monotone(
        _ increasing: Bool, _ quantity: Expression, _ interval: Claim.Interval, along steps: StepEquations
    ) throws(IntegrationFailure) -> Decision {
        if let jump = jump(quantity) { return jump }
        let condition = monotoneStep(increasing, quantity, along: steps)
        let decision = try always(interval, nil, condition, [], excludingLast: true)
        guard case .refuted(let found) = decision.verdict, let time = found.time else { return decision }
        let direction = increasing ? "increase" : "decrease"
        let sentence = "the quantity does not \(direction) from \(clock.point(time)) to the next one"
        return Decision(.refuted(Counterexample(sentence: sentence, time: time)))
    }

    /// The decision on a quantity that may jump from one stage to the next.
    func jump(_ quantity: Expression) -> Decision? {
        guard graph.symbols(in: quantity).contains(.stage) else { return nil }
        return .undecided(.unsupported, "the quantity itself differs from stage to stage", remedy: "claim it of each stage's own quantity")
    }

    /// That a quantity increases (or decreases) in one step.
    func monotoneStep(_ increasing: Bool, _ quantity: Expression, along steps: StepEquations) -> Condition {
        let next = graph.nextValue(of: quantity, along: steps.map)
        return increasing ? graph.compare(.less, quantity, next) : graph.compare(.less, next, quantity)
    }
}
