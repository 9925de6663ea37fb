import CKernels
import Exact

// Monotone functions map endpoints to endpoints. The endpoint functions are rounded in the stated direction by proved
// kernels or MPFR, so nothing rests on the platform's mathematical library. Every one of them gives no information for a
// ball without information.

extension DoubleBall {
    /// The image of the ball under an increasing function, given with directed rounding (1 up, 0 down).
    private func increasing(_ function: (Double, Int32) -> Double) -> DoubleBall {
        guard isFinite else { return .noInformation() }
        return DoubleBall(lower: function(lowerEndpoint, 0), upper: function(upperEndpoint, 1))
    }

    public func exp() -> DoubleBall {
        thinImage(fb_exp, slope: { $0 }, growth: 1, largest: 0x1p900) ?? increasing(fb_exp)
    }

    /// The slope is 1 + expm1, and its own slope.
    public func expm1() -> DoubleBall {
        thinImage(fb_expm1, slope: { (1 + $0) + 0x1p-52 }, growth: 1, largest: 0x1p900) ?? increasing(fb_expm1)
    }

    /// The slope is sqrt(1 + sinh^2), and its logarithm has a slope of at most 1.
    public func sinh() -> DoubleBall {
        thinImage(fb_sinh, slope: { (1 + $0 * $0).squareRoot() }, growth: 1, largest: 0x1p400) ?? increasing(fb_sinh)
    }

    /// The slope is 1 - tanh^2, and its logarithm has a slope of at most 2.
    public func tanh() -> DoubleBall {
        thinImage(
            fb_tanh, slope: { (1 - $0.magnitude) * (1 + $0.magnitude) + 0x1p-51 }, growth: 2, largest: 1 - 0x1p-19)
            ?? increasing(fb_tanh)
    }

    /// The slope is 1/sqrt(1 + x^2), and its logarithm has a slope of at most 1/2.
    public func asinh() -> DoubleBall {
        // Beyond, 1/|x| is as sharp, and the square would overflow.
        let slope = mid.magnitude < 0x1p400 ? 1 / (1 + mid * mid).squareRoot() : 1 / mid.magnitude
        return thinImage(fb_asinh, slope: { _ in slope }, growth: 1, largest: 0x1p900) ?? increasing(fb_asinh)
    }

    /// The slope is 2/sqrt(pi) exp(-x^2), and its logarithm has the slope -2 x; beyond |x| = 3.5 erf is near its bound.
    public func erf() -> DoubleBall {
        thinImage(
            fb_erf, slope: { _ in 1.12837916709551258 * Self.upperExponential(-(mid * mid)) }, growth: 8,
            largest: 1 - 0x1p-19) ?? increasing(fb_erf)
    }

    /// The slope is s (1 - s), and its logarithm has a slope of at most 1.
    public func sigmoid() -> DoubleBall {
        thinImage(fb_sigmoid, slope: { $0 * ((1 - $0) + 0x1p-52) }, growth: 1, largest: 1 - 0x1p-19)
            ?? increasing(fb_sigmoid)
    }

    /// The slope is the sigmoid 1 - exp(-softplus), and its logarithm has a slope of at most 1. The slope is less than
    /// softplus, which is sharper near 0.
    public func softplus() -> DoubleBall {
        thinImage(
            fb_softplus, slope: { Swift.min($0, (1 - Self.lowerExponential(-$0)) + 0x1p-52) }, growth: 1,
            largest: 0x1p900) ?? increasing(fb_softplus)
    }

    /// - Domain: x > 0.
    public func log() -> DoubleBall {
        if let thin = thinLogarithm(fb_log, of: self) { return thin }
        return isCertainlyPositive && lowerEndpoint > 0 ? increasing(fb_log) : .noInformation()
    }

    /// - Domain: x > -1.
    public func log1p() -> DoubleBall {
        // The rounding of 1 + mid is one of those that the thin bound covers.
        if let thin = thinLogarithm(fb_log1p, of: DoubleBall(mid: 1 + mid, rad: rad)) { return thin }
        return lowerEndpoint > -1 ? increasing(fb_log1p) : .noInformation()
    }

    /// - Domain: x >= 0.
    public func sqrt() -> DoubleBall {
        if let thin = thinSquareRoot { return thin }
        return isCertainlyNonNegative ? increasing(fb_sqrt) : .noInformation()
    }

    /// cosh is even and increasing in |x|.
    public func cosh() -> DoubleBall {
        guard isFinite else { return .noInformation() }
        return DoubleBall(lower: fb_cosh(lowerMagnitude, 0), upper: fb_cosh(upperMagnitude, 1))
    }

    /// sin of the midpoint, within the radius (the slope is at most 1), cut to [-1, 1].
    public func sin() -> DoubleBall {
        isFinite ? nearCircle(fb_sin(mid)) : .noInformation()
    }

    public func cos() -> DoubleBall {
        isFinite ? nearCircle(fb_cos(mid)) : .noInformation()
    }

    private func nearCircle(_ value: Double) -> DoubleBall {
        // Half a unit in the last place of a value of at most 1, or half of 2^-1074; exact only at 0.
        let rounding = mid == 0 ? 0 : value.magnitude * 0x1p-53 + 0x1p-1074
        let radius = rad == 0 ? rounding : Directed.addUp(rad, rounding)
        if value.magnitude + radius <= 1 { return DoubleBall(mid: value, rad: radius) }
        let ball = DoubleBall(mid: value, rad: radius)
        return DoubleBall(lower: Swift.max(ball.lowerEndpoint, -1), upper: Swift.min(ball.upperEndpoint, 1))
    }

    public func abs() -> DoubleBall {
        if isCertainlyNonNegative { return self }
        if isCertainlyNonPositive { return -self }
        return DoubleBall(lower: 0, upper: upperMagnitude)
    }

    public func relu() -> DoubleBall {
        if isCertainlyNonNegative { return self }
        if isCertainlyNonPositive { return DoubleBall(mid: 0, rad: 0) }
        return DoubleBall(lower: 0, upper: upperEndpoint)
    }

    public func floor() -> DoubleBall {
        guard isFinite else { return .noInformation() }
        let below = lowerEndpoint.rounded(.down)
        guard below == upperEndpoint.rounded(.down) else { return .noInformation() }
        return DoubleBall(exactly: below)
    }

    public static func min(_ a: DoubleBall, _ b: DoubleBall) -> DoubleBall {
        -max(-a, -b)
    }

    public static func max(_ a: DoubleBall, _ b: DoubleBall) -> DoubleBall {
        guard a.isFinite, b.isFinite else { return .noInformation() }
        if a.lowerEndpoint >= b.upperEndpoint { return a }
        if b.lowerEndpoint >= a.upperEndpoint { return b }
        return DoubleBall(
            lower: Swift.max(a.lowerEndpoint, b.lowerEndpoint), upper: Swift.max(a.upperEndpoint, b.upperEndpoint))
    }

    public func hull(_ other: DoubleBall) -> DoubleBall {
        guard isFinite, other.isFinite else { return .noInformation() }
        if isExact && other.isExact && mid == other.mid { return self }
        return DoubleBall(
            lower: Swift.min(lowerEndpoint, other.lowerEndpoint), upper: Swift.max(upperEndpoint, other.upperEndpoint))
    }
}
