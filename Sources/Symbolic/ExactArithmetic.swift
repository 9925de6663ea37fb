import Exact

/// Operations on exact values of which some are not known.
///
/// Nil means: undefined, not rational, not decided, or too large to be worth having. Nil in, nil out; a nil never
/// becomes a number again, so a value that is returned is the value.
enum ExactArithmetic {
    /// Numerators and denominators above this are given up.
    static let bitLimit = 1 << 20
    /// The limit where a greatest common divisor has to be taken.
    static let fractionBitLimit = 1 << 16

    static func add(_ a: Rational?, _ b: Rational?) -> Rational? {
        guard let a, let b, fits(a, b) else { return nil }
        return a + b
    }

    static func subtract(_ a: Rational?, _ b: Rational?) -> Rational? {
        guard let a, let b, fits(a, b) else { return nil }
        return a - b
    }

    static func multiply(_ a: Rational?, _ b: Rational?) -> Rational? {
        guard let a, let b, fits(a, b) else { return nil }
        return a * b
    }

    static func divide(_ a: Rational?, _ b: Rational?) -> Rational? {
        guard let a, let b, !b.isZero, a.bits + b.bits <= fractionBitLimit else { return nil }
        return a / b
    }

    static func power(_ a: Rational?, _ exponent: Rational) -> Rational? {
        guard let a else { return nil }
        if let n = exponent.asInt {
            if n == 0 { return .one }
            if a.isZero { return n > 0 ? .zero : nil }
            if a.magnitude == 1 { return n % 2 == 0 ? .one : a }
            guard n.magnitude <= UInt(bitLimit), a.bits <= bitLimit / Int(n.magnitude) else { return nil }
            return a.power(n)
        }
        guard exponent.denominator == 2, a.bits <= fractionBitLimit, let root = a.exactSquareRoot else { return nil }
        return power(root, Rational(exponent.numerator))
    }

    static func apply(_ function: Function, _ a: Rational?) -> Rational? {
        a.flatMap(function.exactValue)
    }

    static func minimum(_ a: Rational?, _ b: Rational?) -> Rational? {
        guard let a, let b, fits(a, b) else { return nil }
        return min(a, b)
    }

    static func maximum(_ a: Rational?, _ b: Rational?) -> Rational? {
        guard let a, let b, fits(a, b) else { return nil }
        return max(a, b)
    }

    /// Whether `difference` is > 0, >= 0, = 0, != 0 for <, <=, =, !=.
    static func holds(_ relation: Comparison, difference: Rational?) -> Bool? {
        guard let difference else { return nil }
        switch relation {
        case .less: return difference.isPositive
        case .lessOrEqual: return !difference.isNegative
        case .equal: return difference.isZero
        case .notEqual: return !difference.isZero
        }
    }

    private static func fits(_ a: Rational, _ b: Rational) -> Bool {
        a.bits + b.bits <= (a.isInteger && b.isInteger ? bitLimit : fractionBitLimit)
    }
}

/// Three-valued connectives: nil is "not decided".
enum ThreeValued {
    static func not(_ a: Bool?) -> Bool? { a.map { !$0 } }

    static func and(_ list: [Bool?]) -> Bool? {
        if list.contains(false) { return false }
        return list.contains(nil) ? nil : true
    }

    static func or(_ list: [Bool?]) -> Bool? {
        if list.contains(true) { return true }
        return list.contains(nil) ? nil : false
    }

    static func implies(_ a: Bool?, _ b: Bool?) -> Bool? { or([not(a), b]) }
}

extension Rational {
    fileprivate var bits: Int { numerator.magnitude.bitWidth + denominator.magnitude.bitWidth }
}
