// u = 2^-53 is the unit roundoff, eta = 2^-1074 the smallest subnormal number. A computed result is off by at most
// a factor (1 + u), or by eta/2 if it underflows; sums never underflow inexactly. Every radius below is a sum of a few
// non-negative computed numbers, so a last factor 1 + k u covers the rounding of the radius itself.

extension DoubleBall {
    /// - Error: the rounding error of the midpoint is added exactly, so an exact sum stays exact.
    /// - Source: two-sum, Knuth 1969; three roundings of the radius are covered by 1 + 4u.
    @inlinable
    public static func + (a: DoubleBall, b: DoubleBall) -> DoubleBall {
        let mid = a.mid + b.mid
        let error = Directed.error(a.mid, b.mid, mid)
        return DoubleBall(mid: mid, rad: ((a.rad + b.rad) + error.magnitude) * (1 + 0x1p-51))
    }

    @inlinable
    public static func - (a: DoubleBall, b: DoubleBall) -> DoubleBall {
        a + (-b)
    }

    @inlinable
    public static prefix func - (a: DoubleBall) -> DoubleBall {
        DoubleBall(mid: -a.mid, rad: a.rad)
    }

    @inlinable
    var isExactZero: Bool { mid == 0 && rad == 0 }

    /// - Error: |x| ry + rx (|y| + ry) + u |xy| + 2^-1022, times 1 + 16u; an exact zero times a finite ball is exact.
    @inlinable
    public static func * (a: DoubleBall, b: DoubleBall) -> DoubleBall {
        let mid = a.mid * b.mid
        let spread = a.mid.magnitude * b.rad + a.rad * (b.mid.magnitude + b.rad)
        // Four products may underflow, by eta/2 each. The term is a normal number because subnormal ones are slow.
        let tiny = a.isExactZero || b.isExactZero ? 0 : 0x1p-1022
        return DoubleBall(mid: mid, rad: (spread + (mid.magnitude * 0x1p-53 + tiny)) * (1 + 0x1p-49))
    }

    /// With q = x/y, |(x + s)/(y + t) - q| = |s - q t| / |y + t| <= (rx + |q| ry) / (|y| - ry).
    /// - Error: that, with u |q| + 2^-1022 for the rounding and underflow of the quotient, times 1 + 32u.
    /// - Domain: no information if the divisor contains 0.
    @inlinable
    public static func / (a: DoubleBall, b: DoubleBall) -> DoubleBall {
        let gap = b.mid.magnitude - b.rad
        // Also false for a NaN. A difference of unequal doubles never rounds to 0.
        guard gap > 0, b.isFinite else { return .noInformation() }
        if a.isExactZero { return a }
        let mid = a.mid / b.mid
        // A product that is exactly zero is not charged for an underflow, which the small gap would amplify.
        let tiny = b.rad == 0 ? 0.0 : 0x1p-1074
        let quotient = mid.magnitude * (1 + 0x1p-51) + 0x1p-1022
        let spread = (a.rad + (quotient * b.rad + tiny)) / gap
        return DoubleBall(mid: mid, rad: (spread + (mid.magnitude * 0x1p-53 + 0x1p-1022)) * (1 + 0x1p-48))
    }

    /// n times the ball.
    @inlinable
    func scaled(by n: Int) -> DoubleBall {
        if n == 1 { return self }
        if n == -1 { return -self }
        return self * DoubleBall(integer: n)
    }

    @inlinable
    func divided(by n: Int) -> DoubleBall {
        if n == 1 { return self }
        if n == -1 { return -self }
        return self / DoubleBall(integer: n)
    }

    /// Encloses the integer; exact up to 2^53.
    @inlinable
    init(integer n: Int) {
        let mid = Double(n)
        // Rounding a 64-bit integer to 53 bits is off by at most 2^10.
        self.init(mid: mid, rad: n.magnitude <= 1 << 53 ? 0 : 1024)
    }

    /// 2^n times the ball, exact unless it underflows.
    @inlinable
    func shifted(by n: Int) -> DoubleBall {
        if isExactZero { return self }
        var result = self
        var rest = n < -2200 ? -2200 : (n > 2200 ? 2200 : n)
        while rest != 0 {
            let step = rest < -1000 ? -1000 : (rest > 1000 ? 1000 : rest)
            let factor = Double(sign: .plus, exponent: step, significand: 1)
            let mid = result.mid * factor
            var rad = result.rad * factor
            // Below the normal range the midpoint and the radius round, by eta/2 each.
            if step < 0, mid.magnitude < 0x1p-1021 || rad < 0x1p-1021 {
                if mid / factor != result.mid || rad / factor != result.rad { rad = Directed.addUp(rad, 0x1p-1074) }
            }
            result = DoubleBall(mid: mid, rad: rad)
            rest -= step
        }
        return result
    }

    @inlinable
    public func widened(by amount: Magnitude) -> DoubleBall {
        amount.isZero ? self : DoubleBall(mid: mid, rad: Directed.addUp(rad, amount.upperDouble))
    }
}
