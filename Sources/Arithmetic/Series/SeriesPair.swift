import CKernels

/// A signed product of two series in one span, a term of ``EnclosureSpan/contract(_:_:degree:order:)``.
@frozen
public struct SeriesPair: Sendable {
    let pair: fb_series_pair

    /// By the positions of the coefficients 0. A series that does not vary has no other coefficient.
    public init(_ x: Int, varies xVaries: Bool, _ y: Int, varies yVaries: Bool, isNegative: Bool) {
        pair = fb_series_pair(
            x: x, y: y, x_varies: xVaries ? 1 : 0, y_varies: yVaries ? 1 : 0, is_negative: isNegative ? 1 : 0)
    }
}

extension UnsafeBufferPointer<SeriesPair> {
    /// The same pairs as the kernels see them: a structure with one member is that member.
    var kernelPairs: UnsafePointer<fb_series_pair>? {
        UnsafeRawPointer(baseAddress)?.assumingMemoryBound(to: fb_series_pair.self)
    }
}

extension DoubleBall.Span {
    /// - Error: for a degree from 1 on, about (order/4 + 4) 2^-53 sum |x y| beyond the spread of the operands and the
    ///   roundings of the sums; at degree 0 the roundings that happen, so an exact sum of exact products stays exact.
    public func contract(_ i: Int, _ pairs: UnsafeBufferPointer<SeriesPair>, degree: Int, order: Int) {
        let ball = fb_contract_balls(mids, rads, pairs.kernelPairs, pairs.count, degree, order)
        self[i] = DoubleBall(mid: ball.mid, rad: ball.rad)
    }
}

extension Ball.Span {
    /// - Error: that of one dot product over all terms.
    public func contract(_ i: Int, _ pairs: UnsafeBufferPointer<SeriesPair>, degree: Int, order: Int) {
        let size = fb_ball_contract_scratch(pairs.count, limbCount)
        withUnsafeTemporaryAllocation(byteCount: size, alignment: 16) { scratch in
            fb_ball_contract(at(i), at(0), pairs.kernelPairs, pairs.count, degree, order, scratch.baseAddress, limbCount)
        }
    }
}
