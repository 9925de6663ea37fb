import CKernels
import CMPFR
import Exact

typealias NumberPointer = UnsafeMutablePointer<__mpfr_struct>

/// One binary number of any precision, exact: an end of a ball, or an integer. Written once, before anyone else sees
/// it, and immutable afterwards: that makes sharing between tasks safe.
final class Endpoint: @unchecked Sendable {
    private let pointer: NumberPointer
    private let limbs: UnsafeMutablePointer<mp_limb_t>

    /// An exact zero.
    /// - Precondition: 2 <= bits <= 2^30.
    init(bits: Int) {
        precondition(bits >= 2 && bits <= 1 << 30, "the precision of a number is 2 to 2^30 bits")
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

    // A raw pointer does not keep its object alive, and the object of `x.pointer` may be freed before the pointer is
    // used. So pointers exist only inside these.

    static func with<R>(_ x: Endpoint, _ body: (NumberPointer) -> R) -> R {
        withExtendedLifetime(x) { body(x.pointer) }
    }

    static func with<R>(_ x: Endpoint, _ y: Endpoint, _ body: (NumberPointer, NumberPointer) -> R) -> R {
        withExtendedLifetime((x, y)) { body(x.pointer, y.pointer) }
    }

    static func with<R>(
        _ x: Endpoint, _ y: Endpoint, _ z: Endpoint,
        _ body: (NumberPointer, NumberPointer, NumberPointer) -> R
    ) -> R {
        withExtendedLifetime((x, y, z)) { body(x.pointer, y.pointer, z.pointer) }
    }

    var bits: Int { withExtendedLifetime(self) { Int(pointer.pointee._mpfr_prec) } }
    /// -1, 0 or 1.
    var sign: Int { Endpoint.with(self) { Int(fb_sign($0).signum()) } }
    /// Whether it is neither infinite nor NaN: false only for intermediate results.
    var isNumber: Bool { Endpoint.with(self) { fb_is_number($0) != 0 } }

    /// An upper bound of the absolute value.
    var upper: Magnitude {
        Endpoint.with(self) { x in
            fb_is_zero(x) != 0 ? .zero : Magnitude(factor: fb_mantissa(x, 1), exponent: x.pointee._mpfr_exp)
        }
    }

    func toDouble(_ rounding: mpfr_rnd_t) -> Double { Endpoint.with(self) { mpfr_get_d($0, rounding) } }

    static func <= (a: Endpoint, b: Endpoint) -> Bool { with(a, b) { mpfr_lessequal_p($0, $1) != 0 } }
    static func == (a: Endpoint, b: Endpoint) -> Bool { with(a, b) { mpfr_equal_p($0, $1) != 0 } }
}

extension Endpoint {
    /// The exact value of a number; nil beyond binary exponents of 2^24 either way.
    static func rational(_ x: NumberPointer) -> Rational? {
        if fb_is_zero(x) != 0 { return .zero }
        let exponent = x.pointee._mpfr_exp
        guard Swift.abs(exponent) <= Magnitude.rationalExponentLimit else { return nil }
        let count = fb_limb_count(x.pointee._mpfr_prec)
        let size = BigUInt(words: (0..<count).map { UInt(x.pointee._mpfr_d[$0]) })
        let integer = BigInt(sign: fb_sign(x) < 0 ? .minus : .plus, magnitude: size)
        return Rational(dyadic: integer, exponent: exponent - 64 * count)
    }
}
