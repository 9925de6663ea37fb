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
        let spread = productSpread(a, b, step: step, n)
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

    private func productSpread(_ a: Int, _ b: Int, step: Int, _ n: Int) -> Magnitude {
        var sum = MagnitudeSum()
        for l in 0..<max(n, 0) {
            let rx = rads[a + l]
            let ry = rads[b + step * l]
            if rx.isZero && ry.isZero { continue }
            guard rx.isFinite, ry.isFinite else { return .infinity }
            sum.add(BallKernel.upper(mids + (a + l)), ry)
            sum.add(BallKernel.upper(mids + (b + step * l)), rx)
            sum.add(rx, ry)
        }
        return sum.upper
    }
}

/// A running sum of products of finite magnitudes: doubles relative to a common exponent, rounded to nearest, and one
/// factor at the end that covers all roundings.
struct MagnitudeSum {
    private var sum = 0.0
    private var exponent = Int.min
    private var terms = 0.0

    mutating func add(_ x: Magnitude, _ y: Magnitude) {
        // At least 1/4, unless zero.
        let product = x.mantissa * y.mantissa
        if product == 0 { return }
        let place = x.exponent &+ y.exponent
        terms += 1
        if place <= exponent {
            sum += product * Self.scale(exponent &- place)
        } else {
            sum = exponent == .min ? product : sum * Self.scale(place &- exponent) + product
            exponent = place
        }
    }

    /// 2^-shift, or 2^-900 if that is larger: an upper bound that never underflows.
    private static func scale(_ shift: Int) -> Double {
        Double(bitPattern: UInt64(1023 &- (shift > 900 ? 900 : shift)) << 52)
    }

    /// - Error: each term passes at most 2 + (number of later terms) roundings, so 2 n + 10 units of 2^-53 suffice
    ///   twice over.
    var upper: Magnitude {
        terms == 0 ? .zero : Magnitude(factor: sum * (1 + (2 * terms + 10) * 0x1p-52), exponent: exponent)
    }
}
