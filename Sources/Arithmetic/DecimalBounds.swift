import Exact

/// The direction of a rounding.
public enum RoundingDirection: Sendable {
    case down, up
}

extension Rational {
    /// The value in decimal with at most `digits` significant digits, rounded in the direction given: `down` is never
    /// above the value and `up` never below it; exact if the digits suffice. Plain notation for decimal exponents
    /// from -5 to 20, else scientific (`1.2e-300`). Trailing zeros are dropped.
    /// - Domain: digits >= 1.
    public func decimal(digits: Int, rounded direction: RoundingDirection) -> String {
        precondition(digits >= 1, "a decimal number has at least one digit")
        if isZero { return "0" }
        let size = magnitude
        // The largest e with 10^e <= size: the estimate from the binary length is off by at most one.
        let binary = Double(size.numerator.bitWidth - size.denominator.bitWidth)
        var exponent = Int((binary * 0.30102999566398120).rounded(.down))
        while !size.isAtLeastPowerOfTen(exponent) { exponent -= 1 }
        while size.isAtLeastPowerOfTen(exponent + 1) { exponent += 1 }

        let place = exponent - digits + 1
        let (numerator, denominator) = size.scaledByPowerOfTen(-place)
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        let away = (direction == .up) != isNegative
        let integer = away && !remainder.isZero ? quotient + 1 : quotient
        return (isNegative ? "-" : "") + decimalText("\(integer)", place: place)
    }

    private func isAtLeastPowerOfTen(_ exponent: Int) -> Bool {
        let (numerator, denominator) = scaledByPowerOfTen(-exponent)
        return numerator >= denominator
    }

    /// Numerator and denominator of the value times 10^exponent, not reduced.
    private func scaledByPowerOfTen(_ exponent: Int) -> (BigInt, BigInt) {
        let power = BigInt(10).power(Swift.abs(exponent))
        return exponent >= 0 ? (numerator * power, denominator) : (numerator, denominator * power)
    }
}

/// integer * 10^place, without trailing zeros.
private func decimalText(_ integer: String, place: Int) -> String {
    var digits = integer
    var place = place
    while digits.hasSuffix("0") {
        digits.removeLast()
        place += 1
    }
    let exponent = place + digits.count - 1
    guard exponent >= -5, exponent <= 20 else {
        let tail = digits.dropFirst()
        return "\(digits.prefix(1))\(tail.isEmpty ? "" : ".\(tail)")e\(exponent)"
    }
    if place >= 0 { return digits + String(repeating: "0", count: place) }
    if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + digits }
    return "\(digits.prefix(exponent + 1)).\(digits.dropFirst(exponent + 1))"
}

extension Enclosure {
    /// The bounds in decimal, rounded outward: the decimal interval contains the set. `-inf` and `inf` without
    /// information.
    public func decimalBounds(digits: Int) -> (lo: String, hi: String) {
        (
            lowerBound?.decimal(digits: digits, rounded: .down) ?? "-inf",
            upperBound?.decimal(digits: digits, rounded: .up) ?? "inf"
        )
    }
}
