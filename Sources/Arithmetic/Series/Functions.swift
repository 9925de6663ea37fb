// Elementary functions of a power series, from the differential equation that each of them solves. Coefficient 0 is
// the function of the element a_0; the caller sets it. wa is the weighted series of a: wa_l = l a_l, filled up to j
// (``weightedCoefficient(_:_:_:)``). All of these are for j >= 1.

extension EnclosureSpan {
    /// c = exp(a), c' = a' c:  c_j = (1/j) sum over 1 <= l <= j of wa_l c_(j-l).
    @inlinable
    public func exponentialCoefficient(_ j: Int, _ c: Int, _ wa: Int) {
        integratedProductCoefficient(j, c, c, wa)
    }

    /// f = f(a) with f(a)' = g a', g = f'(a) given as a series up to j - 1:
    /// f_j = (1/j) sum over 1 <= l <= j of wa_l g_(j-l).
    ///
    /// softplus with g = sigmoid(a); erf with g = 2/sqrt(pi) exp(-a^2); asinh with g = (1 + a^2)^(-1/2).
    @inlinable
    public func integratedProductCoefficient(_ j: Int, _ f: Int, _ g: Int, _ wa: Int) {
        precondition(j >= 1, "coefficient 0 is the function of the element")
        convolve(f + j, wa + 1, g + j - 1, count: j)
        divide(f + j, f + j, by: j)
    }

    /// c = log(a), a c' = a':  c_j = (a_j - (1/j) sum over 1 <= l < j of wc_l a_(j-l)) / a_0. Fills wc_j = j c_j.
    @inlinable
    public func logarithmCoefficient(_ j: Int, _ c: Int, _ wc: Int, _ a: Int) {
        precondition(j >= 1, "coefficient 0 is the function of the element")
        convolve(c + j, wc + 1, a + j - 1, count: j - 1)
        divide(c + j, c + j, by: j)
        subtract(c + j, a + j, c + j)
        divide(c + j, c + j, a)
        scale(wc + j, c + j, by: j)
    }

    /// c = a^r, a c' = r a' c:
    /// c_j = (r sum over 1 <= l <= j of wa_l c_(j-l) - sum over 1 <= l < j of wc_l a_(j-l)) / (j a_0).
    /// Fills wc_j = j c_j.
    /// At r is an element that encloses the exponent.
    @inlinable
    public func powerCoefficient(_ j: Int, _ c: Int, _ wa: Int, _ wc: Int, _ a: Int, exponent r: Int) {
        precondition(j >= 1, "coefficient 0 is the function of the element")
        convolve(c + j, wa + 1, c + j - 1, count: j)
        multiply(c + j, c + j, r)
        // wc_j is free until c_j is known.
        convolve(wc + j, wc + 1, a + j - 1, count: j - 1)
        subtract(c + j, c + j, wc + j)
        divide(wc + j, c + j, a)
        divide(c + j, wc + j, by: j)
    }

    /// c = sqrt(a), c^2 = a:  c_j = (a_j - sum over 1 <= l < j of c_l c_(j-l)) / (2 c_0), with half the products.
    /// Division by the root, not by a_0, keeps it sharper than the general power.
    /// At `doubled` is a free element, which becomes 2 c_0.
    @inlinable
    public func squareRootCoefficient(_ j: Int, _ c: Int, _ a: Int, doubled: Int) {
        precondition(j >= 1, "coefficient 0 is the function of the element")
        convolve(c + j, c + 1, c + j - 1, count: (j - 1) / 2)
        shift(c + j, c + j, by: 1)
        if j & 1 == 0 { addProduct(c + j, c + j / 2, c + j / 2) }
        subtract(c + j, a + j, c + j)
        shift(doubled, c, by: 1)
        divide(c + j, c + j, doubled)
    }

    /// s = sin(a), c = cos(a): s' = a' c, c' = -a' s.
    @inlinable
    public func sineCosineCoefficient(_ j: Int, _ s: Int, _ c: Int, _ wa: Int) {
        integratedProductCoefficient(j, s, c, wa)
        integratedProductCoefficient(j, c, s, wa)
        negate(c + j, c + j)
    }
}
