import CKernels
import Testing

@testable import Arithmetic

/// The kernels of doubles in both builds, for any processor and for AVX2 with FMA: each keeps its own bound.
struct DoubleKernelTests {
    typealias Dot = (
        UnsafePointer<Double>, UnsafePointer<Double>, UnsafePointer<Double>, UnsafePointer<Double>, Int
    ) -> fb_double_ball

    @Test func dotsContainExactSums() {
        let kernels: [(String, Bool, Dot)] = [
            ("dot", false, fb_dot_balls), ("portable dot", false, fb_portable_dot_balls),
            ("convolve", true, fb_convolve_balls), ("portable convolve", true, fb_portable_convolve_balls),
        ]
        let found = complaints(cases: 1500) { random in
            let n = random.within(1...41)
            let isCalm = random.chance(3, of: 4)
            let vector = BallVector<DoubleBall>(count: 2 * n, bits: 53)
            let s = vector.span
            for i in 0..<2 * n { s[i] = DoubleBall.draw(&random, bits: 53, isCalm: isCalm) }
            if random.chance(1, of: 3) {
                for l in 0..<n / 2 { s[n - 1 - l] = -s[l] }
            }
            for (name, isReversed, kernel) in kernels {
                let start = isReversed ? 2 * n - 1 : n
                let ball = kernel(s.mids, s.rads, s.mids + start, s.rads + start, n)
                var expected = Dyadic(0)
                var isKnown = true
                for l in 0..<n {
                    guard let x = s[l].exactBounds, let y = s[isReversed ? start - l : start + l].exactBounds else {
                        isKnown = false
                        break
                    }
                    expected = expected + x.point(&random) * y.point(&random)
                }
                let result = DoubleBall(mid: ball.mid, rad: ball.rad)
                guard let bounds = result.exactBounds else { continue }
                let operands = (0..<2 * n).map { s[$0].exactForm }
                if !isKnown { return "\(name) of \(operands) clears missing information" }
                if !bounds.contains(expected) {
                    return "\(name) of \(operands): \(expected) is not in \(result.exactForm)"
                }
            }
            return nil
        }
        #expect(found == nil, "\(found ?? "")")
    }

    /// Only zero terms: exactly zero. Anything else that vanishes is charged.
    @Test func zeroTerms() {
        for n in [1, 2, 3, 4, 5, 8, 13, 33] {
            let vector = BallVector<DoubleBall>(count: 2 * n + 1, bits: 53)
            let s = vector.span
            for l in 0..<n { s[l + l % 2 * n] = DoubleBall(mid: 1e300, rad: 1) }
            s.dot(2 * n, 0, n, count: n)
            #expect(s[2 * n].isExact && s[2 * n].mid == 0)
            s[n - 1] = DoubleBall(exactly: 0x1p-1074)
            s[2 * n - 1] = DoubleBall(exactly: 0x1p-1074)
            s.dot(2 * n, 0, n, count: n)
            #expect(!s[2 * n].isExact && s[2 * n].exactBounds!.contains(Dyadic(1, -2148)))
            s.dot(2 * n, 0, 0, count: 0)
            #expect(s[2 * n].isExact && s[2 * n].mid == 0)
        }
    }

    /// What hiddenShift rests on, exactly: |sum l_ik l_jk - a_ij| <= g_(j+1) sum |l_ik l_jk|, j counted from 1.
    @Test func floatCholeskyKeepsItsBackwardError() {
        for n in [1, 2, 31, 32, 33, 65, 90] {
            var random = TestRandom(seed: TestSettings.seed)
            var matrix = [Double](repeating: .nan, count: n * n)
            for i in 0..<n {
                for j in 0...i { matrix[i * n + j] = Double(random.within(-1000...1000)) / 999 }
                matrix[i * n + i] += 2 * Double(n)
            }
            var scratch = [Double](repeating: 0, count: fb_product_scratch(n, n, n))
            for kernel in [fb_float_cholesky, fb_portable_float_cholesky] {
                var factor = matrix
                #expect(kernel(&factor, n, &scratch) == 1)
                for i in 0..<n {
                    for j in 0...i {
                        var (sum, size) = (Dyadic(0), Dyadic(0))
                        for k in 0...j {
                            let product = Dyadic(factor[i * n + k]) * Dyadic(factor[j * n + k])
                            sum = sum + product
                            size = size + product.absolute
                        }
                        let error = (sum - Dyadic(matrix[i * n + j])).absolute
                        // g_k = k u / (1 - k u), with k = j + 2 here.
                        #expect(error * Dyadic((1 << 53) - j - 2) <= Dyadic(j + 2) * size, "\(n): entry \(i), \(j)")
                    }
                }
                factor = matrix
                factor[n * n - 1] = -1
                #expect(kernel(&factor, n, &scratch) == 0)
                factor = matrix
                factor[(n - 1) * n] = .nan
                #expect(kernel(&factor, n, &scratch) == 0)
                factor = matrix
                factor[(n - 1) * n] = .infinity
                #expect(kernel(&factor, n, &scratch) == 0)
            }
        }
    }

    /// c - a b over every shape of tile and block, strides included, with numbers whose sums are exact.
    @Test func plainProductsAreExactOnIntegers() {
        var random = TestRandom(seed: TestSettings.seed)
        for (m, n, k) in [
            (1, 1, 1), (6, 8, 3), (7, 9, 0), (5, 17, 260), (97, 3, 40), (100, 530, 2), (0, 4, 4), (13, 8, 512),
        ] {
            let a = (0..<m * k).map { _ in Double(random.within(-99...99)) }
            let b = (0..<n * k).map { _ in Double(random.within(-99...99)) }
            let start = (0..<m * n).map { _ in Double(random.within(-99...99)) }
            var scratch = [Double](repeating: 0, count: fb_product_scratch(m, n, k))
            var expected = start
            for i in 0..<m { for j in 0..<n { for l in 0..<k { expected[i * n + j] -= a[i * k + l] * b[j * k + l] } } }
            for kernel in [fb_add_product, fb_portable_add_product] {
                var c = start
                a.withUnsafeBufferPointer { a in
                    b.withUnsafeBufferPointer { b in
                        guard let x = a.baseAddress, let y = b.baseAddress else { return }
                        let left = fb_matrix(start: x, row: k, column: 1)
                        let right = fb_matrix(start: y, row: 1, column: k)
                        kernel(&c, n, left, right, m, n, k, -1, &scratch)
                    }
                }
                #expect(c == expected, "\(m) x \(n), inner \(k)")
            }
        }
    }
}
