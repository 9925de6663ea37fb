import Exact
import Testing

@testable import Arithmetic

/// Zero midpoints, missing information, overflow, underflow, huge exponents: the documented result, one by one.
struct EdgeTests {
    func noInformationStays<E: TestedEnclosure>(_: E.Type) {
        let bits = 64
        let nothing = E.noInformation(bits: bits)
        let zero = E(exactly: 0, bits: bits)
        let two = E(exactly: 2, bits: bits)
        let results: [(String, E)] = [
            ("0 *", zero * nothing), ("* 0", nothing * zero), ("+", nothing + two), ("-", two - nothing),
            ("/", two / nothing), ("0 /", zero / nothing), ("/ 2", nothing / two), ("neg", -nothing),
            ("exp", nothing.exp()), ("expm1", nothing.expm1()), ("log", nothing.log()), ("log1p", nothing.log1p()),
            ("sin", nothing.sin()), ("cos", nothing.cos()), ("sinh", nothing.sinh()), ("cosh", nothing.cosh()),
            ("tanh", nothing.tanh()), ("asinh", nothing.asinh()), ("erf", nothing.erf()), ("sqrt", nothing.sqrt()),
            ("sigmoid", nothing.sigmoid()), ("softplus", nothing.softplus()), ("abs", nothing.abs()),
            ("relu", nothing.relu()), ("floor", nothing.floor()), ("min", E.min(nothing, two)),
            ("max", E.max(two, nothing)), ("power 2", nothing.power(2)), ("power 0", nothing.power(0)),
            ("power 1/3", nothing.power(Rational(1, 3))), ("hull", nothing.hull(two)),
            ("widened", nothing.widened(by: .zero)), ("rounded", nothing.rounded(toBits: 30)),
            ("infinite double", E(exactly: .infinity, bits: bits)), ("NaN", E(exactly: .nan, bits: bits)),
            // Outside the domain.
            ("log 0", zero.log()), ("log -2", (-two).log()), ("sqrt -2", (-two).sqrt()), ("1/0", two / zero),
            ("log1p -2", (-two).log1p()), ("0^-1", zero.power(-1)), ("(-2)^(1/3)", (-two).power(Rational(1, 3))),
            ("0^(-1/3)", zero.power(Rational(-1, 3))),
        ]
        for (name, result) in results {
            #expect(!result.isFinite, "\(name): \(result)")
            #expect(result.lowerBound == nil && result.upperBound == nil, "\(name)")
            #expect(!result.isCertainlyPositive && !result.isCertainlyNegative, "\(name)")
            #expect(!result.isCertainlyNonNegative && !result.isCertainlyNonPositive, "\(name)")
            #expect(result.magnitude == .infinity && result.mignitude == .zero, "\(name)")
        }
    }

    @Test func noInformation() {
        noInformationStays(DoubleBall.self)
        noInformationStays(Ball.self)
    }

    /// Every way to say "no information" in doubles, through the operators and the dot product.
    @Test func nanAndInfinityInDoubles() {
        let broken = [
            DoubleBall(mid: .nan, rad: 0), DoubleBall(mid: .infinity, rad: 0), DoubleBall(mid: -.infinity, rad: 1),
            DoubleBall(mid: 1, rad: .nan), DoubleBall(mid: 0, rad: .infinity), DoubleBall(mid: .nan, rad: .nan),
        ]
        let sound = [DoubleBall(mid: 0, rad: 0), DoubleBall(mid: 3, rad: 0), DoubleBall(mid: 0, rad: 2)]
        for a in broken {
            for b in broken + sound {
                for result in [a + b, b - a, a * b, b * a, a / b, b / a, a.hull(b), DoubleBall.max(a, b)] {
                    #expect(!result.isFinite, "\(a.exactForm), \(b.exactForm)")
                    #expect(!result.isCertainlyNonNegative && !result.isCertainlyNonPositive)
                }
                for n in 1...5 {
                    let vector = BallVector<DoubleBall>(count: 2 * n + 1, bits: 53)
                    for i in 0..<2 * n { vector.span[i] = b }
                    vector.span[n - 1] = a
                    vector.span.dot(2 * n, 0, n, count: n)
                    #expect(!vector.span.isFinite(2 * n), "dot of \(n): \(a.exactForm), \(b.exactForm)")
                    vector.span.convolve(2 * n, 0, 2 * n - 1, count: n)
                    #expect(!vector.span.isFinite(2 * n), "convolve of \(n): \(a.exactForm), \(b.exactForm)")
                }
            }
            for result in [a.exp(), a.sin(), a.abs(), a.power(2), a.power(3), a.sqrt(), a.sigmoid(), a.shifted(by: -5)] {
                #expect(!result.isFinite, "\(a.exactForm)")
            }
        }
    }

    @Test func noInformationInBallSpans() {
        let vector = BallVector<Ball>(count: 5, bits: 100)
        let s = vector.span
        s[1] = .noInformation(bits: 100)
        s[2] = Ball(Rational(3), bits: 100)
        for kernel in [
            { s.multiply(4, 0, 1) }, { s.add(4, 2, 1) }, { s.divide(4, 0, 1) }, { s.divide(4, 1, 2) },
            { s.scale(4, 1, by: 0) }, { s.divide(4, 1, by: 3) }, { s.shift(4, 1, by: -100) }, { s.negate(4, 1) },
            { s.dot(4, 0, 1, count: 2) }, { s.convolve(4, 0, 2, count: 3) }, { s.copy(4, from: s, 1) },
            { s.divide(4, 2, 0) }, { s.addProduct(4, 0, 1) },
        ] {
            s.setZero(4)
            kernel()
            #expect(!s.isFinite(4))
            #expect(!s[4].isFinite)
        }
        s.setMidpoint(4, 1)
        #expect(s[4].isExact && s[4].magnitude == .zero)
    }

    @Test func doublesNearOverflowAndUnderflow() {
        let huge = DoubleBall(exactly: .greatestFiniteMagnitude)
        let tiny = DoubleBall(exactly: 0x1p-1074)
        #expect(!(huge + huge).isFinite)
        #expect(!(huge * huge).isFinite)
        #expect(!(huge / tiny).isFinite)
        #expect(!DoubleBall(exactly: 800).exp().isFinite)
        #expect(!DoubleBall(Rational.powerOfTwo(1024)).isFinite)
        #expect((tiny * tiny).exactBounds!.contains(Dyadic(1, -2148)))
        #expect((tiny / huge).exactBounds!.contains(Dyadic(tiny.mid), over: Dyadic(huge.mid)))
        let small = DoubleBall(exactly: -2000).exp()
        #expect(small.isFinite && small.isCertainlyNonNegative && small.upperEndpoint <= 0x1p-1073)
        #expect(DoubleBall(Rational.powerOfTwo(-2000)).exactBounds!.contains(Dyadic(1, -2000)))
        // Exact operands keep exact sums, and an exact zero annihilates.
        #expect((DoubleBall(exactly: 0.5) + DoubleBall(exactly: 0.25)).isExact)
        #expect((DoubleBall(exactly: 0) * DoubleBall(mid: 3, rad: 1)).isExact)
        let vector = BallVector<DoubleBall>(count: 41, bits: 53)
        for i in 20..<40 { vector.span[i] = DoubleBall(mid: 1e300, rad: 1e290) }
        vector.span.dot(40, 0, 20, count: 20)
        #expect(vector.span[40].isExact)
        vector.span[7] = tiny
        vector.span[27] = tiny
        vector.span.dot(40, 0, 20, count: 20)
        #expect(vector.span[40].exactBounds!.contains(Dyadic(1, -2148)))
    }

    @Test func hugeExponentsInBalls() {
        let vector = BallVector<Ball>(count: 4, bits: 80)
        let s = vector.span
        s[0] = Ball(Rational(3), bits: 80)
        s[1] = Ball(Rational(5), bits: 80).widened(by: .powerOfTwo(-70))
        // Products and quotients at exponents of a million are exact up to the radius.
        s.shift(2, 0, by: 1_000_000)
        s.shift(3, 1, by: -1_000_000)
        s.multiply(2, 2, 3)
        #expect(s[2].exactBounds!.contains(Dyadic(15)))
        #expect(s[2].radius <= .powerOfTwo(-67))
        // Beyond the exponent range (2^30 by default): overflow is no information, underflow a zero with a radius that
        // still covers the result.
        s.shift(2, 0, by: (1 << 29) + 5)
        s.multiply(3, 2, 2)
        #expect(!s.isFinite(3))
        s.dot(3, 2, 2, count: 1)
        #expect(!s.isFinite(3))
        let smallest = 1 << 29
        for shift in [smallest - 3, smallest - 2, smallest - 1, smallest, smallest + 1, smallest + 40] {
            s.shift(2, 0, by: -shift)
            let bound = Magnitude(9.0).scaled(byPowerOfTwo: -2 * shift)
            s.multiply(3, 2, 2)
            #expect(s[3].magnitude >= bound && s[3].isFinite)
            s.dot(3, 2, 2, count: 1)
            #expect(s[3].magnitude >= bound && s[3].isFinite)
        }
        let e70 = Ball(Rational.powerOfTwo(70), bits: 64)
        #expect(Ball(Rational(-1_000_000), bits: 64).exp().isCertainlyPositive)
        #expect(Ball(Rational(1_000_000), bits: 64).exp().isFinite)
        #expect(!e70.exp().isFinite)
        #expect(e70.sigmoid().isFinite)
        #expect((-e70).exp().isCertainlyNonNegative && !(-e70).exp().isExact)
        #expect((-e70).softplus().isCertainlyNonNegative && !(-e70).softplus().isExact)
        // sin far away is [-1, 1] without reducing the argument.
        let far = s[0]
        s.shift(2, 0, by: 1 << 28)
        #expect(far.isExact)
        #expect(s[2].sin().magnitude == .powerOfTwo(0), "sin \(s[2]) = \(s[2].sin())")
    }

    @Test func evenPowersAndSignsAreNeverNegative() {
        let found = complaints(cases: 2000) { random in
            let a = DoubleBall.draw(&random, bits: 53, isCalm: false)
            let bits = Ball.drawBits(&random)
            let b = Ball.draw(&random, bits: bits, isCalm: true)
            for result in [a.power(2), a.power(4), a.abs(), a.relu(), a.sqrt()]
            where result.isFinite && !result.isCertainlyNonNegative {
                return "\(a.exactForm) gives \(result.exactForm)"
            }
            for result in [b.power(2), b.power(4), b.abs(), b.relu(), b.exp()]
            where result.isFinite && !result.isCertainlyNonNegative {
                return "\(b.exactForm) gives \(result.exactForm)"
            }
            return nil
        }
        #expect(found == nil, "\(found ?? "")")
    }

    /// pi from Machin's formula in integers, to 300 bits.
    @Test func pi() {
        let scale = BigInt(1) << 340
        func arctangentOfReciprocal(_ n: Int) -> BigInt {
            var term = scale / BigInt(n)
            var sum = term
            var k = 1
            while !term.isZero {
                term = term / BigInt(-n * n)
                sum += term / BigInt(2 * k + 1)
                k += 1
            }
            return sum
        }
        let machin = 4 * (4 * arctangentOfReciprocal(5) - arctangentOfReciprocal(239))
        let near = DyadicInterval(lower: Dyadic(machin - 10_000, -340), upper: Dyadic(machin + 10_000, -340))
        let inDouble = DoubleBall.pi().exactBounds!
        #expect(inDouble.lower <= near.lower && near.upper <= inDouble.upper)
        for bits in [2, 53, 64, 200, 300] {
            let ball = Ball.pi(bits: bits)
            #expect(!ball.exactBounds!.isDisjoint(from: near), "\(bits) bits: \(ball)")
            #expect(ball.radius <= .powerOfTwo(2 - bits))
        }
    }
}
