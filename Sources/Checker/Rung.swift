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
    var trajectory: (any Trajectory)?
    /// Why the run could not start, or could not be continued.
    private(set) var failure: Obstacle?
    var environment = Environment()
    var events: [EventResult] = []
    /// Moments of which only a lower bound is known: certified not to happen before it.
    var lateMoments: [String: Rational] = [:]
    /// The ends of the stages, in order.
    var stageEnds: [EventResult] = []
    /// The stage that "at latest" ended, or whose end is not decided, certainly does not end before this time, nor does the
    /// run if later stages are left.
    var stageBound: (moments: [String], time: Rational)?
    /// The last instant at which a late moment certainly does not happen either, if there is one.
    var lastWithout: [String: Rational] = [:]
    var end: RationalInterval?
    /// What the run's instants are.
    var clock: Clock { problem.steps == nil ? .time : .steps }

    private let monitor: (Rational, Rational) -> Bool
    private let observer: ((StepRecord) -> Void)?
    let isStopped: () -> Bool
    /// Whether the run was asked for.
    private(set) var hasRun = false

    /// `boxes` gives values to parameters that range over a box. `monitor` is told the time reached and the step's length
    /// after every step, and stops the run by returning false. `observer` is told what each step of a flow did.
    init(
        _ problem: Problem, bits: Int, boxes: [String: RationalInterval] = [:],
        isStopped: @escaping () -> Bool = { false }, observer: ((StepRecord) -> Void)? = nil,
        monitor: @escaping (Rational, Rational) -> Bool
    ) {
        self.observer = observer
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
            if let staged = trajectory as? StagedTrajectory { try findStageEnds(staged) } else { try findEnd(trajectory) }
        } catch {
            hasRun = true
            failure = Obstacle(error)
        }
        guard let trajectory else {
            for event in problem.events { recordBroken(event) }
            return
        }
        findEvents(trajectory)
        encloseMomentValues(problem.momentValues)
    }

    /// The run at its start; nil for a finite check.
    private func start() throws(IntegrationFailure) -> (any Trajectory)? {
        let start = problem.states.map(\.start)
        if !problem.stages.isEmpty {
            let stages = StageEquations(
                areFlows: problem.flow != nil, equations: problem.stages.map(\.equations),
                names: problem.states.map(\.name), number: .stage)
            return try StagedTrajectory(graph, stages: stages, start: start, environment: environment, bits: bits)
        }
        if let flow = problem.flow {
            let (graph, bits, observer) = (graph, bits, observer)
            func follow(_ environment: Environment) throws(IntegrationFailure) -> any Trajectory {
                let potential = flow.potential.map { VectorField.Potential(loss: $0, rates: flow.rates) }
                let field = try VectorField(graph: graph, field: flow.field, potential: potential, name: name)
                return try makeTrajectory(field, start: start, environment: environment, bits: bits, observer: observer)
            }
            guard problem.endsAtStart else { return try follow(environment) }
            return try makeStart(of: graph, start: start, environment: environment, bits: bits, run: follow)
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

    func endsBeforeStart(_ end: RationalInterval) -> IntegrationFailure {
        IntegrationFailure(.undefined, "the run would end at \(clock.point(end)), before it starts at 0")
    }

    func setEnd(_ value: RationalInterval) {
        end = value
        environment[.moment("end")] = value
        trajectory?.environment = environment
    }

    /// Whether the late moment certainly lies after the time.
    func certainlyHappens(_ name: String, after time: Rational) -> Bool {
        if let last = lastWithout[name], time <= last { return true }
        return lateMoments[name].map { time < $0 } ?? false
    }

    func isBeyondEnd(_ time: RationalInterval) -> Bool {
        guard let lower = time.lower, let end = end?.upper else { return false }
        return lower > end
    }

    /// The widest enclosure of a moment; nil unless the run counts steps.
    var stepUncertainty: Rational? {
        guard clock == .steps, hasRun else { return nil }
        let open = events.filter { $0.status != .notReached }.compactMap { $0.time?.width }
        return (open + [end?.width].compactMap { $0 }).max()
    }

    /// The result of an event or of a stage's end.
    func event(_ name: String) -> EventResult? { (events + stageEnds).first { $0.name == name } }

    /// Why the moment is not known.
    func obstacle(of moment: String) -> Obstacle? {
        event(moment)?.obstacle ?? (moment == "end" ? stageEnds.last?.obstacle : nil)
    }

    /// What the end of an interval certainly is not before, if it is not reached.
    func unreachedBound(_ moment: Expression) throws(IntegrationFailure) -> Rational? {
        if case .symbol(.moment(let name)) = graph.node(moment), let stageBound, stageBound.moments.contains(name) {
            return stageBound.time
        }
        return try limited(moment).interval.lower
    }

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
            switch event.definition {
            case .first(_, let condition), .last(_, let condition): conditions.append(condition)
            case .moment, .unsupported: break
            }
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
            case .at(_, let condition) where problem.endsAtStart:
                if claim.open.isEmpty { conditions.append(condition) } else { result += ratios(of: condition, open: claim.open) }
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
    func instants(of clock: Clock) -> RationalInterval {
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
        case .sliding:
            self.init(.integration, failure.reason, remedy: "give the run from there on as a flow of its own, by its closed law")
        case .cancelled:
            self.init(
                .timeout, failure.reason,
                remedy: "allow more time with --timeout; where the steps shrink, the solution may blow up")
        }
    }
}
