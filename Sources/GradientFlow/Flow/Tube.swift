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
///
/// A field with gates is followed on one side of each of them: its ``Branch``, which is smooth. A step is kept as far as every
/// gate keeps its sign on it; then a ``Crossing`` leads to the next branch, through a short step of its own.
final class Tube<E: Enclosure> {
    let field: VectorField
    let bits: Int
    let order: Int
    private(set) var steps: [Step<E>] = []
    /// Where the tube ends now.
    private(set) var end: Rational = 0

    private let environment: Environment
    private let plans: LawPlans
    private let metric: Metric
    /// The field on the sides of its gates that the run is on now.
    private var branch: Branch<E>?
    /// The gates that the field reads now, each with the sign that it has at the end, where it is not 0.
    private var signs: [Gate: Bool] = [:]
    /// Gates that may be 0 at the end, or soon after it: a crossing comes next.
    private var pending: [Gate] = []
    /// The exact point that the next step starts from, and the solution's distance from it.
    private let point: BallVector<E>
    /// The Taylor coefficients there, in units of 2^unit: coefficient j of state i at i (order + 1) + j.
    private let taylor: BallVector<E>
    private var radius: Magnitude
    /// log2 of the time unit of the Taylor coefficients, near the last step's length.
    private var unit = 0
    private var lastGrowth = Magnitude(1.0)
    /// The last step's length, crossings and what they cut short left out.
    private var lastLength: Rational?
    /// Why the step at hand is no longer.
    private var limit = StepLimit.convergence
    private let maximumSteps = 200_000
    /// Crossings since the last step on one side.
    private var crossings = 0

    /// `start` encloses x(0).
    init(
        _ field: VectorField, start: [E], bits: Int, environment: Environment, plans: LawPlans
    ) throws(IntegrationFailure) {
        self.field = field
        self.bits = bits
        self.environment = environment
        // About ln(1/tolerance)/2: flat minimum of steps * order^2 for series arithmetic.
        order = bits <= 53 ? 20 : Int(Double(bits) * 0.35)
        self.plans = plans
        metric = try Metric(field, environment: environment, plans: plans)
        point = BallVector(count: field.dimension, bits: bits)
        taylor = BallVector(count: field.dimension * (order + 1), bits: bits)
        var squares = Magnitude.zero
        for (i, value) in start.enumerated() {
            guard value.isFinite else { throw IntegrationFailure(.undefined, "the start of state \(i + 1) is undefined") }
            point.span[i] = value.midpoint
            squares = squares + metric.square(value.radius, of: i)
        }
        radius = squares.squareRoot()
        try enterBranch()
    }

    /// Extends the tube by one step, which ends a little after `horizon` at the latest.
    func step(horizon: Rational?) throws(IntegrationFailure) {
        guard steps.count < maximumSteps else {
            throw IntegrationFailure(.stepUnderflow, "\(maximumSteps) steps reach only t = \(end.shortDecimal)")
        }
        guard let branch, pending.isEmpty else { return try cross() }
        var length = try makeTaylorCoefficients(branch.jets, horizon: horizon)
        if length * .powerOfTwo(bits + 20) < end {
            throw IntegrationFailure(
                .stepUnderflow, "the steps shrink to nothing at t = \(end.shortDecimal): the solution may blow up there")
        }
        let tolerated = scale.scaled(byPowerOfTwo: 8 - bits)
        for attempt in 0..<24 {
            if let step = certified(branch, length, tolerated: attempt > 3 ? .infinity : tolerated) {
                let clearance = try branch.clearance(step)
                guard let gate = clearance.gate else {
                    append(step)
                    lastLength = length
                    return
                }
                return try advance(branch, to: gate, within: clearance.share * length)
            }
            length = length * Rational(1, 2)
        }
        throw IntegrationFailure(
            .precision, "no step from t = \(end.shortDecimal) is certified: the tube of radius \(radius) is too wide there, or the field is not smooth")
    }

    private func certified(_ branch: Branch<E>, _ length: Rational, tolerated: Magnitude) -> Step<E>? {
        let p = scaledCoefficients(length)
        // The last coefficients may be small by accident: then the truncation error tells.
        guard let defect = branch.defect.integral(of: p, start: end, length: length),
            defect.truncation <= tolerated || tolerated == .infinity
        else {
            limit = .defect
            return nil
        }
        if let step = close(p, length, defect.total, branch) { return step }
        limit = .tube
        return nil
    }

    // MARK: Gates

    /// A step on which every gate keeps its sign, of that length at most, and then a crossing.
    private func advance(_ branch: Branch<E>, to gate: Gate, within length: Rational) throws(IntegrationFailure) {
        pending = [gate]
        limit = .crossing
        var length = length
        for attempt in 0..<12 where length.isPositive {
            if let step = certified(branch, length, tolerated: .infinity) {
                let clearance = try branch.clearance(step)
                if clearance.gate == nil { return append(step) }
                // Rounding differs from one length to the next.
                length = clearance.share * length * (1 - .powerOfTwo(3 * attempt + 4 - bits))
            } else {
                length = length * Rational(1, 2)
            }
            limit = .crossing
        }
        try cross()
    }

    /// Leads the run through the pending gates.
    private func cross() throws(IntegrationFailure) {
        crossings += 1
        guard crossings <= 100 + pending.count else {
            throw IntegrationFailure(
                .stepUnderflow, "near t = \(end.shortDecimal) the run meets one kink after the other, without a step between them")
        }
        let evaluator = BoxEvaluator<E>(field: field, environment: environment, bits: bits, plans: plans)
        let crossing = try CrossingSearch(
            field: field, metric: metric, evaluator: evaluator, time: end, point: start, radius: radius, before: signs,
            scale: lastLength ?? 1
        ).run(pending)
        let p = BallVector<E>(count: field.dimension * (order + 1), bits: bits)
        let length = E(crossing.length, bits: bits)
        var squares = Magnitude.zero
        for (i, velocity) in crossing.velocity.enumerated() {
            let way = length * velocity
            p.span.copy(i * (order + 1), from: point.span, i)
            p.span[i * (order + 1) + 1] = way.midpoint
            squares = squares + metric.square((way - way.midpoint).magnitude, of: i)
        }
        let spread = squares.squareRoot()
        append(
            Step(
                start: end, length: crossing.length, order: order, dimension: field.dimension, coefficients: p,
                metric: metric, startRadius: radius, endRadius: radius + spread, wholeRadius: radius + spread,
                defect: spread, logarithmicNorm: .init(integral: 0, positivePart: 0), limit: .crossing,
                sides: Sides(field.graph, signs: crossing.kept, crossing: crossing.passed)))
        signs = crossing.after
        try enterBranch()
    }

    /// The exact point that the next step starts from.
    private var start: [E] { (0..<field.dimension).map { point.span[$0] } }

    /// Finds the signs of the gates that are read from here on, and the branch that they make; pending gates if the tube does
    /// not tell.
    private func enterBranch() throws(IntegrationFailure) {
        let evaluator = BoxEvaluator<E>(field: field, environment: environment, bits: bits, plans: plans)
        let box = (0..<field.dimension).map { point.span[$0].widened(by: metric.reach(radius, of: $0)) }
        pending = []
        while true {
            let read = field.gates(given: signs)
            let unknown = read.filter { signs[$0] == nil }
            if unknown.isEmpty {
                signs = signs.filter { read.contains($0.key) }
                break
            }
            let values = try evaluator.values(
                of: unknown.map(field.graph.difference), given: signs, passing: [], states: box, time: E(end, bits: bits))
            let count = signs.count
            for (gate, value) in zip(unknown, values) {
                if value.isCertainlyPositive { signs[gate] = true }
                if value.isCertainlyNegative { signs[gate] = false }
            }
            if signs.count == count {
                pending = unknown
                return
            }
        }
        if let branch, branch.sides?.signs ?? [:] == signs { return }
        branch = try Branch(
            field, signs: signs, metric: metric, order: order, bits: bits, environment: environment, plans: plans)
    }

    // MARK: The polynomial

    /// Taylor coefficients at the end point, in units of 2^unit; returns the step's length.
    private func makeTaylorCoefficients(_ jets: Machine<E>, horizon: Rational?) throws(IntegrationFailure) -> Rational {
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
                return quantised(lastLength.map { _ in 16 } ?? 1, horizon: horizon)
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
        if let last = lastLength, length > 10 * last { (length, limit) = (8 * last, .growth) }
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
    private func close(
        _ p: consuming BallVector<E>, _ length: Rational, _ defect: Magnitude, _ branch: Branch<E>
    ) -> Step<E>? {
        let reach = radius + defect
        // Above the reach even where that is 0.
        var rho = Magnitude(1.3) * lastGrowth * reach + Magnitude(1.0).scaled(byPowerOfTwo: -8 * bits)
        for _ in 0..<3 {
            if let bound = branch.norm.bound(
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
                        wholeRadius: whole, defect: defect, logarithmicNorm: bound, limit: limit, sides: branch.sides)
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
        // What a crossing cuts short says nothing of the next step's length.
        if !step.isCrossing { crossings = 0 }
        if step.limit != .crossing { unit = step.length.numerator.bitWidth - step.length.denominator.bitWidth }
        steps.append(step)
    }
}

extension Rational {
    /// A few digits for messages.
    var shortDecimal: String {
        isInteger ? description : "\(Float(approximation))"
    }
}
