import Exact

/// A power series a_0 + a_1 t + ... + a_d t^d with enclosed coefficients, cut off after order d: each operation
/// encloses the coefficients up to order d of the exact result for every choice of coefficients in the operands.
///
///     let x = BallSeries<Ball>([1, 1, 0, 0], bits: 128)   // 1 + t
///     let y = x.logarithm().exponential()                 // encloses 1 + t again
///
/// A function outside its domain at a_0 gives coefficients without information.
public struct BallSeries<Element: Enclosure>: ~Copyable {
    /// The degree of the last coefficient.
    public let order: Int
    @usableFromInline let vector: BallVector<Element>

    /// The zero series.
    @inlinable
    public init(order: Int, bits: Int) {
        precondition(order >= 0, "the order of a series is not negative")
        self.order = order
        vector = BallVector(count: order + 1, bits: bits)
    }

    /// Encloses the coefficients; the order is one less than their number.
    @inlinable
    public init(_ coefficients: [Rational], bits: Int) {
        self.init(order: coefficients.count - 1, bits: bits)
        for (j, value) in coefficients.enumerated() { span[j] = Element(value, bits: bits) }
    }

    /// The precision of the coefficients.
    @inlinable public var bits: Int { span.bits }
    @inlinable var span: Element.Span { vector.span }

    /// The coefficient of degree j.
    @inlinable
    public subscript(j: Int) -> Element {
        get {
            precondition(j >= 0 && j <= order, "a coefficient index is at most the order")
            return span[j]
        }
        nonmutating set {
            precondition(j >= 0 && j <= order, "a coefficient index is at most the order")
            span[j] = newValue
        }
    }

    /// Copies the operands into one vector, with `extra` more series after them, and runs `body` at the positions.
    @inlinable
    func combined(
        with other: borrowing BallSeries<Element>, extra: Int, _ body: (Element.Span, (Int) -> Int, Int) -> Void
    ) -> BallSeries<Element> {
        let order = Swift.min(self.order, other.order)
        let bits = Swift.max(self.bits, other.bits)
        let work = BallVector<Element>(count: (3 + extra) * (order + 1), bits: bits)
        let position = { (k: Int) in k * (order + 1) }
        for j in 0...order {
            work.span.set(position(1) + j, from: span, j)
            work.span.set(position(2) + j, from: other.span, j)
        }
        body(work.span, position, order)
        let result = BallSeries<Element>(order: order, bits: bits)
        for j in 0...order { result.span.copy(j, from: work.span, j) }
        return result
    }

    /// The product; the order is the lower one.
    ///
    /// - Error: that of one dot product per coefficient; in balls of any precision, times at most 17/16, and one unit
    ///   in the last place.
    @inlinable
    public func times(_ other: borrowing BallSeries<Element>) -> BallSeries<Element> {
        if let a = span as? Ball.Span, let b = other.span as? Ball.Span {
            let result = BallSeries(order: Swift.min(order, other.order), bits: Swift.max(bits, other.bits))
            (result.span as? Ball.Span)?.setSeriesProduct(a, b)
            return result
        }
        return combined(with: other, extra: 0) { w, at, order in
            for j in 0...order { w.productCoefficient(j, at(0), at(1), at(2)) }
        }
    }

    /// The quotient. No information if the divisor's coefficient 0 may be 0.
    @inlinable
    public func dividedBy(_ other: borrowing BallSeries<Element>) -> BallSeries<Element> {
        combined(with: other, extra: 0) { w, at, order in
            for j in 0...order { w.quotientCoefficient(j, at(0), at(1), at(2)) }
        }
    }

    /// 1 over the series. No information if coefficient 0 may be 0.
    @inlinable
    public func reciprocal() -> BallSeries<Element> {
        combined(with: self, extra: 0) { w, at, order in
            for j in 0...order { w.reciprocalCoefficient(j, at(0), at(1)) }
        }
    }

    /// The square, with half the products of ``times(_:)``.
    @inlinable
    public func squared() -> BallSeries<Element> {
        // All products in fixed point, where they are faster than half of them in balls: with one limb.
        if bits == 64 && order >= 24 { return times(self) }
        return combined(with: self, extra: 0) { w, at, order in
            for j in 0...order { w.squareCoefficient(j, at(0), at(1)) }
        }
    }

    /// - Domain: a_0 > 0.
    @inlinable
    public func squareRoot() -> BallSeries<Element> {
        combined(with: self, extra: 0) { w, at, order in
            w[at(0)] = w[at(1)].sqrt()
            for j in 0..<order { w.squareRootCoefficient(j + 1, at(0), at(1), doubled: at(2)) }
        }
    }

    /// The series of exp(a).
    @inlinable
    public func exponential() -> BallSeries<Element> {
        combined(with: self, extra: 0) { w, at, order in
            w[at(0)] = w[at(1)].exp()
            for j in 0..<order {
                w.weightedCoefficient(j + 1, at(2), at(1))
                w.exponentialCoefficient(j + 1, at(0), at(2))
            }
        }
    }

    /// - Domain: a_0 > 0.
    @inlinable
    public func logarithm() -> BallSeries<Element> {
        combined(with: self, extra: 0) { w, at, order in
            w[at(0)] = w[at(1)].log()
            for j in 0..<order { w.logarithmCoefficient(j + 1, at(0), at(2), at(1)) }
        }
    }

    /// The n-th power by repeated squaring, for any a_0.
    /// - Precondition: n >= 1.
    @inlinable
    public func power(_ n: Int) -> BallSeries<Element> {
        precondition(n >= 1, "a repeated product has a factor")
        if n == 1 { return copy() }
        let square = power(n / 2).squared()
        return n & 1 == 0 ? square : square.times(self)
    }

    @inlinable
    func copy() -> BallSeries<Element> {
        let result = BallSeries<Element>(order: order, bits: bits)
        for j in 0...order { result.span.copy(j, from: span, j) }
        return result
    }

    /// The r-th power, by its differential equation: one pass for any r, where a_0 is not 0.
    /// - Domain: a_0 > 0; for an integer r, a_0 != 0.
    @inlinable
    public func power(_ r: Rational) -> BallSeries<Element> {
        combined(with: self, extra: 2) { w, at, order in
            let exponent = at(4)
            w[exponent] = Element(r, bits: w.bits)
            w[at(0)] = w[at(1)].power(r)
            for j in 0..<order {
                w.weightedCoefficient(j + 1, at(2), at(1))
                w.powerCoefficient(j + 1, at(0), at(2), at(3), at(1), exponent: exponent)
            }
        }
    }

    /// The polynomial at a point, by Horner's rule.
    @inlinable
    public func evaluated(at t: Element) -> Element {
        var value = span[order]
        for j in stride(from: order - 1, through: 0, by: -1) { value = value * t + span[j] }
        return value
    }
}
