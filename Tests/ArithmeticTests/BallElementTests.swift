import CKernels
import Exact
import Testing

@testable import Arithmetic

/// The edges of the representation of ``Ball``: where a radius leaves its plain range, where a midpoint vanishes, and
/// what the limbs of exact numbers are.
struct BallElementTests {
    private static let precisions = [53, 64, 128, 192, 256, 512, 576, 1024, 1536]

    private func ball(_ value: Rational, _ radius: Magnitude = .zero, bits: Int) -> Ball {
        Ball(value, bits: bits).widened(by: radius)
    }

    /// Whether the ball contains the number, in exact arithmetic.
    private func contains(_ ball: Ball, _ x: Rational) -> Bool {
        guard let lower = ball.lowerBound, let upper = ball.upperBound else { return true }
        return lower <= x && x <= upper
    }

    @Test func integersAndDyadicsAreExact() {
        for bits in Self.precisions {
            for value in [Rational(0), 1, -1, 3, Rational(-5, 8), Rational.powerOfTwo(-1000), Rational(Int.min), Rational(Int.max)] {
                let x = Ball(value, bits: bits)
                #expect(x.isExact && x.lowerBound == value && x.upperBound == value, "\(value), \(bits) bits: \(x)")
                #expect((x + x).isExact && (x - x).isExact && (-x).isExact && (x * Ball(Rational(4), bits: bits)).isExact)
                #expect((x - x).magnitude == .zero && (x * Ball(Rational.zero, bits: bits)).magnitude == .zero)
            }
        }
    }

    /// x - x of an inexact ball is a zero with a radius, which goes on through every operation.
    @Test func cancellationToNothing() {
        for bits in Self.precisions {
            let third = Ball(Rational(1, 3), bits: bits)
            let zero = third - third
            #expect(zero.isFinite && !zero.isExact && contains(zero, 0))
            #expect(zero.radius <= third.radius.scaled(byPowerOfTwo: 2))
            let one = Ball(Rational.one, bits: bits)
            for result in [zero + zero, zero * zero, zero * third, zero / third, zero.shifted(by: 40, bits: bits), zero - one + one] {
                #expect(result.isFinite && contains(result, 0), "\(bits) bits: \(result)")
            }
            #expect(contains(one + zero, 1) && (one + zero).radius <= zero.radius.scaled(byPowerOfTwo: 2))
            #expect(!(one / zero).isFinite && !zero.log().isFinite && !zero.sqrt().isFinite)
            #expect(contains(zero.exp(), 1) && contains(zero.sigmoid(), Rational(1, 2)))
        }
    }

    /// Radii from far below the last place to far above the midpoint: the radius is never lost, and stays near.
    @Test func radiiOfAllSizes() {
        for bits in Self.precisions {
            for exponent in [-100_000, -5000, -1600, -700, -65, -1, 0, 1, 60, 249, 260, 700, 1030, 5000, 100_000] {
                let radius = Magnitude.powerOfTwo(exponent)
                let x = ball(3, radius, bits: bits)
                #expect(x.isFinite && x.radius >= radius)
                // A radius far below the last place is raised to 2^-64 units of it; one far above takes in the midpoint.
                let least = Magnitude.powerOfTwo(2 - x.bits - 64)
                let most = Magnitude.max(radius, least) + (exponent > 240 ? Magnitude(4.0) : .zero)
                #expect(x.radius <= most * Magnitude(1 + 0x1p-49), "\(bits) bits, 2^\(exponent): \(x.radius)")
                let y = x + ball(Rational(-1, 7), bits: bits)
                #expect(y.radius >= radius && contains(y, Rational(20, 7)))
                let z = x * x
                #expect(z.isFinite && z.radius >= radius && contains(z, 9))
                if exponent >= 2 { #expect(!(y / x).isFinite) } else if exponent < 0 { #expect((y / x).isFinite) }
            }
        }
    }

    @Test func missingInformationStays() {
        for bits in Self.precisions {
            let nothing = Ball.noInformation(bits: bits)
            #expect(!nothing.widened(by: .powerOfTwo(-5000)).isFinite && !nothing.rounded(toBits: 2 * bits).isFinite)
            let infinite = ball(5, .infinity, bits: bits)
            #expect(!infinite.isFinite && infinite.approximation == 0)
            let vector = BallVector<Ball>(count: 5, bits: bits)
            vector.span[1] = nothing
            for (a, b) in [(0, 1), (1, 0)] {
                vector.span.dot(4, a, b, count: 1)
                #expect(!vector.span.isFinite(4), "0 times no information")
            }
        }
    }

    /// More limbs keep the set; fewer take in what they cut off.
    @Test func precisionsChangeOutward() {
        let found = complaints(cases: 3000) { random in
            let bits = Ball.drawBits(&random)
            let other = Ball.drawBits(&random)
            let x = Ball.draw(&random, bits: bits, isCalm: false)
            let y = x.rounded(toBits: other)
            guard let a = x.exactBounds, let b = y.exactBounds else { return x.isFinite == y.isFinite ? nil : "\(x.exactForm)" }
            guard b.lower <= a.lower && a.upper <= b.upper else {
                return "\(x.exactForm) at \(other) bits: \(y.exactForm)"
            }
            return nil
        }
        #expect(found == nil, "\(found ?? "")")
    }

    /// The products of limbs by mulx and adx and the portable ones give overlapping balls of nearly the same width.
    @Test func bothLimbProducts() {
        let found = complaints(cases: 4000) { random in
            let bits = Ball.drawBits(&random)
            let n = BallElement.limbCount(bits: bits)
            let count = random.within(1...12)
            let vector = BallVector<Ball>(count: 2 * count + 4, bits: bits)
            let s = vector.span
            for i in 0..<2 * count { s[i] = Ball.draw(&random, bits: bits, isCalm: true) }
            let (start, z) = (2 * count, 2 * count + 1)
            s[start] = Ball.draw(&random, bits: bits, isCalm: true)
            var scratch = [UInt](repeating: 0, count: fb_ball_dot_scratch(n))
            for isProduct in [true, false] {
                if isProduct {
                    fb_ball_multiply(s.at(z), s.at(0), s.at(count), n)
                    fb_portable_ball_multiply(s.at(z + 1), s.at(0), s.at(count), n)
                } else {
                    fb_ball_dot(s.at(z), s.at(start), 1, s.at(0), 1, s.at(count), 1, count, &scratch, n)
                    fb_portable_ball_dot(s.at(z + 1), s.at(start), 1, s.at(0), 1, s.at(count), 1, count, &scratch, n)
                }
                guard let a = s[z].exactBounds, let b = s[z + 1].exactBounds else {
                    if s.isFinite(z) == s.isFinite(z + 1) { continue }
                    return "only one is finite: \(s[z].exactForm), \(s[z + 1].exactForm)"
                }
                let ratio = s[z].radius.upperDouble / s[z + 1].radius.upperDouble
                if a.isDisjoint(from: b) || !(s[z].radius == s[z + 1].radius || ratio > 0.4 && ratio < 2.5) {
                    return "\(isProduct ? "product" : "dot") of \((0...2 * count).map { s[$0].exactForm }): \(s[z].exactForm) or \(s[z + 1].exactForm)"
                }
            }
            return nil
        }
        #expect(found == nil, "\(found ?? "")")
    }

    /// The exponent range ends at 2^30 - 1 either way.
    @Test func exponentsAtTheEnd() {
        for bits in Self.precisions {
            let one = Ball(Rational.one, bits: bits)
            let limit = 1 << 30
            let largest = one.shifted(by: limit - 2, bits: bits)
            #expect(largest.isFinite && largest.isExact)
            #expect(!largest.shifted(by: 1, bits: bits).isFinite && !(largest + largest).isFinite)
            #expect(!(largest * largest).isFinite)
            let least = one.shifted(by: -limit, bits: bits)
            #expect(least.isFinite && least.isExact && least.isCertainlyPositive)
            let half = least / Ball(Rational(2), bits: bits)
            for (below, exponent) in [(least.shifted(by: -1, bits: bits), -limit - 1), (half, -limit - 1), (least * least, -2 * limit)] {
                #expect(below.isFinite && !below.isExact && below.magnitude >= .powerOfTwo(exponent), "\(below)")
            }
            #expect(!one.shifted(by: Int.max, bits: bits).isFinite)
            #expect(one.shifted(by: Int.min, bits: bits).isFinite)
        }
    }
}

extension Ball {
    fileprivate func shifted(by n: Int, bits: Int) -> Ball { applying { fb_ball_shift($0, $1, n, $2) } }
}
