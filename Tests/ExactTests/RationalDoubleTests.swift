import Exact
import Testing

/// Doubles of every size, the borders among them.
private func doubles(_ random: inout SplitMix) -> [Double] {
    let borders = [
        0, 1, 0.1, Double.greatestFiniteMagnitude, .leastNormalMagnitude, .leastNonzeroMagnitude, Double.leastNormalMagnitude.nextDown,
    ]
    let bits = (0..<400).map { _ in Double(bitPattern: random.next()) }.filter(\.isFinite)
    return borders + borders.map { -$0 } + bits
}

@Test func doublesConvertExactlyBothWays() {
    var random = SplitMix(seed: 6)
    for value in doubles(&random) {
        let exact = Rational(exactly: value)
        #expect(exact?.approximation == value, "value = \(value)")
        #expect(exact.map { $0.denominator.magnitude.trailingZeroBitCount + 1 } == exact.map(\.denominator.magnitude.bitWidth))
    }
    for value in [Double.infinity, -.infinity, .nan] { #expect(Rational(exactly: value) == nil) }
}

@Test func exactValueOfKnownDoubles() {
    #expect(Rational(exactly: 0.5) == Rational(1, 2))
    #expect(Rational(exactly: -0.0) == .zero)
    #expect(Rational(exactly: 0.1) == Rational(3_602_879_701_896_397, BigInt(1) << 55))
    #expect(Rational(exactly: .leastNonzeroMagnitude) == Rational.powerOfTwo(-1074))
}

@Test func approximationIsWithinOneUnit() {
    var random = SplitMix(seed: 7)
    for _ in 0..<400 {
        let value = random.nonZeroRational()
        guard let guess = Rational(exactly: value.approximation) else { continue }
        #expect((guess - value).magnitude <= value.magnitude * Rational.powerOfTwo(-52), "value = \(value)")
    }
}

@Test func approximationOfTheVeryLargeAndVerySmall() {
    let large = Rational.powerOfTwo(5000)
    #expect(large.approximation == .infinity)
    #expect((-large).approximation == -.infinity)
    #expect(Rational.powerOfTwo(1024).approximation == .infinity)
    #expect(Rational.powerOfTwo(1023).approximation == 0x1p1023)
    #expect(Rational.powerOfTwo(-5000).approximation == 0)
    #expect(Rational.powerOfTwo(-1074).approximation == .leastNonzeroMagnitude)
    #expect((Rational.powerOfTwo(-1074) * Rational(3)).approximation == 3 * .leastNonzeroMagnitude)
    #expect(Rational.powerOfTwo(-1080).approximation == 0)
    #expect(Rational.zero.approximation == 0)
    // Numerator and denominator beyond the doubles, their quotient within.
    #expect((large / (large * 3 + 1)).approximation == 1.0 / 3)
}
