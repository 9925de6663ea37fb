import Exact
import Testing

/// The exact value of `-12.5`, `1.25e-300`.
private func value(of decimal: String) -> Rational {
    var text = decimal[...]
    let negative = text.hasPrefix("-")
    if negative { text = text.dropFirst() }
    let parts = text.split(separator: "e")
    let exponent = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
    let halves = parts[0].split(separator: ".")
    let fraction = halves.count == 2 ? halves[1].count : 0
    let digits = Rational(BigInt(halves.joined()) ?? 0)
    let scale = Rational(10).power(exponent - fraction) ?? 1
    return negative ? -(digits * scale) : digits * scale
}

private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

@Test func directedDecimalsEncloseEveryRational() {
    var random = SplitMix64(state: 1)
    for _ in 0..<2_000 {
        let bits = Int.random(in: 1...300, using: &random)
        let sign: BigInt = Bool.random(using: &random) ? 1 : -1
        let numerator = sign * BigInt(BigUInt.randomInteger(withMaximumWidth: bits, using: &random))
        let denominator = BigInt(BigUInt.randomInteger(withMaximumWidth: Int.random(in: 1...300, using: &random), using: &random)) + 1
        let x = Rational(numerator, denominator)
        let digits = Int.random(in: 1...40, using: &random)
        let low = value(of: x.decimal(significantDigits: digits, rounding: .down))
        let high = value(of: x.decimal(significantDigits: digits, rounding: .up))
        #expect(low <= x && x <= high, "\(x) with \(digits) digits: [\(low), \(high)]")
        if let exponent = x.decimalExponent, let unit = Rational(10).power(exponent - digits + 1) {
            #expect(high - low <= unit, "\(x) with \(digits) digits: [\(low), \(high)]")
        }
    }
}

@Test func decimalsThatTerminateAreExact() {
    var random = SplitMix64(state: 2)
    for _ in 0..<500 {
        let integer = BigInt(Int.random(in: -999_999...999_999, using: &random))
        let scale = Rational(10).power(Int.random(in: -30...30, using: &random)) ?? 1
        let x = Rational(integer) * scale
        #expect(value(of: x.decimal(significantDigits: 6, rounding: .down)) == x, "\(x)")
        #expect(x.decimal(significantDigits: 6, rounding: .down) == x.decimal(significantDigits: 6, rounding: .up), "\(x)")
    }
}

@Test(arguments: [
    (Rational(0), 3, "0", "0"),
    (Rational(1, 3), 3, "0.333", "0.334"),
    (Rational(-1, 3), 3, "-0.334", "-0.333"),
    (Rational(2, 5), 6, "0.4", "0.4"),
    (Rational(9999), 2, "9900", "10000"),
    (Rational(-9999), 2, "-10000", "-9900"),
    (Rational(12345), 2, "12000", "13000"),
    (Rational(1, 100_000), 3, "0.00001", "0.00001"),
    (Rational(1, 1_000_000), 3, "1e-6", "1e-6"),
    (Rational(5, 4) * (Rational(10).power(-300) ?? 0), 5, "1.25e-300", "1.25e-300"),
    (Rational(BigInt(10).power(20)), 1, "100000000000000000000", "100000000000000000000"),
    (Rational(BigInt(10).power(21) * 3), 1, "3e21", "3e21"),
    (Rational(22, 7), 1, "3", "4"),
    (Rational(199, 2), 3, "99.5", "99.5"),
    (Rational(999_999_999, 1_000_000), 4, "999.9", "1000"),
])
func decimalsAreWrittenLikeThis(x: Rational, digits: Int, down: String, up: String) {
    #expect(x.decimal(significantDigits: digits, rounding: .down) == down)
    #expect(x.decimal(significantDigits: digits, rounding: .up) == up)
}
