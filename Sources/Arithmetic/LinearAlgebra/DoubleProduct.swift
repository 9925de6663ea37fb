import CKernels

/// The product of two matrices of double balls by two or three products of plain matrices, every one in rounding to
/// nearest and in any order of summation.
///
/// With midpoints A, B, radii r, s, inner size n, u = 2^-53 and gamma_n = n u / (1 - n u), the product of the midpoints
/// is off by gamma_n |A||B| (Higham, Accuracy and Stability, 3.5), and the radii spread it by |A| s + r (|B| + s).
///
/// - Error: |A| (s + (n + 4) u |B|) + r (|B| + s) + 2^-1022, times 1 + (2n + 10) 2^-52: each path of those sums has at
///   most 2n + 4 roundings. The last two terms cover up to 4n underflows of eta/2 = 2^-1075 each. An entry is exact
///   if all its terms have an exactly zero factor.
/// - Domain: n <= 2^26. An entry that is not finite reaches its row or column through zeros too.
/// - Source: Rump, Fast and parallel interval arithmetic, BIT 39 (1999), 534-554.
@usableFromInline
struct DoubleProduct {
    let rows: Int
    let inner: Int
    let columns: Int

    @usableFromInline
    init(rows: Int, inner: Int, columns: Int) {
        self.rows = rows
        self.inner = inner
        self.columns = columns
    }

    typealias Kernel = (
        UnsafeMutablePointer<Double>, Int, fb_matrix, fb_matrix, Int, Int, Int, Double, UnsafeMutablePointer<Double>
    ) -> Void

    /// - Parameter c: zeros.
    @usableFromInline
    func multiply(_ c: DoubleBall.Span, _ a: DoubleBall.Span, _ b: DoubleBall.Span) {
        multiply(c, a, b, by: fb_add_product)
    }

    /// - Parameter kernel: c += a b in doubles.
    func multiply(_ c: DoubleBall.Span, _ a: DoubleBall.Span, _ b: DoubleBall.Span, by kernel: Kernel) {
        precondition(inner <= 1 << 26, "the error bound needs n^2 u < 1")
        let (sizeA, sizeB) = (rows * inner, inner * columns)
        let scratchSize = fb_product_scratch(rows, columns, inner)
        let work = UnsafeMutablePointer<Double>.allocate(capacity: sizeA + 2 * sizeB + scratchSize)
        defer { work.deallocate() }
        let (sizes, weights, reaches) = (work, work + sizeA, work + sizeA + sizeB)
        let scratch = work + (sizeA + 2 * sizeB)
        func add(_ target: UnsafeMutablePointer<Double>, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>) {
            let left = fb_matrix(start: x, row: inner, column: 1)
            let right = fb_matrix(start: y, row: columns, column: 1)
            kernel(target, columns, left, right, rows, columns, inner, 1, scratch)
        }

        var hasRadii = false
        var smallestA = Double.infinity
        for l in 0..<sizeA {
            sizes[l] = a.mids[l].magnitude
            hasRadii = hasRadii || !(a.rads[l] == 0)
            smallestA = Swift.min(smallestA, Self.unlessZero(sizes[l]), Self.unlessZero(a.rads[l]))
        }
        let share = Double(inner + 4) * 0x1p-53
        var smallestB = Double.infinity
        for l in 0..<sizeB {
            let size = b.mids[l].magnitude
            // 2^-1022 is above the underflow of this product.
            weights[l] = size == 0 ? b.rads[l] : b.rads[l] + (share * size + 0x1p-1022)
            reaches[l] = size + b.rads[l]
            smallestB = Swift.min(smallestB, Self.unlessZero(weights[l]), Self.unlessZero(reaches[l]))
        }
        add(c.mids, a.mids, b.mids)
        add(c.rads, sizes, weights)
        if hasRadii { add(c.rads, a.rads, reaches) }

        // Rounding is monotone: if the smallest possible product does not vanish, a sum of 0 has zero terms only.
        let isZeroExact = smallestA * smallestB > 0
        let factor = 1 + (2 * Double(inner) + 10) * 0x1p-52
        for l in 0..<rows * columns where !(isZeroExact && c.rads[l] == 0) {
            c.rads[l] = (c.rads[l] + 0x1p-1022) * factor
        }
    }

    private static func unlessZero(_ x: Double) -> Double { x > 0 ? x : .infinity }
}
