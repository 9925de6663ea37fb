import Exact

/// The lower triangular factor L of symmetric matrices A = L L^T, its diagonal positive, enclosed entry by entry.
///
///     let factor = matrix.choleskyFactor()    // nil: not positive definite as far as these bits show
///     let x = factor?.solve(b)                // encloses A^-1 b
public struct CholeskyFactor<Element: Enclosure>: ~Copyable {
    /// The number of rows and of columns.
    public let size: Int
    /// L on and below the diagonal and L^T above it, so that rows of both are contiguous; then one free place.
    @usableFromInline let vector: BallVector<Element>

    /// - Source: Alefeld and Mayer, The Cholesky method for interval data, Linear Algebra Appl. 194 (1993), 161-182.
    @inlinable
    init?(_ matrix: borrowing BallMatrix<Element>) {
        precondition(matrix.rows == matrix.columns, "a symmetric matrix is square")
        let n = matrix.rows
        let work = BallVector<Element>(count: n * n + 1, bits: matrix.bits)
        let s = work.span
        for i in 0..<n {
            for j in 0...i {
                let entry = i * n + j
                s.dot(n * n, i * n, j * n, count: j)
                s.copy(entry, from: matrix.span, entry)
                s.subtract(entry, entry, n * n)
                if j < i { s.divide(entry, entry, j * n + j) }
            }
            let pivot = s[i * n + i]
            guard pivot.isCertainlyPositive else { return nil }
            s[i * n + i] = pivot.sqrt()
        }
        for i in 0..<n {
            for j in 0..<i { s.copy(j * n + i, from: s, i * n + j) }
        }
        size = n
        vector = work
    }

    /// The precision of the entries.
    @inlinable public var bits: Int { vector.span.bits }

    /// Entry (i, j) of L: 0 above the diagonal.
    @inlinable
    public subscript(i: Int, j: Int) -> Element {
        precondition(i >= 0 && i < size && j >= 0 && j < size, "an entry lies inside the matrix")
        return j <= i ? vector.span[i * size + j] : Element(0, bits: bits)
    }

    /// A^-1 b for every symmetric A of the factored matrix and every b, each column of b by itself: L y = b forward,
    /// then L^T x = y backward.
    @inlinable
    public func solve(_ b: borrowing BallMatrix<Element>) -> BallMatrix<Element> {
        precondition(b.rows == size, "the right-hand side has as many rows as the matrix")
        let n = size
        let result = BallMatrix<Element>(rows: n, columns: b.columns, bits: Swift.max(bits, b.bits))
        let work = BallVector<Element>(count: n * n + n + 1, bits: result.bits)
        let s = work.span
        for l in 0..<n * n { s.set(l, from: vector.span, l) }
        let (x, sum) = (n * n, n * n + n)
        for column in 0..<b.columns {
            for i in 0..<n {
                s.dot(sum, i * n, x, count: i)
                s.set(x + i, from: b.span, i * b.columns + column)
                s.subtract(x + i, x + i, sum)
                s.divide(x + i, x + i, i * n + i)
            }
            for i in stride(from: n - 1, through: 0, by: -1) {
                s.dot(sum, i * n + i + 1, x + i + 1, count: n - 1 - i)
                s.subtract(x + i, x + i, sum)
                s.divide(x + i, x + i, i * n + i)
                result.span.copy(i * b.columns + column, from: s, x + i)
            }
        }
        return result
    }
}

extension BallMatrix {
    /// For every symmetric matrix with its lower triangle in this one, its factor lies in the result; nil if a pivot is
    /// not certainly positive: then a matrix in it may fail to be positive definite. What lies above the diagonal is
    /// not read.
    ///
    /// - Error: one dot product, a difference and a quotient per entry; radii grow with the size and the condition.
    @inlinable
    public func choleskyFactor() -> CholeskyFactor<Element>? { CholeskyFactor(self) }
}
