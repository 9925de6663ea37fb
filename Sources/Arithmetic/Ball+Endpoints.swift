import CKernels
import CMPFR

extension Ball {
    /// The extra bits of an endpoint, so that a thin ball stays thin when it is opened.
    static let endpointGuard = 64

    /// mid - radius (rounded down) or mid + radius (rounded up).
    /// - Precondition: the radius is finite.
    func endpoint(up: Bool) -> Endpoint {
        let end = Endpoint(bits: bits + Ball.endpointGuard)
        let rounding = up ? MPFR_RNDU : MPFR_RNDD
        let width = Endpoint(bits: 53)
        let radius = radius
        Endpoint.with(end, width) { end, width in
            BallElement.withMidpoint(element) { mid in
                if radius.isZero {
                    _ = fb_set(end, mid, rounding)
                    return
                }
                mpfr_set_d(width, radius.mantissa, MPFR_RNDN)
                mpfr_mul_2si(width, width, radius.exponent, MPFR_RNDU)
                _ = up ? mpfr_add(end, mid, width, rounding) : mpfr_sub(end, mid, width, rounding)
            }
        }
        return end
    }

    /// The endpoints of |x|.
    func magnitudeEndpoint(up: Bool) -> Endpoint {
        if !up && !isCertainlyPositive && !isCertainlyNegative { return Endpoint(bits: 2) }
        return element.sign < 0 ? (-self).endpoint(up: up) : endpoint(up: up)
    }

    /// A ball that contains [lower, upper]; not negative anywhere if lower >= 0, and not positive if upper <= 0.
    init(lower: Endpoint, upper: Endpoint, bits: Int) {
        guard lower.isNumber, upper.isNumber, lower <= upper else {
            self = .noInformation(bits: bits)
            return
        }
        let mid = Endpoint(bits: 64 * BallElement.limbCount(bits: bits))
        Endpoint.with(mid, lower, upper) { mid, lower, upper in
            mpfr_add(mid, lower, upper, MPFR_RNDN)
            mpfr_div_2ui(mid, mid, 1, MPFR_RNDN)
        }
        guard mid.isNumber else {
            self = .noInformation(bits: bits)
            return
        }
        let radius = Magnitude.max(Ball.distance(upper, mid), Ball.distance(mid, lower))
        let ball = Ball(mid, spread: radius, bits: bits)
        let crosses = lower.sign >= 0 && !ball.isCertainlyNonNegative || upper.sign <= 0 && !ball.isCertainlyNonPositive
        if crosses && ball.isFinite {
            // Rounding the radius up has crossed 0: half of the far end is both midpoint and radius then.
            let isPositive = lower.sign >= 0
            let half = (isPositive ? upper : lower).upper.scaled(byPowerOfTwo: -1)
            let far = Endpoint(bits: 53)
            Endpoint.with(far) {
                let away = isPositive ? MPFR_RNDU : MPFR_RNDD
                mpfr_set_d($0, isPositive ? half.mantissa : -half.mantissa, away)
                // Away from 0 also if half of the smallest number is none.
                mpfr_mul_2si($0, $0, half.exponent, away)
            }
            self.init(far, spread: far.upper, bits: bits)
        } else {
            self = ball
        }
    }

    /// An upper bound of x - y if that is positive, else 0 or more.
    private static func distance(_ x: Endpoint, _ y: Endpoint) -> Magnitude {
        let difference = Endpoint(bits: 64)
        _ = Endpoint.with(difference, x, y) { mpfr_sub($0, $1, $2, MPFR_RNDU) }
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
