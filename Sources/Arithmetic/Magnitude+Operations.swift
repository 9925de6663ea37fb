extension Magnitude {
    /// Exponents above this become infinity, exponents below its negative become this small: sums of two exponents
    /// stay far inside `Int`.
    @inlinable static var exponentLimit: Int { 1 << 61 }

    /// 0.
    @inlinable public static var zero: Magnitude { Magnitude(normalized: 0, 0) }
    /// No bound at all.
    @inlinable public static var infinity: Magnitude { Magnitude(normalized: .infinity, 0) }
    /// The smallest positive value: what an underflow becomes.
    @inlinable public static var leastPositive: Magnitude { Magnitude(normalized: 0.5, -exponentLimit) }

    /// Whether it is 0.
    @inlinable public var isZero: Bool { mantissa == 0 }
    /// Whether it bounds anything.
    @inlinable public var isFinite: Bool { mantissa < .infinity }

    /// factor * 2^exponent, exactly, for factor >= 0; a NaN or a negative factor is infinity.
    @inlinable
    init(factor: Double, exponent: Int) {
        guard factor >= 0, factor < .infinity else {
            self = .infinity
            return
        }
        if factor == 0 {
            self = .zero
            return
        }
        // A subnormal factor is first made normal, which is exact.
        let isSubnormal = factor < 0x1p-1022
        let bits = (isSubnormal ? factor * 0x1p64 : factor).bitPattern
        let shift = Int(bits >> 52) &- (isSubnormal ? 1086 : 1022)
        let fraction = Double(bitPattern: (bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FE0_0000_0000_0000)
        let (sum, overflow) = exponent.addingReportingOverflow(shift)
        if overflow || sum > Self.exponentLimit || sum < -Self.exponentLimit {
            self = (overflow ? exponent > 0 : sum > 0) ? .infinity : .leastPositive
            return
        }
        self.init(normalized: fraction, sum)
    }

    /// The double itself. Negative numbers, NaN and infinity are infinity.
    @inlinable
    public init(_ value: Double) {
        self.init(factor: value, exponent: 0)
    }

    /// 2^exponent.
    @inlinable
    public static func powerOfTwo(_ exponent: Int) -> Magnitude {
        Magnitude(factor: 1, exponent: exponent)
    }

    /// - Error: a factor of at most 1 + 2^-52.
    @inlinable
    public static func + (a: Magnitude, b: Magnitude) -> Magnitude {
        if a.isZero { return b }
        if b.isZero { return a }
        guard a.isFinite, b.isFinite else { return .infinity }
        let (large, small) = a.exponent >= b.exponent ? (a, b) : (b, a)
        let shift = large.exponent &- small.exponent
        // Below a quarter of the last place of the larger number, the next double is an upper bound.
        if shift > 60 { return Magnitude(factor: large.mantissa.nextUp, exponent: large.exponent) }
        let aligned = small.mantissa * Double(bitPattern: UInt64(1023 &- shift) << 52)
        let sum = large.mantissa + aligned
        // Fast two-sum (Dekker 1971): the error of the sum, exactly, because the larger exponent comes first.
        let error = aligned - (sum - large.mantissa)
        return Magnitude(factor: error > 0 ? sum.nextUp : sum, exponent: large.exponent)
    }

    /// - Error: a factor of at most 1 + 2^-51; exact if one operand is a power of two.
    @inlinable
    public static func * (a: Magnitude, b: Magnitude) -> Magnitude {
        guard a.isFinite, b.isFinite else { return .infinity }
        if a.isZero || b.isZero { return .zero }
        let product = a.mantissa * b.mantissa
        let isExact = a.mantissa == 0.5 || b.mantissa == 0.5
        return Magnitude(factor: isExact ? product : product.nextUp, exponent: a.exponent &+ b.exponent)
    }

    /// An upper bound of the quotient of the two numbers as given: the divisor has to be a *lower* bound of what it
    /// stands for. x / 0 is infinity. An infinite divisor can only come from rounding up, so it bounds nothing from
    /// below, and the quotient is infinity too.
    /// - Error: a factor of at most 1 + 2^-51; exact if the divisor is a power of two.
    @inlinable
    public static func / (a: Magnitude, b: Magnitude) -> Magnitude {
        guard a.isFinite, b.isFinite, !b.isZero else { return .infinity }
        if a.isZero { return .zero }
        let quotient = a.mantissa / b.mantissa
        return Magnitude(factor: b.mantissa == 0.5 ? quotient : quotient.nextUp, exponent: a.exponent &- b.exponent)
    }

    /// 2^n times the value, exactly (within the exponent range).
    @inlinable
    public func scaled(byPowerOfTwo n: Int) -> Magnitude {
        if isZero || !isFinite { return self }
        let (sum, overflow) = exponent.addingReportingOverflow(n)
        return Magnitude(factor: mantissa, exponent: overflow ? (n > 0 ? .max : .min) : sum)
    }

    /// The n-th power, with x^0 = 1, also for infinity.
    /// - Error: a factor of at most (1 + 2^-51)^n.
    /// - Domain: n >= 0.
    @inlinable
    public func power(_ n: Int) -> Magnitude {
        precondition(n >= 0, "a magnitude is raised to a non-negative power")
        var result = Magnitude(normalized: 0.5, 1)
        var square = self
        var rest = n
        while rest > 0 {
            if rest & 1 == 1 { result = result * square }
            rest >>= 1
            if rest > 0 { square = square * square }
        }
        return result
    }

    /// - Error: a factor of at most 1 + 2^-51.
    @inlinable
    public func squareRoot() -> Magnitude {
        if isZero || !isFinite { return self }
        let isOdd = exponent & 1 != 0
        let radicand = isOdd ? mantissa * 2 : mantissa
        let root = radicand.squareRoot()
        return Magnitude(factor: radicand == 1 ? 1 : root.nextUp, exponent: (exponent &- (isOdd ? 1 : 0)) >> 1)
    }

    /// A lower bound of a - b; 0 if that is not positive or a is infinite: the one operation that rounds down.
    @inlinable
    public static func lowerDifference(_ a: Magnitude, _ b: Magnitude) -> Magnitude {
        guard a.isFinite, b < a else { return .zero }
        if b.isZero { return a }
        let shift = a.exponent &- b.exponent
        if shift > 60 { return Magnitude(factor: a.mantissa.nextDown, exponent: a.exponent) }
        let aligned = b.mantissa * Double(bitPattern: UInt64(1023 &- shift) << 52)
        let difference = a.mantissa - aligned
        let error = (a.mantissa - difference) - aligned
        return Magnitude(factor: error < 0 ? difference.nextDown : difference, exponent: a.exponent)
    }

    /// The larger one, exactly.
    @inlinable
    public static func max(_ a: Magnitude, _ b: Magnitude) -> Magnitude {
        a < b ? b : a
    }

    /// The smaller one, exactly.
    @inlinable
    public static func min(_ a: Magnitude, _ b: Magnitude) -> Magnitude {
        a < b ? a : b
    }

    /// Adds, rounded up.
    @inlinable public static func += (a: inout Magnitude, b: Magnitude) { a = a + b }
    /// Multiplies, rounded up.
    @inlinable public static func *= (a: inout Magnitude, b: Magnitude) { a = a * b }
}

extension Magnitude: Comparable {
    /// The order of the represented numbers, exactly.
    @inlinable
    public static func < (a: Magnitude, b: Magnitude) -> Bool {
        if a.isZero || b.isZero || !a.isFinite || !b.isFinite { return a.mantissa < b.mantissa }
        return a.exponent == b.exponent ? a.mantissa < b.mantissa : a.exponent < b.exponent
    }
}
