/// A floating-point Cholesky factorisation and the perturbation that it can hide.
enum FloatCholesky {
    /// Whether L L^T = B can be computed in doubles, every pivot positive and finite. `matrix` holds the lower
    /// triangle of B, row by row with `size` columns, and is overwritten by L. A NaN fails.
    ///
    /// Success alone proves nothing: add ``hiddenShift(diagonal:)``.
    static func factor(_ matrix: UnsafeMutablePointer<Double>, size: Int) -> Bool {
        for i in 0..<size {
            let row = matrix + i * size
            for j in 0..<i {
                let other = matrix + j * size
                row[j] = (row[j] - dot(row, other, j)) / other[j]
            }
            let pivot = row[i] - dot(row, row, i)
            guard pivot > 0, pivot < .infinity else { return false }
            row[i] = pivot.squareRoot()
        }
        return true
    }

    /// c with lambda_min(B) >= -c for every symmetric B, with at most this diagonal, whose factorisation succeeds.
    ///
    /// - Error: c = sum over j of g_(j+1) / (1 - g_(j+1)) b_jj, g_k = k u / (1 - k u), u = 2^-53, rounded up, and
    ///   64 (n + 2)^2 (2 + max b_jj) 2^-1074 for underflow: each of at most n products and one quotient per entry is off
    ///   by half of 2^-1074, the quotient's share times a pivot of at most 1 + b_jj.
    /// - Source: Rump, Verification of positive definiteness, BIT 46 (2006), 433-452. Any order of the inner products.
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

    @inline(__always)
    private static func dot(_ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ n: Int) -> Double {
        let xs = UnsafeRawPointer(x)
        let ys = UnsafeRawPointer(y)
        var even = SIMD4<Double>.zero
        var odd = SIMD4<Double>.zero
        var l = 0
        while l &+ 8 <= n {
            even += xs.loadUnaligned(fromByteOffset: l &* 8, as: SIMD4<Double>.self)
                * ys.loadUnaligned(fromByteOffset: l &* 8, as: SIMD4<Double>.self)
            odd += xs.loadUnaligned(fromByteOffset: l &* 8 &+ 32, as: SIMD4<Double>.self)
                * ys.loadUnaligned(fromByteOffset: l &* 8 &+ 32, as: SIMD4<Double>.self)
            l &+= 8
        }
        var sum = (even + odd).sum()
        while l < n {
            sum += x[l] * y[l]
            l &+= 1
        }
        return sum
    }
}
