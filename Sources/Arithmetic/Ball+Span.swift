import CKernels
import CMPFR

extension Ball {
    /// Contiguous balls of one precision: MPFR headers, radii and limbs lie in one allocation, and every kernel works
    /// in place. Scratch space belongs to the allocation, so a span is used by one task at a time.
    ///
    /// The destination may be any of the operands. A midpoint that would overflow MPFR's exponent range makes the
    /// element no information; one that underflows becomes 0 with a radius.
    public struct Span: EnclosureSpan {
        public typealias Element = Ball

        /// `count` elements and one hidden element for intermediate products.
        let mids: MidpointPointer
        let rads: UnsafeMutablePointer<Magnitude>
        let scratch: UnsafeMutablePointer<mp_limb_t>
        public let count: Int
        public let bits: Int

        public static func allocate(count: Int, bits: Int) -> Span {
            precondition(count >= 0, "a vector has a non-negative number of elements")
            precondition(bits >= 2 && bits <= 1 << 30, "the precision of a ball is 2 to 2^30 bits")
            let limbCount = fb_limb_count(bits)
            let headers = (count + 1) * MemoryLayout<__mpfr_struct>.stride
            let radii = count * MemoryLayout<Magnitude>.stride
            let limbs = ((count + 1) * limbCount + fb_convolve_scratch(bits)) * MemoryLayout<mp_limb_t>.stride
            let storage = UnsafeMutableRawPointer.allocate(byteCount: headers + radii + limbs, alignment: 16)
            let mids = storage.bindMemory(to: __mpfr_struct.self, capacity: count + 1)
            let rads = (storage + headers).bindMemory(to: Magnitude.self, capacity: count)
            let first = (storage + headers + radii).bindMemory(to: mp_limb_t.self, capacity: limbs / 8)
            rads.initialize(repeating: .zero, count: count)
            for i in 0...count { fb_place(mids + i, bits, first + i * limbCount) }
            return Span(
                mids: mids, rads: rads, scratch: first + (count + 1) * limbCount, count: count, bits: bits)
        }

        public func deallocate() {
            UnsafeMutableRawPointer(mids).deallocate()
        }

        public subscript(i: Int) -> Ball {
            get {
                assert(i >= 0 && i < count)
                return Ball(bits: bits) { BallKernel.finish($0, fb_set($0, mids + i, MPFR_RNDN), rads[i]) }
            }
            nonmutating set {
                assert(i >= 0 && i < count)
                rads[i] = BallMidpoint.with(newValue.mid) {
                    BallKernel.finish(mids + i, fb_set(mids + i, $0, MPFR_RNDN), newValue.radius)
                }
            }
        }

        public func setZero(_ i: Int) {
            fb_set_zero(mids + i)
            rads[i] = .zero
        }

        public func set(_ i: Int, to n: Int) {
            rads[i] = BallKernel.finish(mids + i, mpfr_set_si_2exp(mids + i, n, 0, MPFR_RNDN), .zero)
        }

        public func copy(_ i: Int, from other: Span, _ j: Int) {
            rads[i] = BallKernel.finish(mids + i, fb_set(mids + i, other.mids + j, MPFR_RNDN), other.rads[j])
        }

        public func negate(_ i: Int, _ a: Int) {
            rads[i] = BallKernel.finish(mids + i, fb_negate(mids + i, mids + a), rads[a])
        }

        public func add(_ i: Int, _ a: Int, _ b: Int) {
            rads[i] = BallKernel.add(mids + i, mids + a, rads[a], mids + b, rads[b])
        }

        public func subtract(_ i: Int, _ a: Int, _ b: Int) {
            rads[i] = BallKernel.subtract(mids + i, mids + a, rads[a], mids + b, rads[b])
        }

        public func multiply(_ i: Int, _ a: Int, _ b: Int) {
            rads[i] = BallKernel.multiply(mids + i, mids + a, rads[a], mids + b, rads[b])
        }

        public func addProduct(_ i: Int, _ a: Int, _ b: Int) {
            let product = mids + count
            let radius = BallKernel.multiply(product, mids + a, rads[a], mids + b, rads[b])
            rads[i] = BallKernel.add(mids + i, mids + i, rads[i], product, radius)
        }

        public func divide(_ i: Int, _ a: Int, _ b: Int) {
            rads[i] = BallKernel.divide(mids + i, mids + a, rads[a], mids + b, rads[b])
        }

        public func scale(_ i: Int, _ a: Int, by n: Int) {
            rads[i] = BallKernel.scale(mids + i, mids + a, rads[a], by: n)
        }

        public func divide(_ i: Int, _ a: Int, by n: Int) {
            rads[i] = BallKernel.divide(mids + i, mids + a, rads[a], by: n)
        }

        public func shift(_ i: Int, _ a: Int, by n: Int) {
            rads[i] = BallKernel.shift(mids + i, mids + a, rads[a], by: n)
        }

        public func widen(_ i: Int, by amount: Magnitude) {
            rads[i] = rads[i] + amount
        }

        public func magnitude(_ i: Int) -> Magnitude {
            BallKernel.upper(mids + i) + rads[i]
        }

        public func setMidpoint(_ i: Int, _ a: Int) {
            if rads[a].isFinite { _ = fb_set(mids + i, mids + a, MPFR_RNDN) } else { fb_set_zero(mids + i) }
            rads[i] = .zero
        }

        public func isFinite(_ i: Int) -> Bool {
            rads[i].isFinite
        }
    }
}
