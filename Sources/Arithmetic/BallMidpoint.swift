import CKernels
import CMPFR
import Exact

typealias MidpointPointer = UnsafeMutablePointer<__mpfr_struct>

/// The limbs of one ``Ball`` value. Written once, before anyone else sees it, and immutable afterwards: that makes
/// sharing between tasks safe.
final class BallMidpoint: @unchecked Sendable {
    let pointer: MidpointPointer
    private let limbs: UnsafeMutablePointer<mp_limb_t>

    /// An exact zero.
    /// - Precondition: 2 <= bits <= 2^30.
    init(bits: Int) {
        precondition(bits >= 2 && bits <= 1 << 30, "the precision of a ball is 2 to 2^30 bits")
        pointer = .allocate(capacity: 1)
        limbs = .allocate(capacity: fb_limb_count(bits))
        fb_place(pointer, bits, limbs)
    }

    deinit {
        limbs.deallocate()
        pointer.deallocate()
    }

    /// The integer, with as many bits as it needs.
    convenience init(exactly integer: BigInt) {
        let size = integer.magnitude
        self.init(bits: max(2, (size.bitWidth + 63) / 64 * 64))
        if size.isZero { return }
        // MPFR keeps the highest bit of the highest limb set.
        let aligned = size << size.leadingZeroBitCount
        for (i, word) in aligned.words.enumerated() { limbs[i] = mp_limb_t(word) }
        pointer.pointee._mpfr_sign = integer.sign == .minus ? -1 : 1
        pointer.pointee._mpfr_exp = size.bitWidth
    }

    /// The exact value; nil beyond binary exponents of 2^24 either way.
    var asRational: Rational? { BallKernel.rational(pointer) }

    /// Bounds of the absolute value.
    var upper: Magnitude { BallKernel.upper(pointer) }
    var lower: Magnitude { BallKernel.lower(pointer) }
}

extension BallKernel {
    /// The exact value of a midpoint; nil beyond binary exponents of 2^24 either way.
    static func rational(_ x: MidpointPointer) -> Rational? {
        if fb_is_zero(x) != 0 { return .zero }
        let exponent = x.pointee._mpfr_exp
        guard Swift.abs(exponent) <= Magnitude.rationalExponentLimit else { return nil }
        let count = fb_limb_count(x.pointee._mpfr_prec)
        let size = BigUInt(words: (0..<count).map { UInt(x.pointee._mpfr_d[$0]) })
        let integer = BigInt(sign: fb_sign(x) < 0 ? .minus : .plus, magnitude: size)
        return Rational(dyadic: integer, exponent: exponent - 64 * count)
    }
}
