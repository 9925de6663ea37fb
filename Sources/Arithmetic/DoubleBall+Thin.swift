import CKernels

extension DoubleBall {
    /// f over a thin ball from one evaluation at the midpoint, half the price of two endpoints; nil where the bound
    /// would not be sharp or could underflow.
    ///
    /// If |f''| <= k f', then f'(t) <= f'(m) exp(k |t - m|), so |f(x) - f(m)| <= f'(m) (exp(k r) - 1)/k, which is at
    /// most f'(m) (r + k r^2) for k r <= 1.
    ///
    /// - Error: that, and 2^-53 |f(m)| for the rounding to nearest, times 1 + 2^-48.
    /// - Parameters:
    ///   - function: f with the direction -1: off by at most 2^-53 (1 + 2^-50) relatively.
    ///   - slope: an upper bound of f'(m), up to a factor 1 + 2^-50, from the rounded f(m).
    ///   - growth: k.
    ///   - largest: nil for |f(m)| above it, so that the ball does not reach beyond a bound of f.
    func thinImage(
        _ function: (Double, Int32) -> Double, slope: (Double) -> Double, growth: Double, largest: Double
    ) -> DoubleBall? {
        // At 0 itself the result can be exact, which the endpoints find out.
        guard rad < 0x1p-20, mid.magnitude < .infinity, mid != 0 else { return nil }
        let center = function(mid, -1)
        guard center.magnitude > 0x1p-900, center.magnitude < largest else { return nil }
        let spread = slope(center) * (rad + growth * (rad * rad))
        return DoubleBall(mid: center, rad: (spread + center.magnitude * 0x1p-53) * (1 + 0x1p-48))
    }

    /// q = rad/mid for a positive midpoint; nil unless q is 0, or at most 2^-20 and so large, like the midpoint itself,
    /// that no product below underflows.
    var thinness: Double? {
        guard mid >= 0x1p-700, mid <= 0x1p700 else { return nil }
        let q = rad / mid
        return q == 0 && rad == 0 || (q >= 0x1p-200 && q <= 0x1p-20) ? q : nil
    }

    /// log over a thin positive ball, or a function with f(x) = log(y). With q = ry/y,
    /// |log(1 + t)| <= -log(1 - q) <= q + q^2 for |t| <= q <= 1/2.
    ///
    /// - Error: that, and 2^-53 |f(m)| for the rounding to nearest, times 1 + 2^-48; exact where f(m) = 0.
    /// - Parameter y: with a midpoint that is rounded once.
    func thinLogarithm(_ function: (Double, Int32) -> Double, of y: DoubleBall) -> DoubleBall? {
        guard let q = y.thinness else { return nil }
        let center = function(mid, -1)
        // Its rounding could underflow. Both functions are exact at their zero.
        guard center == 0 || center.magnitude > 0x1p-900 else { return nil }
        return DoubleBall(mid: center, rad: ((q + q * q) + center.magnitude * 0x1p-53) * (1 + 0x1p-48))
    }

    /// sqrt over a thin positive ball: with q = rad/mid, |sqrt(1 + t) - 1| <= 1 - sqrt(1 - q) <= q/2 (1 + q) for
    /// |t| <= q <= 1/2. IEEE 754 demands the correctly rounded root, so no library is needed.
    ///
    /// - Error: that, and half a unit in the last place unless the root has at most 26 bits.
    var thinSquareRoot: DoubleBall? {
        guard let q = thinness else { return nil }
        let root = mid.squareRoot()
        // A square of 26 bits is exact, so the comparison is.
        let isExact = root.bitPattern & 0x7FF_FFFF == 0 && root * root == mid
        let rounding = isExact ? 0 : root * 0x1p-53
        return DoubleBall(mid: root, rad: (root * (0.5 * q) * (1 + 0x1p-19) + rounding) * (1 + 0x1p-48))
    }

    /// An upper bound of exp(y) for y in [-64, 0], by exp(-y) >= (1 - y/1024)^1024; the 1024 factors' roundings are
    /// covered by 1 + 2^-40.
    static func upperExponential(_ y: Double) -> Double {
        var power = 1 - y * 0x1p-10
        for _ in 0..<10 { power *= power }
        return (1 + 0x1p-40) / power
    }

    /// A lower bound of exp(y) for y <= 0, by exp(y) >= (1 + y/1024)^1024 for y >= -1024.
    static func lowerExponential(_ y: Double) -> Double {
        guard y > -16 else { return 0 }
        var power = 1 + y * 0x1p-10
        for _ in 0..<10 { power *= power }
        return power * (1 - 0x1p-40)
    }
}
