import Exact
import Testing

@Test(arguments: [
    ("12", Rational(12)), ("0", Rational(0)), ("007", Rational(7)), ("0.49", Rational(49, 100)),
    ("1.5e-3", Rational(3, 2000)), ("1.5E3", Rational(1500)), ("2e+2", Rational(200)), ("0.000", Rational(0)),
    ("2.50", Rational(5, 2)), ("0e1000000", Rational(0)), ("0.125e1", Rational(5, 4)),
])
func decimalsAreExact(text: String, value: Rational) {
    #expect(Rational(decimal: text) == value)
    #expect(Rational(parsing: text) == value)
    #expect(Rational(parsing: "-\(text)") == -value)
    #expect(Rational(parsing: "+\(text)") == value)
}

@Test(arguments: [
    ("3/2", Rational(3, 2)), ("-6/4", Rational(-3, 2)), ("1.5/2", Rational(3, 4)), ("1/1e3", Rational(1, 1000)),
    ("0x1.8p-3", Rational(3, 16)), ("-0x1p3", Rational(-8)), ("0xFFp0", Rational(255)), ("0x0.1p4", Rational(1)),
    ("0x1.921fb54442d18p1", Rational(884_279_719_003_555, 281_474_976_710_656)),
])
func commandLineNumbersAreExact(text: String, value: Rational) {
    #expect(Rational(parsing: text) == value)
}

@Test(arguments: [
    "", "-", ".5", "5.", "1e", "1e+", "e3", "1.5e-1000001", "1e1000001", "1e99999999999999999999", "1/0", "1/", "/2", "1/2/3",
    "1/-2", "--1", " 1", "1 ", "0x", "0x1.8", "0x.8p1", "0x1.p1", "0x1p", "0x1p1.5", "0x1pp1", "0xgp1", "0x1p1000001", "1_000",
    "1,5", "inf", "nan", "٣", "1e٣", "0x1/2",
])
func otherTextIsNoNumber(text: String) {
    #expect(Rational(parsing: text) == nil)
}

@Test func descriptionReadsBack() {
    var random = SplitMix(seed: 8)
    for _ in 0..<400 {
        let value = random.rational()
        #expect(Rational(parsing: value.description) == value, "value = \(value)")
    }
}

@Test func decimalsReduceToLowestTerms() {
    var random = SplitMix(seed: 9)
    for _ in 0..<400 {
        let digits = (0..<Int.random(in: 1...30, using: &random)).map { _ in "\(Int.random(in: 0...9, using: &random))" }.joined()
        let exponent = Int.random(in: -40...40, using: &random)
        let expected = Rational(BigInt(digits) ?? 0) * (Rational(10).power(exponent) ?? 0)
        let value = Rational(decimal: "\(digits)e\(exponent)")
        #expect(value == expected, "\(digits)e\(exponent)")
        #expect(value.map { $0.numerator.greatestCommonDivisor(with: $0.denominator) } == 1, "\(digits)e\(exponent)")
    }
}

@Test func largestExponentsAreQuick() {
    #expect(Rational(decimal: "1e1000000")?.denominator == 1)
    #expect(Rational(decimal: "2.5e-1000000")?.numerator == 1)
}
