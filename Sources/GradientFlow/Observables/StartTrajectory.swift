import Arithmetic
import Exact
import Symbolic

/// A run that nothing is asked of but its start: no field is compiled and no step taken. Whatever lies later is left to the
/// run itself, which is made then.
///
/// - Error: formulas in ball arithmetic on the starts' enclosures; prepared ones share one evaluation.
final class StartTrajectory<E: Enclosure>: Trajectory {
    let bits: Int
    var environment: Environment {
        didSet {
            values.removeAll()
            run?.environment = environment
        }
    }
    var monitor: ((Rational, Rational) -> Bool)? { didSet { run?.monitor = monitor } }
    var isStopped: (() -> Bool)? { didSet { run?.isStopped = isStopped } }

    private let graph: Graph
    private let starts: [E]
    private let plans = LawPlans()
    private let makeRun: (Environment) throws(IntegrationFailure) -> any Trajectory
    private var run: (any Trajectory)?
    private var prepared: [Expression] = []
    private var values: [Expression: E] = [:]

    init(
        _ graph: Graph, start: [Expression], environment: Environment, bits: Int,
        run makeRun: @escaping (Environment) throws(IntegrationFailure) -> any Trajectory
    ) throws(IntegrationFailure) {
        self.graph = graph
        self.bits = bits
        self.environment = environment
        self.makeRun = makeRun
        starts = try evaluate(start, of: graph, environment: environment, bits: bits, plans: plans)
        if let undefined = starts.firstIndex(where: { !$0.isFinite }) {
            throw IntegrationFailure(.undefined, "the start of state \(undefined + 1) is undefined")
        }
    }

    var stepCount: Int { run?.stepCount ?? 0 }
    var end: Rational { run?.end ?? 0 }
    var largestRadius: Rational? {
        run?.largestRadius ?? starts.reduce(Magnitude.zero) { Swift.max($0, $1.radius) }.asRational
    }

    func profile(pieces: Int) -> [StepProfile] { run?.profile(pieces: pieces) ?? [] }

    func prepare(_ expressions: [Expression]) { prepared = expressions }

    func cover(_ time: Rational) throws(IntegrationFailure) {
        if time.isPositive { try wholeRun().cover(time) }
    }

    private func wholeRun() throws(IntegrationFailure) -> any Trajectory {
        if let run { return run }
        let made = try makeRun(environment)
        made.monitor = monitor
        made.isStopped = isStopped
        run = made
        return made
    }

    // MARK: The start

    private func value(_ expression: Expression) throws(IntegrationFailure) -> E {
        if let known = values[expression] { return known }
        if values.isEmpty && !prepared.isEmpty { try encloseTogether(prepared) }
        if values[expression] == nil { try encloseTogether([expression]) }
        return values[expression] ?? .noInformation(bits: bits)
    }

    private func encloseTogether(_ expressions: [Expression]) throws(IntegrationFailure) {
        if isStopped?() ?? false { throw IntegrationFailure(.cancelled, "the deadline or an interrupt came at t = 0") }
        var symbols: Set<Symbol> = []
        for expression in expressions { symbols.formUnion(graph.symbols(in: expression)) }
        let inputs = symbols.sorted { "\($0)" < "\($1)" }
        let tape: Tape
        do {
            tape = try graph.compile(outputs: expressions, inputs: inputs, varying: [])
        } catch {
            throw IntegrationFailure(.undefined, "a formula cannot be compiled: \(error)")
        }
        let machine = Machine<E>(tape, order: 0, bits: bits, policy: .hull, plans: plans)
        for (index, symbol) in inputs.enumerated() {
            let input: E =
                switch symbol {
                case .state(let position): starts[position]
                case .time: E(Rational.zero, bits: bits)
                case .parameter, .moment, .open, .bound: environment.value(of: symbol, bits: bits)
                }
            machine.setInput(index, coefficient: 0, input)
        }
        machine.run()
        for (output, expression) in expressions.enumerated() {
            values[expression] = machine.span[machine.position(machine.output(output))]
        }
    }

    private func truth(_ condition: Condition, undefined: inout Bool) throws(IntegrationFailure) -> Truth {
        switch condition {
        case .truth(let holds):
            return Truth(holds)
        case .compare(let comparison, let left, let right):
            let difference = try value(graph.subtract(right, left))
            if !difference.isFinite { undefined = true }
            return comparison.truth(ofDifference: difference)
        case .not(let inner):
            return try !truth(inner, undefined: &undefined)
        case .and(let parts):
            var truths: [Truth] = []
            for part in parts { truths.append(try truth(part, undefined: &undefined)) }
            return .all(truths)
        case .or(let parts):
            var truths: [Truth] = []
            for part in parts { truths.append(try truth(part, undefined: &undefined)) }
            return .any(truths)
        case .implies(let hypothesis, let conclusion):
            let first = try truth(hypothesis, undefined: &undefined)
            return .any([!first, try truth(conclusion, undefined: &undefined)])
        }
    }

    /// Whether the interval is the start alone. Times before it belong to no run.
    private func isStart(_ times: ClosedRange<Rational>) throws(IntegrationFailure) -> Bool {
        if times.lowerBound.isNegative {
            throw IntegrationFailure(.undefined, "t = \(times.lowerBound.shortDecimal) lies before the run")
        }
        return times.upperBound.isZero
    }

    // MARK: Questions

    func truth(
        of condition: Condition, outer: ClosedRange<Rational>, inner: ClosedRange<Rational>?
    ) throws(IntegrationFailure) -> IntervalTruth {
        guard try isStart(outer) else { return try wholeRun().truth(of: condition, outer: outer, inner: inner) }
        var undefined = false
        let time = RationalInterval(0)
        switch try truth(condition, undefined: &undefined) {
        case .yes: return .always
        case .no: return inner == nil ? .unknown(time, .atUncertainEnd) : .failsOn(time)
        case .unknown: return .unknown(time, undefined ? .undefined : .tooWide)
        }
    }

    func isDefined(_ expression: Expression, over interval: ClosedRange<Rational>) throws(IntegrationFailure) -> Bool {
        guard try isStart(interval) else { return try wholeRun().isDefined(expression, over: interval) }
        return try value(expression).isFinite
    }

    func truth(of condition: Condition, at time: ClosedRange<Rational>) throws(IntegrationFailure) -> Truth {
        guard try isStart(time) else { return try wholeRun().truth(of: condition, at: time) }
        var undefined = false
        return try truth(condition, undefined: &undefined)
    }

    func range(of expression: Expression, at time: ClosedRange<Rational>) throws(IntegrationFailure) -> RationalInterval {
        guard try isStart(time) else { return try wholeRun().range(of: expression, at: time) }
        return try value(expression).interval
    }

    func supremum(
        of expression: Expression, outer: ClosedRange<Rational>, inner: ClosedRange<Rational>?, relativeBits: Int
    ) throws(IntegrationFailure) -> Extremum {
        guard try isStart(outer) else {
            return try wholeRun().supremum(of: expression, outer: outer, inner: inner, relativeBits: relativeBits)
        }
        let value = try value(expression).interval
        return Extremum(
            value: RationalInterval(inner == nil ? nil : value.lower, value.upper), time: RationalInterval(0))
    }

    func firstTime(
        of condition: Condition, from start: ClosedRange<Rational>, limit: Rational?
    ) throws(IntegrationFailure) -> FirstTime {
        guard try isStart(start), limit?.isZero ?? false else {
            return try wholeRun().firstTime(of: condition, from: start, limit: limit)
        }
        var undefined = false
        switch try truth(condition, undefined: &undefined) {
        case .yes: return .reached(RationalInterval(0))
        case .no: return .notUntil(0)
        case .unknown: return .undecided(RationalInterval(0), undefined ? .undefined : .tooWide)
        }
    }

    func lastTime(
        of condition: Condition, from start: ClosedRange<Rational>, to end: ClosedRange<Rational>
    ) throws(IntegrationFailure) -> LastTime {
        guard try isStart(start), try isStart(end) else {
            return try wholeRun().lastTime(of: condition, from: start, to: end)
        }
        var undefined = false
        switch try truth(condition, undefined: &undefined) {
        case .yes: return .reached(RationalInterval(0))
        case .no: return .never
        case .unknown: return .undecided(RationalInterval(0), undefined ? .undefined : .tooWide)
        }
    }
}

/// The start of a run as a run of length 0; `run` makes the run itself if it is asked for later times.
public func makeStart(
    of graph: Graph, start: [Expression], environment: Environment, bits: Int,
    run: @escaping (Environment) throws(IntegrationFailure) -> any Trajectory
) throws(IntegrationFailure) -> any Trajectory {
    if bits <= 53 {
        return try StartTrajectory<DoubleBall>(graph, start: start, environment: environment, bits: 53, run: run)
    }
    return try StartTrajectory<Ball>(graph, start: start, environment: environment, bits: bits, run: run)
}
