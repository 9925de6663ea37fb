import Exact
import Testing

@testable import Arithmetic

struct DecimalBoundsTests {
    @Test func texts() {
        let table: [(Rational, Int, String, String)] = [
            (0, 5, "0", "0"), (1, 5, "1", "1"), (-1, 1, "-1", "-1"), (Rational(1, 3), 4, "0.3333", "0.3334"),
            (Rational(-1, 3), 4, "-0.3334", "-0.3333"), (Rational(2, 3), 1, "0.6", "0.7"),
            (Rational(999_999, 1000), 3, "999", "1000"), (Rational(-999_999, 1000), 3, "-1000", "-999"),
            (Rational(1, 100_000), 5, "0.00001", "0.00001"), (Rational(1, 1_000_000), 5, "1e-6", "1e-6"),
            (Rational(BigInt(10).power(20)), 5, "100000000000000000000", "100000000000000000000"),
            (Rational(BigInt(10).power(21)), 5, "1e21", "1e21"),
            (Rational(BigInt(12), BigInt(10).power(301)), 5, "1.2e-300", "1.2e-300"),
            (Rational(123_456), 3, "123000", "124000"), (Rational(-2_147_367_662_141_475, BigInt(10).power(15)), 16,
                "-2.147367662141475", "-2.147367662141475"),
            (Rational(-2_147_367_662_141_475, BigInt(10).power(15)), 3, "-2.15", "-2.14"),
        ]
        for (value, digits, low, high) in table {
            #expect(value.decimal(digits: digits, rounded: .down) == low)
            #expect(value.decimal(digits: digits, rounded: .up) == high)
        }
    }

    /// Reads a decimal text exactly.
    private func read(_ text: String) -> Rational {
        let parts = text.split(separator: "e")
        let exponent = parts.count > 1 ? Int(parts[1])! : 0
        let number = parts[0].split(separator: ".")
        let places = number.count > 1 ? number[1].count : 0
        let integer = BigInt(number.joined())!
        return Rational(integer) * Rational(10).power(exponent - places)!
    }

    @Test func textsAreBounds() {
        let found = complaints(cases: 3000) { random in
            let shift = random.within(-200...200)
            let numerator = BigInt(Int(bitPattern: UInt(random.next()))) >> random.below(60)
            let value = Rational(numerator, BigInt(random.next() >> random.below(60)) + 1) * Rational.powerOfTwo(shift)
            let digits = random.within(1...20)
            let low = read(value.decimal(digits: digits, rounded: .down))
            let high = read(value.decimal(digits: digits, rounded: .up))
            guard low <= value, value <= high, high - low <= value.magnitude * Rational(10).power(1 - digits)! else {
                return "\(value) with \(digits) digits: \(low), \(high)"
            }
            let ball = DoubleBall.draw(&random, bits: 53, isCalm: true)
            guard let bounds = ball.exactBounds else { return nil }
            let text = ball.decimalBounds(digits: digits)
            guard read(text.lo) <= bounds.lower.asRational, bounds.upper.asRational <= read(text.hi) else {
                return "\(ball.exactForm): \(text)"
            }
            return nil
        }
        #expect(found == nil, "\(found ?? "")")
    }
}
