extension DoubleBall {
    /// Contiguous ``DoubleBall`` elements: all midpoints, then all radii, so that a dot product loads whole vectors. A
    /// kernel may load a vector that begins or ends beside the elements: there is room for that.
    @frozen
    public struct Span: EnclosureSpan {
        public typealias Element = DoubleBall

        @usableFromInline let mids: UnsafeMutablePointer<Double>
        @usableFromInline let rads: UnsafeMutablePointer<Double>
        public let count: Int

        @inlinable
        init(mids: UnsafeMutablePointer<Double>, rads: UnsafeMutablePointer<Double>, count: Int) {
            self.mids = mids
            self.rads = rads
            self.count = count
        }

        /// Doubles before, between and behind the two arrays.
        @usableFromInline static var margin: Int { 4 }

        @inlinable
        public static func allocate(count: Int, bits: Int) -> Span {
            precondition(count >= 0, "a vector has a non-negative number of elements")
            let size = 2 * count + 3 * margin
            let storage = UnsafeMutablePointer<Double>.allocate(capacity: size)
            storage.initialize(repeating: 0, count: size)
            return Span(mids: storage + margin, rads: storage + 2 * margin + count, count: count)
        }

        @inlinable
        public func deallocate() {
            (mids - Self.margin).deallocate()
        }

        @inlinable public var bits: Int { 53 }

        @inlinable
        public subscript(i: Int) -> DoubleBall {
            get {
                assert(i >= 0 && i < count)
                return DoubleBall(mid: mids[i], rad: rads[i])
            }
            nonmutating set {
                assert(i >= 0 && i < count)
                mids[i] = newValue.mid
                rads[i] = newValue.rad
            }
        }

        @inlinable public func setZero(_ i: Int) { self[i] = DoubleBall(mid: 0, rad: 0) }
        @inlinable public func set(_ i: Int, to n: Int) { self[i] = DoubleBall(integer: n) }
        @inlinable public func copy(_ i: Int, from other: Span, _ j: Int) { self[i] = other[j] }
        @inlinable public func negate(_ i: Int, _ a: Int) { self[i] = -self[a] }
        @inlinable public func add(_ i: Int, _ a: Int, _ b: Int) { self[i] = self[a] + self[b] }
        @inlinable public func subtract(_ i: Int, _ a: Int, _ b: Int) { self[i] = self[a] - self[b] }
        @inlinable public func multiply(_ i: Int, _ a: Int, _ b: Int) { self[i] = self[a] * self[b] }
        @inlinable public func addProduct(_ i: Int, _ a: Int, _ b: Int) { self[i] = self[i] + self[a] * self[b] }
        @inlinable public func divide(_ i: Int, _ a: Int, _ b: Int) { self[i] = self[a] / self[b] }
        @inlinable public func scale(_ i: Int, _ a: Int, by n: Int) { self[i] = self[a].scaled(by: n) }
        @inlinable public func divide(_ i: Int, _ a: Int, by n: Int) { self[i] = self[a].divided(by: n) }
        @inlinable public func shift(_ i: Int, _ a: Int, by n: Int) { self[i] = self[a].shifted(by: n) }
        @inlinable public func squareRoot(_ i: Int, _ a: Int) { self[i] = self[a].sqrt() }
        @inlinable public func exp(_ i: Int, _ a: Int) { self[i] = self[a].exp() }
        @inlinable public func log(_ i: Int, _ a: Int) { self[i] = self[a].log() }
        @inlinable public func widen(_ i: Int, by amount: Magnitude) { self[i] = self[i].widened(by: amount) }
        @inlinable public func magnitude(_ i: Int) -> Magnitude { self[i].magnitude }
        @inlinable public func setMidpoint(_ i: Int, _ a: Int) { self[i] = self[a].midpoint }
        @inlinable public func isFinite(_ i: Int) -> Bool { self[i].isFinite }
    }
}
