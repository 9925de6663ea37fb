import Arithmetic
import Exact
import Symbolic

/// A certified solution of x' = f(t, x) from a point: a piecewise polynomial and, per step, a radius within which the
/// true solution exists and stays.
///
/// - Source: Dahlquist-Lozinskii: with the defect delta >= |p' - f(p)| and mu >= the logarithmic norm of Df on the
///   tube of radius rho around p, the distance r of solution and p obeys r' <= mu r + delta as long as r < rho; so
///   exp(M+)(r + w) < rho on a step proves existence and r_end <= exp(M) r + exp(M+) w, w the integral of delta. All in
///   the norm of the field's ``Metric``.
final class Tube<E: Enclosure> {
    let field: VectorField
    let bits: Int
    let order: Int
    private(set) var steps: [Step<E>] = []
    /// Where the tube ends now.
    private(set) var end: Rational = 0

    private let environment: Environment
    private let jets: Machine<E>
    private let metric: Metric
    private let defect: Defect<E>
    private let norm: LogarithmicNorm
    /// The exact point that the next step starts from, and the solution's distance from it.
    private let point: BallVector<E>
    /// The Taylor coefficients there, in units of 2^unit: coefficient j of state i at i (order + 1) + j.
    private let taylor: BallVector<E>
    private var radius: Magnitude
    /// log2 of the time unit of the Taylor coefficients, near the last step's length.
    private var unit = 0
    private var lastGrowth = Magnitude(1.0)
    /// Why the step at hand is no longer.
    private var limit = StepLimit.convergence
    private let maximumSteps = 200_000

    /// `start` encloses x(0).
    init(
        _ field: VectorField, start: [E], bits: Int, environment: Environment, plans: LawPlans
    ) throws(IntegrationFailure) {
        self.field = field
        self.bits = bits
        self.environment = environment
        // About ln(1/tolerance)/2: flat minimum of steps * order^2 for series arithmetic.
        order = bits <= 53 ? 20 : Int(Double(bits) * 0.35)
        jets = Machine(field.fieldTape, order: order, bits: bits, policy: .hull, plans: plans)
        metric = try Metric(field, environment: environment, plans: plans)
        defect = Defect(
            field.fieldTape, dimension: field.dimension, metric: metric, parameters: field.parameters, order: order,
            bits: bits, environment: environment, plans: plans)
        norm = LogarithmicNorm(field, metric: metric, plans: plans)
        point = BallVector(count: field.dimension, bits: bits)
        taylor = BallVector(count: field.dimension * (order + 1), bits: bits)
        var squares = Magnitude.zero
        for (i, value) in start.enumerated() {
            guard value.isFinite else { throw IntegrationFailure(.undefined, "the start of state \(i + 1) is undefined") }
            point.span[i] = value.midpoint
            squares = squares + metric.square(value.radius, of: i)
        }
        radius = squares.squareRoot()
        for (index, symbol) in field.parameters.enumerated() {
            let value: E = environment.value(of: symbol, bits: bits)
            jets.setInput(field.dimension + 1 + index, coefficient: 0, value)
        }
    }

    /// Extends the tube by one step, which ends a little after `horizon` at the latest.
    func step(horizon: Rational?) throws(IntegrationFailure) {
        guard steps.count < maximumSteps else {
            throw IntegrationFailure(.stepUnderflow, "\(maximumSteps) steps reach only t = \(end.shortDecimal)")
        }
        var length = try makeTaylorCoefficients(horizon: horizon)
        if length * .powerOfTwo(bits + 20) < end {
            throw IntegrationFailure(
                .stepUnderflow, "the steps shrink to nothing at t = \(end.shortDecimal): the solution may blow up there")
        }
        let tolerated = scale.scaled(byPowerOfTwo: 8 - bits)
        for attempt in 0..<24 {
            let p = scaledCoefficients(length)
            // The last coefficients may be small by accident: then the truncation error tells.
            if let defect = defect.integral(of: p, start: end, length: length), defect.truncation <= tolerated || attempt > 3 {
                if let step = close(p, length, defect.total) {
                    append(step)
                    return
                }
                limit = .tube
            } else {
                limit = .defect
            }
            length = length * Rational(1, 2)
        }
        throw IntegrationFailure(
            .precision, "no step from t = \(end.shortDecimal) is certified: the tube of radius \(radius) is too wide there, or the field is not smooth")
    }

    // MARK: The polynomial

    /// Taylor coefficients at the end point, in units of 2^unit; returns the step's length.
    private func makeTaylorCoefficients(horizon: Rational?) throws(IntegrationFailure) -> Rational {
        let n = field.dimension
        for _ in 0..<40 {
            for i in 0..<n {
                taylor.span.copy(i * (order + 1), from: point.span, i)
                jets.setInput(i, coefficient: 0, from: point.span, i)
            }
            jets.setInput(n, coefficient: 0, E(end, bits: bits))
            jets.setInput(n, coefficient: 1, E(.powerOfTwo(unit), bits: bits))
            for j in 0..<order {
                jets.advance(j)
                let factor = E(Rational.powerOfTwo(unit) / Rational(j + 1), bits: bits)
                let zero = E(Rational.zero, bits: bits)
                for i in 0..<n {
                    let slot = jets.output(i)
                    let rate = jets.program.varies[slot] || j == 0
                        ? jets.span[jets.position(slot) + j] : zero
                    let next = rate * factor
                    guard next.isFinite else {
                        throw IntegrationFailure(
                            .undefined, "the vector field is undefined, or not smooth, at t = \(end.shortDecimal)")
                    }
                    taylor.span[i * (order + 1) + j + 1] = next.midpoint
                    jets.setInput(i, coefficient: j + 1, next.midpoint)
                }
            }
            let exponent = stepExponent()
            if exponent.magnitude <= 6 {
                return quantised(exp2Guess(exponent), horizon: horizon)
            }
            if exponent == .infinity {
                // Nothing but low-order terms: as long as the horizon, or ten times the last step.
                return quantised(steps.last.map { _ in 16 } ?? 1, horizon: horizon)
            }
            unit += Int(exponent.rounded())
            if unit < -2000 { break }
        }
        throw IntegrationFailure(.stepUnderflow, "the step size goes to 0 at t = \(end.shortDecimal)")
    }

    /// The 2-norm of Taylor coefficient j.
    private func size(_ j: Int) -> Magnitude {
        var squares = Magnitude.zero
        for i in 0..<field.dimension {
            let component = taylor.span.magnitude(i * (order + 1) + j)
            squares = squares + component * component
        }
        return squares.squareRoot()
    }

    /// What the tolerance is relative to: the state, or what it becomes within a unit of time. A run that starts at rest in
    /// the origin takes the largest of its coefficients.
    private var scale: Magnitude {
        let first = Swift.max(size(0), size(1))
        return first == .zero ? (0...order).reduce(.zero) { Swift.max($0, size($1)) } : first
    }

    /// log2 of the step in units of 2^unit, from the decay of the last two coefficients; infinity if both vanish.
    private func stepExponent() -> Double {
        let tolerance = scale.approximateBinaryLogarithm - Double(bits + 3)
        var least = Double.infinity
        for j in [order - 1, order] {
            let coefficient = size(j)
            if coefficient == .zero { continue }
            least = Swift.min(least, (tolerance - coefficient.approximateBinaryLogarithm) / Double(j))
        }
        return least
    }

    private func exp2Guess(_ exponent: Double) -> Double {
        var value = 1.0
        var rest = exponent
        while rest >= 1 { (value, rest) = (value * 2, rest - 1) }
        while rest < 0 { (value, rest) = (value / 2, rest + 1) }
        // Linear between powers of two: the step size is a choice, not a bound.
        return value * (1 + rest)
    }

    /// A dyadic length of few bits near `units` * 2^unit, at most ten times the last step and hardly past the horizon.
    private func quantised(_ units: Double, horizon: Rational?) -> Rational {
        limit = .convergence
        var length = (Rational(exactly: (units * 64).rounded(.down)) ?? 1) * .powerOfTwo(unit - 6)
        if !length.isPositive { length = .powerOfTwo(unit - 6) }
        if let last = steps.last?.length, length > 10 * last { (length, limit) = (8 * last, .growth) }
        if let horizon, end + length > horizon, horizon > end {
            // The next dyadic number with about 30 bits: the run's end need not be dyadic.
            let rest = horizon - end
            let shift = 30 - (rest.numerator.bitWidth - rest.denominator.bitWidth)
            let scaled = rest * .powerOfTwo(shift)
            (length, limit) = (Rational(scaled.ceiling) * .powerOfTwo(-shift), .horizon)
        }
        return length
    }

    /// p on [0, 1]: coefficient j times (length/unit)^j, rounded to exact numbers.
    private func scaledCoefficients(_ length: Rational) -> BallVector<E> {
        let n = field.dimension
        let p = BallVector<E>(count: n * (order + 1), bits: bits)
        let ratio = E(length * .powerOfTwo(-unit), bits: bits)
        var power = E(1, bits: bits)
        for j in 0...order {
            for i in 0..<n {
                p.span[i * (order + 1) + j] = (taylor.span[i * (order + 1) + j] * power).midpoint
            }
            power = (power * ratio).midpoint
        }
        return p
    }

    // MARK: The certificate

    /// Finds a tube radius that certifies the step; nil if none does.
    private func close(_ p: consuming BallVector<E>, _ length: Rational, _ defect: Magnitude) -> Step<E>? {
        let reach = radius + defect
        // Above the reach even where that is 0.
        var rho = Magnitude(1.3) * lastGrowth * reach + Magnitude(1.0).scaled(byPowerOfTwo: -8 * bits)
        for _ in 0..<3 {
            if let bound = norm.bound(
                p, order: order, start: end, length: length, rho: rho, environment: environment)
            {
                let growth = DoubleBall(exactly: bound.positivePart, bits: 53).exp().magnitude
                let change = DoubleBall(exactly: bound.integral, bits: 53).exp().magnitude
                let whole = growth * reach
                if whole < rho {
                    lastGrowth = growth
                    return Step(
                        start: end, length: length, order: order, dimension: field.dimension, coefficients: p,
                        metric: metric, startRadius: radius, endRadius: change * radius + growth * defect,
                        wholeRadius: whole, defect: defect, logarithmicNorm: bound, limit: limit)
                }
                rho = Magnitude(1.5) * whole
            } else {
                return nil
            }
        }
        return nil
    }

    /// Makes the step part of the tube; the next one starts from the rounded end of its polynomial.
    private func append(_ step: Step<E>) {
        let span = step.coefficients.span
        var squares = Magnitude.zero
        for i in 0..<field.dimension {
            var sum = span[step.position(i) + order]
            for j in stride(from: order - 1, through: 0, by: -1) { sum = sum + span[step.position(i) + j] }
            point.span[i] = sum.midpoint
            squares = squares + metric.square(sum.radius, of: i)
        }
        radius = step.endRadius + squares.squareRoot()
        end = step.end
        let lengthExponent = step.length.numerator.bitWidth - step.length.denominator.bitWidth
        unit = lengthExponent
        steps.append(step)
    }
}

extension Rational {
    /// A few digits for messages.
    var shortDecimal: String {
        isInteger ? description : "\(Float(approximation))"
    }
}
