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
}
