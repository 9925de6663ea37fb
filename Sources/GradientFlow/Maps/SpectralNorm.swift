import Arithmetic

/// An upper bound of the 2-norm of every n x n matrix whose entries lie in these balls, given row by row.
///
/// - Error: about the square root of what the entries' radii and n^2 units in the last place add to |A|^2.
/// - Domain: infinity if an entry carries no information.
/// - Source: |A|^2 = lambda_max(A^T A); lambda_max of a symmetric matrix in balls is at most that of the midpoints plus
///   the Frobenius norm of the radii.
func spectralNormBound(_ entries: [DoubleBall], size n: Int) -> Magnitude {
    if n == 1 { return entries[0].magnitude }
    let square = BallMatrix<DoubleBall>(rows: n, columns: n, bits: 53)
    for i in 0..<n {
        for k in 0..<n { square[i, k] = entries[i * n + k] }
    }
    let product = square.transposed().times(square)
    var midpoints = Array(repeating: 0.0, count: n * n)
    var spread = Magnitude.zero
    for i in 0..<n {
        for k in 0...i {
            let sum = product[i, k]
            guard sum.isFinite else { return .infinity }
            midpoints[i * n + k] = sum.midpoint.approximation
            midpoints[k * n + i] = midpoints[i * n + k]
            let square = sum.radius * sum.radius
            spread += i == k ? square : square + square
        }
    }
    let top = largestEigenvalueBound(ofSymmetric: midpoints, size: n)
    guard top < .infinity else { return .infinity }
    return (Magnitude(Swift.max(top, 0)) + spread.squareRoot()).squareRoot()
}
