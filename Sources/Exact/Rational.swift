@_exported import BigInt

/// An exact rational number in lowest terms, the denominator positive.
///
/// Every literal of a theorem file and every constant of an expression graph is one of these; nothing is rounded.
public struct Rational: Hashable, Sendable {
    /// Has no factor in common with the denominator.
    public let numerator: BigInt
    /// Positive.
    public let denominator: BigInt

    /// 0.
    public static let zero = Rational(0)
    /// 1.
    public static let one = Rational(1)

    /// The integer.
    public init(_ value: Int) {
        self.init(reduced: BigInt(value), 1)
    }

    /// The integer.
    public init(_ value: BigInt) {
        self.init(reduced: value, 1)
    }

    /// `numerator / denominator`, reduced.
    /// - Precondition: the denominator is not zero.
    public init(_ numerator: BigInt, _ denominator: BigInt) {
        precondition(!denominator.isZero, "a rational number has a non-zero denominator")
        // Dyadic numbers are the rule: powers of two go by shifts, and what is left is often 1 or a word.
        let twos = numerator.isZero
            ? 0 : Swift.min(numerator.magnitude.trailingZeroBitCount, denominator.magnitude.trailingZeroBitCount)
        let (n, d) = twos == 0 ? (numerator, denominator) : (numerator >> twos, denominator >> twos)
        let divisor = Rational.oddCommonDivisor(n, d)
        let sign: BigInt = denominator.sign == .minus ? -1 : 1
        self.init(reduced: divisor == 1 ? sign * n : sign * n / divisor, divisor == 1 ? sign * d : sign * d / divisor)
    }

    /// The greatest common divisor of two numbers that are not both even (or of which the first is 0).
    private static func oddCommonDivisor(_ a: BigInt, _ b: BigInt) -> BigInt {
        if a.isZero { return BigInt(b.magnitude) }
        let odd = b.magnitude >> b.magnitude.trailingZeroBitCount
        guard odd.bitWidth <= UInt.bitWidth else { return commonDivisor(a, b) }
        var (x, y) = (UInt(odd), UInt(a.magnitude % odd))
        while y != 0 { (x, y) = (y, x % y) }
        return BigInt(x)
    }

    /// The greatest common divisor. The library's binary algorithm takes time quadratic in the longer number: one division
    /// first makes it quadratic in the shorter one.
    private static func commonDivisor(_ a: BigInt, _ b: BigInt) -> BigInt {
        let excess = a.magnitude.bitWidth - b.magnitude.bitWidth
        if excess > 64 { return b.greatestCommonDivisor(with: a % b) }
        if excess < -64, !a.isZero { return a.greatestCommonDivisor(with: b % a) }
        return a.greatestCommonDivisor(with: b)
    }

    /// - Precondition: in lowest terms, the denominator positive.
    init(reduced numerator: BigInt, _ denominator: BigInt) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// The exact value of a finite double; nil for infinities and NaN.
    public init?(exactly value: Double) {
        guard value.isFinite else { return nil }
        if value == 0 {
            self = .zero
            return
        }
        // The significand of a double scaled by 2^52 is an integer, subnormal numbers included.
        let mantissa = BigInt(value.significand * 0x1p52)
        let signed = value < 0 ? -mantissa : mantissa
        self = Rational(signed) * Rational.powerOfTwo(Int(value.exponent) - 52)
    }

    /// 2^exponent.
    public static func powerOfTwo(_ exponent: Int) -> Rational {
        let power = BigInt(1) << Swift.abs(exponent)
        return exponent >= 0 ? Rational(reduced: power, 1) : Rational(reduced: 1, power)
    }

    /// Whether it is 0.
    public var isZero: Bool { numerator.isZero }
    /// Whether the denominator is 1.
    public var isInteger: Bool { denominator == 1 }
    /// Whether it is below 0.
    public var isNegative: Bool { numerator.sign == .minus && !numerator.isZero }
    /// Whether it is above 0.
    public var isPositive: Bool { numerator.sign == .plus && !numerator.isZero }

    /// The value as an `Int`, if it is an integer that fits.
    public var asInt: Int? { isInteger ? Int(exactly: numerator) : nil }

    /// The absolute value.
    public var magnitude: Rational { isNegative ? -self : self }

    /// The largest integer that is not above the value.
    public var floor: BigInt {
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        return remainder.sign == .minus && !remainder.isZero ? quotient - 1 : quotient
    }

    /// The smallest integer that is not below the value.
    public var ceiling: BigInt { -((-self).floor) }

    /// 1/x; nil for 0.
    public var reciprocal: Rational? {
        isZero ? nil : Rational(denominator, numerator)
    }

    /// x^exponent, with x^0 = 1; nil for a negative power of 0.
    public func power(_ exponent: Int) -> Rational? {
        if exponent < 0 { return reciprocal?.power(-exponent) }
        return Rational(reduced: numerator.raised(to: exponent), denominator.raised(to: exponent))
    }

    /// The nearest double or a neighbour of it: a guess, never a bound.
    public var approximation: Double {
        let excess = numerator.magnitude.bitWidth - denominator.bitWidth
        let shift = 64 - excess
        let scaled = shift >= 0 ? (numerator << shift) / denominator : numerator / (denominator << -shift)
        let value = Double(scaled)
        // Two steps, so that a subnormal result does not meet an underflowing power of two.
        let half = -shift / 2
        return value * scaleFactor(half) * scaleFactor(-shift - half)
    }
}

private func scaleFactor(_ exponent: Int) -> Double {
    if exponent > 1023 { return .infinity }
    if exponent < -1074 { return 0 }
    return Double(sign: .plus, exponent: exponent, significand: 1)
}

extension Rational: Comparable {
    public static func < (a: Rational, b: Rational) -> Bool {
        a.numerator * b.denominator < b.numerator * a.denominator
    }
}

extension Rational: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int) {
        self.init(value)
    }
}

extension Rational {
    /// The exact sum.
    public static func + (a: Rational, b: Rational) -> Rational {
        if a.isInteger && b.isInteger { return Rational(reduced: a.numerator + b.numerator, 1) }
        return Rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
    }

    /// The exact difference.
    public static func - (a: Rational, b: Rational) -> Rational { a + (-b) }

    /// The number with the other sign.
    public static prefix func - (a: Rational) -> Rational {
        Rational(reduced: -a.numerator, a.denominator)
    }

    /// The exact product.
    public static func * (a: Rational, b: Rational) -> Rational {
        if a.isInteger && b.isInteger { return Rational(reduced: a.numerator * b.numerator, 1) }
        return Rational(a.numerator * b.numerator, a.denominator * b.denominator)
    }

    /// - Precondition: the divisor is not zero.
    public static func / (a: Rational, b: Rational) -> Rational {
        Rational(a.numerator * b.denominator, a.denominator * b.numerator)
    }

    /// Adds exactly.
    public static func += (a: inout Rational, b: Rational) { a = a + b }
    /// Subtracts exactly.
    public static func -= (a: inout Rational, b: Rational) { a = a - b }
    /// Multiplies exactly.
    public static func *= (a: inout Rational, b: Rational) { a = a * b }
}

extension Rational: CustomStringConvertible {
    /// `3`, `-7/2`: exact, and readable again by the theorem language.
    public var description: String {
        isInteger ? "\(numerator)" : "\(numerator)/\(denominator)"
    }
}

extension Rational {
    /// e with 2^(e - 1) < |x| < 2^(e + 1); 0 for 0.
    public var binaryExponent: Int { isZero ? 0 : numerator.magnitude.bitWidth - denominator.magnitude.bitWidth }
}
