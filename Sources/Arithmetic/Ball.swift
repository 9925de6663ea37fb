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

    /// A new midpoint made by `body`, which returns the radius.
    init(bits: Int, _ body: (MidpointPointer) -> Magnitude) {
        let mid = BallMidpoint(bits: bits)
        let radius = body(mid.pointer)
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
            self.init(bits: bits) { BallKernel.finish($0, fb_set($0, numerator.pointer, MPFR_RNDN), .zero) }
        } else {
            let denominator = BallMidpoint(exactly: value.denominator)
            self.init(bits: bits) {
                BallKernel.finish($0, mpfr_div($0, numerator.pointer, denominator.pointer, MPFR_RNDN), .zero)
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

    public var bits: Int { Int(mid.pointer.pointee._mpfr_prec) }
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

    public var approximation: Double { mpfr_get_d(mid.pointer, MPFR_RNDN) }

    // A radius has 53 bits, so rounding the midpoint to 53 bits upward does not change whether it is above the radius,
    // nor rounding it downward whether it is below.
    public var isCertainlyPositive: Bool { fb_sign(mid.pointer) > 0 && mid.upper > radius }
    public var isCertainlyNegative: Bool { fb_sign(mid.pointer) < 0 && mid.upper > radius }
    public var isCertainlyNonNegative: Bool { fb_sign(mid.pointer) >= 0 && isFinite && mid.lower >= radius }
    public var isCertainlyNonPositive: Bool { fb_sign(mid.pointer) <= 0 && isFinite && mid.lower >= radius }

    public func widened(by amount: Magnitude) -> Ball {
        Ball(mid, radius + amount)
    }

    public func rounded(toBits bits: Int) -> Ball {
        if bits == self.bits { return self }
        return Ball(bits: bits) { BallKernel.finish($0, fb_set($0, mid.pointer, MPFR_RNDN), radius) }
    }

    /// `[3/2 +/- 1.0*2^-52, 128 bits]`. The midpoint is exact if its exponent is moderate.
    public var description: String {
        guard isFinite else { return "[no information, \(bits) bits]" }
        let exponent = mid.upper.exponent
        let center = Swift.abs(exponent) <= 2048 ? mid.asRational.map { "\($0)" } : nil
        return "[\(center ?? (fb_sign(mid.pointer) < 0 ? "-" : "") + "\(mid.lower)...") +/- \(radius), \(bits) bits]"
    }
}

extension Ball {
    public static func + (a: Ball, b: Ball) -> Ball {
        Ball(bits: Swift.max(a.bits, b.bits)) { BallKernel.add($0, a.mid.pointer, a.radius, b.mid.pointer, b.radius) }
    }

    public static func - (a: Ball, b: Ball) -> Ball {
        Ball(bits: Swift.max(a.bits, b.bits)) { BallKernel.subtract($0, a.mid.pointer, a.radius, b.mid.pointer, b.radius) }
    }

    public static func * (a: Ball, b: Ball) -> Ball {
        Ball(bits: Swift.max(a.bits, b.bits)) { BallKernel.multiply($0, a.mid.pointer, a.radius, b.mid.pointer, b.radius) }
    }

    /// - Domain: no information if the divisor contains 0.
    public static func / (a: Ball, b: Ball) -> Ball {
        Ball(bits: Swift.max(a.bits, b.bits)) { BallKernel.divide($0, a.mid.pointer, a.radius, b.mid.pointer, b.radius) }
    }

    public static prefix func - (a: Ball) -> Ball {
        Ball(bits: a.bits) { BallKernel.finish($0, fb_negate($0, a.mid.pointer), a.radius) }
    }
}
