import CKernels
import Exact
import Testing

@testable import Arithmetic

/// Products of ball matrices against exact sums at random points of the entries.
struct BallMatrixTests {
    static func draw<E: TestedEnclosure>(
        _: E.Type, _ random: inout TestRandom, _ rows: Int, _ columns: Int, bits: Int, isCalm: Bool
    ) -> BallMatrix<E> {
        let matrix = BallMatrix<E>(rows: rows, columns: columns, bits: bits)
        for i in 0..<rows { for j in 0..<columns { matrix[i, j] = E.draw(&random, bits: bits, isCalm: isCalm) } }
        return matrix
    }

    /// What is wrong with c = a b.
    static func complaint<E: TestedEnclosure>(
        _ c: borrowing BallMatrix<E>, _ a: borrowing BallMatrix<E>, _ b: borrowing BallMatrix<E>,
        _ random: inout TestRandom
    ) -> String? {
        for i in 0..<a.rows {
            for j in 0..<b.columns {
                var expected: Dyadic? = Dyadic(0)
                for l in 0..<a.columns {
                    guard let x = a[i, l].exactBounds, let y = b[l, j].exactBounds else {
                        expected = nil
                        break
                    }
                    expected = expected! + x.point(&random) * y.point(&random)
                }
                guard let bounds = c[i, j].exactBounds else { continue }
                guard let expected else { return "entry \(i), \(j) clears missing information" }
                guard bounds.contains(expected) else {
                    let row = (0..<a.columns).map { a[i, $0].exactForm }
                    let column = (0..<a.columns).map { b[$0, j].exactForm }
                    return "\(row) times \(column): \(expected) is not in \(c[i, j].exactForm)"
                }
            }
        }
        return nil
    }

    func check<E: TestedEnclosure>(_: E.Type, cases: Int) -> String? {
        complaints(cases: cases) { random in
            let sizes = (0..<3).map { _ in random.within(0...9) }
            let isCalm = random.chance(2, of: 3)
            let bits = E.drawBits(&random)
            let a = Self.draw(E.self, &random, sizes[0], sizes[1], bits: bits, isCalm: isCalm)
            let other = random.chance(1, of: 2) ? bits : E.drawBits(&random)
            let b = Self.draw(E.self, &random, sizes[1], sizes[2], bits: other, isCalm: isCalm)
            if let wrong = Self.complaint(a.times(b), a, b, &random) { return wrong }
            let swapped = b.transposed().times(a.transposed())
            return Self.complaint(swapped.transposed(), a, b, &random)
        }
    }

    @Test func doubleBalls() {
        let found = check(DoubleBall.self, cases: 600)
        #expect(found == nil, "\(found ?? "")")
    }

    @Test func balls() {
        let found = check(Ball.self, cases: 150)
        #expect(found == nil, "\(found ?? "")")
    }

    /// Sizes that fill and cut every block, in both builds of the kernel.
    @Test func largerDoubleProducts() {
        var random = TestRandom(seed: TestSettings.seed)
        for (m, k, n) in [(1, 300, 5), (17, 31, 9), (7, 270, 4), (98, 3, 13)] {
            let a = Self.draw(DoubleBall.self, &random, m, k, bits: 53, isCalm: true)
            let b = Self.draw(DoubleBall.self, &random, k, n, bits: 53, isCalm: true)
            for kernel in [fb_add_product, fb_portable_add_product] {
                let c = BallMatrix<DoubleBall>(rows: m, columns: n, bits: 53)
                DoubleProduct(rows: m, inner: k, columns: n).multiply(c.span, a.span, b.span, by: kernel)
                let found = Self.complaint(c, a, b, &random)
                #expect(found == nil, "\(m) x \(k) x \(n): \(found ?? "")")
            }
        }
    }

    @Test func zerosStayExactUnlessProductsMayVanish() {
        let a = BallMatrix<DoubleBall>(rows: 4, columns: 4, bits: 53)
        for i in 0..<4 { for j in 0...i { a[i, j] = DoubleBall(mid: 1.5, rad: 1e-16) } }
        let square = a.times(a)
        for i in 0..<4 {
            for j in 0..<4 { #expect(square[i, j].isExact == (j > i)) }
        }
        a[0, 3] = DoubleBall(exactly: 0x1p-1074)
        a[3, 0] = DoubleBall(exactly: 0x1p-1074)
        a[0, 0] = DoubleBall(exactly: 0)
        #expect(a.times(a)[0, 0].exactBounds!.contains(Dyadic(1, -2148)))
    }

    /// Missing information takes its row and column, and nothing else; through zeros too.
    @Test func missingInformationSpreads() {
        for broken in [DoubleBall(mid: .nan, rad: 0), DoubleBall(mid: .infinity, rad: 0), .noInformation()] {
            for columns in [2, 6] {
                let a = BallMatrix<DoubleBall>(rows: 5, columns: 5, bits: 53)
                let b = BallMatrix<DoubleBall>(rows: 5, columns: columns, bits: 53)
                a[2, 3] = broken
                let c = a.times(b)
                for i in 0..<5 { for j in 0..<columns { #expect(c[i, j].isFinite == (i != 2)) } }
                let d = BallMatrix<DoubleBall>(rows: 5, columns: columns, bits: 53)
                d[1, 1] = broken
                let identity = BallMatrix<DoubleBall>.identity(5, bits: 53)
                let e = identity.times(d)
                for i in 0..<5 { for j in 0..<columns { #expect(e[i, j].isFinite == (j != 1)) } }
            }
        }
    }

    @Test func rationalEntries() {
        let a = BallMatrix<Ball>([[1, Rational(1, 3)], [Rational(-2, 7), 5]], bits: 100)
        let product = a.times(.identity(2, bits: 200))
        #expect(product.bits >= 200 && product[0, 0].isExact)
        #expect(product[0, 1].lowerBound! <= Rational(1, 3) && Rational(1, 3) <= product[0, 1].upperBound!)
    }
}
