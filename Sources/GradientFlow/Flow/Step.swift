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
    /// Distance of solution and p at the start, at the end, and anywhere on the step (2-norm).
    let startRadius: Magnitude
    let endRadius: Magnitude
    let wholeRadius: Magnitude
    /// An upper bound of the integral of the defect's norm.
    let defect: Magnitude
    /// An upper bound of the integral of the logarithmic norm of the Jacobian.
    let logarithmicNorm: Double

    var end: Rational { start + length }

    init(
        start: Rational, length: Rational, order: Int, dimension: Int, coefficients: consuming BallVector<E>,
        startRadius: Magnitude, endRadius: Magnitude, wholeRadius: Magnitude, defect: Magnitude, logarithmicNorm: Double
    ) {
        self.start = start
        self.length = length
        self.order = order
        self.dimension = dimension
        self.coefficients = coefficients
        self.startRadius = startRadius
        self.endRadius = endRadius
        self.wholeRadius = wholeRadius
        self.defect = defect
        self.logarithmicNorm = logarithmicNorm
    }

    func position(_ component: Int) -> Int { component * (order + 1) }

    /// p of one component as a model, the tube's radius as its uniform remainder.
    func model(_ component: Int, radius: Magnitude) -> PolynomialModel<E> {
        let span = coefficients.span
        let at = position(component)
        return PolynomialModel(
            coefficients: (0...order).map { span[at + $0] }, weighted: .zero, uniform: radius)
    }
}
