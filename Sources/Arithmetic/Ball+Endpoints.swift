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
        let width = BallMidpoint(bits: 53)
        BallMidpoint.with(end, mid, width) { end, mid, width in
            if radius.isZero {
                _ = fb_set(end, mid, rounding)
                return
            }
            mpfr_set_d(width, radius.mantissa, MPFR_RNDN)
            mpfr_mul_2si(width, width, radius.exponent, MPFR_RNDU)
            _ = up ? mpfr_add(end, mid, width, rounding) : mpfr_sub(end, mid, width, rounding)
        }
        return end
    }

    /// The endpoints of |x|.
    func magnitudeEndpoint(up: Bool) -> BallMidpoint {
        if !up && !isCertainlyPositive && !isCertainlyNegative { return BallMidpoint(bits: 2) }
        return mid.sign < 0 ? (-self).endpoint(up: up) : endpoint(up: up)
    }

    /// A ball that contains [lower, upper]; not negative anywhere if lower >= 0, and not positive if upper <= 0.
    init(lower: BallMidpoint, upper: BallMidpoint, bits: Int) {
        guard lower.isNumber, upper.isNumber, lower <= upper else {
            self = .noInformation(bits: bits)
            return
        }
        let mid = BallMidpoint(bits: bits)
        BallMidpoint.with(mid, lower, upper) { mid, lower, upper in
            mpfr_add(mid, lower, upper, MPFR_RNDN)
            mpfr_div_2ui(mid, mid, 1, MPFR_RNDN)
        }
        let radius = Magnitude.max(Ball.distance(upper, mid), Ball.distance(mid, lower))
        let isSided = lower.sign >= 0 || upper.sign <= 0
        if isSided && radius.isFinite && radius > mid.lower {
            // Rounding the radius up has crossed 0: half of the far end is both midpoint and radius then.
            let isPositive = lower.sign >= 0
            let half = (isPositive ? upper : lower).upper.scaled(byPowerOfTwo: -1)
            let far = BallMidpoint(bits: Swift.min(bits, 53))
            BallMidpoint.with(far) {
                let away = isPositive ? MPFR_RNDU : MPFR_RNDD
                mpfr_set_d($0, isPositive ? half.mantissa : -half.mantissa, away)
                // Away from 0 also if half of the smallest number is none.
                mpfr_mul_2si($0, $0, half.exponent, away)
            }
            self.init(far, far.upper, bits: bits)
        } else if !mid.isNumber || !radius.isFinite {
            self = .noInformation(bits: bits)
        } else {
            self.init(mid, radius)
        }
    }

    /// An upper bound of x - y if that is positive, else 0 or more.
    private static func distance(_ x: BallMidpoint, _ y: BallMidpoint) -> Magnitude {
        let difference = BallMidpoint(bits: 64)
        _ = BallMidpoint.with(difference, x, y) { mpfr_sub($0, $1, $2, MPFR_RNDU) }
        guard difference.isNumber else { return .infinity }
        return difference.sign > 0 ? difference.upper : .zero
    }

    /// A double that is not above any element; -infinity without information.
    public var lowerDouble: Double {
        isFinite ? endpoint(up: false).toDouble(MPFR_RNDD) : -.infinity
    }

    /// A double that is not below any element; infinity without information.
    public var upperDouble: Double {
        isFinite ? endpoint(up: true).toDouble(MPFR_RNDU) : .infinity
    }
}
