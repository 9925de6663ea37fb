import CKernels
import Exact
import Testing

@testable import Arithmetic

/// The kernels where their proofs have the least room: at the end of the exponent range, and in long chains of results,
/// whose canonical form the next kernel relies on.
struct KernelAttackTests {
    /// 3/4 of the smallest number is rounded up to it, by far more than half a unit.
    @Test(arguments: [64, 256, 576, 1536]) func quotientRoundedUpToTheSmallestNumber(bits: Int) {
        let vector = BallVector<Ball>(count: 3, bits: bits)
        let s = vector.span
        // The smallest number is 2^-2^30.
        s[0] = Ball(Rational(3), bits: bits)
        s[1] = Ball(Rational(2), bits: bits)
        s.shift(0, 0, by: -(1 << 30) - 1)
        s.divide(2, 0, 1)
        s.shift(2, 2, by: 1 << 30)
        #expect(s[2].exactBounds!.contains(Dyadic(3, -2)), "\(s[2].exactForm)")
    }

    /// Operands are moved so that results lie around the smallest number, and the results are moved back.
    @Test func resultsAroundTheSmallestNumber() {
        let found = complaints(cases: 6000) { random in
            let bits = Ball.drawBits(&random)
            let vector = BallVector<Ball>(count: 3, bits: bits)
            let s = vector.span
            for i in 0..<3 { s[i] = Ball.draw(&random, bits: bits, isCalm: true) }
            let before = (0..<3).map { s[$0].exactForm }
            let points = (0..<3).map { s[$0].exactBounds!.point(&random) }
            let (x, y, w) = (points[0], points[1], points[2])
            let place = -(1 << 30) + random.within(-12...12)
            let part = (1 << 29) + random.within(-12...12)
            let which = random.below(6)
            var expected = x * y
            var divisor = Dyadic(1)
            // The factors, or dividend and divisor, share the shift; summands take it all.
            s.shift(0, 0, by: which < 4 ? place + part : place)
            s.shift(1, 1, by: which == 0 ? part : which < 4 ? -part : place)
            s.shift(2, 2, by: place)
            switch which {
            case 0:
                s.divide(2, 0, 1)
                expected = x
                divisor = y
            case 1: s.multiply(2, 0, 1)
            case 2: s.dot(2, 0, 1, count: 1)
            case 3:
                s.addProduct(2, 0, 1)
                expected = w + expected
            case 4:
                s.subtract(2, 0, 1)
                expected = x - y
            default:
                s.divide(2, 0, by: 3)
                expected = x
                divisor = Dyadic(3)
            }
            let operation = "operation \(which), place \(place), part \(part), of \(before) at \(points)"
            if let flaw = flawOfForm(s, 2) { return "\(operation): \(flaw)" }
            s.shift(2, 2, by: -place)
            guard !divisor.isZero, let result = s[2].exactBounds else { return nil }
            return result.contains(expected, over: divisor) ? nil : "\(operation): \(s[2].exactForm)"
        }
        #expect(found == nil, "\(found ?? "")")
    }

    /// Sums that cancel down to the guard limb show what is left out of the products; full low limbs make it large.
    @Test(arguments: [192, 512, 1024]) func sumsThatCancelToTheGuardLimb(bits: Int) {
        let found = complaints(cases: 300) { random in
            let n = random.within(1...6)
            // n factors, minus the rounded sum, n factors, 1, and the result.
            let vector = BallVector<Ball>(count: 2 * n + 3, bits: bits)
            let s = vector.span
            for i in 0..<2 * n + 1 where i != n {
                let size = (BigInt(1) << bits) - 1 - (BigInt(random.next()) << (bits - 65))
                s[i] = Ball(Rational(size), bits: bits)
                s.shift(i, i, by: -bits)
            }
            s.widen(0, by: .powerOfTwo(-bits - 64))
            s.set(2 * n + 1, to: 1)
            s.dot(2 * n + 2, 0, n + 1, count: n)
            s.setMidpoint(n, 2 * n + 2)
            s.negate(n, n)
            let points = (0..<2 * n + 2).map { s[$0].exactBounds!.point(&random) }
            let expected = (0...n).reduce(Dyadic(0)) { $0 + points[$1] * points[n + 1 + $1] }
            s.dot(2 * n + 2, 0, n + 1, count: n + 1)
            if s[2 * n + 2].exactBounds!.contains(expected) { return nil }
            return "\(n) terms at \(points): \(expected) is not in \(s[2 * n + 2].exactForm)"
        }
        #expect(found == nil, "\(found ?? "")")
    }

    /// Fifty operations in a row on eight balls and one exact point in each.
    @Test func chainsOfOperations() {
        let found = complaints(cases: 150) { random in
            let bits = Ball.drawBits(&random)
            let vector = BallVector<Ball>(count: 8, bits: bits)
            let s = vector.span
            var points = [Dyadic](repeating: Dyadic(0), count: 8)
            func renew(_ i: Int) {
                s[i] = Ball.draw(&random, bits: bits, isCalm: true)
                points[i] = s[i].exactBounds!.point(&random)
            }
            for i in 0..<8 { renew(i) }
            for step in 0..<50 {
                let (z, a, b) = (random.below(8), random.below(8), random.below(8))
                let count = random.within(1...4)
                let (first, last) = (random.within(0...8 - count), random.within(count - 1...7))
                let n = random.within(-9...9)
                let which = random.below(9)
                switch which {
                case 0:
                    s.add(z, a, b)
                    points[z] = points[a] + points[b]
                case 1:
                    s.subtract(z, a, b)
                    points[z] = points[a] - points[b]
                case 2, 3:
                    s.multiply(z, a, b)
                    points[z] = points[a] * points[b]
                case 4:
                    s.scale(z, a, by: n)
                    points[z] = points[a] * Dyadic(n)
                case 5:
                    s.shift(z, a, by: 40 * n)
                    points[z] = points[a] * Dyadic(1, 40 * n)
                case 6:
                    s.convolve(z, first, last, count: count)
                    points[z] = (0..<count).reduce(Dyadic(0)) { $0 + points[first + $1] * points[last - $1] }
                case 7:
                    let second = last + 1 - count
                    s.dot(z, first, second, count: count)
                    points[z] = (0..<count).reduce(Dyadic(0)) { $0 + points[first + $1] * points[second + $1] }
                default:
                    s[z] = s[a].rounded(toBits: Ball.drawBits(&random))
                    points[z] = points[a]
                }
                if let flaw = flawOfForm(s, z) { return "step \(step), operation \(which), \(bits) bits: \(flaw)" }
                guard let result = s[z].exactBounds else {
                    renew(z)
                    continue
                }
                if !result.contains(points[z]) {
                    return "step \(step), operation \(which), \(bits) bits: \(points[z]) is not in \(s[z].exactForm)"
                }
                // Exact products would grow without end.
                if points[z].mantissa.bitWidth > 20_000 { renew(z) }
            }
            return nil
        }
        #expect(found == nil, "\(found ?? "")")
    }

    /// What is wrong with the canonical form (fb_ball.h) of an element; nil if nothing is.
    private func flawOfForm(_ s: Ball.Span, _ i: Int) -> String? {
        let ball = s.at(i).pointee
        let limit = (1 << 30) - 1
        let limbs = UnsafeRawPointer(s.at(i)).assumingMemoryBound(to: UInt.self) + 4
        let n = s.limbCount
        let isZero = (0..<n).allSatisfy { limbs[$0] == 0 }
        let form = "exponent \(ball.exponent), sign \(ball.negative), radius \(ball.radius), scale \(ball.scale)"
        func flaw(_ isRight: Bool, _ what: String) -> String? { isRight ? nil : "\(what): \(form), \(n) limbs" }
        let isUnsigned = ball.negative == 0
        if ball.radius == .infinity {
            return flaw(isZero && isUnsigned && ball.exponent == 0 && ball.scale == 0, "no information")
        }
        if isZero && ball.radius == 0 {
            return flaw(isUnsigned && ball.exponent == -(1 << 40) && ball.scale == 0, "exact zero")
        }
        let isInRange = Swift.abs(ball.exponent) <= limit
        if isZero {
            let scale = n <= 8 ? 0 : 1
            let radius = ball.radius * (scale == 0 ? 1 : 2)
            let isPlaced = radius < 0x1p30 && (radius >= 0x1p29 || ball.exponent == -limit && ball.radius >= 0x1p-64)
            return flaw(isUnsigned && isInRange && ball.scale == scale && isPlaced, "zero with a radius")
        }
        let largest = Double(sign: .plus, exponent: n <= 8 ? 64 * n + 250 : 700, significand: 1)
        let isPlain = ball.scale == 0 && (ball.radius == 0 || ball.radius >= 0x1p-64 && ball.radius <= largest)
        let isWide = n > 8 && ball.scale > 0 && ball.radius >= 1 && ball.radius < 2
        let isNormal = limbs[n - 1] >> 63 == 1 && (isUnsigned || ball.negative == -1)
        return flaw(isInRange && isNormal && (isPlain || isWide), "regular")
    }
}
