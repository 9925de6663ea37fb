extension Rational {
    /// The side on which a rounded number may lie.
    public enum Rounding: Sendable {
        /// Towards minus infinity: the result is not above the value.
        case down
        /// Towards plus infinity: the result is not below the value.
        case up
    }

    /// A decimal with at most the given number of significant digits on the given side of the value.
    ///
    /// Plain notation for leading digits from 10^-5 to 10^20, scientific outside: `0.00012`, `1.25e-300`. Trailing
    /// zeros are left out.
    /// - Error: less than one unit of the last digit; none if the value has a decimal with so few digits.
    /// - Domain: every rational; `significantDigits` at least 1.
    public func decimal(significantDigits: Int, rounding: Rounding) -> String {
        precondition(significantDigits >= 1, "a decimal has at least one digit")
        if isZero { return "0" }
        let awayFromZero = (rounding == .up) != isNegative
        var (digits, exponent) = magnitude.leadingDigits(significantDigits, roundedUp: awayFromZero)
        while digits.count > 1, digits.last == "0" {
            digits.removeLast()
        }
        return (isNegative ? "-" : "") + Self.written(digits, exponent: exponent)
    }

    /// The largest e with 10^e <= |x|; nil for 0.
    public var decimalExponent: Int? {
        if isZero { return nil }
        let value = magnitude
        // log10(2) = 0.30102...: off by a few at most, and the comparisons below make it exact.
        var exponent = (numerator.magnitude.bitWidth - denominator.magnitude.bitWidth) * 30_103 / 100_000
        while value.isBelow(powerOfTen: exponent) { exponent -= 1 }
        while !value.isBelow(powerOfTen: exponent + 1) { exponent += 1 }
        return exponent
    }

    private func isBelow(powerOfTen exponent: Int) -> Bool {
        let power = BigInt(10).raised(to: Swift.abs(exponent))
        return exponent >= 0 ? numerator < denominator * power : numerator * power < denominator
    }

    /// `count` digits d and e with |x| in [d, d + 1] 10^(e - count + 1), one of its ends as asked.
    private func leadingDigits(_ count: Int, roundedUp: Bool) -> (digits: String, exponent: Int) {
        let exponent = decimalExponent ?? 0
        let shift = count - 1 - exponent
        let power = BigInt(10).raised(to: Swift.abs(shift))
        // A quotient of a few digits: no rational is made, whose greatest common divisor would take longest.
        let (quotient, remainder) = shift >= 0
            ? (numerator * power).quotientAndRemainder(dividingBy: denominator)
            : numerator.quotientAndRemainder(dividingBy: denominator * power)
        // 9.99 rounds up to 10.0: one digit more, and the last one is a zero.
        let digits = String(roundedUp && !remainder.isZero ? quotient + 1 : quotient)
        return digits.count > count ? (String(digits.dropLast()), exponent + 1) : (digits, exponent)
    }

    private static func written(_ digits: String, exponent: Int) -> String {
        guard (-5...20).contains(exponent) else {
            let fraction = digits.dropFirst()
            return digits.prefix(1) + (fraction.isEmpty ? "" : ".\(fraction)") + "e\(exponent)"
        }
        if exponent < 0 {
            return "0." + String(repeating: "0", count: -exponent - 1) + digits
        }
        let whole = exponent + 1
        if digits.count <= whole {
            return digits + String(repeating: "0", count: whole - digits.count)
        }
        return digits.prefix(whole) + "." + digits.dropFirst(whole)
    }
}
