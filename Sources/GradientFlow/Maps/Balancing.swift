import Arithmetic

/// The norm |e| = sqrt(sum of (e_i/weight_i)^2).
///
/// With states that move at different rates, e -> J e may shrink every error in one such norm and stretch some in the
/// plain one: for a descent with rates r_i the weights sqrt(r_i) make J symmetric. Any positive weights are right.
struct WeightedNorm {
    let weights: [Double]

    /// The 2-norm.
    init(dimension: Int) { weights = Array(repeating: 1, count: dimension) }

    /// The weights that make row i and column i of every D^-1 A D of the same length, outside the diagonal.
    /// - Source: Osborne, On pre-conditioning of matrices, J. ACM 7 (1960), 338-345.
    init(balancing entries: [DoubleBall]) {
        let n = Int(Double(entries.count).squareRoot().rounded())
        var a = entries.map { $0.approximation * $0.approximation }
        var weights = Array(repeating: 1.0, count: n)
        for _ in 0..<Self.sweeps {
            for i in 0..<n {
                var (row, column) = (0.0, 0.0)
                for j in 0..<n where j != i {
                    row += a[i * n + j]
                    column += a[j * n + i]
                }
                let factor = (row / column).squareRoot()
                guard factor.isNormal, column.isNormal else { continue }
                weights[i] *= factor.squareRoot()
                for j in 0..<n where j != i {
                    a[i * n + j] /= factor
                    a[j * n + i] *= factor
                }
            }
        }
        // The extremes of a matrix that falls into parts are no weights.
        self.weights = weights.map { Swift.min(Swift.max($0, 0x1p-60), 0x1p60) }
    }

    private static let sweeps = 12

    /// An upper bound of the norm of every vector with |e_i| <= radii[i].
    func bound(_ radii: [Magnitude]) -> Magnitude {
        var squares = Magnitude.zero
        for (radius, weight) in zip(radii, weights) {
            let share = radius / Magnitude(weight)
            squares += share * share
        }
        return squares.squareRoot()
    }

    /// D^-1 A D.
    func scaled(_ entries: [DoubleBall]) -> [DoubleBall] {
        let n = weights.count
        if weights.allSatisfy({ $0 == 1 }) { return entries }
        let balls = weights.map { DoubleBall(exactly: $0) }
        return (0..<(n * n)).map { entries[$0] * (balls[$0 % n] / balls[$0 / n]) }
    }
}
