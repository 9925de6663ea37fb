import Bounds
import Exact
import GradientFlow
import Symbolic

/// One theorem on one instance at one precision: the run, its moments, and the decisions that need them.
final class Rung {
    let problem: Problem
    let bits: Int
    var graph: Graph { problem.graph }

    /// Nil for a finite check, or if the run could not start.
    private(set) var trajectory: (any Trajectory)?
    /// Why the run could not start, or could not be continued.
    private(set) var failure: Obstacle?
    private(set) var environment = Environment()
    private(set) var events: [EventResult] = []
    /// Moments of which only a lower bound is known: certified not to happen before it.
    private(set) var lateMoments: [String: Rational] = [:]
    /// The last instant at which a late moment certainly does not happen either, if there is one.
    private var lastWithout: [String: Rational] = [:]
    private(set) var end: RationalInterval?
    /// What the run's instants are.
    var clock: Clock { problem.steps == nil ? .time : .steps }

    private let monitor: (Rational, Rational) -> Bool
    let isStopped: () -> Bool
    /// Whether the run was asked for.
    private(set) var hasRun = false

    /// `boxes` gives values to parameters that range over a box. `monitor` is told the time reached and the step's length
    /// after every step, and stops the run by returning false.
    init(
        _ problem: Problem, bits: Int, boxes: [String: RationalInterval] = [:],
        isStopped: @escaping () -> Bool = { false }, monitor: @escaping (Rational, Rational) -> Bool
    ) {
        self.isStopped = isStopped
        self.problem = problem
        self.bits = bits
        self.monitor = monitor
        for (name, value) in boxes { environment[.parameter(name)] = value }
    }

    /// Follows the dynamics to its end and finds the events.
    func run() {
        guard !hasRun else { return }
        do {
            guard let trajectory = try start() else { return }
            hasRun = true
            trajectory.monitor = monitor
            trajectory.isStopped = isStopped
            self.trajectory = trajectory
            trajectory.prepare(observables())
            try findEnd(trajectory)
        } catch {
            hasRun = true
            failure = Obstacle(error)
        }
        guard let trajectory, failure == nil else {
            for event in problem.events {
                events.append(EventResult(name: event.name, status: .undecided, time: nil, obstacle: failure))
            }
            return
        }
        for event in problem.events { find(event, trajectory) }
    }

    /// The run at its start; nil for a finite check.
    private func start() throws(IntegrationFailure) -> (any Trajectory)? {
        let start = problem.states.map(\.start)
        if let flow = problem.flow {
            let field = try VectorField(graph: graph, field: flow.field)
            return try makeTrajectory(field, start: start, environment: environment, bits: bits)
        }
        guard let steps = problem.steps else { return nil }
        let norms = steps.squaredNorms.map {
            StepMap.Divisor($0, name: "the gradient", consequence: "a normalised descent has no direction there")
        }
        return try makeTrajectory(
            StepMap(graph: graph, map: steps.map, names: problem.states.map(\.name), divisors: norms), start: start,
            environment: environment, bits: bits)
    }

    /// Whether the claim is about the run, or a moment of it.
    func needsRun(_ claim: Claim) -> Bool {
        if let given = claim.given, readsMoments(given) { return true }
        switch claim.body {
        case .condition(let condition): return readsMoments(condition)
        case .identity, .everywhere, .solution, .symmetry, .unsupported: return false
        case .always, .sometime, .monotone, .at, .growth: return true
        }
    }

    func readsMoments(_ condition: Condition) -> Bool {
        graph.symbols(in: condition).contains { if case .moment = $0 { true } else { false } }
    }

    // MARK: Moments

    private func findEnd(_ trajectory: any Trajectory) throws(IntegrationFailure) {
        switch problem.horizon {
        case nil:
            return
        case .time(let time):
            let value = try enclosed(time).instants(of: clock)
            guard let upper = value.upper else {
                throw IntegrationFailure(.undefined, "the end of the run is undefined")
            }
            guard !upper.isNegative else { throw endsBeforeStart(value) }
            try trajectory.cover(upper)
            setEnd(value)
        case .first(let condition, let atLatest):
            let cap = try atLatest.map { expression throws(IntegrationFailure) in
                try enclosed(expression).instants(of: clock)
            }
            if let cap, cap.upper?.isNegative ?? true { throw endsBeforeStart(cap) }
            let zero: Rational = 0
            switch try trajectory.firstTime(of: condition, from: zero...zero, limit: cap?.upper) {
            case .reached(let time):
                // The cap may come first, where its enclosure and the time's overlap.
                setEnd(cap.map { $0.least(time) } ?? time)
            case .notUntil(let time):
                // "at latest" ends the run: the end exists, the condition was not reached.
                setEnd(cap ?? RationalInterval(time))
            case .undecided(let time, _):
                setEnd(RationalInterval(time.lower, cap?.upper ?? trajectory.end))
            }
        }
    }

    private func endsBeforeStart(_ end: RationalInterval) -> IntegrationFailure {
        IntegrationFailure(.undefined, "the run would end at \(clock.point(end)), before it starts at 0")
    }

    private func setEnd(_ value: RationalInterval) {
        end = value
        environment[.moment("end")] = value
        trajectory?.environment = environment
    }

    private func find(_ event: Event, _ trajectory: any Trajectory) {
        switch event.definition {
        case .unsupported(let reason):
            events.append(
                EventResult(name: event.name, status: .undecided, time: nil, obstacle: Obstacle(.unsupported, reason)))
        case .first(let after, let condition):
            do {
                guard let moment = try moment(after) else {
                    let reason = "the moment after which \(event.name) is sought is not reached"
                    events.append(
                        EventResult(
                            name: event.name, status: .undecided, time: nil, obstacle: Obstacle(.notReached, reason)))
                    return
                }
                // Instants are the times t >= 0.
                let start = Swift.max(moment.lowerBound, 0)...Swift.max(moment.upperBound, 0)
                // A little beyond the end: what makes the run end may happen there, at a time known as an enclosure.
                let limit = end?.upper.map { Swift.max($0, trajectory.end) }
                record(event, try trajectory.firstTime(of: condition, from: start, limit: limit))
            } catch {
                events.append(EventResult(name: event.name, status: .undecided, time: nil, obstacle: Obstacle(error)))
            }
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

    /// Whether the late moment certainly lies after the time.
    func certainlyHappens(_ name: String, after time: Rational) -> Bool {
        if let last = lastWithout[name], time <= last { return true }
        return lateMoments[name].map { time < $0 } ?? false
    }

    private func isBeyondEnd(_ time: RationalInterval) -> Bool {
        guard let lower = time.lower, let end = end?.upper else { return false }
        return lower > end
    }

    /// The widest enclosure of a moment; nil unless the run counts steps.
    var stepUncertainty: Rational? {
        guard clock == .steps, hasRun else { return nil }
        let open = events.filter { $0.status != .notReached }.compactMap { $0.time?.width }
        return (open + [end?.width].compactMap { $0 }).max()
    }

    /// The event's result, if the name is an event.
    func event(_ name: String) -> EventResult? { events.first { $0.name == name } }

    /// A moment that bounds an interval, as the enclosure of its time; nil if it is not reached. Nil itself means 0.
    func moment(_ expression: Expression?) throws(IntegrationFailure) -> ClosedRange<Rational>? {
        guard let expression else {
            let zero: Rational = 0
            return zero...zero
        }
        if let exact = graph.constant(expression) { return exact...exact }
        let value = try enclosed(expression)
        guard let lower = value.lower, let upper = value.upper else { return nil }
        return lower...upper
    }

    // MARK: Values

    /// An enclosure of a formula of parameters and moments.
    func enclosed(_ expression: Expression) throws(IntegrationFailure) -> RationalInterval {
        if let exact = graph.constant(expression) { return RationalInterval(exact) }
        return try enclose([expression], of: graph, environment: environment, bits: bits)[0]
    }

    /// Whether a formula reads states or the time, so that it has a value only along the run.
    func readsRun(_ expression: Expression) -> Bool {
        graph.symbols(in: expression).contains { symbol in
            switch symbol {
            case .state, .time: true
            case .parameter, .moment, .open, .bound: false
            }
        }
    }

    func readsRun(_ condition: Condition) -> Bool {
        graph.symbols(in: condition).contains { symbol in
            switch symbol {
            case .state, .time: true
            case .parameter, .moment, .open, .bound: false
            }
        }
    }

    /// The differences of every comparison along the run, so that they share one evaluation per step.
    private func observables() -> [Expression] {
        var conditions: [Condition] = []
        if case .first(let condition, _)? = problem.horizon { conditions.append(condition) }
        for event in problem.events {
            if case .first(_, let condition) = event.definition { conditions.append(condition) }
        }
        var result: [Expression] = []
        for claim in problem.claims where claim.boxes.isEmpty {
            switch claim.body {
            case .always(_, let hypothesis, let condition), .sometime(_, let hypothesis, let condition):
                if claim.open.isEmpty {
                    conditions.append(condition)
                } else {
                    result += ratios(of: condition, open: claim.open)
                }
                if let hypothesis { conditions.append(hypothesis) }
            case .monotone(_, let quantity, _):
                if let flow = problem.flow { result.append(graph.lieDerivative(of: quantity, along: flow.field)) }
                if let steps = problem.steps { conditions.append(monotoneStep(true, quantity, along: steps)) }
            case .condition, .identity, .at, .growth, .everywhere, .solution, .symmetry, .unsupported:
                break
            }
        }
        for condition in conditions {
            // The second for margins, which are suprema of the smaller side minus the larger.
            for (_, left, right) in graph.comparisons(in: condition) {
                result += [graph.subtract(right, left), graph.subtract(left, right)]
            }
        }
        return result.filter(readsRun)
    }

    private func ratios(of condition: Condition, open: [Claim.OpenConstant]) -> [Expression] {
        graph.comparisons(in: condition).flatMap { comparison, left, right in
            guard let requirement = Requirement(graph, comparison, left, right, open: open.map(\.name)) else {
                return [graph.subtract(right, left)]
            }
            return [requirement.ratio, graph.negate(requirement.ratio), requirement.coefficient]
        }
    }
}

extension RationalInterval {
    /// The last instant that is not after the moment, where the instants are steps.
    fileprivate func instants(of clock: Clock) -> RationalInterval {
        guard clock == .steps else { return self }
        return RationalInterval(lower.map { Rational($0.floor) }, upper.map { Rational($0.floor) })
    }
}

extension Obstacle {
    /// The integrator's failure, as people read it.
    init(_ failure: IntegrationFailure) {
        switch failure.kind {
        case .precision:
            self.init(.precision, failure.reason, remedy: "try --bits 128 or more")
        case .undefined:
            self.init(.undefined, failure.reason, remedy: "restrict the quantity to where it is defined")
        case .stepUnderflow:
            self.init(.integration, failure.reason, remedy: "shorten the run, or look at the state that grows there")
        case .cancelled:
            self.init(
                .timeout, failure.reason,
                remedy: "allow more time with --timeout; where the steps shrink, the solution may blow up")
        }
    }
}
