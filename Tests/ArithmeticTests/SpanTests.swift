import Exact
import Testing

@testable import Arithmetic

/// The in-place kernels, with every pattern of destination and operands, and dot products with the destination inside
/// the operands.
struct SpanTests {
    func checkKernels<E: TestedEnclosure>(_: E.Type, cases: Int) -> String? where E.Span.Element == E {
        complaints(cases: cases) { random in
            let bits = E.drawBits(&random)
            let vector = BallVector<E>(count: 3, bits: bits)
            let s = vector.span
            for i in 0..<3 { s[i] = E.draw(&random, bits: bits, isCalm: random.chance(1, of: 2)) }
            let (z, a, b) = (random.below(3), random.below(3), random.below(3))
            let before = (0..<3).map { s[$0] }
            guard let boundsA = before[a].exactBounds, let boundsB = before[b].exactBounds,
                let boundsZ = before[z].exactBounds
            else { return nil }
            // An element that appears twice is one set, but independent points are allowed too.
            let x = boundsA.point(&random)
            let y = boundsB.point(&random)
            let w = boundsZ.point(&random)
            let n = random.chance(1, of: 10) ? [Int.min, Int.max, 1 << 53 + 1][random.below(3)] : random.within(-9...9)
            let shift = random.chance(1, of: 5) ? random.within(-1100...1100) : random.within(-20...20)
            let amount = Magnitude(Double(random.below(100)) * 0x1p-30)
            let which = random.below(13)
            var expected: Dyadic?
            var divisor = Dyadic(1)
            switch which {
            case 0: s.add(z, a, b); expected = x + y
            case 1: s.subtract(z, a, b); expected = x - y
            case 2: s.multiply(z, a, b); expected = x * y
            case 3: s.divide(z, a, b); expected = y.isZero ? nil : x; divisor = y
            case 4: s.scale(z, a, by: n); expected = x * Dyadic(n)
            case 5 where n != 0: s.divide(z, a, by: n); expected = x; divisor = Dyadic(n)
            case 6: s.shift(z, a, by: shift); expected = x * Dyadic(1, shift)
            case 7: s.negate(z, a); expected = -x
            case 8: s.addProduct(z, a, b); expected = w + x * y
            case 9: s.copy(z, from: s, a); expected = x
            case 10: s.set(z, to: n); expected = Dyadic(n)
            case 11: s.widen(z, by: amount); expected = w + Dyadic(amount)
            default: s.setZero(z); expected = Dyadic(0)
            }
            guard let result = s[z].exactBounds else { return nil }
            guard let expected, result.contains(expected, over: divisor) else {
                return """
                    kernel \(which), destination \(z), operands \(a) \(b), n \(n), shift \(shift)
                      a: \(before[a].exactForm)
                      b: \(before[b].exactForm)
                      z: \(before[z].exactForm)
                      x: \(x)
                      y: \(y)
                      w: \(w)
                      result: \(s[z].exactForm)
                    """
            }
            return nil
        }
    }

    func checkDots<E: TestedEnclosure>(_: E.Type, cases: Int) -> String? {
        complaints(cases: cases) { random in
            let bits = E.drawBits(&random)
            let n = random.within(0...24)
            let vector = BallVector<E>(count: 2 * n + 1, bits: bits)
            let s = vector.span
            let isCalm = random.chance(3, of: 4)
            for i in 0..<2 * n + 1 { s[i] = E.draw(&random, bits: bits, isCalm: isCalm) }
            // Overlapping operands are allowed.
            let a = random.within(0...n)
            let b = random.within(0...n)
            if random.chance(1, of: 3) {
                // Cancellation: the second half of the terms undoes the first up to rounding.
                for l in 0..<n / 2 where a != b { s[a + n - 1 - l] = -s[a + l] }
            }
            let isReversed = random.chance(1, of: 2)
            let destination = random.below(2 * n + 1)
            let before = (0..<2 * n + 1).map { s[$0] }
            var expected = Dyadic(0)
            for l in 0..<n {
                guard let x = before[a + l].exactBounds,
                    let y = before[isReversed ? b + n - 1 - l : b + l].exactBounds
                else { return nil }
                expected = expected + x.point(&random) * y.point(&random)
            }
            if isReversed {
                s.convolve(destination, a, b + n - 1, count: n)
            } else {
                s.dot(destination, a, b, count: n)
            }
            for i in 0..<2 * n + 1 where i != destination && s[i].exactForm != before[i].exactForm {
                return "element \(i) was changed"
            }
            guard let result = s[destination].exactBounds, !result.contains(expected) else { return nil }
            return """
                \(isReversed ? "convolve" : "dot") of \(n) terms at \(a), \(b), destination \(destination)
                  elements: \(before.map(\.exactForm))
                  exact: \(expected)
                  result: \(s[destination].exactForm)
                """
        }
    }

    @Test func doubleKernels() {
        let found = checkKernels(DoubleBall.self, cases: 25000)
        #expect(found == nil, "\(found ?? "")")
    }

    @Test func ballKernels() {
        let found = checkKernels(Ball.self, cases: 25000)
        #expect(found == nil, "\(found ?? "")")
    }

    @Test func doubleDots() {
        let found = checkDots(DoubleBall.self, cases: 5000)
        #expect(found == nil, "\(found ?? "")")
    }

    @Test func ballDots() {
        let found = checkDots(Ball.self, cases: 5000)
        #expect(found == nil, "\(found ?? "")")
    }
}
