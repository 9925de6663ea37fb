import CKernels
import CMPFR

extension Ball.Span {
    public func convolve(_ i: Int, _ a: Int, _ b: Int, count n: Int) {
        dot(i, a, b, step: -1, n)
    }

    public func dot(_ i: Int, _ a: Int, _ b: Int, count n: Int) {
        dot(i, a, b, step: 1, n)
    }

    /// - Error: sum of |x| ry + |y| rx + rx ry, one rounding of the midpoint, and 2^-64 units in the last place of the
    ///   largest term for each term that was cut off at the accumulator's guard limb.
    private func dot(_ i: Int, _ a: Int, _ b: Int, step: Int, _ n: Int) {
        // The radii are read before the destination, which may be an operand, is written.
        let radii = UnsafeRawPointer(rads).assumingMemoryBound(to: fb_magnitude.self)
        let sum = fb_product_spread(mids + a, radii + a, mids + b, radii + b, step, Swift.max(n, 0))
        let spread = Magnitude(factor: sum.mantissa, exponent: sum.exponent)
        guard n > 0 else { return setZero(i) }
        var units = 0
        var exponent = 0
        var ternary: Int32 = 0
        let failed = fb_convolve(mids + i, mids + a, mids + b, step, n, scratch, &units, &exponent, &ternary)
        guard failed == 0, spread.isFinite else {
            rads[i] = BallKernel.clear(mids + i)
            return
        }
        // A count below 2^53 is an exact double.
        let lost = units == 0 ? .zero : Magnitude(factor: Double(units), exponent: exponent)
        rads[i] = BallKernel.finish(mids + i, ternary, spread + lost)
    }
}
