import CKernels

/// Whole products. A dot product of balls moves each term to the exponent of the largest one; here, where the radii
/// allow it, a row, a column or a series is moved to one exponent first, and its terms are products of integers.
///
/// - Error: that of a dot product per entry or coefficient, times at most 17/16, and one unit in the last place; exact
///   where that one is exact.
extension Ball.Span {
    /// self = a b for matrices, row by row. `self` is all zeros, and apart from `a` and `b`.
    @usableFromInline
    func setMatrixProduct(_ a: Ball.Span, _ b: Ball.Span, rows: Int, inner: Int, columns: Int) {
        guard rows > 0, inner > 0, columns > 0 else { return }
        let size = fb_ball_matrix_scratch(rows, inner, columns, limbCount)
        withOperands(a, b, scratch: size) { x, y, scratch in
            fb_ball_matrix_product(at(0), x, y, rows, inner, columns, scratch, limbCount)
        }
    }

    /// self = a b for as many coefficients of power series as `self` has. `self` is apart from `a` and `b`.
    @usableFromInline
    func setSeriesProduct(_ a: Ball.Span, _ b: Ball.Span) {
        withOperands(a, b, scratch: fb_ball_series_scratch(count, limbCount)) { x, y, scratch in
            fb_ball_series_product(at(0), x, y, count, scratch, limbCount)
        }
    }

    private func withOperands(
        _ a: Ball.Span, _ b: Ball.Span, scratch size: Int,
        _ body: (BallPointer, BallPointer, UnsafeMutableRawPointer) -> Void
    ) {
        let scratch = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        defer { scratch.deallocate() }
        a.withPrecision(bits) { x in
            b.withPrecision(bits) { y in body(x.at(0), y.at(0), scratch) }
        }
    }

    /// Runs `body` on the elements, rounded outward if they have another precision.
    private func withPrecision(_ bits: Int, _ body: (Ball.Span) -> Void) {
        if bits == self.bits { return body(self) }
        let rounded = Ball.Span.allocate(count: count, bits: bits)
        defer { rounded.deallocate() }
        for i in 0..<count { rounded.copy(i, from: self, i) }
        body(rounded)
    }
}
