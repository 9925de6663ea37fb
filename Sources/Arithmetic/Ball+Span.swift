import CKernels

extension Ball {
    /// Contiguous balls of one precision, each a header and its limbs; every kernel works in place. Scratch space
    /// belongs to the allocation, so a span is used by one task at a time.
    ///
    /// The destination may be any of the operands.
    public struct Span: EnclosureSpan {
        public typealias Element = Ball

        let storage: UnsafeMutablePointer<UInt>
        public let count: Int
        let limbCount: Int

        public var bits: Int { 64 * limbCount }

        public static func allocate(count: Int, bits: Int) -> Span {
            precondition(count >= 0, "a vector has a non-negative number of elements")
            let n = BallElement.limbCount(bits: bits)
            let words = count * fb_ball_words(n) + fb_ball_dot_scratch(n)
            let storage = UnsafeMutablePointer<UInt>.allocate(capacity: words)
            storage.initialize(repeating: 0, count: words)
            let span = Span(storage: storage, count: count, limbCount: n)
            for i in 0..<count { span.setZero(i) }
            return span
        }

        public func deallocate() {
            storage.deallocate()
        }

        @inline(__always)
        func at(_ i: Int) -> BallPointer {
            assert(i >= 0 && i < count)
            return UnsafeMutableRawPointer(storage + i * fb_ball_words(limbCount)).assumingMemoryBound(to: fb_ball.self)
        }

        private var scratch: UnsafeMutablePointer<UInt> { storage + count * fb_ball_words(limbCount) }

        public subscript(i: Int) -> Ball {
            get { Ball(bits: bits) { fb_ball_copy($0, at(i), limbCount) } }
            nonmutating set {
                BallElement.with(newValue.element) { fb_ball_resize(at(i), limbCount, $0, newValue.element.limbCount) }
            }
        }

        public func setZero(_ i: Int) { fb_ball_zero(at(i), limbCount) }
        public func set(_ i: Int, to n: Int) { fb_ball_set_integer(at(i), n, limbCount) }

        public func copy(_ i: Int, from other: Span, _ j: Int) {
            fb_ball_resize(at(i), limbCount, other.at(j), other.limbCount)
        }

        public func negate(_ i: Int, _ a: Int) { fb_ball_negate(at(i), at(a), limbCount) }
        public func add(_ i: Int, _ a: Int, _ b: Int) { fb_ball_add(at(i), at(a), at(b), limbCount) }
        public func subtract(_ i: Int, _ a: Int, _ b: Int) { fb_ball_subtract(at(i), at(a), at(b), limbCount) }
        public func multiply(_ i: Int, _ a: Int, _ b: Int) { fb_ball_multiply(at(i), at(a), at(b), limbCount) }
        public func divide(_ i: Int, _ a: Int, _ b: Int) { fb_ball_divide(at(i), at(a), at(b), limbCount) }
        public func scale(_ i: Int, _ a: Int, by n: Int) { fb_ball_scale(at(i), at(a), n, limbCount) }

        public func divide(_ i: Int, _ a: Int, by n: Int) {
            precondition(n != 0, "division by the integer 0")
            fb_ball_divide_integer(at(i), at(a), n, limbCount)
        }

        public func shift(_ i: Int, _ a: Int, by n: Int) { fb_ball_shift(at(i), at(a), n, limbCount) }

        public func addProduct(_ i: Int, _ a: Int, _ b: Int) {
            fb_ball_dot(at(i), at(i), 0, at(a), 1, at(b), 1, 1, scratch, limbCount)
        }

        public func convolve(_ i: Int, _ a: Int, _ b: Int, count n: Int) {
            guard n > 0 else { return setZero(i) }
            fb_ball_dot(at(i), nil, 0, at(a), 1, at(b), -1, n, scratch, limbCount)
        }

        public func dot(_ i: Int, _ a: Int, _ b: Int, count n: Int) {
            guard n > 0 else { return setZero(i) }
            fb_ball_dot(at(i), nil, 0, at(a), 1, at(b), 1, n, scratch, limbCount)
        }

        public func squareRoot(_ i: Int, _ a: Int) {
            if fb_ball_square_root(at(i), at(a), limbCount) == 0 { self[i] = self[a].sqrt() }
        }

        public func exp(_ i: Int, _ a: Int) {
            if fb_ball_exp(at(i), at(a), limbCount) == 0 { self[i] = self[a].exp() }
        }

        public func log(_ i: Int, _ a: Int) {
            if fb_ball_log(at(i), at(a), limbCount) == 0 { self[i] = self[a].log() }
        }

        public func widen(_ i: Int, by amount: Magnitude) { fb_ball_widen(at(i), amount.bound, limbCount) }
        public func magnitude(_ i: Int) -> Magnitude { Magnitude(fb_ball_magnitude(at(i), limbCount)) }
        public func setMidpoint(_ i: Int, _ a: Int) { fb_ball_midpoint(at(i), at(a), limbCount) }
        public func isFinite(_ i: Int) -> Bool { fb_ball_is_finite(at(i)) != 0 }
    }
}
