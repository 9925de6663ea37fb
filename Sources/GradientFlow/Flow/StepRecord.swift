import Arithmetic
import Exact

/// Why a step of a tube is no longer than it is.
public enum StepLimit: String, Sendable {
    /// The Taylor coefficients: their last ones are as large as the tolerance.
    case convergence
    /// What the run was asked to cover ends there.
    case horizon
    /// Ten times the step before.
    case growth
    /// A longer one was halved: its truncation error was too large, or the field not defined or not smooth there.
    case defect
    /// A longer one was halved: no radius of the tube was certified.
    case tube
    /// A gate of the field changes its sign after it, or inside it.
    case crossing
}

/// What one step of a tube did, for a trace. All radii and integrals are upper bounds.
public struct StepRecord: Sendable {
    public let bits: Int
    public let order: Int
    public let start: Rational
    public let length: Rational
    public let limit: StepLimit
    /// The tube's radius, in its own norm: with rates |e|^2 is the sum of e_j^2/rate_j.
    public let startRadius: Double
    public let endRadius: Double
    public let wholeRadius: Double
    /// The integral of the defect over the step.
    public let defect: Double
    /// The integral of the logarithmic norm over the step, and over the run so far.
    public let logarithmicNorm: Double
    public let total: Double
    /// The same over the step, by eigenvalues of the whole matrix and by norms along the nodes of the loss; nil if it was
    /// not computed.
    public let dense: Double?
    public let node: Double?

    init<E: Enclosure>(_ step: Step<E>, bits: Int, total: Double) {
        self.bits = bits
        self.total = total
        order = step.order
        start = step.start
        length = step.length
        limit = step.limit
        startRadius = step.startRadius.upperDouble
        endRadius = step.endRadius.upperDouble
        wholeRadius = step.wholeRadius.upperDouble
        defect = step.defect.upperDouble
        logarithmicNorm = step.logarithmicNorm.integral
        dense = step.logarithmicNorm.dense
        node = step.logarithmicNorm.node
    }
}
