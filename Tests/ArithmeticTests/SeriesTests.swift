import Exact
import Testing

@testable import Arithmetic

/// Series kernels against exact rational recurrences, for points inside the coefficient balls.
struct SeriesTests {
    static let order = 7

    /// Coefficient balls around rationals, and one rational point inside each.
    static func draw<S: EnclosureSpan>(
        _ random: inout TestRandom, constant: Int?, _ span: S, at position: Int
    ) -> [Rational] {
        typealias E = S.Element
        return Self.drawn(&random, constant) { j, value, radius in
            span[position + j] = E(value, bits: span.bits).widened(by: Magnitude(radius))
        }
    }

    private static func drawn(
        _ random: inout TestRandom, _ constant: Int?, _ set: (Int, Rational, Rational) -> Void
    ) -> [Rational] {
        (0...order).map { j in
            if j == 0, let constant {
                set(0, Rational(constant), .zero)
                return Rational(constant)
            }
            let value = Rational(BigInt(random.within(-40...40)), BigInt(random.within(1...9)))
            let isWide = random.chance(1, of: 2)
            let radius = isWide ? Rational(1, 1 << 30) : Rational.zero
            set(j, value, radius)
            return value + radius * Rational(BigInt(random.within(-8...8)), 8)
        }
    }

    func check<E: TestedEnclosure>(_: E.Type, cases: Int) -> String? where E.Span.Element == E {
        complaints(cases: cases) { random in
            let n = Self.order + 1
            let bits = E.drawBits(&random) + 20
            let vector = BallVector<E>(count: 8 * n, bits: bits)
            let s = vector.span
            let (a, b, c, wa, wc, d, r) = (0, n, 2 * n, 3 * n, 4 * n, 5 * n, 6 * n)
            let which = random.below(11)
            // Functions start at a point where they are rational.
            let constants: [Int?] = [nil, nil, nil, nil, 0, 1, 1, 0, nil, 4, nil]
            let x = Self.draw(&random, constant: constants[which], s, at: a)
            let y = Self.draw(&random, constant: 1 + random.below(5), s, at: b)
            var expected = [Rational](repeating: .zero, count: n)
            func sum(_ range: Range<Int>, _ term: (Int) -> Rational) -> Rational {
                range.reduce(Rational.zero) { $0 + term($1) }
            }
            switch which {
            case 0:
                for j in 0..<n {
                    s.productCoefficient(j, c, a, b)
                    expected[j] = sum(0..<j + 1) { x[$0] * y[j - $0] }
                }
            case 1:
                for j in 0..<n {
                    s.squareCoefficient(j, c, a)
                    expected[j] = sum(0..<j + 1) { x[$0] * x[j - $0] }
                }
            case 2:
                for j in 0..<n {
                    s.quotientCoefficient(j, c, a, b)
                    expected[j] = (x[j] - sum(1..<j + 1) { y[$0] * expected[j - $0] }) / y[0]
                }
            case 3:
                for j in 0..<n {
                    s.reciprocalCoefficient(j, c, b)
                    expected[j] = ((j == 0 ? 1 : 0) - sum(1..<j + 1) { y[$0] * expected[j - $0] }) / y[0]
                }
            case 4:
                s[c] = s[a].exp()
                expected[0] = 1
                for j in 1..<n {
                    s.weightedCoefficient(j, wa, a)
                    s.exponentialCoefficient(j, c, wa)
                    expected[j] = sum(1..<j + 1) { Rational($0) * x[$0] * expected[j - $0] } / Rational(j)
                }
            case 5:
                s[c] = s[a].log()
                for j in 1..<n {
                    s.logarithmCoefficient(j, c, wc, a)
                    expected[j] = x[j] - sum(1..<j) { Rational($0) * expected[$0] * x[j - $0] } / Rational(j)
                }
            case 6:
                let exponent = Rational(BigInt(random.within(-9...9)), 4)
                s[r] = E(exponent, bits: bits)
                s[c] = s[a].power(exponent)
                expected[0] = 1
                for j in 1..<n {
                    s.weightedCoefficient(j, wa, a)
                    s.powerCoefficient(j, c, wa, wc, a, exponent: r)
                    // J. C. P. Miller's formula: another arrangement than the kernel's.
                    expected[j] =
                        sum(1..<j + 1) { (exponent * Rational($0) - Rational(j - $0)) * x[$0] * expected[j - $0] }
                        / Rational(j)
                }
            case 7:
                var cosine = expected
                s[c] = s[a].sin()
                s[d] = s[a].cos()
                cosine[0] = 1
                for j in 1..<n {
                    s.weightedCoefficient(j, wa, a)
                    s.sineCosineCoefficient(j, c, d, wa)
                    expected[j] = sum(1..<j + 1) { Rational($0) * x[$0] * cosine[j - $0] } / Rational(j)
                    cosine[j] = -sum(1..<j + 1) { Rational($0) * x[$0] * expected[j - $0] } / Rational(j)
                }
            case 8:
                // The integral of b a'.
                expected[0] = 0
                for j in 1..<n {
                    s.weightedCoefficient(j, wa, a)
                    s.integratedProductCoefficient(j, c, b, wa)
                    expected[j] = sum(1..<j + 1) { Rational($0) * x[$0] * y[j - $0] } / Rational(j)
                }
            case 9:
                s[c] = s[a].sqrt()
                expected[0] = 2
                for j in 1..<n {
                    s.squareRootCoefficient(j, c, a, doubled: r)
                    expected[j] = (x[j] - sum(1..<j) { expected[$0] * expected[j - $0] }) / 4
                }
            default:
                for j in 0..<n - 1 {
                    s.derivativeCoefficient(j, c, a)
                    expected[j] = Rational(j + 1) * x[j + 1]
                }
            }
            for j in 0..<n {
                guard let low = s[c + j].lowerBound, let high = s[c + j].upperBound else {
                    return "kernel \(which), coefficient \(j): no information, a = \(x), b = \(y)"
                }
                guard low <= expected[j], expected[j] <= high else {
                    return """
                        kernel \(which), coefficient \(j), \(bits) bits
                          a: \((0..<n).map { s[a + $0].exactForm })
                          b: \((0..<n).map { s[b + $0].exactForm })
                          points: \(x), \(y)
                          exact: \(expected[j])
                          result: \(s[c + j].exactForm)
                        """
                }
            }
            return nil
        }
    }

    @Test func doubleBalls() {
        let found = check(DoubleBall.self, cases: 800)
        #expect(found == nil, "\(found ?? "")")
    }

    @Test func balls() {
        let found = check(Ball.self, cases: 500)
        #expect(found == nil, "\(found ?? "")")
    }

    @Test func wholeSeries() {
        let x = BallSeries<Ball>([1, Rational(1, 3), Rational(-2, 7), 5, Rational(1, 9)], bits: 160)
        let roundTrip = x.logarithm().exponential()
        let square = x.times(x)
        let one = x.dividedBy(x)
        let power = x.power(Rational(1, 2))
        let root = power.times(power)
        let viaPower = x.power(Rational(2))
        let coefficients: [Rational] = [1, Rational(1, 3), Rational(-2, 7), 5, Rational(1, 9)]
        for j in 0...4 {
            #expect(roundTrip[j].lowerBound! <= coefficients[j] && coefficients[j] <= roundTrip[j].upperBound!)
            #expect(root[j].lowerBound! <= coefficients[j] && coefficients[j] <= root[j].upperBound!)
            #expect(roundTrip[j].radius < .powerOfTwo(-140))
            #expect(one[j].lowerBound! <= (j == 0 ? 1 : 0) && (j == 0 ? 1 : 0) <= one[j].upperBound!)
            #expect(!(viaPower[j] - square[j]).isCertainlyPositive && !(viaPower[j] - square[j]).isCertainlyNegative)
        }
        let squares = x.squareRoot().squared()
        let unit = x.times(x.reciprocal())
        let fifth = x.power(5)
        let product = x.times(square).times(square)
        for j in 0...4 {
            #expect(squares[j].lowerBound! <= coefficients[j] && coefficients[j] <= squares[j].upperBound!)
            #expect(squares[j].radius < .powerOfTwo(-150))
            #expect(unit[j].lowerBound! <= (j == 0 ? 1 : 0) && (j == 0 ? 1 : 0) <= unit[j].upperBound!)
            #expect(!(fifth[j] - product[j]).isCertainlyPositive && !(fifth[j] - product[j]).isCertainlyNegative)
            #expect(x.power(1)[j].hull(x[j]).radius == x[j].radius)
        }
        let t = Rational(1, 8)
        let exact = coefficients.enumerated().reduce(Rational.zero) { $0 + $1.element * t.power($1.offset)! }
        let value = x.evaluated(at: Ball(t, bits: 160))
        #expect(value.lowerBound! <= exact && exact <= value.upperBound!)
    }
}
