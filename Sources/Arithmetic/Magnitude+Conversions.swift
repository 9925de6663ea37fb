import Exact

extension Magnitude {
    /// The smallest double that is not below the value; it can be infinity.
    @inlinable
    public var upperDouble: Double {
        if isZero || !isFinite { return mantissa }
        if exponent > 1024 { return .infinity }
        if exponent >= -1021 {
            return (mantissa * 2) * Double(bitPattern: UInt64(exponent &+ 1022) << 52)
        }
        // A subnormal number counts units of 2^-1074, and its bit pattern is that count.
        let unitExponent = exponent &+ 1074
        if unitExponent < 0 { return 0x1p-1074 }
        let units = (mantissa * Double(bitPattern: UInt64(unitExponent &+ 1023) << 52)).rounded(.up)
        return Double(bitPattern: UInt64(units))
    }

    /// The largest double that is not above the value; for infinity the largest finite double.
    @inlinable
    public var lowerDouble: Double {
        let upper = upperDouble
        if !upper.isFinite { return .greatestFiniteMagnitude }
        return Magnitude(upper) > self ? upper.nextDown : upper
    }

    /// The absolute value of the rational, rounded up.
    /// - Error: a factor of at most 1 + 2^-52.
    public init(_ value: Rational) {
        self = Magnitude.rounded(value, up: true)
    }

    /// The absolute value of the rational, rounded down: a valid divisor of ``/(_:_:)``.
    /// - Error: a factor of at least 1 - 2^-52.
    public static func lowerBound(of value: Rational) -> Magnitude {
        rounded(value, up: false)
    }

    private static func rounded(_ value: Rational, up: Bool) -> Magnitude {
        if value.isZero { return .zero }
        let numerator = value.numerator.magnitude
        let denominator = value.denominator.magnitude
        // The scaled quotient has 54 or 55 bits; the top 53 of them are the mantissa.
        let shift = 55 - (numerator.bitWidth - denominator.bitWidth)
        let (quotient, remainder) = shift >= 0
            ? (numerator << shift).quotientAndRemainder(dividingBy: denominator)
            : numerator.quotientAndRemainder(dividingBy: denominator << -shift)
        let extra = quotient.bitWidth - 53
        let top = UInt64(quotient >> extra)
        let isExact = remainder.isZero && quotient.trailingZeroBitCount >= extra
        return Magnitude(factor: Double(up && !isExact ? top + 1 : top), exponent: extra - shift)
    }

    /// The exact value. Nil for infinity, and beyond exponents of 2^24 either way, where the digits would not fit.
    public var asRational: Rational? {
        if isZero { return .zero }
        guard isFinite, Swift.abs(exponent) <= Magnitude.rationalExponentLimit else { return nil }
        return Rational(dyadic: BigInt(Int(mantissa * 0x1p53)), exponent: exponent - 53)
    }

    /// Beyond this binary exponent no exact rational is made.
    static var rationalExponentLimit: Int { 1 << 24 }
}

extension Magnitude: CustomStringConvertible {
    /// `1.5*2^-5000`: exact, because the shortest decimal form of a double reads back as the same double.
    public var description: String {
        if isZero { return "0" }
        guard isFinite else { return "infinity" }
        return "\(mantissa * 2)*2^\(exponent - 1)"
    }
}

extension Rational {
    /// integer * 2^exponent.
    init(dyadic integer: BigInt, exponent: Int) {
        if integer.isZero {
            self = .zero
            return
        }
        // Trailing zeros go first, so that no large gcd is taken.
        let zeros = integer.trailingZeroBitCount
        let odd = integer >> zeros
        let shift = exponent + zeros
        self = shift >= 0 ? Rational(odd << shift) : Rational(odd) * Rational.powerOfTwo(shift)
    }
}
