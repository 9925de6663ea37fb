// Power series, one coefficient at a time. A series of order d is d + 1 consecutive elements; a position is the index
// of its coefficient 0. Each function makes coefficient j of the result; all lower coefficients of the result, and
// the arguments' coefficients up to j, are there already. So a recurrence can interleave several series order by
// order, and a loop over j runs one through. The result must not overlap an argument, unless stated.
//
// Source: Griewank and Walther, Evaluating Derivatives, 13.2 (Taylor coefficient propagation).

extension EnclosureSpan {
    /// c = a b:  c_j = sum over l <= j of a_l b_(j-l).
    @inlinable
    public func productCoefficient(_ j: Int, _ c: Int, _ a: Int, _ b: Int) {
        convolve(c + j, a, b + j, count: j + 1)
    }

    /// c = a^2, with half the products:  c_j = 2 (sum over l < j/2 of a_l a_(j-l)) + a_(j/2)^2.
    @inlinable
    public func squareCoefficient(_ j: Int, _ c: Int, _ a: Int) {
        if j == 0 {
            multiply(c, a, a)
            return
        }
        convolve(c + j, a, a + j, count: (j + 1) / 2)
        shift(c + j, c + j, by: 1)
        if j & 1 == 0 { addProduct(c + j, a + j / 2, a + j / 2) }
    }

    /// c = a / b:  c_j = (a_j - sum over 1 <= l <= j of b_l c_(j-l)) / b_0.
    @inlinable
    public func quotientCoefficient(_ j: Int, _ c: Int, _ a: Int, _ b: Int) {
        if j == 0 {
            divide(c, a, b)
            return
        }
        convolve(c + j, b + 1, c + j - 1, count: j)
        subtract(c + j, a + j, c + j)
        divide(c + j, c + j, b)
    }

    /// c = 1 / b:  c_0 = 1 / b_0, c_j = -(sum over 1 <= l <= j of b_l c_(j-l)) / b_0.
    @inlinable
    public func reciprocalCoefficient(_ j: Int, _ c: Int, _ b: Int) {
        if j == 0 {
            set(c, to: 1)
        } else {
            convolve(c + j, b + 1, c + j - 1, count: j)
            negate(c + j, c + j)
        }
        divide(c + j, c + j, b)
    }

    /// d = a':  d_j = (j + 1) a_(j+1). `d` may be `a`.
    @inlinable
    public func derivativeCoefficient(_ j: Int, _ d: Int, _ a: Int) {
        scale(d + j, a + j + 1, by: j + 1)
    }

    /// d = t a':  d_j = j a_j, the weights of the recurrences below. `d` may be `a`.
    @inlinable
    public func weightedCoefficient(_ j: Int, _ d: Int, _ a: Int) {
        if j == 0 { setZero(d) } else { scale(d + j, a + j, by: j) }
    }
}
