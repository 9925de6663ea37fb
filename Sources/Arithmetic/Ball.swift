import CKernels
import CMPFR
import Exact

/// A ball of any precision: a midpoint in MPFR and a radius that is a ``Magnitude``.
///
/// The value type is for use outside loops: each result has its own limbs in one heap object. Recurrences work in
/// place on a ``Ball/Span``. An infinite radius is no information; the midpoint is then 0, and it is never NaN.
public struct Ball: Enclosure {
    let mid: BallMidpoint
    /// The radius; infinity without information.
    public let radius: Magnitude

    /// - Precondition: `mid` is a number, not infinite and not NaN.
    init(_ mid: BallMidpoint, _ radius: Magnitude) {
        self.mid = mid
        self.radius = radius
    }

    /// The ball rounded to `bits` bits.
    init(_ mid: BallMidpoint, _ radius: Magnitude, bits: Int) {
        self.init(bits: bits) { z in
            BallMidpoint.with(mid) { BallKernel.finish(z, fb_set(z, $0, MPFR_RNDN), radius) }
        }
    }

    /// A new midpoint made by `body`, which returns the radius.
    init(bits: Int, _ body: (MidpointPointer) -> Magnitude) {
        let mid = BallMidpoint(bits: bits)
        let radius = BallMidpoint.with(mid, body)
        self.init(mid, radius)
    }

    public init(exactly value: Double, bits: Int) {
        self.init(bits: bits) { mid in
            guard value.isFinite else { return .infinity }
            return BallKernel.finish(mid, mpfr_set_d(mid, value, MPFR_RNDN), .zero)
        }
    }

    /// - Error: numerator and denominator are exact, so the quotient is the nearest number of `bits` bits.
    public init(_ value: Rational, bits: Int) {
        let numerator = BallMidpoint(exactly: value.numerator)
        if value.isInteger {
            self.init(numerator, .zero, bits: bits)
        } else {
            let denominator = BallMidpoint(exactly: value.denominator)
            self.init(bits: bits) { z in
                BallMidpoint.with(numerator, denominator) {
                    BallKernel.finish(z, mpfr_div(z, $0, $1, MPFR_RNDN), .zero)
                }
            }
        }
    }

    public static func interval(_ lower: Rational, _ upper: Rational, bits: Int) -> Ball {
        Ball((lower + upper) / 2, bits: bits).widened(by: Magnitude((upper - lower) / 2))
    }

    public static func noInformation(bits: Int) -> Ball {
        Ball(bits: bits) { _ in .infinity }
    }

    public static func pi(bits: Int) -> Ball {
        Ball(bits: bits) { BallKernel.finish($0, mpfr_const_pi($0, MPFR_RNDN), .zero) }
    }

    public var bits: Int { mid.bits }
    public var isFinite: Bool { radius.isFinite }
    public var isExact: Bool { radius.isZero }
    public var midpoint: Ball { Ball(isFinite ? mid : BallMidpoint(bits: bits), .zero) }

    public var magnitude: Magnitude { mid.upper + radius }
    public var mignitude: Magnitude { Magnitude.lowerDifference(mid.lower, radius) }

    public var lowerBound: Rational? {
        guard let center = mid.asRational, let radius = radius.asRational else { return nil }
        return center - radius
    }

    public var upperBound: Rational? {
        guard let center = mid.asRational, let radius = radius.asRational else { return nil }
        return center + radius
    }

    public var approximation: Double { mid.toDouble(MPFR_RNDN) }

    // A radius has 53 bits, so rounding the midpoint to 53 bits upward does not change whether it is above the radius,
    // nor rounding it downward whether it is below.
    public var isCertainlyPositive: Bool { mid.sign > 0 && mid.upper > radius }
    public var isCertainlyNegative: Bool { mid.sign < 0 && mid.upper > radius }
    public var isCertainlyNonNegative: Bool { mid.sign >= 0 && isFinite && mid.lower >= radius }
    public var isCertainlyNonPositive: Bool { mid.sign <= 0 && isFinite && mid.lower >= radius }

    public func widened(by amount: Magnitude) -> Ball {
        Ball(mid, radius + amount)
    }

    public func rounded(toBits bits: Int) -> Ball {
        if bits == self.bits { return self }
        return Ball(mid, radius, bits: bits)
    }

    /// `[3/2 +/- 1.0*2^-52, 128 bits]`. The midpoint is exact if its exponent is moderate.
    public var description: String {
        guard isFinite else { return "[no information, \(bits) bits]" }
        let exponent = mid.upper.exponent
        let center = Swift.abs(exponent) <= 2048 ? mid.asRational.map { "\($0)" } : nil
        return "[\(center ?? (mid.sign < 0 ? "-" : "") + "\(mid.lower)...") +/- \(radius), \(bits) bits]"
    }
}

extension Ball {
    private typealias Kernel = (
        MidpointPointer, MidpointPointer, Magnitude, MidpointPointer, Magnitude
    ) -> Magnitude

    /// The kernel at the larger precision of the operands.
    private static func apply(_ kernel: Kernel, _ a: Ball, _ b: Ball) -> Ball {
        Ball(bits: Swift.max(a.bits, b.bits)) { z in
            BallMidpoint.with(a.mid, b.mid) { kernel(z, $0, a.radius, $1, b.radius) }
        }
    }

    public static func + (a: Ball, b: Ball) -> Ball { apply(BallKernel.add, a, b) }
    public static func - (a: Ball, b: Ball) -> Ball { apply(BallKernel.subtract, a, b) }
    public static func * (a: Ball, b: Ball) -> Ball { apply(BallKernel.multiply, a, b) }

    /// - Domain: no information if the divisor contains 0.
    public static func / (a: Ball, b: Ball) -> Ball { apply(BallKernel.divide, a, b) }

    public static prefix func - (a: Ball) -> Ball {
        Ball(bits: a.bits) { z in
            BallMidpoint.with(a.mid) { BallKernel.finish(z, fb_negate(z, $0), a.radius) }
        }
    }
}
