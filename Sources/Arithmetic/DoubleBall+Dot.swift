import CKernels

// A C kernel, in two builds, because only C can ask for AVX2 and FMA. Its a-priori bound is derived in dot.c.

extension DoubleBall.Span {
    /// - Error: one a-priori bound, about (n + 4) 2^-53 sum |x y| beyond the spread of the operands; exact if every
    ///   term has a factor that is exactly zero.
    public func convolve(_ i: Int, _ a: Int, _ b: Int, count n: Int) {
        guard n > 0 else { return setZero(i) }
        assert(a >= 0 && a + n <= count && b - (n - 1) >= 0 && b < count)
        let ball = fb_convolve_balls(mids + a, rads + a, mids + b, rads + b, n)
        self[i] = DoubleBall(mid: ball.mid, rad: ball.rad)
    }

    /// - Error: as for ``convolve(_:_:_:count:)``.
    public func dot(_ i: Int, _ a: Int, _ b: Int, count n: Int) {
        guard n > 0 else { return setZero(i) }
        assert(a >= 0 && a + n <= count && b >= 0 && b + n <= count)
        let ball = fb_dot_balls(mids + a, rads + a, mids + b, rads + b, n)
        self[i] = DoubleBall(mid: ball.mid, rad: ball.rad)
    }
}
