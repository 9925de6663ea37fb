import CKernels
import CMPFR

/// The operations on (midpoint, radius) pairs that ``Ball`` and ``Ball/Span`` share. `z` may be one of the operands;
/// radii come by value, and the result is the radius of `z`.
///
/// Midpoints are rounded to nearest by MPFR, and half a unit in the last place is added to the radius only if the
/// midpoint was rounded (the ternary value is not 0). A midpoint that overflows, or is NaN, is no information.
enum BallKernel {
    /// An upper bound of |x|.
    static func upper(_ x: MidpointPointer) -> Magnitude {
        if fb_is_zero(x) != 0 { return .zero }
        return Magnitude(factor: fb_mantissa(x, 1), exponent: x.pointee._mpfr_exp)
    }

    /// A lower bound of |x|.
    static func lower(_ x: MidpointPointer) -> Magnitude {
        if fb_is_zero(x) != 0 { return .zero }
        // An exponent below the range of a magnitude would be rounded up.
        if x.pointee._mpfr_exp < -Magnitude.exponentLimit { return .zero }
        if x.pointee._mpfr_exp > Magnitude.exponentLimit { return .powerOfTwo(Magnitude.exponentLimit - 1) }
        return Magnitude(factor: fb_mantissa(x, 0), exponent: x.pointee._mpfr_exp)
    }

    /// A bound of the rounding error of z: half a unit in the last place.
    static func rounding(_ z: MidpointPointer, _ ternary: Int32) -> Magnitude {
        if ternary == 0 { return .zero }
        // At the bottom of MPFR's exponent range a result moves by up to the smallest number, 2^(emin - 1).
        if fb_is_zero(z) != 0 || z.pointee._mpfr_exp <= mpfr_get_emin() { return .powerOfTwo(mpfr_get_emin()) }
        return .powerOfTwo(z.pointee._mpfr_exp - z.pointee._mpfr_prec - 1)
    }

    /// The radius of z: `spread` and the rounding error; no information if either is not finite.
    static func finish(_ z: MidpointPointer, _ ternary: Int32, _ spread: Magnitude) -> Magnitude {
        guard fb_is_number(z) != 0, spread.isFinite else { return clear(z) }
        return spread + rounding(z, ternary)
    }

    /// Makes z no information.
    static func clear(_ z: MidpointPointer) -> Magnitude {
        fb_set_zero(z)
        return .infinity
    }

    /// - Error: rx + ry + half a unit in the last place.
    static func add(
        _ z: MidpointPointer, _ x: MidpointPointer, _ rx: Magnitude, _ y: MidpointPointer, _ ry: Magnitude
    ) -> Magnitude {
        finish(z, mpfr_add(z, x, y, MPFR_RNDN), rx + ry)
    }

    static func subtract(
        _ z: MidpointPointer, _ x: MidpointPointer, _ rx: Magnitude, _ y: MidpointPointer, _ ry: Magnitude
    ) -> Magnitude {
        finish(z, mpfr_sub(z, x, y, MPFR_RNDN), rx + ry)
    }

    /// |x| ry + |y| rx + rx ry.
    static func productSpread(
        _ x: MidpointPointer, _ rx: Magnitude, _ y: MidpointPointer, _ ry: Magnitude
    ) -> Magnitude {
        if rx.isZero && ry.isZero { return .zero }
        var first = fb_magnitude(mantissa: rx.mantissa, exponent: rx.exponent)
        var second = fb_magnitude(mantissa: ry.mantissa, exponent: ry.exponent)
        let spread = fb_product_spread(x, &first, y, &second, 1, 1)
        return Magnitude(factor: spread.mantissa, exponent: spread.exponent)
    }

    static func multiply(
        _ z: MidpointPointer, _ x: MidpointPointer, _ rx: Magnitude, _ y: MidpointPointer, _ ry: Magnitude
    ) -> Magnitude {
        let spread = productSpread(x, rx, y, ry)
        return finish(z, mpfr_mul(z, x, y, MPFR_RNDN), spread)
    }

    /// With q = x/y: (rx + |q| ry) / (|y| - ry).
    static func divide(
        _ z: MidpointPointer, _ x: MidpointPointer, _ rx: Magnitude, _ y: MidpointPointer, _ ry: Magnitude
    ) -> Magnitude {
        let gap = Magnitude.lowerDifference(lower(y), ry)
        guard !gap.isZero, rx.isFinite else { return clear(z) }
        let ternary = mpfr_div(z, x, y, MPFR_RNDN)
        guard fb_is_number(z) != 0 else { return clear(z) }
        if rx.isZero && ry.isZero { return rounding(z, ternary) }
        let quotient = upper(z) + rounding(z, ternary)
        return finish(z, ternary, (rx + quotient * ry) / gap)
    }

    static func scale(_ z: MidpointPointer, _ x: MidpointPointer, _ rx: Magnitude, by n: Int) -> Magnitude {
        let spread = rx * size(n)
        return finish(z, mpfr_mul_si(z, x, n, MPFR_RNDN), spread)
    }

    /// - Domain: n != 0.
    static func divide(_ z: MidpointPointer, _ x: MidpointPointer, _ rx: Magnitude, by n: Int) -> Magnitude {
        precondition(n != 0, "division by the integer 0")
        return finish(z, mpfr_div_si(z, x, n, MPFR_RNDN), rx.isZero ? .zero : rx / lowerSize(n))
    }

    static func shift(_ z: MidpointPointer, _ x: MidpointPointer, _ rx: Magnitude, by n: Int) -> Magnitude {
        finish(z, mpfr_mul_2si(z, x, n, MPFR_RNDN), rx.scaled(byPowerOfTwo: n))
    }

    private static func size(_ n: Int) -> Magnitude {
        let value = Double(n.magnitude)
        return Magnitude(n.magnitude <= 1 << 53 ? value : value.nextUp)
    }

    private static func lowerSize(_ n: Int) -> Magnitude {
        let value = Double(n.magnitude)
        return Magnitude(n.magnitude <= 1 << 53 ? value : value.nextDown)
    }
}
