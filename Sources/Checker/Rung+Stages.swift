import Bounds
import Exact
import GradientFlow
import Symbolic

/// Stages: each runs until its end is found, and the next one starts there.
///
/// A stage that "at latest" ends has not ended by its own condition: its end is not reached, and no later stage starts.
/// So the run's end is not reached either, unless it was the last stage: that one ends the run, as `stop` does.
extension Rung {
    func findStageEnds(_ trajectory: StagedTrajectory) throws(IntegrationFailure) {
        for (index, stage) in problem.stages.enumerated() {
            let start = trajectory.stageStart
            let length: ClosedRange<Rational>
            switch try lengthOfStage(stage, trajectory) {
            case .found(let found): length = found
            case .open(let last, let obstacle):
                let last = RationalInterval(
                    last.lower.map { start.lowerBound + $0 }, last.upper.map { start.upperBound + $0 })
                stop(at: index, last, obstacle, trajectory)
                return
            }
            let end = RationalInterval(start.lowerBound + length.lowerBound, start.upperBound + length.upperBound)
            try trajectory.finishStage(after: length)
            environment[.moment("end(\(stage.name))")] = end
            trajectory.environment = environment
            stageEnds.append(EventResult(name: "end(\(stage.name))", status: .reached, time: end))
            if index == problem.stages.count - 1 { setEnd(end) }
        }
    }

    private enum Length {
        /// The stage's length.
        case found(ClosedRange<Rational>)
        /// How far the stage was run, and why its end is not known.
        case open(RationalInterval, Obstacle)
    }

    private func lengthOfStage(_ stage: Stage, _ trajectory: StagedTrajectory) throws(IntegrationFailure) -> Length {
        let start = trajectory.stageStart
        switch stage.end {
        case .time(let duration):
            let value = try enclosed(duration).instants(of: clock)
            guard let lower = value.lower, let upper = value.upper, !upper.isNegative else {
                throw IntegrationFailure(.undefined, "the length of the stage '\(stage.name)' is \(value.sentence)")
            }
            try trajectory.cover(start.lowerBound + upper)
            if clock == .steps, lower != upper {
                return .open(value, Obstacle(.precision, "the length of the stage '\(stage.name)' is not decided"))
            }
            return .found(Swift.max(lower, 0)...upper)
        case .first(let condition, let atLatest):
            let cap = try atLatest.map { expression throws(IntegrationFailure) in
                try enclosed(expression).instants(of: clock)
            }
            if let cap, cap.upper?.isNegative ?? true { throw endsBeforeStart(cap) }
            switch try trajectory.firstTimeInStage(of: condition, limit: cap?.upper) {
            case .reached(let time):
                guard let lower = time.lower, let upper = time.upper, clock == .time || lower == upper,
                    cap?.lower.map({ upper <= $0 }) ?? true
                else { return .open(time, undecided(stage, time)) }
                return .found(lower...upper)
            case .notUntil(let time):
                let last = cap ?? RationalInterval(time)
                return .open(
                    last,
                    Obstacle(
                        .notReached, "the stage '\(stage.name)' is ended by 'at latest', before its condition holds",
                        remedy: "a later 'at latest'"))
            case .undecided(let time, _):
                let last = RationalInterval(time.lower, cap?.upper ?? (trajectory.end - start.lowerBound))
                return .open(last, undecided(stage, time))
            }
        }
    }

    private func undecided(_ stage: Stage, _ time: RationalInterval) -> Obstacle {
        Obstacle(
            .precision, "when the stage '\(stage.name)' ends is not decided from \(clock.point(time)) after its start on",
            remedy: "more bits may help, unless the quantity only touches its level")
    }

    /// The run ends inside a stage: what comes later is not reached.
    private func stop(at index: Int, _ last: RationalInterval, _ obstacle: Obstacle, _ trajectory: StagedTrajectory) {
        let stages = problem.stages
        let isCertain = obstacle.kind == .notReached
        if index < stages.count - 1, let time = isCertain ? last.upper : last.lower {
            trajectory.isKnown(until: time, obstacle.reason)
        }
        let isLast = index == stages.count - 1
        if let lower = last.lower {
            stageBound = (["end(\(stages[index].name))"] + (isLast ? [] : ["end"]), lower)
        }
        for (position, stage) in stages.enumerated().dropFirst(index) {
            let reason = position == index
                ? obstacle
                : Obstacle(
                    obstacle.kind, "the stage '\(stage.name)' does not start: \(obstacle.reason)", remedy: obstacle.remedy)
            stageEnds.append(
                EventResult(
                    name: "end(\(stage.name))", status: isCertain ? .notReached : .undecided,
                    time: position == index ? RationalInterval(last.lower, nil) : nil, obstacle: reason))
        }
        // Stages that did not run belong to the run: it has no end, or nobody knows which.
        if isLast { setEnd(last) } else { end = RationalInterval(last.lower, nil) }
    }

    // MARK: One stage

    /// Asks the stage of `during` alone: at its ends the states belong to it too. What differs from stage to stage has two
    /// values there, and the other stage is asked as well.
    func focus(on interval: Claim.Interval, _ conditions: [Condition]) {
        guard let staged = trajectory as? StagedTrajectory, let stage = interval.stage else { return }
        if conditions.contains(where: { graph.symbols(in: $0).contains(.stage) }) { return }
        staged.focus = stage
    }

    func unfocus() { (trajectory as? StagedTrajectory)?.focus = nil }

    // MARK: Every stage's dynamics

    /// What is claimed of all states holds with the dynamics of each stage.
    func inEveryStage(_ pairs: [(Expression, Expression)]) -> [(Expression, Expression)] {
        guard !problem.stages.isEmpty else { return pairs }
        return problem.stages.indices.flatMap { stage in
            let number = [Symbol.stage: graph.constant(stage)]
            return pairs.map { (graph.substitute($0.0, number), graph.substitute($0.1, number)) }
        }
    }

    func inEveryStage(_ condition: Condition) -> [Condition] {
        problem.stages.indices.map { graph.substitute(condition, [.stage: graph.constant($0)]) }
    }
}
