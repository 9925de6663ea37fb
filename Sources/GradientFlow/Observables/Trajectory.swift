import Arithmetic
import Exact
import Symbolic

/// What is known about "c holds at every instant of an interval".
public enum IntervalTruth: Sendable {
    case always
    /// c certainly fails at every instant of this closed interval (or at this exact time).
    case failsOn(RationalInterval)
    /// Not decided: where the first undecided instants lie.
    case unknown(RationalInterval, Reason)

    public enum Reason: Sendable {
        /// The quantities were enclosed, too widely to decide.
        case tooWide
        /// A quantity is undefined there, or may be.
        case undefined
        /// The condition certainly fails at times that may lie outside the interval.
        case atUncertainEnd
    }
}

/// An enclosure of a first time.
public enum FirstTime: Sendable {
    /// c fails at every instant before `lower` and holds at some instant <= `upper`.
    case reached(RationalInterval)
    /// c certainly fails at every instant up to this time.
    case notUntil(Rational)
    /// c fails before `lower`; from there on nothing is decided up to the end of what was run.
    case undecided(RationalInterval, IntervalTruth.Reason)
}

/// An enclosure of a last time.
public enum LastTime: Sendable {
    /// c holds at some instant >= `lower` and fails at every later one than `upper`, up to the end.
    case reached(RationalInterval)
    /// c certainly fails at every instant.
    case never
    /// c fails after `upper`; before it nothing is decided.
    case undecided(RationalInterval, IntervalTruth.Reason)
}

/// An enclosure of a supremum (or infimum) over a time interval, and where it is attained.
public struct Extremum: Sendable {
    public let value: RationalInterval
    public let time: RationalInterval
}

/// A certified run at one precision: decides conditions and encloses quantities on whole time intervals.
///
/// Formulas may read states, the time, and symbols of the environment.
public protocol Trajectory: AnyObject {
    var bits: Int { get }
    var stepCount: Int { get }
    /// Where the run ends now.
    var end: Rational { get }
    /// How far the run is from its approximation at most, so far (for a flow in the 2-norm).
    var largestRadius: Rational? { get }
    /// How well the run is known so far, in at most `pieces` pieces.
    func profile(pieces: Int) -> [StepProfile]
    var environment: Environment { get set }
    /// Called after every step with the time reached and the step's length; returns false to stop the run.
    var monitor: ((Rational, Rational) -> Bool)? { get set }
    /// Asked during long searches; true ends them.
    var isStopped: (() -> Bool)? { get set }

    /// Names formulas that will be asked for: they share one evaluation per step.
    func prepare(_ expressions: [Expression])

    /// Runs on until `time`.
    func cover(_ time: Rational) throws(IntegrationFailure)

    /// Decides the condition at every instant of an interval known as two: `always` holds on all of `outer`; it fails only
    /// by a failure inside `inner` (nil if the interval may be empty).
    func truth(
        of condition: Condition, outer: ClosedRange<Rational>, inner: ClosedRange<Rational>?
    ) throws(IntegrationFailure) -> IntervalTruth

    /// Whether the formula certainly has a value at every instant of the interval.
    func isDefined(_ expression: Expression, over interval: ClosedRange<Rational>) throws(IntegrationFailure) -> Bool

    /// The truth of a condition at a time known as an enclosure, whatever it is.
    func truth(of condition: Condition, at time: ClosedRange<Rational>) throws(IntegrationFailure) -> Truth

    /// All values of the formula at a time known as an enclosure.
    func range(of expression: Expression, at time: ClosedRange<Rational>) throws(IntegrationFailure) -> RationalInterval

    /// Encloses the supremum over an interval known as two: over `outer` from above, over `inner` (nil if it may be empty)
    /// from below; refined until the relative width is below 2^-`digits`, or as far as the tube allows.
    func supremum(
        of expression: Expression, outer: ClosedRange<Rational>, inner: ClosedRange<Rational>?, relativeBits: Int
    ) throws(IntegrationFailure) -> Extremum

    /// The first time t >= start at which the condition holds. The start is known as an enclosure. Runs on as needed,
    /// to `limit` at most.
    func firstTime(
        of condition: Condition, from start: ClosedRange<Rational>, limit: Rational?
    ) throws(IntegrationFailure) -> FirstTime

    /// The last time from the start to the end at which the condition holds. Both ends are known as enclosures.
    func lastTime(
        of condition: Condition, from start: ClosedRange<Rational>, to end: ClosedRange<Rational>
    ) throws(IntegrationFailure) -> LastTime
}

/// Starts a run at the given precision: doubles up to 53 bits, balls of any precision above.
/// `start` are formulas of the environment's symbols; `observer` is told what each step did.
public func makeTrajectory(
    _ field: VectorField, start: [Expression], environment: Environment, bits: Int,
    observer: ((StepRecord) -> Void)? = nil
) throws(IntegrationFailure) -> any Trajectory {
    if bits <= 53 {
        return try TubeTrajectory<DoubleBall>(
            field, start: start, environment: environment, bits: 53, observer: observer)
    }
    return try TubeTrajectory<Ball>(field, start: start, environment: environment, bits: bits, observer: observer)
}
