import Exact
import Testing

@testable import Arithmetic

/// The bound is checked exactly: lambda I - A is positive semidefinite, by a rational LDL^T.
struct LargestEigenvalueTests {
    /// Whether the symmetric matrix is positive definite (all pivots positive), or not certainly (a pivot is 0).
    private func pivots(_ matrix: [[Rational]]) -> [Rational] {
        var a = matrix
        var result: [Rational] = []
        for k in a.indices {
            let pivot = a[k][k]
            result.append(pivot)
            if !pivot.isPositive { return result }
            for i in k + 1..<a.count {
                let factor = a[i][k] / pivot
                for j in k + 1..<a.count { a[i][j] -= factor * a[k][j] }
            }
        }
        return result
    }

    private func shifted(_ matrix: [Double], _ n: Int, by lambda: Rational) -> [[Rational]] {
        (0..<n).map { i in
            (0..<n).map { j in (i == j ? lambda : .zero) - Rational(exactly: matrix[i * n + j])! }
        }
    }

    @Test func boundsAreCertainAndTight() {
        let found = complaints(cases: 120) { random in
            let n = random.within(1...5)
            var matrix = [Double](repeating: 0, count: n * n)
            let kind = random.below(4)
            let vector = (0..<n).map { _ in Double(random.within(-9...9)) }
            for i in 0..<n {
                for j in 0...i {
                    var entry = Double(random.within(-1000...1000)) / 8
                    switch kind {
                    case 0: entry = vector[i] * vector[j]
                    case 1: entry = -vector[i] * vector[j] + (i == j ? 1e-9 : 0)
                    case 2: entry *= Double(sign: .plus, exponent: random.within(-40...40), significand: 1)
                    default: break
                    }
                    matrix[i * n + j] = entry
                    matrix[j * n + i] = entry
                }
            }
            let bound = largestEigenvalueBound(ofSymmetric: matrix, size: n)
            guard let lambda = Rational(exactly: bound) else { return "infinite for \(matrix)" }
            if n == 1 { return bound == matrix[0] ? nil : "not exact: \(matrix)" }
            let norm = matrix.map(\.magnitude).reduce(0, +)
            let slack = Rational(exactly: norm * 1e-12)!
            // Any slack above lambda is definite, also if lambda is the eigenvalue itself.
            let above = pivots(shifted(matrix, n, by: lambda + slack * Rational.powerOfTwo(-200)))
            if norm > 0, above.count < n || above.contains(where: { !$0.isPositive }) { return "\(bound) is no bound of \(matrix)" }
            let below = pivots(shifted(matrix, n, by: lambda - slack))
            if norm > 0, below.count == n && below.allSatisfy(\.isPositive) { return "\(bound) is not tight for \(matrix)" }
            return nil
        }
        #expect(found == nil, "\(found ?? "")")
    }

    /// A block matrix with known eigenvalues: n I + (all ones) has the eigenvalue 2n.
    @Test func largerMatrices() {
        for n in [30, 97, 368] {
            var matrix = [Double](repeating: 1, count: n * n)
            for i in 0..<n { matrix[i * n + i] = Double(n + 1) }
            let bound = largestEigenvalueBound(ofSymmetric: matrix, size: n)
            #expect(bound >= Double(2 * n) && bound <= Double(2 * n) * (1 + 1e-10))
            let negative = largestEigenvalueBound(ofSymmetric: matrix.map { -$0 }, size: n)
            #expect(negative >= -Double(n) && negative <= -Double(n) * (1 - 1e-10))
        }
    }

    /// The eigenvalues are 4 sin^2(k pi / (2 n + 2)), and the top ones are close.
    @Test func guessesAgree() {
        let n = 60
        var matrix = [Double](repeating: 0, count: n * n)
        for i in 0..<n {
            matrix[i * n + i] = 2
            if i > 0 { (matrix[i * n + i - 1], matrix[(i - 1) * n + i]) = (-1, -1) }
        }
        let top = 3.997_348_179_769_660_6
        #expect(abs(EigenvalueGuess.byLanczos(matrix, size: n) - top) < 1e-12)
        #expect(abs(EigenvalueGuess.byTridiagonalForm(matrix, size: n) - top) < 1e-12)
        #expect(largestEigenvalueBound(ofSymmetric: matrix, size: n) < top + 1e-10)
    }

    @Test func edges() {
        #expect(largestEigenvalueBound(ofSymmetric: [.nan], size: 1) == .infinity)
        #expect(largestEigenvalueBound(ofSymmetric: [.infinity], size: 1) == .infinity)
        #expect(largestEigenvalueBound(ofSymmetric: [1, 2, 3, 1], size: 2) == .infinity)
        #expect(largestEigenvalueBound(ofSymmetric: [1, .nan, .nan, 1], size: 2) == .infinity)
        #expect(largestEigenvalueBound(ofSymmetric: [-7.25], size: 1) == -7.25)
        #expect(largestEigenvalueBound(ofSymmetric: [3, 0, 0, -4], size: 2) == 3)
        #expect(largestEigenvalueBound(ofSymmetric: [0, 0, 0, 0], size: 2) == 0)
        #expect(largestEigenvalueBound(ofSymmetric: [1e308, 1e308, 1e308, 1e308], size: 2) == .infinity)
        let tiny = largestEigenvalueBound(ofSymmetric: [0, 0x1p-1074, 0x1p-1074, 0], size: 2)
        #expect(tiny >= 0x1p-1074 && tiny <= 1e-300)
    }
}
