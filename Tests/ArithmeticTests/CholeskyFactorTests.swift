import Exact
import Testing

@testable import Arithmetic

/// Matrices with a known factor: A = G D G^T with G lower triangular, its entries exact.
struct CholeskyFactorTests {
    /// G with a positive diagonal.
    private func drawFactor(_ random: inout TestRandom, _ n: Int) -> [[Rational]] {
        (0..<n).map { i in
            (0..<n).map { j in
                if j > i { return .zero }
                let size = Rational(BigInt(random.within(j == i ? 1...64 : -64...64)), 16)
                return random.chance(1, of: 6) ? size * Rational.powerOfTwo(random.within(-12...12)) : size
            }
        }
    }

    private func product(_ g: [[Rational]], _ d: [Rational]) -> [[Rational]] {
        g.map { x in g.map { y in g.indices.reduce(Rational.zero) { $0 + x[$1] * d[$1] * y[$1] } } }
    }

    /// Balls around the entries, which lie anywhere inside; the part above the diagonal is missing.
    private func enclose<E: TestedEnclosure>(
        _: E.Type, _ a: [[Rational]], _ random: inout TestRandom, bits: Int, width: Int
    ) -> BallMatrix<E> {
        let n = a.count
        let matrix = BallMatrix<E>(rows: n, columns: n, bits: bits)
        for i in 0..<n {
            for j in 0..<n {
                let isWide = random.chance(1, of: 2)
                let radius = isWide ? Rational.powerOfTwo(width) : .zero
                let center = a[i][j] + radius * Rational(BigInt(random.within(-8...8)), 8)
                matrix[i, j] = j > i ? .noInformation(bits: bits) : E(center, bits: bits).widened(by: Magnitude(radius))
            }
        }
        return matrix
    }

    func check<E: TestedEnclosure>(_: E.Type, cases: Int) -> (complaint: String?, factored: Int) {
        var factored = 0
        let found = complaints(cases: cases) { random in
            let n = random.within(0...7)
            let bits = E.drawBits(&random)
            let g = drawFactor(&random, n)
            let a = product(g, [Rational](repeating: 1, count: n))
            let matrix = enclose(E.self, a, &random, bits: bits, width: random.within(-bits - 20...(-20)))
            guard let factor = matrix.choleskyFactor() else { return nil }
            factored += 1
            for i in 0..<n {
                for j in 0..<n {
                    guard let bounds = factor[i, j].exactBounds, !bounds.contains(Dyadic(g[i][j])) else { continue }
                    return """
                        entry \(i), \(j) of the factor of \(a), \(bits) bits
                          exact: \(g[i][j])
                          result: \(factor[i, j].exactForm)
                        """
                }
            }
            // L L^T in exact interval arithmetic.
            for i in 0..<n {
                for j in 0...i {
                    var (low, high) = (Dyadic(0), Dyadic(0))
                    for k in 0...j {
                        guard let x = factor[i, k].exactBounds, let y = factor[j, k].exactBounds else { return nil }
                        let ends = [x.lower * y.lower, x.lower * y.upper, x.upper * y.lower, x.upper * y.upper]
                        low = low + ends.min()!
                        high = high + ends.max()!
                    }
                    let exact = Dyadic(a[i][j])
                    if exact < low || high < exact { return "L L^T misses entry \(i), \(j) of \(a)" }
                }
            }
            let x = (0..<n).map { _ in Rational(BigInt(random.within(-99...99)), 8) }
            let b = BallMatrix<E>(rows: n, columns: 2, bits: bits)
            for i in 0..<n {
                let exact = a[i].indices.reduce(Rational.zero) { $0 + a[i][$1] * x[$1] }
                b[i, 0] = E(exact, bits: bits)
                b[i, 1] = E(-exact, bits: bits).widened(by: .powerOfTwo(-40))
            }
            let solution = factor.solve(b)
            for i in 0..<n {
                for (column, exact) in [x[i], -x[i]].enumerated() {
                    let result = solution[i, column]
                    guard let bounds = result.exactBounds, !bounds.contains(Dyadic(exact)) else { continue }
                    return "A x = b, \(a), \(bits) bits: x_\(i) = \(exact) is not in \(result.exactForm)"
                }
            }
            return nil
        }
        return (found, factored)
    }

    @Test func doubleBalls() {
        let (found, factored) = check(DoubleBall.self, cases: 400)
        #expect(found == nil, "\(found ?? "")")
        #expect(factored > 200)
    }

    @Test func balls() {
        let (found, factored) = check(Ball.self, cases: 200)
        #expect(found == nil, "\(found ?? "")")
        #expect(factored > 80)
    }

    /// A matrix that contains an indefinite or singular one is never factored.
    func checkIndefinite<E: TestedEnclosure>(_: E.Type, cases: Int) -> String? {
        complaints(cases: cases) { random in
            let n = random.within(1...7)
            let bits = E.drawBits(&random)
            var d = [Rational](repeating: 1, count: n)
            d[random.below(n)] = random.chance(1, of: 2) ? .zero : -Rational.powerOfTwo(-random.within(0...80))
            let a = product(drawFactor(&random, n), d)
            let matrix = enclose(E.self, a, &random, bits: bits, width: random.within(-bits - 20...(-20)))
            return matrix.choleskyFactor() == nil ? nil : "\(a) was factored with \(bits) bits"
        }
    }

    @Test func indefiniteMatricesAreNotFactored() {
        let inDoubles = checkIndefinite(DoubleBall.self, cases: 500)
        #expect(inDoubles == nil, "\(inDoubles ?? "")")
        let inBalls = checkIndefinite(Ball.self, cases: 200)
        #expect(inBalls == nil, "\(inBalls ?? "")")
    }

    @Test func missingInformationIsNotFactored() {
        for broken in [DoubleBall.noInformation(), DoubleBall(mid: .nan, rad: 0), DoubleBall(mid: .infinity, rad: 0)] {
            for (i, j) in [(0, 0), (2, 1), (3, 3)] {
                let a = BallMatrix<DoubleBall>.identity(4, bits: 53)
                a[i, j] = broken
                let isFactored = a.choleskyFactor() != nil
                #expect(!isFactored)
            }
        }
    }

    /// The inverse of a well-conditioned matrix comes back thin.
    @Test func inverse() {
        let n = 40
        let a = BallMatrix<Ball>.identity(n, bits: 192)
        for i in 0..<n { for j in 0..<n { a[i, j] = Ball(Rational(BigInt(i == j ? 2 : 1)), bits: 192) } }
        guard let inverse = a.choleskyFactor()?.solve(.identity(n, bits: 192)) else {
            Issue.record("a definite matrix has a factor")
            return
        }
        #expect(inverse.rows == n && inverse.columns == n)
        for (i, j) in [(0, 0), (7, 3), (39, 39)] {
            // (I + J)^-1 = I - J / (n + 1)
            let exact = (i == j ? Rational.one : .zero) - Rational(1, 41)
            #expect(inverse[i, j].lowerBound! <= exact && exact <= inverse[i, j].upperBound!)
            #expect(inverse[i, j].radius < .powerOfTwo(-150))
        }
    }
}
