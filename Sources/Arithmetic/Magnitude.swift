/// A non-negative number that is rounded up: the radius of a ball, the size of a remainder, an error bound.
///
/// mantissa * 2^exponent with the mantissa in [1/2, 1), or 0, or infinity. The exponent is an `Int`, so that a radius
/// of 2^-5000 is neither 0 nor infinite. Every operation returns an upper bound of the exact result, at most a factor
/// 1 + 2^-50 above it. NaN never occurs: what would be NaN (0 * infinity) is infinity.
@frozen
public struct Magnitude: Hashable, Sendable {
    /// In [1/2, 1); 0 for zero, infinite for infinity.
    public let mantissa: Double
    /// The power of two; 0 for zero and infinity.
    public let exponent: Int

    @inlinable
    init(normalized mantissa: Double, _ exponent: Int) {
        self.mantissa = mantissa
        self.exponent = exponent
    }
}
