import Bounds
import Exact
import GradientFlow
import Symbolic

/// Events: the moments at which conditions first or last hold.
extension Rung {
    /// Finds the events, each after those that it reads; they are reported in file order.
    func findEvents(_ trajectory: any Trajectory) {
        var open = Dictionary(problem.events.map { ($0.name, $0) }) { first, _ in first }
        func visit(_ event: Event) {
            guard open.removeValue(forKey: event.name) != nil else { return }
            let values = momentValues(in: event.symbols(graph))
            let read = values.reduce(into: event.symbols(graph)) { $0.formUnion(symbols(of: $1)) }
            for other in problem.events where read.contains(.moment(other.name)) { visit(other) }
            encloseMomentValues(values)
            find(event, trajectory)
        }
        for event in problem.events { visit(event) }
        let order = Dictionary(problem.events.enumerated().map { ($1.name, $0) }) { first, _ in first }
        events.sort { order[$0.name] ?? 0 < order[$1.name] ?? 0 }
    }

    private func find(_ event: Event, _ trajectory: any Trajectory) {
        if failure != nil { return findInBrokenRun(event, trajectory) }
        switch event.definition {
        case .unsupported(let reason):
            events.append(
                EventResult(name: event.name, status: .undecided, time: nil, obstacle: Obstacle(.unsupported, reason)))
        case .moment(let moment):
            record(event, moment)
        case .first(let after, let condition):
            do {
                guard let start = try start(of: event, after) else { return }
                // A little beyond the end: what makes the run end may happen there, at a time known as an enclosure.
                let limit = end?.upper.map { Swift.max($0, trajectory.end) }
                if try holdsFromStart(condition, start, limit) {
                    record(event, FirstTime.reached(RationalInterval(0)))
                    return
                }
                record(event, try trajectory.firstTime(of: condition, from: start, limit: limit))
            } catch {
                events.append(EventResult(name: event.name, status: .undecided, time: nil, obstacle: Obstacle(error)))
            }
        case .last(let after, let condition):
            do {
                guard let start = try start(of: event, after) else { return }
                guard let low = end?.lower, let high = end?.upper else {
                    let obstacle = obstacle(of: "end") ?? Obstacle(.notReached, "the end of the run is not reached")
                    events.append(EventResult(name: event.name, status: .undecided, time: nil, obstacle: obstacle))
                    return
                }
                record(event, try trajectory.lastTime(of: condition, from: start, to: low...high))
            } catch {
                events.append(EventResult(name: event.name, status: .undecided, time: nil, obstacle: Obstacle(error)))
            }
        }
    }

    /// Of a run that broke off, a first time that comes before.
    private func findInBrokenRun(_ event: Event, _ trajectory: any Trajectory) {
        do {
            if case .first(let after, let condition) = event.definition, let limit = try brokenEnd(), limit.isPositive,
                let start = try moment(after), start.upperBound < limit,
                case .reached(let time) = try trajectory.firstTime(
                    of: condition, from: Swift.max(start.lowerBound, 0)...Swift.max(start.upperBound, 0), limit: limit),
                let upper = time.upper, upper <= limit
            {
                return record(event, FirstTime.reached(time))
            }
        } catch {}
        recordBroken(event)
    }

    /// The event of a run that could not be continued.
    func recordBroken(_ event: Event) {
        events.append(EventResult(name: event.name, status: .undecided, time: nil, obstacle: failure))
    }

    /// Whether the condition certainly holds at every instant after the exact start 0, up to some time: 0 is then the
    /// infimum of its instants, even if the condition fails at 0 itself.
    private func holdsFromStart(
        _ condition: Condition, _ start: ClosedRange<Rational>, _ limit: Rational?
    ) throws(IntegrationFailure) -> Bool {
        guard start.lowerBound.isZero && start.upperBound.isZero, clock == .time else { return false }
        let times = TimeInterval(start: start, end: nil, earliestEnd: limit, openStart: true, openEnd: false)
        if case .settled = try touching(condition, at: times, from: nil, stage: nil) { return true }
        return false
    }

    /// The moment from which the event is sought, a time t >= 0; nil if it is not reached, which is recorded.
    private func start(of event: Event, _ after: Expression?) throws(IntegrationFailure) -> ClosedRange<Rational>? {
        guard let moment = try moment(after) else {
            let obstacle = Obstacle(.notReached, "the moment after which \(event.name) is sought is not reached")
            events.append(EventResult(name: event.name, status: .undecided, time: nil, obstacle: obstacle))
            return nil
        }
        return Swift.max(moment.lowerBound, 0)...Swift.max(moment.upperBound, 0)
    }

    /// Another name for a moment is reported like an event.
    private func record(_ event: Event, _ moment: Expression) {
        do {
            let (time, late) = try limited(moment)
            if let name = late.first {
                let obstacle = obstacle(of: name)
                events.append(
                    EventResult(
                        name: event.name, status: obstacle == nil ? .notReached : .undecided,
                        time: RationalInterval(time.lower, nil), obstacle: obstacle))
            } else if isBeyondEnd(time) {
                events.append(EventResult(name: event.name, status: .notReached, time: RationalInterval(end?.upper, nil)))
            } else {
                let isKnown = time.width != nil
                events.append(EventResult(name: event.name, status: isKnown ? .reached : .undecided, time: time))
            }
        } catch {
            events.append(EventResult(name: event.name, status: .undecided, time: nil, obstacle: Obstacle(error)))
        }
    }

    private func record(_ event: Event, _ time: LastTime) {
        switch time {
        case .reached(let time):
            environment[.moment(event.name)] = time
            trajectory?.environment = environment
            events.append(EventResult(name: event.name, status: .reached, time: time))
        case .never:
            // No instant of the run: not even "later than its end" is true of it.
            events.append(EventResult(name: event.name, status: .notReached, time: nil))
        case .undecided(let time, let reason):
            let obstacle = Obstacle(
                reason == .undefined ? .undefined : .precision,
                "whether \(event.name) happens up to \(clock.point(time)) is not decided",
                remedy: "more bits may help, unless the quantity only touches its level")
            events.append(EventResult(name: event.name, status: .undecided, time: time, obstacle: obstacle))
        }
    }

    private func record(_ event: Event, _ time: FirstTime) {
        switch time {
        case .reached(let time) where isBeyondEnd(time):
            lateMoments[event.name] = end?.upper
            lastWithout[event.name] = end?.upper
            events.append(
                EventResult(name: event.name, status: .notReached, time: RationalInterval(end?.upper, nil)))
        case .reached(let time):
            environment[.moment(event.name)] = time
            trajectory?.environment = environment
            events.append(EventResult(name: event.name, status: .reached, time: time))
        case .notUntil(let time):
            // The next instant is the next step.
            lateMoments[event.name] = clock == .steps ? time + 1 : time
            lastWithout[event.name] = time
            events.append(
                EventResult(name: event.name, status: .notReached, time: RationalInterval(time, nil)))
        case .undecided(let time, let reason):
            if let lower = time.lower { lateMoments[event.name] = lower }
            let obstacle = Obstacle(
                reason == .undefined ? .undefined : .precision,
                "whether \(event.name) happens from \(clock.point(time)) on is not decided",
                remedy: "more bits may help, unless the quantity only touches its level")
            events.append(EventResult(name: event.name, status: .undecided, time: time, obstacle: obstacle))
        }
    }
}

extension Event {
    /// Everything that has to be known before the event is sought.
    fileprivate func symbols(_ graph: Graph) -> Set<Symbol> {
        switch definition {
        case .first(let after, let condition), .last(let after, let condition):
            graph.symbols(in: condition).union(after.map { graph.symbols(in: $0) } ?? [])
        case .moment(let moment): graph.symbols(in: moment)
        case .unsupported: []
        }
    }
}
