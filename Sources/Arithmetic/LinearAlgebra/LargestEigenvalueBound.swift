/// A certified upper bound of the largest eigenvalue of the symmetric matrix with exactly these entries.
///
/// A floating-point guess is certified: if lambda I - A - c I, its diagonal rounded down, has a floating-point Cholesky
/// factorisation, and c is what such a factorisation can hide, then lambda I - A is positive semidefinite. Gershgorin's
/// bound serves if the guess fails.
///
/// - Error: about n^2 units in the last place of the norm above the true value; exact for a diagonal matrix.
/// - Domain: infinity if an entry is not finite or the matrix is not symmetric.
/// - Source: Rump, Verification of positive definiteness, BIT 46 (2006), 433-452.
/// - Parameters:
///   - matrix: size * size entries, row by row.
///   - size: the number of rows and of columns, at least 1.
public func largestEigenvalueBound(ofSymmetric matrix: [Double], size: Int) -> Double {
    precondition(size >= 1 && matrix.count == size * size, "a square matrix has size * size entries")
    for i in 0..<size {
        for j in 0...i {
            let entry = matrix[i * size + j]
            guard entry.isFinite, entry == matrix[j * size + i] else { return .infinity }
        }
    }
    let ceiling = gershgorinBound(matrix, size: size)
    // Lanczos' guess is far cheaper for all but small matrices, and hardly ever misses.
    if size > 24 {
        let guess = EigenvalueGuess.byLanczos(matrix, size: size)
        if let bound = certifiedBound(near: guess, ceiling, matrix, size, attempts: 2) { return bound }
    }
    let guess = EigenvalueGuess.byTridiagonalForm(matrix, size: size)
    return certifiedBound(near: guess, ceiling, matrix, size, attempts: .max) ?? ceiling
}

/// The guess and a margin that is quadrupled after each failure, or the ceiling if it is lower; nil without success.
private func certifiedBound(
    near guess: Double, _ ceiling: Double, _ matrix: [Double], _ size: Int, attempts: Int
) -> Double? {
    guard guess.isFinite else { return nil }
    // A diagonal of 0 would hide nothing, but is not allowed there.
    let gaps = (0..<size).map { Swift.max(guess - matrix[$0 * size + $0], .leastNormalMagnitude) }
    // Half of the hidden shift is left for the rounding of the factorisation, the rest is the guess's own.
    var margin = 1.5 * FloatCholesky.hiddenShift(diagonal: gaps) + 0x1p-50 * (ceiling.magnitude + guess.magnitude)
    for _ in 0..<attempts {
        let lambda = guess + margin
        guard lambda < ceiling else { return ceiling }
        if isCertifiedBound(lambda, matrix, size: size) { return lambda }
        // A margin of 0 would repeat the same attempt.
        guard margin > 0 else { return nil }
        margin *= 4
    }
    return nil
}

/// max over i of a_ii + sum over j != i of |a_ij|, rounded up.
///
/// - Error: each sum of at most n - 1 sizes, in rounding to nearest, times 1 + n 2^-52; subnormal sums are exact.
private func gershgorinBound(_ matrix: [Double], size: Int) -> Double {
    // Column by column, which is the same by symmetry, so that whole rows are added at once.
    var radii = [Double](repeating: 0, count: size)
    for i in 0..<size {
        for j in 0..<i { radii[j] += matrix[i * size + j].magnitude }
        for j in i + 1..<size { radii[j] += matrix[i * size + j].magnitude }
    }
    var bound = -Double.infinity
    for i in 0..<size {
        let end = Directed.addUp(matrix[i * size + i], radii[i] * (1 + Double(size) * 0x1p-52))
        // Written so that a NaN would win.
        if !(end <= bound) { bound = end }
    }
    return bound.isNaN ? .infinity : bound
}

/// Whether lambda I - A is proved positive semidefinite.
private func isCertifiedBound(_ lambda: Double, _ matrix: [Double], size: Int) -> Bool {
    let upper = (0..<size).map { Directed.addUp(lambda, -matrix[$0 * size + $0]) }
    let shift = FloatCholesky.hiddenShift(diagonal: upper)
    guard shift < .infinity else { return false }
    var work = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
        for j in 0..<i { work[i * size + j] = -matrix[i * size + j] }
        // Rounded down: the factored matrix plus c I must not exceed lambda I - A.
        let gap = Directed.addDown(lambda, -matrix[i * size + i])
        work[i * size + i] = Directed.addDown(gap, -shift)
    }
    return work.withUnsafeMutableBufferPointer { FloatCholesky.factor($0.baseAddress!, size: size) }
}
