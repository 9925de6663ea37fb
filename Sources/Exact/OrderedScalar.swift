/// Numbers that one algorithm is run in twice: exactly, and in floating point for a guess.
protocol OrderedScalar: Comparable {
    static var zero: Self { get }
    /// Whether the number counts as 0: for a guess, also what rounding may have left of a 0.
    var isNegligible: Bool { get }
    static func + (a: Self, b: Self) -> Self
    static func - (a: Self, b: Self) -> Self
    static func * (a: Self, b: Self) -> Self
    static func / (a: Self, b: Self) -> Self
}

extension Rational: OrderedScalar {
    var isNegligible: Bool { isZero }
}

/// For numbers of the size of 1 only.
extension Double: OrderedScalar {
    var isNegligible: Bool { magnitude < 1e-9 }
}
