import Arithmetic

extension Magnitude {
    /// log2 to within 0.09, for the choice of step sizes: a guess. Minus infinity for 0.
    var approximateBinaryLogarithm: Double {
        if self == .zero { return -.infinity }
        if !isFinite { return .infinity }
        return Double(exponent - 1) + (2 * mantissa - 1)
    }
}
