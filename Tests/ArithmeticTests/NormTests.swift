import Exact
import Testing

@testable import Arithmetic

/// The bounds of sums of absolute values are at least the exact sums, and near them.
struct NormTests {
    private func absolute(_ bounds: DyadicInterval) -> Dyadic { max(bounds.lower.absolute, bounds.upper.absolute) }

    private func check<E: TestedEnclosure>(_: E.Type, cases: Int) -> String? {
        complaints(cases: cases) { random in
            let bits = E.drawBits(&random)
            let n = random.within(1...24)
            let isCalm = random.chance(1, of: 2)
            let vector = BallVector<E>(count: 2 * n, bits: bits)
            let s = vector.span
            for i in 0..<2 * n { s[i] = E.draw(&random, bits: bits, isCalm: isCalm) }
            let degree = random.within(0...2 * n)
            let norm = s.norm(0, count: n)
            let tail = s.productTail(0, n, count: n, from: degree)
            var sizes: [Dyadic] = []
            for i in 0..<2 * n {
                guard let bounds = s[i].exactBounds else {
                    if i < n && !s[i].isFinite && norm.isFinite { return "the norm ignores missing information at \(i)" }
                    return nil
                }
                sizes.append(absolute(bounds))
            }
            let sum = sizes[..<n].reduce(Dyadic(0), +)
            var products = Dyadic(0)
            for l in 0..<n {
                for m in 0..<n where l + m >= degree { products = products + sizes[l] * sizes[n + m] }
            }
            let operands = (0..<2 * n).map { s[$0].exactForm }
            guard !norm.isFinite || sum <= Dyadic(norm) else { return "norm \(norm) of \(operands[..<n])" }
            guard !tail.isFinite || products <= Dyadic(tail) else {
                return "tail \(tail) from degree \(degree) of \(operands)"
            }
            guard isCalm && norm.isFinite else { return nil }
            let isTight = Dyadic(norm) <= sum + sum * Dyadic(1, -44) && (tail == .zero) == products.isZero
            return isTight ? nil : "norm \(norm), tail \(tail) from degree \(degree) of \(operands)"
        }
    }

    @Test func doubleBalls() {
        let found = check(DoubleBall.self, cases: 3000)
        #expect(found == nil, "\(found ?? "")")
    }

    @Test func balls() {
        let found = check(Ball.self, cases: 500)
        #expect(found == nil, "\(found ?? "")")
    }

    @Test func everyKindOfNoInformationMakesThemInfinite() {
        for broken in [DoubleBall(mid: .nan, rad: 0), DoubleBall(mid: .infinity, rad: 1), DoubleBall(mid: 1, rad: .nan)] {
            let vector = BallVector<DoubleBall>(count: 4, bits: 53)
            vector.span.set(2, to: 1)
            vector.span.set(3, to: 1)
            for place in 0..<4 {
                let kept = vector.span[place]
                vector.span[place] = broken
                #expect(!vector.span.norm(0, count: 4).isFinite)
                if place >= 2 { #expect(vector.span.productTail(0, 2, count: 2, from: 0) == .zero) }
                vector.span.set(0, to: 1)
                vector.span.set(1, to: 1)
                if place >= 2 { #expect(!vector.span.productTail(0, 2, count: 2, from: 0).isFinite) }
                if place < 2 {
                    vector.span[place] = broken
                    #expect(!vector.span.productTail(0, 2, count: 2, from: 0).isFinite)
                }
                vector.span[place] = kept
                vector.span.setZero(0)
                vector.span.setZero(1)
            }
        }
    }
}
