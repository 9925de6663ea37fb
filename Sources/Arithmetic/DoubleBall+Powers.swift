import CKernels
import Exact

extension DoubleBall {
    /// - Error: both endpoints correctly rounded outward; for a thin ball and n in 2...4, at most 3 roundings of
    ///   2^-53 each, and exact where every product is.
    public func power(_ n: Int) -> DoubleBall {
        guard isFinite else { return .noInformation() }
        if n == 0 { return DoubleBall(exactly: 1) }
        if n == 1 { return self }
        if n < 0 && !isCertainlyPositive && !isCertainlyNegative { return .noInformation() }
        if let thin = thinPower(n) { return thin }
        if n & 1 == 0 {
            // Even in x: increasing in |x| for n > 0, decreasing for n < 0.
            let (low, high) = n > 0 ? (lowerMagnitude, upperMagnitude) : (upperMagnitude, lowerMagnitude)
            return DoubleBall(lower: fb_pow(low, n, 0), upper: fb_pow(high, n, 1))
        }
        let (low, high) = n > 0 ? (lowerEndpoint, upperEndpoint) : (upperEndpoint, lowerEndpoint)
        return DoubleBall(lower: fb_pow(low, n, 0), upper: fb_pow(high, n, 1))
    }

    /// - Error: for a thin ball and r = 1/2, -1/2, 3/2 or -3/2, at most 3 roundings of 2^-53 each. Else computed
    ///   by ``Ball`` at 128 bits, from a thin ball's midpoint or the outward rounded endpoints, then rounded outward.
    public func power(_ r: Rational) -> DoubleBall {
        if let root = rootPower(r) { return root }
        if let n = r.asInt { return power(n) }
        guard isFinite, isCertainlyNonNegative, r.isPositive || isCertainlyPositive else { return .noInformation() }
        if let thin = thinPower(r) { return thin }
        let atLower = Ball(exactly: lowerEndpoint, bits: 128).power(r)
        let atUpper = Ball(exactly: upperEndpoint, bits: 128).power(r)
        let (low, high) = r.isPositive ? (atLower, atUpper) : (atUpper, atLower)
        return DoubleBall(lower: Swift.max(low.lowerDouble, 0), upper: high.upperDouble)
    }

    /// Repeated products of a thin ball, which never reach 0.
    private func thinPower(_ n: Int) -> DoubleBall? {
        // Neither a power nor the rounding of a product underflows.
        guard n >= 2, n <= 4, mid.magnitude >= 0x1p-100, mid.magnitude <= 0x1p100,
            (mid < 0 ? -self : self).thinness != nil
        else { return nil }
        let square = Self.sharpProduct(self, self)
        return n == 2 ? square : Self.sharpProduct(square, n == 3 ? self : square)
    }

    /// The product with the exact rounding error of the midpoint.
    /// - Error: |x| ry + rx (|y| + ry) and that rounding error, times 1 + 16u.
    /// - Domain: nothing underflows or overflows.
    /// - Source: Dekker, A floating-point technique for extending the available precision, Numer. Math. 18 (1971).
    private static func sharpProduct(_ a: DoubleBall, _ b: DoubleBall) -> DoubleBall {
        let mid = a.mid * b.mid
        let (ah, al) = halves(a.mid)
        let (bh, bl) = halves(b.mid)
        let error = al * bl - (((mid - ah * bh) - al * bh) - ah * bl)
        let spread = a.mid.magnitude * b.rad + a.rad * (b.mid.magnitude + b.rad)
        return DoubleBall(mid: mid, rad: (spread + error.magnitude) * (1 + 0x1p-49))
    }

    /// x as a sum of two numbers of 26 bits.
    private static func halves(_ x: Double) -> (Double, Double) {
        let scaled = x * 0x1p27 + x
        let high = scaled - (scaled - x)
        return (high, x - high)
    }

    /// The root itself, and few operations on a thin one: then the factors' common change matters little.
    private func rootPower(_ r: Rational) -> DoubleBall? {
        guard Int(exactly: r.denominator) == 2, let twice = Int(exactly: r.numerator) else { return nil }
        if twice == 1 { return sqrt() }
        guard let root = thinSquareRoot else { return nil }
        switch twice {
        case 3: return self * root
        case -1: return DoubleBall(exactly: 1) / root
        case -3: return DoubleBall(exactly: 1) / (self * root)
        default: return nil
        }
    }

    /// With q = rad/mid, |(1 + t)^r - 1| <= |r| q (1 - q)^-(|r| + 1) <= |r| q (1 + 2 (|r| + 1) q) for |t| <= q and
    /// (|r| + 1) q <= 1/4.
    /// - Error: that, and the width of the power of the midpoint.
    private func thinPower(_ r: Rational) -> DoubleBall? {
        let size = r.approximation.magnitude
        guard let q = thinness, size >= 0x1p-60, size <= 0x1p17 else { return nil }
        let center = Ball(exactly: mid, bits: 128).power(r)
        let value = DoubleBall(lower: Swift.max(center.lowerDouble, 0), upper: center.upperDouble)
        guard value.mid >= 0x1p-700, value.mid <= 0x1p700 else { return nil }
        let spread = value.upperEndpoint * ((size * q) * (1 + 2 * (size + 1) * q))
        return DoubleBall(mid: value.mid, rad: (value.rad + spread) * (1 + 0x1p-48))
    }
}
