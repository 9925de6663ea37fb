import CKernels
import CMPFR
import Exact

// Functions that are made of pieces, and powers.

extension Ball {
    public func abs() -> Ball {
        if isCertainlyNonNegative { return self }
        if isCertainlyNonPositive { return -self }
        guard isFinite else { return .noInformation(bits: bits) }
        return Ball(lower: Endpoint(bits: 2), upper: magnitudeEndpoint(up: true), bits: bits)
    }

    public func relu() -> Ball {
        if isCertainlyNonNegative { return self }
        if isCertainlyNonPositive { return Ball(Rational.zero, bits: bits) }
        guard isFinite else { return .noInformation(bits: bits) }
        return Ball(lower: Endpoint(bits: 2), upper: endpoint(up: true), bits: bits)
    }

    public func floor() -> Ball {
        guard isFinite else { return .noInformation(bits: bits) }
        let below = endpoint(up: false)
        let above = endpoint(up: true)
        Endpoint.with(below, above) { below, above in
            mpfr_rint(below, below, MPFR_RNDD)
            mpfr_rint(above, above, MPFR_RNDD)
        }
        return below == above ? Ball(below, bits: bits) : .noInformation(bits: bits)
    }

    public static func min(_ a: Ball, _ b: Ball) -> Ball {
        -max(-a, -b)
    }

    public static func max(_ a: Ball, _ b: Ball) -> Ball {
        let bits = Swift.max(a.bits, b.bits)
        guard a.isFinite, b.isFinite else { return .noInformation(bits: bits) }
        let (aLow, aHigh) = (a.endpoint(up: false), a.endpoint(up: true))
        let (bLow, bHigh) = (b.endpoint(up: false), b.endpoint(up: true))
        if bHigh <= aLow { return a.rounded(toBits: bits) }
        if aHigh <= bLow { return b.rounded(toBits: bits) }
        return Ball(lower: larger(aLow, bLow), upper: larger(aHigh, bHigh), bits: bits)
    }

    public func hull(_ other: Ball) -> Ball {
        let bits = Swift.max(self.bits, other.bits)
        guard isFinite, other.isFinite else { return .noInformation(bits: bits) }
        if isExact && other.isExact && (self - other).magnitude.isZero { return rounded(toBits: bits) }
        let (aLow, bLow) = (endpoint(up: false), other.endpoint(up: false))
        let low = aLow <= bLow ? aLow : bLow
        return Ball(lower: low, upper: Ball.larger(endpoint(up: true), other.endpoint(up: true)), bits: bits)
    }

    private static func larger(_ a: Endpoint, _ b: Endpoint) -> Endpoint {
        b <= a ? a : b
    }

    public func power(_ n: Int) -> Ball {
        guard isFinite else { return .noInformation(bits: bits) }
        if n == 0 { return Ball(Rational.one, bits: bits) }
        if n == 1 { return self }
        if n < 0 && !isCertainlyPositive && !isCertainlyNegative { return .noInformation(bits: bits) }
        if isExact {
            return rounded({ mpfr_pow_si($0, $1, n, $2) }, .zero)
        }
        // Even powers increase in |x| for n > 0, odd ones in x; negative exponents turn that round.
        let isEven = n & 1 == 0
        let start = isEven ? magnitudeEndpoint(up: n < 0) : endpoint(up: n < 0)
        let end = isEven ? magnitudeEndpoint(up: n > 0) : endpoint(up: n > 0)
        let low = Endpoint(bits: bits + Ball.endpointGuard)
        let high = Endpoint(bits: bits + Ball.endpointGuard)
        _ = Endpoint.with(low, start) { mpfr_pow_si($0, $1, n, MPFR_RNDD) }
        _ = Endpoint.with(high, end) { mpfr_pow_si($0, $1, n, MPFR_RNDU) }
        return Ball(lower: low, upper: high, bits: bits)
    }

    /// exp(r log x) at both endpoints, with 128 more bits: 64 are lost when the logarithm is as large as it can be.
    public func power(_ r: Rational) -> Ball {
        if let n = r.asInt { return power(n) }
        guard isFinite, isCertainlyNonNegative, r.isPositive || isCertainlyPositive else {
            return .noInformation(bits: bits)
        }
        if r == Rational(1, 2) { return sqrt() }
        let exponent = Ball(r, bits: bits + 128)
        let low = Ball.power(endpoint(up: false), exponent)
        let high = isExact ? low : Ball.power(endpoint(up: true), exponent)
        return low.hull(high).rounded(toBits: bits)
    }

    private static func power(_ x: Endpoint, _ exponent: Ball) -> Ball {
        if x.sign == 0 { return Ball(Rational.zero, bits: exponent.bits) }
        return (Ball(x, bits: exponent.bits).log() * exponent).exp()
    }
}
