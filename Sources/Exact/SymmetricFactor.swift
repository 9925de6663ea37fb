/// L D L^T of a symmetric positive definite matrix, row by row. In rationals it decides definiteness: a symmetric
/// matrix is positive definite exactly if all pivots are positive.
struct SymmetricFactor<Scalar: OrderedScalar> {
    /// L without its diagonal of ones.
    private var rows: [[Scalar]] = []
    private var pivots: [Scalar] = []

    init() {}

    /// Nil if the matrix is not positive definite.
    init?(_ matrix: [[Scalar]]) {
        for (i, row) in matrix.enumerated() {
            let border = border(Array(row[..<i]), row[i])
            guard border.pivot > .zero, !border.pivot.isNegligible else { return nil }
            append(border)
        }
    }

    /// One more row of L, and its pivot: what is left of the diagonal entry (the square of the distance of a vector
    /// from the span of the vectors before it, for a Gram matrix).
    struct Border {
        let row: [Scalar]
        let pivot: Scalar
    }

    /// The border by a row of the matrix, its diagonal entry apart.
    func border(_ entries: [Scalar], _ diagonal: Scalar) -> Border {
        let reduced = forward(entries)
        var row = reduced
        var pivot = diagonal
        for j in row.indices where row[j] != .zero {
            row[j] = reduced[j] / pivots[j]
            pivot = pivot - reduced[j] * row[j]
        }
        return Border(row: row, pivot: pivot)
    }

    mutating func append(_ border: Border) {
        rows.append(border.row)
        pivots.append(border.pivot)
    }

    /// x with A x = b.
    func solve(_ b: [Scalar]) -> [Scalar] {
        var x = zip(forward(b), pivots).map { $0 / $1 }
        for i in x.indices.reversed() where x[i] != .zero {
            for j in 0..<i where rows[i][j] != .zero { x[j] = x[j] - rows[i][j] * x[i] }
        }
        return x
    }

    /// y with L y = b.
    private func forward(_ b: [Scalar]) -> [Scalar] {
        var y = b
        for j in y.indices where y[j] != .zero {
            for i in (j + 1)..<max(y.count, j + 1) where rows[i][j] != .zero { y[i] = y[i] - rows[i][j] * y[j] }
        }
        return y
    }
}
