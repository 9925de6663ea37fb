import CKernels
import CMPFR

extension Ball {
    /// The extra bits of an endpoint, so that a thin ball stays thin when it is opened.
    static let endpointGuard = 64

    /// mid - radius (rounded down) or mid + radius (rounded up).
    /// - Precondition: the radius is finite.
    func endpoint(up: Bool) -> BallMidpoint {
        let end = BallMidpoint(bits: bits + Ball.endpointGuard)
        let rounding = up ? MPFR_RNDU : MPFR_RNDD
        if radius.isZero {
            _ = fb_set(end.pointer, mid.pointer, rounding)
            return end
        }
        let width = BallMidpoint(bits: 53)
        mpfr_set_d(width.pointer, radius.mantissa, MPFR_RNDN)
        mpfr_mul_2si(width.pointer, width.pointer, radius.exponent, MPFR_RNDU)
        _ = up
            ? mpfr_add(end.pointer, mid.pointer, width.pointer, rounding)
            : mpfr_sub(end.pointer, mid.pointer, width.pointer, rounding)
        return end
    }

    /// The endpoints of |x|.
    func magnitudeEndpoint(up: Bool) -> BallMidpoint {
        if !up && !isCertainlyPositive && !isCertainlyNegative { return BallMidpoint(bits: 2) }
        return fb_sign(mid.pointer) < 0 ? (-self).endpoint(up: up) : endpoint(up: up)
    }

    /// A ball that contains [lower, upper]; not negative anywhere if lower >= 0, and not positive if upper <= 0.
    init(lower: BallMidpoint, upper: BallMidpoint, bits: Int) {
        guard fb_is_number(lower.pointer) != 0, fb_is_number(upper.pointer) != 0,
            mpfr_lessequal_p(lower.pointer, upper.pointer) != 0
        else {
            self = .noInformation(bits: bits)
            return
        }
        let mid = BallMidpoint(bits: bits)
        mpfr_add(mid.pointer, lower.pointer, upper.pointer, MPFR_RNDN)
        mpfr_div_2ui(mid.pointer, mid.pointer, 1, MPFR_RNDN)
        let radius = Magnitude.max(
            Ball.distance(upper.pointer, mid.pointer), Ball.distance(mid.pointer, lower.pointer))
        let sided = fb_sign(lower.pointer) >= 0 || fb_sign(upper.pointer) <= 0
        if sided && radius > mid.lower {
            // Rounding the radius up has crossed 0: half of the far end is both midpoint and radius then.
            let far = fb_sign(lower.pointer) >= 0 ? upper : lower
            let half = BallMidpoint(bits: Swift.min(bits, 53))
            let away = fb_sign(lower.pointer) >= 0 ? MPFR_RNDU : MPFR_RNDD
            mpfr_div_2ui(half.pointer, far.pointer, 1, away)
            self.init(bits: bits) { BallKernel.finish($0, fb_set($0, half.pointer, MPFR_RNDN), half.upper) }
        } else if fb_is_number(mid.pointer) == 0 || !radius.isFinite {
            self = .noInformation(bits: bits)
        } else {
            self.init(mid, radius)
        }
    }

    /// An upper bound of x - y if that is positive, else 0 or more.
    private static func distance(_ x: MidpointPointer, _ y: MidpointPointer) -> Magnitude {
        let difference = BallMidpoint(bits: 64)
        mpfr_sub(difference.pointer, x, y, MPFR_RNDU)
        guard fb_is_number(difference.pointer) != 0 else { return .infinity }
        return fb_sign(difference.pointer) > 0 ? difference.upper : .zero
    }

    /// A double that is not above any element; -infinity without information.
    public var lowerDouble: Double {
        isFinite ? mpfr_get_d(endpoint(up: false).pointer, MPFR_RNDD) : -.infinity
    }

    /// A double that is not below any element; infinity without information.
    public var upperDouble: Double {
        isFinite ? mpfr_get_d(endpoint(up: true).pointer, MPFR_RNDU) : .infinity
    }
}
