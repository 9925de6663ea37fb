/// A closed interval with exact ends; nil is an end without information (minus or plus infinity).
public struct RationalInterval: Hashable, Sendable {
    /// Nil: minus infinity.
    public let lower: Rational?
    /// Nil: infinity.
    public let upper: Rational?

    /// The interval between the ends; nil is an infinite one.
    public init(_ lower: Rational?, _ upper: Rational?) {
        self.lower = lower
        self.upper = upper
    }

    /// The one number.
    public init(_ value: Rational) {
        self.init(value, value)
    }
}
