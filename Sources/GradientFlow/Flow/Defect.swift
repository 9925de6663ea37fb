import Arithmetic
import Exact
import Symbolic

/// Bounds of the integral over a step of the defect |p' - f(t, p)|, in the norm of the tube, by one model run of the field on p.
///
/// In doubles the low coefficients of p' - f(p) are nothing but rounding, and a bound of rounding is some tens of times
/// what happens. So there coefficients 0...5 of f(p) are made once more, with 128 bits, by the recurrence alone: p has
/// exact coefficients. The higher ones matter less, because the coefficients of p fall off from one to the next.
///
/// Both are the same numbers. A model without uniform remainder says f(p(tau)) = sum over j <= order of y_j tau^j +
/// O(tau^(order + 1)) for tau -> 0, and such an expansion is unique; the recurrence encloses its coefficients where every
/// operation is smooth. Gates are not, and of a sum over a law it leaves out what the model cuts off.
///
/// - Source: integral of tau^j over [0, 1] = 1/(j + 1).
final class Defect<E: Enclosure> {
    private let dimension: Int
    private let metric: Metric
    private let order: Int
    private let bits: Int
    private let models: Machine<E>
    /// Nil where it would not help, or not be right.
    private let sharp: Machine<Ball>?

    /// The step's length, and room for one coefficient.
    private let work = BallVector<Ball>(count: 3, bits: Defect.sharpBits)

    private static var sharpOrder: Int { 5 }
    private static var sharpBits: Int { 128 }

    /// `tape` computes f; its inputs are the states, the time and `parameters`. `isSharp`: whether rounding may be bounded with
    /// more bits.
    init(
        _ tape: Tape, dimension: Int, metric: Metric, parameters: [Symbol], order: Int, bits: Int,
        environment: Environment, plans: LawPlans, isSharp: Bool = true
    ) {
        self.dimension = dimension
        self.metric = metric
        self.order = order
        self.bits = bits
        models = Machine(tape, order: order, bits: bits, policy: .smooth, plans: plans)
        let isSharper = isSharp && bits <= 53 && order > Self.sharpOrder && models.program.isSmooth
        sharp = isSharper
            ? Machine(tape, order: Self.sharpOrder, bits: Self.sharpBits, policy: .smooth, plans: plans) : nil
        for (index, symbol) in parameters.enumerated() {
            let input = dimension + 1 + index
            models.setInput(input, coefficient: 0, environment.value(of: symbol, bits: bits))
            sharp?.setInput(input, coefficient: 0, environment.value(of: symbol, bits: Self.sharpBits))
        }
    }

    /// `p` has coefficient j of state i at i (order + 1) + j, exact, in tau = (t - start)/length. `truncation` is the part of
    /// the total that a shorter step makes smaller. Nil if f may be undefined, or not smooth, somewhere on p.
    func integral(
        of p: borrowing BallVector<E>, start: Rational, length: Rational
    ) -> (total: Magnitude, truncation: Magnitude)? {
        let n = dimension
        for i in 0..<n {
            for j in 0...order { models.setInput(i, coefficient: j, from: p.span, i * (order + 1) + j) }
        }
        models.setInput(n, coefficient: 0, E(start, bits: bits))
        models.setInput(n, coefficient: 1, E(length, bits: bits))
        models.run()
        sharpen(p, start: start, length: length)
        let h = E(length, bits: bits)
        let numbers = (0...(order + 1)).map { E(Rational($0), bits: bits) }
        work.span[0] = Ball(length, bits: Self.sharpBits)
        var squares = Array(repeating: Magnitude.zero, count: order + 1)
        var (weighted, uniform) = (Magnitude.zero, Magnitude.zero)
        for i in 0..<n {
            let slot = models.output(i)
            guard models.isFinite(slot) else { return nil }
            let varies = models.program.varies[slot]
            for j in 0...order {
                let rate = varies || j == 0 ? models.span[models.position(slot) + j] : numbers[0]
                let slope = j < order ? p.span[i * (order + 1) + j + 1] * numbers[j + 1] : numbers[0]
                var size = (slope - h * rate).magnitude
                if let sharp, j <= Self.sharpOrder, models.uniform[slot].isZero {
                    let next = j < order ? p.span[i * (order + 1) + j + 1] : numbers[0]
                    size = Swift.min(size, sharpDefect(sharp, i, j, next))
                }
                squares[j] = squares[j] + metric.square(size, of: i)
            }
            weighted = weighted + metric.square(models.weighted[slot], of: i)
            uniform = uniform + metric.square(models.uniform[slot], of: i)
        }
        var total = Magnitude.zero
        for j in 0...order { total = total + squares[j].squareRoot() / Magnitude(Double(j + 1)) }
        let truncation = h.magnitude * weighted.squareRoot() / Magnitude(Double(order + 2))
        total = total + truncation + h.magnitude * uniform.squareRoot()
        return total.isFinite ? (total, truncation) : nil
    }

    /// The low coefficients of f(p) with more bits.
    private func sharpen(_ p: borrowing BallVector<E>, start: Rational, length: Rational) {
        guard let sharp else { return }
        let n = dimension
        for i in 0..<n {
            for j in 0...Self.sharpOrder {
                sharp.setInput(i, coefficient: j, exactly(p.span[i * (order + 1) + j]))
            }
        }
        sharp.setInput(n, coefficient: 0, Ball(start, bits: Self.sharpBits))
        sharp.setInput(n, coefficient: 1, Ball(length, bits: Self.sharpBits))
        for j in 0...Self.sharpOrder { sharp.advance(j) }
    }

    /// Coefficient j of p' - h f(p) of component i.
    private func sharpDefect(_ sharp: Machine<Ball>, _ i: Int, _ j: Int, _ next: E) -> Magnitude {
        let slot = sharp.output(i)
        let span = work.span
        span[1] = exactly(next)
        span.scale(1, 1, by: j + 1)
        if sharp.program.varies[slot] || j == 0 {
            span.copy(2, from: sharp.span, sharp.position(slot) + j)
            span.multiply(2, 0, 2)
            span.subtract(1, 1, 2)
        }
        return span.magnitude(1)
    }

    /// A coefficient of p, which is a double.
    private func exactly(_ coefficient: E) -> Ball {
        let ball = coefficient.asDoubleBall
        return ball.isExact ? Ball(exactly: ball.mid, bits: Self.sharpBits) : .noInformation(bits: Self.sharpBits)
    }
}

extension Program {
    /// Whether every operation is smooth on its domain, and the recurrence, order by order, encloses every coefficient.
    var isSmooth: Bool {
        operations.allSatisfy { operation in
            switch operation {
            case .piecewise, .minimum, .maximum, .select, .loopOutput: false
            case .element(let function, _): ![.abs, .relu, .floor].contains(function)
            default: true
            }
        }
    }
}
