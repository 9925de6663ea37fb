// Norms of coefficients: what bounds a polynomial on [-1, 1], and what a product has beyond a degree.

extension EnclosureSpan {
    /// Bounds the sum over l < n of |self[a + l]|; infinity if an element has no information.
    @inlinable
    public func norm(_ a: Int, count n: Int) -> Magnitude {
        var sum = Magnitude.zero
        for l in 0..<Swift.max(n, 0) { sum = sum + magnitude(a + l) }
        return sum
    }

    /// Bounds the sum of |self[a + l]| |self[b + m]| over l, m < n with l + m >= degree: the coefficients from `degree`
    /// on of the product of two series of n terms.
    @inlinable
    public func productTail(_ a: Int, _ b: Int, count n: Int, from degree: Int) -> Magnitude {
        var sum = Magnitude.zero
        var suffix = Magnitude.zero
        var m = n - 1
        for l in 0..<Swift.max(n, 0) {
            while m >= 0 && l + m >= degree {
                suffix = suffix + magnitude(b + m)
                m -= 1
            }
            if suffix != .zero { sum = sum + magnitude(a + l) * suffix }
        }
        return sum
    }
}

// In doubles the sums are plain, with one factor in the end: a term of a sum of n passes at most n roundings, and each
// rounding is at most 2^-53 of its result. A NaN or an infinity makes the bound infinite.
extension DoubleBall.Span {
    @inlinable
    public func norm(_ a: Int, count n: Int) -> Magnitude {
        var sum = 0.0
        for l in 0..<Swift.max(n, 0) { sum += mids[a + l].magnitude + rads[a + l] }
        return Magnitude(sum * (1 + Double(n + 4) * 0x1p-52))
    }

    @inlinable
    public func productTail(_ a: Int, _ b: Int, count n: Int, from degree: Int) -> Magnitude {
        var sum = 0.0
        var suffix = 0.0
        var m = n - 1
        for l in 0..<Swift.max(n, 0) {
            while m >= 0 && l + m >= degree {
                suffix += mids[b + m].magnitude + rads[b + m]
                m -= 1
            }
            let size = mids[a + l].magnitude + rads[a + l]
            // Written so that a NaN goes on. 2^-1022 is above what the product may lose by underflow.
            if suffix != 0 && size != 0 { sum += size * suffix + 0x1p-1022 }
        }
        // At most n + 1 roundings in each factor, one for the product, and two for every later term.
        return Magnitude(sum * (1 + Double(4 * n + 10) * 0x1p-52))
    }
}
