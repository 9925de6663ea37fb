/// A closed interval with exact ends; nil is an end without information (minus or plus infinity).
public struct RationalInterval: Hashable, Sendable {
    public let lower: Rational?
    public let upper: Rational?

    public init(_ lower: Rational?, _ upper: Rational?) {
        self.lower = lower
        self.upper = upper
    }

    public init(_ value: Rational) {
        self.init(value, value)
    }
}
