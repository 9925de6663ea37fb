import Arithmetic
import Exact
import Symbolic

extension Machine {
    /// The range of a slot over tau in [0, 1], remainders included: Horner's scheme with tau * y = hull(0, y).
    func range(_ slot: Int) -> E {
        polynomialRange(slot).widened(by: weighted[slot] + uniform[slot])
    }

    private func polynomialRange(_ slot: Int) -> E {
        let at = position(slot)
        guard program.varies[slot] && order > 0 else { return span[at] }
        let zero = E(Rational.zero, bits: bits)
        var sum = span[at + order]
        for j in Swift.stride(from: order - 1, through: 0, by: -1) {
            sum = span[at + j] + sum.hull(zero)
        }
        return sum
    }

    /// Sum of the absolute values of the coefficients from `first` on: bounds the polynomial part on [0, 1].
    private func size(_ at: Int, from first: Int = 0) -> Magnitude {
        span.norm(at + first, count: order + 1 - first)
    }

    /// What the product of two slots' polynomials has from `degree` on.
    private func tail(_ a: Int, _ b: Int, from degree: Int) -> Magnitude {
        span.productTail(a, b, count: order + 1, from: degree)
    }

    /// A slot that does not vary has no remainders; its piecewise operations are settled on the ball.
    func settleConstant(_ slot: Int) {
        let at = position(slot)
        switch program.operations[slot] {
        case .piecewise(let function, let a):
            span[at] = function.value(at: span[position(a)])
        case .minimum(let a, let b, _):
            span[at] = E.min(span[position(a)], span[position(b)])
        case .maximum(let a, let b, _):
            span[at] = E.max(span[position(a)], span[position(b)])
        case .select(let gate, let a, let b):
            switch truth(ofGate: gate) {
            case .yes: span[at] = span[position(a)]
            case .no: span[at] = span[position(b)]
            case .unknown:
                span[at] = isDefined(gate: gate) ? span[position(a)].hull(span[position(b)]) : .noInformation(bits: bits)
            }
        default:
            break
        }
    }

    /// Sets R and S of a slot whose coefficients are made.
    func remainder(_ slot: Int) {
        let (r, s) = remainders(slot)
        setRemainder(slot, weighted: r, uniform: s)
        // The coefficients may be those of a guessed branch, and who asks for a number reads nothing else.
        if !(r.isFinite && s.isFinite) { span[position(slot)] = .noInformation(bits: bits) }
    }

    private func remainders(_ slot: Int) -> (Magnitude, Magnitude) {
        let at = position(slot)
        switch program.operations[slot] {
        case .constant, .pi, .element, .elementInteger, .elementPower:
            // Elements vary only in programs of order 0, where inputs are balls without remainders.
            return (.zero, .zero)
        case .input, .loopOutput:
            return (weighted[slot], uniform[slot])
        case .add(let a, let b), .subtract(let a, let b):
            return (weighted[a] + weighted[b], uniform[a] + uniform[b])
        case .negate(let a):
            return (weighted[a], uniform[a])
        case .scale(_, let a):
            let factor = span.magnitude(auxiliary[slot])
            return (factor * weighted[a], factor * uniform[a])
        case .multiply(let a, let b):
            return productRemainders(a, b)
        case .square(let a):
            return productRemainders(a, a)
        case .contraction(let index):
            return contractionRemainders(index)
        case .divide(let a, let b):
            return quotientRemainders(at, numerator: a, denominator: b)
        case .reciprocal(let b):
            return quotientRemainders(at, numerator: nil, denominator: b)
        case .exponential(let a):
            // q - exp(p) = integral of exp(p(tau) - p(s)) (q' - p'q)(s), p(tau) - p(s) <= sum of |p_j|, j >= 1.
            let growth = E(Rational.zero, bits: bits).widened(by: size(position(a), from: 1)).exp().magnitude
            let residual = tail(auxiliary[slot], at, from: order + 1)
            return lipschitz(a, slope: range(a).exp().magnitude, truncation: residual * growth)
        case .logarithm(let a):
            // (q - log p)' = (q'p - p')/p
            guard range(a).isCertainlyPositive else { return (.infinity, .infinity) }
            let residual = tail(auxiliary[slot], position(a), from: order + 1)
            let least = range(a).mignitude
            return lipschitz(a, slope: one / least, truncation: residual / least)
        case .power(let a, let r):
            return powerRemainders(slot, a, r)
        case .integral(_, let a, let slope):
            // f(p)' = f'(p) p', and the slope's model holds f' on the whole segment from p to its argument.
            let derivative = size(auxiliary[slot])
            let residual = tail(position(slope), auxiliary[slot], from: order + 1) + weighted[slope] * derivative
            let (r, s) = lipschitz(a, slope: range(slope).magnitude, truncation: residual)
            return (r, s + uniform[slope] * derivative)
        case .sine(let a):
            // The error of the pair (q_s, q_c) is turned, not stretched, by p'.
            let cosine = auxiliary[slot] + width
            let residual = tail(auxiliary[slot], at, from: order + 1) + tail(auxiliary[slot], cosine, from: order + 1)
            return lipschitz(a, slope: one, truncation: residual)
        case .cosine(let sine):
            return (weighted[sine], uniform[sine])
        case .tighten(_, _, let series):
            return (weighted[series], uniform[series])
        case .piecewise(let function, let a):
            return piecewiseRemainders(slot, function, a)
        case .minimum(let a, let b, let difference):
            return choose(slot, Comparison.lessOrEqual.truth(ofDifference: -range(difference)), a, b)
        case .maximum(let a, let b, let difference):
            return choose(slot, Comparison.lessOrEqual.truth(ofDifference: range(difference)), a, b)
        case .select(let gate, let a, let b):
            let fixed = program.gates[gate].differences.allSatisfy { !program.varies[$0] }
            let truth = truth(ofGate: gate)
            if truth == .unknown, !isDefined(gate: gate) { return (.infinity, .infinity) }
            return choose(slot, truth, a, b, gateIsFixed: fixed)
        }
    }

    private var one: Magnitude { Magnitude(1.0) }

    /// The remainders of f(p + r) for |f'| <= slope on all of p + r: the residual of degree >= order, integrated, and
    /// the argument's remainders times the slope.
    private func lipschitz(_ a: Int, slope: Magnitude, truncation: Magnitude) -> (Magnitude, Magnitude) {
        (truncation / Magnitude(Double(order + 1)) + slope * weighted[a], slope * uniform[a])
    }

    private func productRemainders(_ a: Int, _ b: Int) -> (Magnitude, Magnitude) {
        let truncation = program.varies[a] && program.varies[b] ? tail(position(a), position(b), from: order + 1) : .zero
        let (r, s) = addedRemainders(a, b)
        return (truncation + r, s)
    }

    /// What the remainders of two factors add to those of their product.
    func addedRemainders(_ a: Int, _ b: Int) -> (Magnitude, Magnitude) {
        let (ra, sa, rb, sb) = (weighted[a], uniform[a], weighted[b], uniform[b])
        if ra == .zero && sa == .zero && rb == .zero && sb == .zero { return (.zero, .zero) }
        let (p, q) = (size(position(a)), size(position(b)))
        return (p * rb + q * ra + ra * (rb + sb) + sa * rb, p * sb + q * sa + sa * sb)
    }

    /// c = a/b: the true quotient differs from q by ((a - bq) + r_a - q r_b)/(b + r_b), and a - bq has degree > order.
    private func quotientRemainders(_ at: Int, numerator: Int?, denominator b: Int) -> (Magnitude, Magnitude) {
        let least = range(b).mignitude
        guard least > .zero else { return (.infinity, .infinity) }
        let q = size(at)
        let truncation = program.varies[b] ? tail(position(b), at, from: order + 1) : .zero
        let ra = numerator.map { weighted[$0] } ?? .zero
        let sa = numerator.map { uniform[$0] } ?? .zero
        return ((truncation + ra + q * weighted[b]) / least, (sa + q * uniform[b]) / least)
    }

    /// y = p^r: (q/y)' = (q'p - r q p')/(p y), so |q - y| <= max y / (min p min y) times the integrated residual.
    private func powerRemainders(_ slot: Int, _ a: Int, _ r: Rational) -> (Magnitude, Magnitude) {
        let argument = range(a)
        guard argument.isCertainlyPositive else { return (.infinity, .infinity) }
        let value = argument.power(r)
        let exponent = Magnitude(r.magnitude)
        let (wa, wc) = (auxiliary[slot], auxiliary[slot] + width)
        let residual =
            tail(wc, position(a), from: order + 1) + exponent * tail(wa, position(slot), from: order + 1)
        let slope = exponent * (value.magnitude / argument.mignitude)
        return lipschitz(
            a, slope: slope, truncation: residual * value.magnitude / (argument.mignitude * value.mignitude))
    }

    private func piecewiseRemainders(_ slot: Int, _ function: Function, _ a: Int) -> (Magnitude, Magnitude) {
        let argument = range(a)
        switch function {
        case .abs, .relu:
            if argument.isCertainlyNonNegative { return take(slot, a) }
            if argument.isCertainlyNonPositive {
                return function == .abs ? take(slot, a, negated: true) : constant(slot, E(Rational.zero, bits: bits))
            }
        default:
            let value = argument.floor()
            if value.isFinite { return constant(slot, value) }
        }
        return enclose(slot, function.value(at: argument))
    }

    /// Takes a, b, or both: the branch that holds on the whole range.
    private func choose(
        _ slot: Int, _ truth: Truth, _ a: Int, _ b: Int, gateIsFixed: Bool = false
    ) -> (Magnitude, Magnitude) {
        switch truth {
        case .yes:
            return take(slot, a)
        case .no:
            return take(slot, b)
        case .unknown where gateIsFixed:
            // One branch holds all the time, it is not known which: every coefficient is one or the other's.
            for j in 0...order { span[position(slot) + j] = span[position(a) + j].hull(span[position(b) + j]) }
            return (Swift.max(weighted[a], weighted[b]), Swift.max(uniform[a], uniform[b]))
        case .unknown:
            return enclose(slot, range(a).hull(range(b)))
        }
    }

    private func take(_ slot: Int, _ a: Int, negated: Bool = false) -> (Magnitude, Magnitude) {
        for j in 0...order {
            if negated {
                span.negate(position(slot) + j, position(a) + j)
            } else {
                span.copy(position(slot) + j, from: span, position(a) + j)
            }
        }
        return (weighted[a], uniform[a])
    }

    private func constant(_ slot: Int, _ value: E) -> (Magnitude, Magnitude) {
        for j in 0...order { span.setZero(position(slot) + j) }
        span[position(slot)] = value
        return (.zero, .zero)
    }

    /// A function of time that stays in the ball, where a gate is undecided.
    private func enclose(_ slot: Int, _ value: E) -> (Magnitude, Magnitude) {
        guard value.isFinite && policy == .hull else { return (.infinity, .infinity) }
        if order == 0 { return constant(slot, value) }
        _ = constant(slot, value.midpoint)
        return (.zero, value.radius)
    }
}
