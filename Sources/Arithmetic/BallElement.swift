import CKernels
import CMPFR
import Exact

typealias BallPointer = UnsafeMutablePointer<fb_ball>

/// The storage of one ``Ball`` value: a header and limbs, as the kernels want them. Written once, before anyone else
/// sees it, and immutable afterwards: that makes sharing between tasks safe.
final class BallElement: @unchecked Sendable {
    private let pointer: BallPointer
    let limbCount: Int

    /// An exact zero, completed by `body`.
    init(limbCount: Int, _ body: (BallPointer) -> Void) {
        self.limbCount = limbCount
        let words = fb_ball_words(limbCount)
        let storage = UnsafeMutableRawPointer.allocate(byteCount: words * 8, alignment: 8)
        pointer = storage.bindMemory(to: fb_ball.self, capacity: 1)
        fb_ball_zero(pointer, limbCount)
        body(pointer)
    }

    deinit {
        UnsafeMutableRawPointer(pointer).deallocate()
    }

    // A raw pointer does not keep its object alive, and the object of `x.pointer` may be freed before the pointer is
    // used. So pointers exist only inside these.

    static func with<R>(_ x: BallElement, _ body: (BallPointer) -> R) -> R {
        withExtendedLifetime(x) { body(x.pointer) }
    }

    static func with<R>(_ x: BallElement, _ y: BallElement, _ body: (BallPointer, BallPointer) -> R) -> R {
        withExtendedLifetime((x, y)) { body(x.pointer, y.pointer) }
    }

    /// The midpoint as an MPFR number.
    static func withMidpoint<R>(_ x: BallElement, _ body: (NumberPointer) -> R) -> R {
        with(x) {
            var view = fb_ball_view($0, x.limbCount)
            return body(&view)
        }
    }
}

extension BallElement {
    /// The number of limbs for a precision.
    /// - Precondition: 2 <= bits <= 2^20, so that the kernels' scratch space fits on a stack.
    static func limbCount(bits: Int) -> Int {
        precondition(bits >= 2 && bits <= 1 << 20, "the precision of a ball is 2 to 2^20 bits")
        return (bits + 63) / 64
    }

    /// -1, 0 or 1.
    var sign: Int { BallElement.withMidpoint(self) { Int(fb_sign($0).signum()) } }

    var radius: Magnitude { BallElement.with(self) { Magnitude(fb_ball_radius($0, limbCount)) } }
    var magnitude: Magnitude { BallElement.with(self) { Magnitude(fb_ball_magnitude($0, limbCount)) } }
    /// Bounds of the midpoint's absolute value, off by a factor of at most 1 + 2^-52.
    var upperMidpoint: Magnitude { BallElement.with(self) { Magnitude(fb_ball_upper_midpoint($0, limbCount)) } }
    var lowerMidpoint: Magnitude { BallElement.with(self) { Magnitude(fb_ball_lower_midpoint($0, limbCount)) } }

    /// The exact midpoint; nil beyond binary exponents of 2^24 either way.
    var midpoint: Rational? { BallElement.withMidpoint(self) { Endpoint.rational($0) } }
}

extension Magnitude {
    init(_ bound: fb_magnitude) {
        self.init(factor: bound.mantissa, exponent: bound.exponent)
    }

    var bound: fb_magnitude { fb_magnitude(mantissa: mantissa, exponent: exponent) }
}
