import CKernels

/// A floating-point Cholesky factorisation and the perturbation that it can hide.
enum FloatCholesky {
    /// Whether L L^T = B can be computed in doubles, every pivot positive and finite. `matrix` holds the lower
    /// triangle of B, row by row with `size` columns, and is overwritten by L; what lies above changes. A NaN fails.
    ///
    /// Success alone proves nothing: add ``hiddenShift(diagonal:)``.
    static func factor(_ matrix: UnsafeMutablePointer<Double>, size: Int) -> Bool {
        let scratch = UnsafeMutablePointer<Double>.allocate(capacity: fb_product_scratch(size, size, size))
        defer { scratch.deallocate() }
        return fb_float_cholesky(matrix, size, scratch) != 0
    }

    /// c with lambda_min(B) >= -c for every symmetric B, with at most this diagonal, whose factorisation succeeds.
    ///
    /// - Error: c = sum over j of g_(j+1) / (1 - g_(j+1)) b_jj, g_k = k u / (1 - k u), u = 2^-53, rounded up, and
    ///   64 (n + 2)^2 (2 + max b_jj) 2^-1074 for underflow: each of at most n products and one quotient per entry is
    ///   off by half of 2^-1074, the quotient's share times a pivot of at most 1 + b_jj.
    /// - Source: Rump, Verification of positive definiteness, BIT 46 (2006), 433-452. Any order of the inner products,
    ///   by halves and with FMA too: the argument stands in factor.c.
    static func hiddenShift(diagonal: [Double]) -> Double {
        var sum = 0.0
        var largest = 0.0
        for (j, entry) in diagonal.enumerated() {
            guard entry > 0 else { return .infinity }
            let places = Double(j + 2) * 0x1p-53
            // g / (1 - g) = k u / (1 - 2 k u).
            sum += places / (1 - 2 * places) * entry
            if entry > largest { largest = entry }
        }
        let size = Double(diagonal.count)
        let underflow = 64 * (size + 2) * (size + 2) * (2 + largest) * 0x1p-1074
        // 2 n + 8 roundings, each at most u.
        return (sum + underflow) * (1 + (2 * size + 8) * 0x1p-52)
    }
}
