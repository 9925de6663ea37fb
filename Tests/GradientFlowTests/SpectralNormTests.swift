import Arithmetic
import Exact
import Testing

@testable import GradientFlow

/// |A|_2 >= |A v|_2/|v|_2 for every v, here with exact rationals.
struct SpectralNormTests {
    private func bound(_ entries: [Rational], _ size: Int) -> Rational? {
        spectralNormBound(entries.map { DoubleBall($0) }, size: size).asRational
    }

    @Test func knownMatrices() {
        let (c, s) = (Rational(3, 5), Rational(4, 5))
        for (entries, size, norm) in [
            ([-3], 1, 3), ([c, -s, s, c], 2, 1), ([1, 1, 1, 1], 2, 2), ([0, 2, 0, 0], 2, 2),
            ([0, 0, 1, 1, 0, 0, 0, 1, 0], 3, 1), ([0, 0, 0, 0], 2, 0),
        ] as [([Rational], Int, Rational)] {
            let found = bound(entries, size)
            #expect(found.map { norm <= $0 && $0 <= norm + Rational.powerOfTwo(-24) } ?? false, "\(entries): \(String(describing: found))")
        }
    }

    @Test func noVectorIsStretchedMore() {
        var random = TestRandom(seed: 20_260_101)
        for _ in 0..<200 {
            let n = 2 + Int(random.next() % 5)
            func number() -> Rational { Rational(Int(random.next() % 2001) - 1000) / 97 }
            let entries = (0..<(n * n)).map { _ in number() }
            let v = (0..<n).map { _ in number() }
            let image = (0..<n).map { i in (0..<n).reduce(Rational.zero) { $0 + entries[i * n + $1] * v[$1] } }
            let (before, after) = (v.reduce(Rational.zero) { $0 + $1 * $1 }, image.reduce(Rational.zero) { $0 + $1 * $1 })
            let norm = bound(entries, n)
            #expect(norm.map { after <= $0 * $0 * before } ?? false, "\(entries) on \(v)")
        }
    }

    @Test func noInformationIsInfinite() {
        #expect(spectralNormBound([.noInformation(), DoubleBall(1), DoubleBall(1), DoubleBall(1)], size: 2).asRational == nil)
    }
}
