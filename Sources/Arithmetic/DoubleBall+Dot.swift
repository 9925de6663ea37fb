// One a-priori bound for a whole dot product of n terms (u = 2^-53, eta = 2^-1074):
//
//   radius <= ((n + 4) u sum |x y| + sum (|x| ry + rx (|y| + ry)) + (3n + 5) eta) (1 + (2n + 10) 2^-52)
//
// with all sums as computed, in any order. The midpoint is off by at most gamma_n sum |x||y| (Higham, Accuracy and
// Stability, 3.1), gamma_n = n u / (1 - n u); each of the 3n products may underflow by eta/2; the last factor covers
// the rounding of the sums themselves.

extension DoubleBall.Span {
    @inlinable
    public func convolve(_ i: Int, _ a: Int, _ b: Int, count n: Int) {
        self[i] = dot(a, b, step: -1, n)
    }

    @inlinable
    public func dot(_ i: Int, _ a: Int, _ b: Int, count n: Int) {
        self[i] = dot(a, b, step: 1, n)
    }

    /// - Parameter step: 1 or -1, a literal at both calls, so that each gets its own loop.
    @inlinable @inline(__always)
    func dot(_ a: Int, _ b: Int, step: Int, _ n: Int) -> DoubleBall {
        guard n > 0 else { return DoubleBall(mid: 0, rad: 0) }
        assert(a >= 0 && a + n <= count && b >= 0 && b < count && b + step * (n - 1) >= 0 && b + step * (n - 1) < count)
        let xm = UnsafeRawPointer(mids + a)
        let xr = UnsafeRawPointer(rads + a)
        // The address of the lower element of each pair of y.
        let ym = UnsafeRawPointer(step > 0 ? mids + b : mids + b - 1)
        let yr = UnsafeRawPointer(step > 0 ? rads + b : rads + b - 1)
        var sum = SIMD2<Double>.zero
        var size = SIMD2<Double>.zero
        var spread = SIMD2<Double>.zero
        let paired = (n & ~1) &* 8
        var l = 0
        while l < paired {
            let x = xm.loadUnaligned(fromByteOffset: l, as: SIMD2<Double>.self)
            let rx = xr.loadUnaligned(fromByteOffset: l, as: SIMD2<Double>.self)
            var y = ym.loadUnaligned(fromByteOffset: l &* step, as: SIMD2<Double>.self)
            var ry = yr.loadUnaligned(fromByteOffset: l &* step, as: SIMD2<Double>.self)
            if step < 0 {
                y = SIMD2(y.y, y.x)
                ry = SIMD2(ry.y, ry.x)
            }
            let product = x * y
            sum += product
            size += Self.magnitudes(product)
            spread += Self.magnitudes(x) * ry + rx * (Self.magnitudes(y) + ry)
            l &+= 16
        }
        var mid = sum.x + sum.y
        var total = size.x + size.y
        var wide = spread.x + spread.y
        if n & 1 == 1 {
            let x = self[a + n - 1]
            let y = self[b + step * (n - 1)]
            let product = x.mid * y.mid
            mid += product
            total += product.magnitude
            wide += x.mid.magnitude * y.rad + x.rad * (y.mid.magnitude + y.rad)
        }
        if total == 0 && wide == 0 && hasOnlyZeroTerms(a, b, step, n) { return DoubleBall(mid: 0, rad: 0) }
        let terms = Double(n)
        // 2^-1022 is above the underflow term, and no subnormal number, which would be slow.
        let bound = (terms + 4) * 0x1p-53 * total + wide + 0x1p-1022
        return DoubleBall(mid: mid, rad: bound * (1 + (2 * terms + 10) * 0x1p-52))
    }

    @inlinable @inline(__always)
    static func magnitudes(_ v: SIMD2<Double>) -> SIMD2<Double> {
        let bits = unsafeBitCast(v, to: SIMD2<UInt64>.self) & SIMD2(repeating: 0x7FFF_FFFF_FFFF_FFFF)
        return unsafeBitCast(bits, to: SIMD2<Double>.self)
    }

    /// Whether every product has a factor that is exactly zero: then no sum of 0 hides an underflow.
    @usableFromInline
    func hasOnlyZeroTerms(_ a: Int, _ b: Int, _ step: Int, _ n: Int) -> Bool {
        for l in 0..<n where !self[a + l].isExactZero && !self[b + step * l].isExactZero { return false }
        return true
    }
}
