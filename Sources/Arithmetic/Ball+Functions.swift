import CKernels
import CMPFR
import Exact

/// A function of MPFR, correctly rounded: result, argument, direction.
typealias RoundedFunction = (NumberPointer, NumberPointer, mpfr_rnd_t) -> Int32

extension Ball {
    /// f at a point, rounded in the direction given.
    private static func value(_ f: RoundedFunction, at x: Endpoint, up: Bool, bits: Int) -> Endpoint {
        let result = Endpoint(bits: bits + endpointGuard)
        _ = Endpoint.with(result, x) { f($0, $1, up ? MPFR_RNDU : MPFR_RNDD) }
        return result
    }

    /// The image under an increasing function: of an exact ball by one rounding, else between the endpoints.
    private func increasing(_ f: RoundedFunction) -> Ball {
        guard isFinite else { return .noInformation(bits: bits) }
        if isExact {
            let result = rounded(f, .zero)
            // A result that underflows to 0 keeps its sign between endpoints.
            if result.isExact || result.element.sign != 0 { return result }
        }
        return increasingByEndpoints(f)
    }

    /// f at the midpoint, rounded to nearest, with `spread` added to the radius.
    func rounded(_ f: RoundedFunction, _ spread: Magnitude) -> Ball {
        Ball(roundedTo: bits, spread: spread) { z in BallElement.withMidpoint(element) { f(z, $0, MPFR_RNDN) } }
    }

    private func increasingByEndpoints(_ f: RoundedFunction) -> Ball {
        guard isFinite else { return .noInformation(bits: bits) }
        return Ball(
            lower: Ball.value(f, at: endpoint(up: false), up: false, bits: bits),
            upper: Ball.value(f, at: endpoint(up: true), up: true, bits: bits), bits: bits)
    }

    /// The kernel's result for a thin ball; nil if the kernel leaves the ball to its ends.
    private func thin(_ kernel: (BallPointer, BallPointer, Int) -> Int32) -> Ball? {
        var isDone = false
        let result = applying { isDone = kernel($0, $1, $2) != 0 }
        return isDone ? result : nil
    }

    public func exp() -> Ball { thin { fb_ball_exp($0, $1, $2) } ?? increasing { mpfr_exp($0, $1, $2) } }
    public func expm1() -> Ball { increasing { mpfr_expm1($0, $1, $2) } }
    public func sinh() -> Ball { increasing { mpfr_sinh($0, $1, $2) } }
    public func tanh() -> Ball { thin { fb_ball_tanh($0, $1, $2) } ?? increasing { mpfr_tanh($0, $1, $2) } }
    public func asinh() -> Ball { increasing { mpfr_asinh($0, $1, $2) } }
    public func erf() -> Ball { increasing { mpfr_erf($0, $1, $2) } }

    /// - Domain: x > 0.
    public func log() -> Ball {
        if let ball = thin({ fb_ball_log($0, $1, $2) }) { return ball }
        return isCertainlyPositive ? increasing { mpfr_log($0, $1, $2) } : .noInformation(bits: bits)
    }

    /// - Domain: x > -1.
    public func log1p() -> Ball {
        guard isFinite, Endpoint.with(endpoint(up: false), { mpfr_cmp_si_2exp($0, -1, 0) > 0 }) else {
            return .noInformation(bits: bits)
        }
        return increasing { mpfr_log1p($0, $1, $2) }
    }

    /// - Domain: x >= 0.
    public func sqrt() -> Ball {
        if let ball = thin({ fb_ball_square_root($0, $1, $2) }) { return ball }
        return isCertainlyNonNegative ? increasing { mpfr_sqrt($0, $1, $2) } : .noInformation(bits: bits)
    }

    /// cosh is even and increasing in |x|.
    public func cosh() -> Ball {
        guard isFinite else { return .noInformation(bits: bits) }
        if isExact { return increasing { mpfr_cosh($0, $1, $2) } }
        return Ball(
            lower: Ball.value({ mpfr_cosh($0, $1, $2) }, at: magnitudeEndpoint(up: false), up: false, bits: bits),
            upper: Ball.value({ mpfr_cosh($0, $1, $2) }, at: magnitudeEndpoint(up: true), up: true, bits: bits),
            bits: bits)
    }

    public func sigmoid() -> Ball {
        thin { fb_ball_sigmoid($0, $1, $2) } ?? increasingByEndpoints { z, x, rounding in
            // 1/(1 + exp(-x)) falls when exp(-x) grows, so the inner steps round the other way.
            let inward = rounding == MPFR_RNDU ? MPFR_RNDD : MPFR_RNDU
            _ = fb_negate(x, x)
            mpfr_exp(z, x, inward)
            mpfr_add_ui(z, z, 1, inward)
            return mpfr_ui_div(z, 1, z, rounding)
        }
    }

    public func softplus() -> Ball {
        thin { fb_ball_softplus($0, $1, $2) } ?? increasingByEndpoints { z, x, rounding in
            // max(x, 0) + log1p(exp(-|x|)): every step is increasing in the one before.
            let isPositive = fb_sign(x) > 0
            if isPositive { _ = fb_negate(x, x) }
            mpfr_exp(z, x, rounding)
            let ternary = mpfr_log1p(z, z, rounding)
            return isPositive ? mpfr_sub(z, z, x, rounding) : ternary
        }
    }

    public func sin() -> Ball { circular { mpfr_sin($0, $1, $2) } }
    public func cos() -> Ball { circular { mpfr_cos($0, $1, $2) } }

    /// Beyond this binary exponent the reduction of the argument would need as many bits of pi.
    private static let reductionLimit = 1 << 22

    /// sin or cos of the midpoint, within the radius (the slope is at most 1), cut to [-1, 1].
    private func circular(_ f: RoundedFunction) -> Ball {
        guard isFinite else { return .noInformation(bits: bits) }
        let one = Ball(Rational.one, bits: bits)
        // A radius of 1 is nearly a third of a turn: the ends of a wide ball would be lost beside its radius.
        if radius >= .powerOfTwo(0) || element.upperMidpoint > .powerOfTwo(Ball.reductionLimit) {
            return (-one).hull(one)
        }
        let ball = rounded(f, radius)
        if ball.magnitude <= Magnitude.powerOfTwo(0) { return ball }
        return Ball.max(-one, Ball.min(one, ball))
    }
}
