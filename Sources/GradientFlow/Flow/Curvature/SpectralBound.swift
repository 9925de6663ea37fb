import Arithmetic
import Exact

/// Bounds lambda_max(A(tau)) for tau in [0, 1] of a symmetric matrix A(tau) = sum of b_i(tau) B_i + W tau^3 + U, b_i the
/// Bernstein polynomials of degree 2: at most the sum of b_i(tau) lambda_max(B_i), because lambda_max is convex, plus
/// |W| tau^3 + |U|.
struct SpectralBound {
    /// Upper bounds of lambda_max(B_i).
    var controls = [-Double.infinity, -.infinity, -.infinity]
    /// Upper bounds of the 2-norms of W and U.
    var weighted = 0.0
    var uniform = 0.0

    /// The bound of a block diagonal matrix: the larger one in every place, since a maximum of convex functions is convex.
    mutating func join(_ other: SpectralBound) {
        controls = zip(controls, other.controls).map { Swift.max($0, $1) }
        weighted = Swift.max(weighted, other.weighted)
        uniform = Swift.max(uniform, other.uniform)
    }

    /// The integrals over a step of that length, with `norm` added all the time. Nil without information.
    ///
    /// A Bernstein polynomial of degree 2 has the mean 1/3, and tau^3 the mean 1/4.
    func integrated(over length: DoubleBall, beside norm: Double) -> LogarithmicNorm.Bound? {
        guard controls.allSatisfy({ $0.isFinite }), weighted.isFinite, uniform.isFinite, norm.isFinite else { return nil }
        let (zero, third) = (DoubleBall(exactly: 0), DoubleBall(Rational(1, 3)))
        let rest = DoubleBall(exactly: weighted * 0.25) + DoubleBall(exactly: uniform) + DoubleBall(exactly: norm)
        func mean(_ values: [Double]) -> DoubleBall {
            values.reduce(zero) { $0 + DoubleBall(exactly: $1) } * third + rest
        }
        let integral = length * mean(controls)
        let positivePart = length * mean(controls.map { Swift.max($0, 0) })
        guard integral.isFinite && positivePart.isFinite else { return nil }
        return LogarithmicNorm.Bound(
            integral: integral.upperEndpoint, positivePart: positivePart.upperEndpoint,
            modelling: weighted * 0.25 * length.upperEndpoint)
    }
}

/// The entries of a symmetric matrix along a step, for its ``SpectralBound``.
struct SymmetricModel {
    let size: Int
    private var first: [Double]
    private var second: [Double]
    private var third: [Double]
    private var squares = (weighted: 0.0, uniform: 0.0)
    private var rows: [(weighted: Double, uniform: Double)]

    init(size: Int) {
        self.size = size
        first = Array(repeating: 0, count: size * size)
        second = first
        third = first
        rows = Array(repeating: (0, 0), count: size)
    }

    /// Sets the entries (i, k) and (k, i), once each.
    mutating func set(_ i: Int, _ k: Int, _ entry: ShortModel) {
        let (start, middle, end) = entry.controls
        let spread = entry.spread
        let (upper, lower) = (i * size + k, k * size + i)
        first[upper] = start
        first[lower] = start
        second[upper] = middle
        second[lower] = middle
        third[upper] = end
        third[lower] = end
        let count = i == k ? 1.0 : 2.0
        squares.weighted += count * (entry.weighted * entry.weighted + 0x1p-1000)
        squares.uniform += count * (spread * spread + 0x1p-1000)
        rows[i].weighted += entry.weighted
        rows[i].uniform += spread
        if i == k { return }
        rows[k].weighted += entry.weighted
        rows[k].uniform += spread
    }

    /// The remainders' 2-norms are at most the Frobenius norm and, for these symmetric matrices, the largest row sum.
    func bound() -> SpectralBound {
        SpectralBound(
            controls: [first, second, third].map { largestEigenvalueBound(ofSymmetric: $0, size: size) },
            weighted: norm(squares.weighted, rows.map(\.weighted)), uniform: norm(squares.uniform, rows.map(\.uniform)))
    }

    private func norm(_ squares: Double, _ rows: [Double]) -> Double {
        let frobenius = roundedUp(roundedUp(squares, count: 2 * size * size).squareRoot(), count: 1)
        let widest = rows.reduce(0) { $1 <= $0 ? $0 : $1 }
        return frobenius.isFinite && widest.isFinite ? Swift.min(frobenius, roundedUp(widest, count: size)) : .infinity
    }
}
