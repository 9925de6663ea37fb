import CKernels

extension EigenvalueGuess {
    /// Lanczos' method with full reorthogonalisation, until the largest Ritz value stands still: n^2 operations a step.
    /// It may stop too low, where the start has next to no share in the eigenvector.
    ///
    /// - Parameter matrix: the full symmetric matrix, row by row.
    /// - Source: Golub and Van Loan, Matrix Computations, 10.1 and 10.3.
    static func byLanczos(_ matrix: [Double], size n: Int) -> Double {
        let limit = Swift.min(n, 64 + n / 3)
        let basis = UnsafeMutablePointer<Double>.allocate(capacity: (limit + 1) * n + limit)
        defer { basis.deallocate() }
        let shares = basis + (limit + 1) * n
        fillStart(basis, n)
        var (diagonal, offDiagonal) = ([Double](), [Double]())
        var (best, scale) = (-Double.infinity, 0.0)
        for k in 0..<limit {
            let next = basis + (k + 1) * n
            fb_matrix_vector(next, matrix, basis + k * n, n, n)
            // The second pass removes what rounding left of the first.
            for pass in 0..<2 {
                fb_matrix_vector(shares, basis, next, k + 1, n)
                fb_subtract_rows(next, basis, shares, k + 1, n)
                if pass == 0 { diagonal.append(shares[k]) }
            }
            let norm = normalise(next, n)
            scale = Swift.max(scale, diagonal[k].magnitude, norm)
            guard scale < .infinity else { return .nan }
            let isInvariant = norm <= scale * 0x1p-48
            if isInvariant || k % 8 == 7 || k + 1 == limit {
                let value = largest(diagonal, offDiagonal)
                // The certificate hides about n^2 units in the last place, so n of them in the guess do not matter.
                if isInvariant || value - best <= scale * Double(n) * 0x1p-52 { return value }
                best = value
            }
            offDiagonal.append(norm)
        }
        return best
    }

    /// A fixed vector without pattern: no component is small, so hardly an eigenvector is missed.
    private static func fillStart(_ vector: UnsafeMutablePointer<Double>, _ n: Int) {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        for i in 0..<n {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let size = 1 + Double(state >> 12) * 0x1p-52
            vector[i] = state >> 11 & 1 == 0 ? size : -size
        }
        _ = normalise(vector, n)
    }

    /// Divides by the 2-norm, and returns it.
    private static func normalise(_ vector: UnsafeMutablePointer<Double>, _ n: Int) -> Double {
        var square = 0.0
        fb_matrix_vector(&square, vector, vector, 1, n)
        let norm = square.squareRoot()
        if norm > 0 { for i in 0..<n { vector[i] /= norm } }
        return norm
    }
}
