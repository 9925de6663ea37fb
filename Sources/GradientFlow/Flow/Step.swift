import Arithmetic
import Exact

/// One piece of a tube: on [start, start + length] the solution lies within `wholeRadius` of the polynomial p.
final class Step<E: Enclosure> {
    let start: Rational
    let length: Rational
    let order: Int
    let dimension: Int
    /// p: coefficient j of component i in tau = (t - start)/length, exact, at i (order + 1) + j.
    let coefficients: BallVector<E>
    /// What distances are measured in.
    let metric: Metric
    /// Distance of solution and p at the start, at the end, and anywhere on the step.
    let startRadius: Magnitude
    let endRadius: Magnitude
    let wholeRadius: Magnitude
    /// An upper bound of the integral of the defect's norm.
    let defect: Magnitude
    /// Upper bounds of the integral of the logarithmic norm of the Jacobian.
    let logarithmicNorm: LogarithmicNorm.Bound
    /// Why the step is no longer.
    let limit: StepLimit
    /// Where it lies with respect to the field's gates; nil if the field has none.
    let sides: Sides?

    var end: Rational { start + length }
    /// Whether gates of the field may change their signs inside.
    var isCrossing: Bool { sides.map { !$0.crossing.isEmpty } ?? false }

    init(
        start: Rational, length: Rational, order: Int, dimension: Int, coefficients: consuming BallVector<E>,
        metric: Metric, startRadius: Magnitude, endRadius: Magnitude, wholeRadius: Magnitude, defect: Magnitude,
        logarithmicNorm: LogarithmicNorm.Bound, limit: StepLimit, sides: Sides?
    ) {
        self.start = start
        self.length = length
        self.order = order
        self.dimension = dimension
        self.coefficients = coefficients
        self.metric = metric
        self.startRadius = startRadius
        self.endRadius = endRadius
        self.wholeRadius = wholeRadius
        self.defect = defect
        self.logarithmicNorm = logarithmicNorm
        self.limit = limit
        self.sides = sides
    }

    func position(_ component: Int) -> Int { component * (order + 1) }

    /// p of one component as a model, with what a tube of that radius leaves to the component as its uniform remainder.
    func model(_ component: Int, radius: Magnitude) -> PolynomialModel<E> {
        let span = coefficients.span
        let at = position(component)
        return PolynomialModel(
            coefficients: (0...order).map { span[at + $0] }, weighted: .zero,
            uniform: metric.reach(radius, of: component))
    }
}
