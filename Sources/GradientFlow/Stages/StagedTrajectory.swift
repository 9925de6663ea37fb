import Exact
import Symbolic

/// A run through stages, each with dynamics of its own: one run per stage, started at the enclosure of the last one's end.
///
/// A stage is found out as it runs: ``finishStage(after:)`` says when it ends. Its run has a clock of its own, s = t - S for a
/// stage that starts at S, which may be known as an enclosure only. Of a flow, only the states that move are states of
/// the stage's run; the others are numbers of its environment. A border of two stages belongs to both, so that what
/// differs there must hold with both; a step at a border belongs to the stage that takes it further.
///
/// - Error: the stages' own; where a border is an enclosure, both sides of it are looked at on all of it.
public final class StagedTrajectory: Trajectory {
    final class Part {
        let trajectory: any Trajectory
        /// When it starts.
        let start: ClosedRange<Rational>
        /// How long it lasts; nil for the last one so far.
        var length: ClosedRange<Rational>?
        /// What the formulas of the whole run read, in terms of the stage's own run.
        let symbols: [Symbol: Expression]
        /// Values of states that do not move.
        let values: [Symbol: RationalInterval]
        /// The states that move, by position.
        let moving: [Int]
        fileprivate var known: [Expression: Expression] = [:]

        init(
            _ trajectory: any Trajectory, start: ClosedRange<Rational>, symbols: [Symbol: Expression],
            values: [Symbol: RationalInterval], moving: [Int]
        ) {
            self.trajectory = trajectory
            self.start = start
            self.symbols = symbols
            self.values = values
            self.moving = moving
        }
    }

    public let bits: Int
    public var environment: Environment {
        didSet { for part in parts { part.trajectory.environment = extended(part.values) } }
    }
    public var monitor: ((Rational, Rational) -> Bool)? { didSet { for part in parts { connect(part) } } }
    public var isStopped: (() -> Bool)? { didSet { for part in parts { connect(part) } } }
    private(set) var parts: [Part] = []
    /// The number of the stage that alone is asked, with both its ends; nil: the whole run.
    public var focus: Int?
    /// The run is known up to this time only.
    private var known: (time: Rational, reason: String)?

    private let graph: Graph
    private let stages: StageEquations
    private let start: [Expression]
    private var prepared: [Expression] = []

    /// The run in its first stage. `start` are formulas of the environment's symbols.
    public init(
        _ graph: Graph, stages: StageEquations, start: [Expression], environment: Environment, bits: Int
    ) throws(IntegrationFailure) {
        self.graph = graph
        self.stages = stages
        self.start = start
        self.environment = environment
        self.bits = bits
        let zero: Rational = 0
        parts.append(try firstPart(zero...zero))
    }

    public var stepCount: Int { parts.reduce(0) { $0 + $1.trajectory.stepCount } }
    public var end: Rational { parts.last.map { $0.start.lowerBound + $0.trajectory.end } ?? 0 }
    public var largestRadius: Rational? { parts.compactMap(\.trajectory.largestRadius).max() }

    /// Where a stage starts at an enclosure, its pieces reach over all of that.
    public func profile(pieces: Int) -> [StepProfile] {
        let share = Swift.max(1, pieces / Swift.max(1, parts.count))
        return parts.flatMap { part in
            part.trajectory.profile(pieces: share).map { piece in
                StepProfile(
                    start: part.start.lowerBound + piece.start, end: part.start.upperBound + piece.end, radius: piece.radius,
                    defect: piece.defect, logarithmicNorm: piece.logarithmicNorm)
            }
        }
    }

    public func prepare(_ expressions: [Expression]) {
        prepared = expressions
        for part in parts { part.trajectory.prepare(local(expressions, part)) }
    }

    public func cover(_ time: Rational) throws(IntegrationFailure) {
        guard let part = parts.last, time >= part.start.lowerBound else { return }
        try part.trajectory.cover(time - part.start.lowerBound)
    }

    // MARK: Stages

    /// When the stage that runs now has started.
    public var stageStart: ClosedRange<Rational> { parts[parts.count - 1].start }

    /// The first time at which the condition holds in the stage that runs now, counted from its start.
    public func firstTimeInStage(
        of condition: Condition, limit: Rational?
    ) throws(IntegrationFailure) -> FirstTime {
        let part = parts[parts.count - 1]
        let zero: Rational = 0
        return try part.trajectory.firstTime(of: graph.substitute(condition, part.symbols), from: zero...zero, limit: limit)
    }

    /// Ends the stage that runs now, and starts the next one, if there is one, where it ended.
    public func finishStage(after length: ClosedRange<Rational>) throws(IntegrationFailure) {
        let part = parts[parts.count - 1]
        guard parts.count < stages.equations.count else { return }
        try part.trajectory.cover(length.upperBound)
        let next = try nextPart(after: part, length)
        part.length = length
        parts.append(next)
    }

    /// Says that the run goes on in another stage at an unknown moment, which is not before this time.
    public func isKnown(until time: Rational, _ reason: String) { known = (time, reason) }

    /// Throws unless the run is known at the time.
    func require(_ time: Rational) throws(IntegrationFailure) {
        guard let known, time > known.time else { return }
        throw IntegrationFailure(.precision, "the run is known up to t = \(known.time.shortDecimal) only: \(known.reason)")
    }

    /// The last time of a search.
    func limited(_ limit: Rational?) -> Rational? {
        guard let known else { return limit }
        return Swift.min(limit ?? known.time, known.time)
    }

    /// The stages that are asked.
    var asked: [Part] { focus.map { parts.indices.contains($0) ? [parts[$0]] : [] } ?? parts }

    private func firstPart(_ time: ClosedRange<Rational>) throws(IntegrationFailure) -> Part {
        let moving = stages.moving(in: 0, graph)
        var symbols = stages.symbols(of: 0, moving, graph)
        for position in start.indices where !moving.contains(position) { symbols[.state(position)] = start[position] }
        let trajectory = try makeRun(0, symbols, moving, start: moving.map { start[$0] }, environment)
        return made(Part(trajectory, start: time, symbols: symbols, values: [:], moving: moving))
    }

    private func nextPart(after last: Part, _ length: ClosedRange<Rational>) throws(IntegrationFailure) -> Part {
        let index = parts.count
        let moving = stages.moving(in: index, graph)
        var symbols = stages.symbols(of: index, moving, graph)
        var values: [Symbol: RationalInterval] = [:]
        var starts: [Expression] = []
        func number(_ value: RationalInterval, _ name: String) -> Expression {
            if let lower = value.lower, lower == value.upper { return graph.constant(lower) }
            values[.moment(name)] = value
            return graph.symbol(.moment(name))
        }
        for position in start.indices {
            let value = try stateValue(position, of: last, at: length)
            let name = "\(stages.names[position]) at the start of stage \(index + 1)"
            guard value.lower != nil, value.upper != nil else {
                throw IntegrationFailure(.precision, "\(name) is not enclosed")
            }
            if moving.contains(position) {
                starts.append(number(value, name))
            } else {
                symbols[.state(position)] = number(value, name)
            }
        }
        let time = last.start.lowerBound + length.lowerBound...last.start.upperBound + length.upperBound
        let origin = number(RationalInterval(time.lowerBound, time.upperBound), "the start of stage \(index + 1)")
        symbols[.time] = graph.add(graph.symbol(.time), origin)
        let trajectory = try makeRun(index, symbols, moving, start: starts, extended(values))
        return made(Part(trajectory, start: time, symbols: symbols, values: values, moving: moving))
    }

    /// A state of the whole run at a time of the stage.
    private func stateValue(
        _ position: Int, of part: Part, at time: ClosedRange<Rational>
    ) throws(IntegrationFailure) -> RationalInterval {
        let state = part.symbols[.state(position)] ?? graph.symbol(.state(position))
        if part.moving.contains(position) { return try part.trajectory.range(of: state, at: time) }
        if let exact = graph.constant(state) { return RationalInterval(exact) }
        return try enclose([state], of: graph, environment: extended(part.values), bits: bits)[0]
    }

    private func makeRun(
        _ index: Int, _ symbols: [Symbol: Expression], _ moving: [Int], start: [Expression], _ environment: Environment
    ) throws(IntegrationFailure) -> any Trajectory {
        let equations = graph.substitute(moving.map { stages.equations[index][$0] }, symbols)
        if stages.areFlows {
            let names = moving.map { stages.names[$0] }
            let field = try VectorField(graph: graph, field: equations) { symbol in
                if case .state(let position) = symbol { names[position] } else { Graph.defaultName(symbol) }
            }
            return try makeTrajectory(field, start: start, environment: environment, bits: bits)
        }
        let map = try StepMap(graph: graph, map: equations, names: moving.map { stages.names[$0] })
        return try makeTrajectory(map, start: start, environment: environment, bits: bits)
    }

    private func made(_ part: Part) -> Part {
        connect(part)
        part.trajectory.prepare(local(prepared, part))
        return part
    }

    private func connect(_ part: Part) {
        let (monitor, start) = (monitor, part.start.lowerBound)
        part.trajectory.monitor = monitor.map { monitor in { time, step in monitor(start + time, step) } }
        part.trajectory.isStopped = isStopped
    }

    private func extended(_ values: [Symbol: RationalInterval]) -> Environment {
        var environment = self.environment
        for (symbol, value) in values { environment[symbol] = value }
        return environment
    }

    /// A formula of the whole run, in terms of the stage's own run.
    func local(_ expression: Expression, _ part: Part) -> Expression {
        if let known = part.known[expression] { return known }
        let image = graph.substitute(expression, part.symbols)
        part.known[expression] = image
        return image
    }

    private func local(_ expressions: [Expression], _ part: Part) -> [Expression] {
        let images = graph.substitute(expressions, part.symbols)
        for (expression, image) in zip(expressions, images) { part.known[expression] = image }
        return images
    }

    func local(_ condition: Condition, _ part: Part) -> Condition { graph.substitute(condition, part.symbols) }

    // MARK: Times

    /// All times of the stage's clock that may lie in the interval; nil if none does.
    func possible(_ interval: ClosedRange<Rational>, _ part: Part) -> ClosedRange<Rational>? {
        let low = Swift.max(interval.lowerBound - part.start.upperBound, 0)
        var high = interval.upperBound - part.start.lowerBound
        if let length = part.length { high = Swift.min(high, last(length.upperBound)) }
        return low <= high ? low...high : nil
    }

    /// Times of the stage's clock that certainly lie in the interval, and in the stage; nil if there are none.
    func certain(_ interval: ClosedRange<Rational>?, _ part: Part) -> ClosedRange<Rational>? {
        guard let interval else { return nil }
        let low = Swift.max(interval.lowerBound - part.start.lowerBound, 0)
        var high = interval.upperBound - part.start.upperBound
        if let length = part.length { high = Swift.min(high, last(length.lowerBound)) }
        return low <= high ? low...high : nil
    }

    /// The last instant of a stage of this length: its last step is the first one of the next stage, if that is asked too.
    func last(_ length: Rational) -> Rational { stages.areFlows || focus != nil ? length : length - 1 }
}

/// The equations of a run in stages.
public struct StageEquations: Sendable {
    /// x' = f of a flow; else x(t + 1) = g.
    public let areFlows: Bool
    /// Per stage one formula for each state.
    public let equations: [[Expression]]
    /// What the states are called in messages.
    public let names: [String]
    /// What formulas read that differ from stage to stage: the number of the stage, from 0.
    public let number: Symbol

    public init(areFlows: Bool, equations: [[Expression]], names: [String], number: Symbol) {
        self.areFlows = areFlows
        self.equations = equations
        self.names = names
        self.number = number
    }

    /// The states that move in a flow's stage. A map keeps all of them: a number that stays costs it nothing.
    func moving(in stage: Int, _ graph: Graph) -> [Int] {
        let all = Array(equations[stage].indices)
        guard areFlows else { return all }
        let moving = all.filter { equations[stage][$0] != graph.zero }
        return moving.isEmpty ? Array(all.prefix(1)) : moving
    }

    /// The states that move, in terms of the stage's own run.
    func symbols(of stage: Int, _ moving: [Int], _ graph: Graph) -> [Symbol: Expression] {
        var symbols: [Symbol: Expression] = [number: graph.constant(stage)]
        for (index, position) in moving.enumerated() { symbols[.state(position)] = graph.symbol(.state(index)) }
        return symbols
    }
}
