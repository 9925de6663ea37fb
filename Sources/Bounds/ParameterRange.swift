import Exact

/// The exact numbers that a parameter may be, as far as bounds on the parameter alone say so.
public struct ParameterRange: Hashable, Sendable {
    public struct Bound: Hashable, Sendable {
        public let value: Rational
        /// Whether the bound itself is excluded.
        public let isStrict: Bool
    }

    public private(set) var lower: Bound?
    public private(set) var upper: Bound?
    /// The values of `where K in {3, 5, 7}`.
    public private(set) var members: [Rational]?
    /// All are multiples of this positive integer, as `divides(6, n)` says; 1 if nothing does.
    public private(set) var divisor: Rational = 1

    public init() {}

    public func contains(_ value: Rational) -> Bool {
        if let lower, value < lower.value || (lower.isStrict && value == lower.value) { return false }
        if let upper, value > upper.value || (upper.isStrict && value == upper.value) { return false }
        if divisor != 1, !(value / divisor).isInteger { return false }
        return members?.contains(value) ?? true
    }

    /// Keeps the multiples of an integer other than 0.
    mutating func keep(multiplesOf number: Rational) {
        divisor = divisor.leastCommonMultiple(number)
    }

    mutating func raise(_ value: Rational, strict: Bool) {
        guard let known = lower, known.value > value || (known.value == value && known.isStrict) else {
            lower = Bound(value: value, isStrict: strict)
            return
        }
    }

    mutating func cut(_ value: Rational, strict: Bool) {
        guard let known = upper, known.value < value || (known.value == value && known.isStrict) else {
            upper = Bound(value: value, isStrict: strict)
            return
        }
    }

    mutating func keep(_ values: [Rational]) {
        members = members.map { known in known.filter(values.contains) } ?? values
    }
}

extension Rational {
    /// Of two integers, neither of which is 0.
    fileprivate func leastCommonMultiple(_ other: Rational) -> Rational {
        var (a, b) = (magnitude, other.magnitude)
        while !b.isZero { (a, b) = (b, a - b * Rational((a / b).floor)) }
        return (self * other).magnitude / a
    }
}
