import CKernels
import CMPFR
import Exact

/// A ball of any precision: a midpoint of whole 64-bit limbs, and a radius in units of the midpoint's last place.
///
/// The value type is for use outside loops: each result has its own storage. Recurrences work in place on a
/// ``Ball/Span``. A precision is rounded up to whole limbs, so 53 bits compute with 64.
///
/// An infinite radius is no information; the midpoint is then 0. Binary exponents lie within 2^30 of 0: a midpoint
/// beyond is no information, one below becomes 0 with a radius. A radius far above the midpoint (2^250 times or more)
/// may absorb the midpoint, which becomes 0; a radius far below the last place is rounded up to 2^-64 units.
public struct Ball: Enclosure {
    let element: BallElement

    /// A new element made by `body` from an exact zero.
    init(bits: Int, _ body: (BallPointer) -> Void) {
        element = BallElement(limbCount: BallElement.limbCount(bits: bits), body)
    }

    /// The result of a function of MPFR, rounded to nearest, with `spread` added to the radius.
    init(roundedTo bits: Int, spread: Magnitude = .zero, _ body: (NumberPointer) -> Int32) {
        self.init(bits: bits) { z in
            let n = BallElement.limbCount(bits: bits)
            var number = fb_ball_destination(z, n)
            let ternary = body(&number)
            fb_ball_finish(z, &number, ternary, spread.bound, n)
        }
    }

    public init(exactly value: Double, bits: Int) {
        self.init(roundedTo: bits) { mpfr_set_d($0, value, MPFR_RNDN) }
    }

    /// - Error: numerator and denominator are exact, so the quotient is the nearest number of `bits` bits.
    public init(_ value: Rational, bits: Int) {
        let numerator = Endpoint(exactly: value.numerator)
        if value.isInteger {
            self.init(numerator, bits: bits)
        } else {
            let denominator = Endpoint(exactly: value.denominator)
            self.init(roundedTo: bits) { z in
                Endpoint.with(numerator, denominator) { mpfr_div(z, $0, $1, MPFR_RNDN) }
            }
        }
    }

    /// The number rounded to `bits` bits, with `spread` around it.
    init(_ number: Endpoint, spread: Magnitude = .zero, bits: Int) {
        self.init(roundedTo: bits, spread: spread) { z in Endpoint.with(number) { fb_set(z, $0, MPFR_RNDN) } }
    }

    public static func interval(_ lower: Rational, _ upper: Rational, bits: Int) -> Ball {
        Ball((lower + upper) / 2, bits: bits).widened(by: Magnitude((upper - lower) / 2))
    }

    public static func noInformation(bits: Int) -> Ball {
        Ball(bits: bits) { fb_ball_no_information($0, BallElement.limbCount(bits: bits)) }
    }

    public static func pi(bits: Int) -> Ball {
        Ball(roundedTo: bits) { mpfr_const_pi($0, MPFR_RNDN) }
    }

    public var bits: Int { 64 * element.limbCount }
    public var isFinite: Bool { BallElement.with(element) { fb_ball_is_finite($0) != 0 } }
    public var isExact: Bool { BallElement.with(element) { fb_ball_is_exact($0) != 0 } }
    public var midpoint: Ball { applying { fb_ball_midpoint($0, $1, $2) } }
    /// The radius; infinity without information.
    public var radius: Magnitude { element.radius }

    public var magnitude: Magnitude { element.magnitude }
    public var mignitude: Magnitude { Magnitude.lowerDifference(element.lowerMidpoint, radius) }

    public var lowerBound: Rational? {
        guard let center = element.midpoint, let radius = radius.asRational else { return nil }
        return center - radius
    }

    public var upperBound: Rational? {
        guard let center = element.midpoint, let radius = radius.asRational else { return nil }
        return center + radius
    }

    public var approximation: Double { BallElement.withMidpoint(element) { mpfr_get_d($0, MPFR_RNDN) } }

    // A radius has 53 bits, so rounding the midpoint to 53 bits upward does not change whether it is above the radius,
    // nor rounding it downward whether it is below.
    public var isCertainlyPositive: Bool { element.sign > 0 && element.upperMidpoint > radius }
    public var isCertainlyNegative: Bool { element.sign < 0 && element.upperMidpoint > radius }
    public var isCertainlyNonNegative: Bool { element.sign >= 0 && isFinite && element.lowerMidpoint >= radius }
    public var isCertainlyNonPositive: Bool { element.sign <= 0 && isFinite && element.lowerMidpoint >= radius }

    public func widened(by amount: Magnitude) -> Ball {
        applying { z, x, n in
            fb_ball_copy(z, x, n)
            fb_ball_widen(z, amount.bound, n)
        }
    }

    public func rounded(toBits bits: Int) -> Ball {
        let n = BallElement.limbCount(bits: bits)
        if n == element.limbCount { return self }
        return Ball(bits: bits) { z in BallElement.with(element) { fb_ball_resize(z, n, $0, element.limbCount) } }
    }

    /// `[3/2 +/- 1.0*2^-52, 128 bits]`. The midpoint is exact if its exponent is moderate.
    public var description: String {
        guard isFinite else { return "[no information, \(bits) bits]" }
        let exponent = element.upperMidpoint.exponent
        let center = Swift.abs(exponent) <= 2048 ? element.midpoint.map { "\($0)" } : nil
        return "[\(center ?? (element.sign < 0 ? "-" : "") + "\(element.lowerMidpoint)...") +/- \(radius), \(bits) bits]"
    }
}

extension Ball {
    /// A kernel of one operand, at its precision.
    func applying(_ kernel: (BallPointer, BallPointer, Int) -> Void) -> Ball {
        Ball(bits: bits) { z in BallElement.with(element) { kernel(z, $0, element.limbCount) } }
    }

    /// A kernel of two operands, at the larger precision.
    private static func apply(
        _ kernel: (BallPointer, BallPointer, BallPointer, Int) -> Void, _ a: Ball, _ b: Ball
    ) -> Ball {
        let bits = Swift.max(a.bits, b.bits)
        let (x, y) = (a.rounded(toBits: bits).element, b.rounded(toBits: bits).element)
        return Ball(bits: bits) { z in BallElement.with(x, y) { kernel(z, $0, $1, x.limbCount) } }
    }

    public static func + (a: Ball, b: Ball) -> Ball { apply({ fb_ball_add($0, $1, $2, $3) }, a, b) }
    public static func - (a: Ball, b: Ball) -> Ball { apply({ fb_ball_subtract($0, $1, $2, $3) }, a, b) }
    public static func * (a: Ball, b: Ball) -> Ball { apply({ fb_ball_multiply($0, $1, $2, $3) }, a, b) }

    /// - Domain: no information if the divisor contains 0.
    public static func / (a: Ball, b: Ball) -> Ball { apply({ fb_ball_divide($0, $1, $2, $3) }, a, b) }

    public static prefix func - (a: Ball) -> Ball { a.applying { fb_ball_negate($0, $1, $2) } }
}
