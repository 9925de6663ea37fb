/// The largest eigenvalue of a symmetric matrix in doubles: a guess, good to a few units of the norm's last place.
enum EigenvalueGuess {
    /// In n^3 operations, whatever the spectrum.
    /// - Parameter matrix: row by row; only the lower triangle is read.
    static func byTridiagonalForm(_ matrix: [Double], size: Int) -> Double {
        let (diagonal, offDiagonal) = tridiagonal(matrix, size: size)
        return largest(diagonal, offDiagonal)
    }

    /// Householder's reduction to tridiagonal form; Golub and Van Loan, Matrix Computations, 8.3.1.
    private static func tridiagonal(_ matrix: [Double], size n: Int) -> ([Double], [Double]) {
        var a = matrix
        for i in 0..<n { for j in 0..<i { a[j * n + i] = a[i * n + j] } }
        var offDiagonal = [Double](repeating: 0, count: Swift.max(n - 1, 0))
        var v = [Double](repeating: 0, count: n)
        var p = [Double](repeating: 0, count: n)
        for k in 0..<Swift.max(n - 1, 0) {
            var norm = 0.0
            for i in k + 1..<n { norm += a[k * n + i] * a[k * n + i] }
            norm = norm.squareRoot()
            let first = a[k * n + k + 1]
            offDiagonal[k] = first > 0 ? -norm : norm
            // v = x - alpha e_1, H = I - 2 v v^T / (v^T v)
            for i in k + 1..<n { v[i] = a[k * n + i] }
            v[k + 1] -= offDiagonal[k]
            let square = 2 * norm * (norm + first.magnitude)
            guard square > 0 else { continue }
            var product = 0.0
            for i in k + 1..<n {
                var sum = 0.0
                for j in k + 1..<n { sum += a[i * n + j] * v[j] }
                p[i] = 2 * sum / square
                product += p[i] * v[i]
            }
            for i in k + 1..<n { p[i] -= product / square * v[i] }
            for i in k + 1..<n {
                let (vi, pi) = (v[i], p[i])
                for j in k + 1..<n { a[i * n + j] -= vi * p[j] + pi * v[j] }
            }
        }
        return ((0..<n).map { a[$0 * n + $0] }, offDiagonal)
    }

    /// Of a tridiagonal matrix, by bisection with Sturm counts: the upper end of the last interval.
    static func largest(_ diagonal: [Double], _ offDiagonal: [Double]) -> Double {
        let n = diagonal.count
        var low = Double.infinity
        var high = -Double.infinity
        for i in 0..<n {
            let reach = (i > 0 ? offDiagonal[i - 1].magnitude : 0) + (i + 1 < n ? offDiagonal[i].magnitude : 0)
            low = Swift.min(low, diagonal[i] - reach)
            high = Swift.max(high, diagonal[i] + reach)
        }
        guard low.isFinite, high.isFinite else { return .nan }
        for _ in 0..<70 {
            let middle = low * 0.5 + high * 0.5
            if middle <= low || middle >= high { break }
            if allBelow(middle, diagonal, offDiagonal) { high = middle } else { low = middle }
        }
        return high
    }

    /// Whether x - T has only positive pivots.
    private static func allBelow(_ x: Double, _ diagonal: [Double], _ offDiagonal: [Double]) -> Bool {
        var pivot = 1.0
        for i in 0..<diagonal.count {
            let coupling = i > 0 ? offDiagonal[i - 1] * offDiagonal[i - 1] / pivot : 0
            pivot = (x - diagonal[i]) - coupling
            guard pivot > 0 else { return false }
        }
        return true
    }
}
