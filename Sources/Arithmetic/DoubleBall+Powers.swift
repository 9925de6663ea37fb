import CKernels
import Exact

extension DoubleBall {
    /// - Error: both endpoints correctly rounded outward.
    public func power(_ n: Int) -> DoubleBall {
        guard isFinite else { return .noInformation() }
        if n == 0 { return DoubleBall(exactly: 1) }
        if n == 1 { return self }
        if n < 0 && !isCertainlyPositive && !isCertainlyNegative { return .noInformation() }
        if n & 1 == 0 {
            // Even in x: increasing in |x| for n > 0, decreasing for n < 0.
            let (low, high) = n > 0 ? (lowerMagnitude, upperMagnitude) : (upperMagnitude, lowerMagnitude)
            return DoubleBall(lower: fb_pow(low, n, 0), upper: fb_pow(high, n, 1))
        }
        let (low, high) = n > 0 ? (lowerEndpoint, upperEndpoint) : (upperEndpoint, lowerEndpoint)
        return DoubleBall(lower: fb_pow(low, n, 0), upper: fb_pow(high, n, 1))
    }

    /// - Error: computed by ``Ball`` at 128 bits from the outward rounded endpoints, then rounded outward.
    public func power(_ r: Rational) -> DoubleBall {
        if let n = r.asInt { return power(n) }
        guard isFinite, isCertainlyNonNegative, r.isPositive || isCertainlyPositive else { return .noInformation() }
        let atLower = Ball(exactly: lowerEndpoint, bits: 128).power(r)
        let atUpper = Ball(exactly: upperEndpoint, bits: 128).power(r)
        let (low, high) = r.isPositive ? (atLower, atUpper) : (atUpper, atLower)
        return DoubleBall(lower: Swift.max(low.lowerDouble, 0), upper: high.upperDouble)
    }
}
