import Arithmetic
import Exact
import Symbolic

/// A run of a map. Its instants are the steps 0, 1, 2, ...: an interval of times means the steps in it.
///
/// A formula has at a step the value of its states at that step, with the step's number as the time. At step 0 a
/// comparison that balls leave open is also decided by normal form: there the states are formulas.
final class OrbitTrajectory<E: Enclosure>: Trajectory {
    let map: StepMap
    let bits: Int
    let orbit: Orbit<E>
    let values: OrbitValues<E>
    var environment: Environment {
        didSet { values.environmentChanged() }
    }
    var monitor: ((Rational, Rational) -> Bool)?
    var isStopped: (() -> Bool)?
    /// States and time at step 0.
    private let origin: [Symbol: Expression]

    /// Steps between two questions whether to go on.
    private static var patience: Int { 64 }

    init(_ map: StepMap, start: [Expression], environment: Environment, bits: Int) throws(IntegrationFailure) {
        self.map = map
        self.bits = bits
        self.environment = environment
        let plans = LawPlans()
        let point: [E] = try evaluate(start, of: map.graph, environment: environment, bits: bits, plans: plans)
        orbit = try Orbit(map, start: point, bits: bits, environment: environment, plans: plans)
        values = OrbitValues(map, orbit: orbit, bits: bits, plans: plans)
        origin = Dictionary(uniqueKeysWithValues: start.enumerated().map { (Symbol.state($0), $1) })
            .merging([.time: map.graph.zero]) { first, _ in first }
    }

    var stepCount: Int { orbit.last }
    var end: Rational { Rational(orbit.last) }
    var largestRadius: Rational? { orbit.largestRadius.asRational }

    func prepare(_ expressions: [Expression]) { values.prepare(expressions) }

    func cover(_ time: Rational) throws(IntegrationFailure) { try cover(step: step(atMost: time)) }

    @specialized(where E == DoubleBall)
    @specialized(where E == Ball)
    func cover(step: Int) throws(IntegrationFailure) {
        while orbit.last < step {
            try orbit.step()
            if orbit.last % Self.patience == 0, let monitor, !monitor(end, Rational(Self.patience)) {
                throw IntegrationFailure(.cancelled, "stopped at step \(orbit.last)")
            }
        }
    }

    /// Throws if the search should end.
    func checkPatience(_ step: Int) throws(IntegrationFailure) {
        guard step % Self.patience == 0, isStopped?() ?? false else { return }
        throw IntegrationFailure(.cancelled, "the deadline or an interrupt ended the search at step \(step)")
    }

    // MARK: Steps of an interval

    /// The last step that is not after the time. (Beyond every run there is nothing to tell apart.)
    func step(atMost time: Rational) -> Int { Swift.min(time.floor.asIntClamped, .max - 1) }
    /// The first step that is not before the time.
    func step(atLeast time: Rational) -> Int { Swift.max(time.ceiling.asIntClamped, 0) }

    /// The steps of a closed interval; empty if it holds none.
    func steps(_ interval: ClosedRange<Rational>) -> Range<Int> {
        let (first, last) = (step(atLeast: interval.lowerBound), step(atMost: interval.upperBound))
        return first <= last ? first..<(last + 1) : first..<first
    }

    // MARK: Conditions at a step

    /// A condition whose comparisons are columns of values.
    indirect enum StepCondition {
        case truth(Bool)
        case compare(Comparison, difference: Expression, OrbitValues<E>.Column)
        case not(StepCondition)
        case and([StepCondition])
        case or([StepCondition])
    }

    func lowered(_ condition: Condition) throws(IntegrationFailure) -> StepCondition {
        func all(_ parts: [Condition]) throws(IntegrationFailure) -> [StepCondition] {
            var result: [StepCondition] = []
            for part in parts { result.append(try lowered(part)) }
            return result
        }
        switch condition {
        case .truth(let holds): return .truth(holds)
        case .compare(let comparison, let left, let right):
            let difference = map.graph.subtract(right, left)
            return .compare(comparison, difference: difference, try values.column(of: difference))
        case .not(let inner): return .not(try lowered(inner))
        case .and(let parts): return .and(try all(parts))
        case .or(let parts): return .or(try all(parts))
        case .implies(let hypothesis, let conclusion): return .or(try all([.not(hypothesis), conclusion]))
        }
    }

    /// The truth at a step that the orbit has reached. `undefined` is set where a term may have no value.
    func truth(_ condition: StepCondition, at step: Int, undefined: inout Bool) -> Truth {
        switch condition {
        case .truth(let holds):
            return Truth(holds)
        case .compare(let comparison, let difference, let column):
            let value = values.value(column, at: step, environment)
            guard value.isFinite else {
                undefined = true
                return .unknown
            }
            let truth = comparison.truth(ofDifference: value)
            if truth == .unknown && step == 0 && isZeroAtStart(difference) {
                return Truth(comparison == .lessOrEqual || comparison == .equal)
            }
            return truth
        case .not(let inner):
            return !truth(inner, at: step, undefined: &undefined)
        case .and(let parts):
            var truths: [Truth] = []
            for part in parts { truths.append(truth(part, at: step, undefined: &undefined)) }
            return .all(truths)
        case .or(let parts):
            var truths: [Truth] = []
            for part in parts { truths.append(truth(part, at: step, undefined: &undefined)) }
            return .any(truths)
        }
    }

    private func isZeroAtStart(_ difference: Expression) -> Bool {
        map.graph.isExactlyZero(map.graph.substitute(difference, origin))
    }
}

/// Starts a run of a map at the given precision: doubles up to 53 bits, balls of any precision above.
/// `start` are formulas of the environment's symbols.
public func makeTrajectory(
    _ map: StepMap, start: [Expression], environment: Environment, bits: Int
) throws(IntegrationFailure) -> any Trajectory {
    if bits <= 53 {
        return try OrbitTrajectory<DoubleBall>(map, start: start, environment: environment, bits: 53)
    }
    return try OrbitTrajectory<Ball>(map, start: start, environment: environment, bits: bits)
}
