import Exact

/// mantissa * 2^exponent with integers: sums, products and comparisons are exact, and no gcd is taken. The reference of
/// the containment tests.
struct Dyadic: Comparable, CustomStringConvertible {
    var mantissa: BigInt
    var exponent: Int

    init(_ mantissa: BigInt, _ exponent: Int) {
        self.mantissa = mantissa
        self.exponent = mantissa.isZero ? 0 : exponent
    }

    init(_ value: Double) {
        if value == 0 {
            self.init(0, 0)
        } else {
            let size = BigInt(value.significand * 0x1p52)
            self.init(value < 0 ? -size : size, Int(value.exponent) - 52)
        }
    }

    init(_ value: Int) {
        self.init(BigInt(value), 0)
    }

    /// - Precondition: the denominator is a power of two.
    init(_ value: Rational) {
        precondition(BigInt(1) << (value.denominator.magnitude.bitWidth - 1) == value.denominator)
        self.init(value.numerator, -(value.denominator.magnitude.bitWidth - 1))
    }

    var isZero: Bool { mantissa.isZero }
    var isNegative: Bool { mantissa.sign == .minus && !mantissa.isZero }
    var absolute: Dyadic { Dyadic(BigInt(mantissa.magnitude), exponent) }
    var asRational: Rational { Rational(mantissa) * Rational.powerOfTwo(exponent) }
    var description: String { "\(mantissa)*2^\(exponent)" }

    private func aligned(to exponent: Int) -> BigInt { mantissa << (self.exponent - exponent) }

    static func + (a: Dyadic, b: Dyadic) -> Dyadic {
        if a.isZero { return b }
        if b.isZero { return a }
        let exponent = min(a.exponent, b.exponent)
        return Dyadic(a.aligned(to: exponent) + b.aligned(to: exponent), exponent)
    }

    static prefix func - (a: Dyadic) -> Dyadic { Dyadic(-a.mantissa, a.exponent) }
    static func - (a: Dyadic, b: Dyadic) -> Dyadic { a + (-b) }
    static func * (a: Dyadic, b: Dyadic) -> Dyadic { Dyadic(a.mantissa * b.mantissa, a.exponent + b.exponent) }
    static func < (a: Dyadic, b: Dyadic) -> Bool { (a - b).isNegative }
    static func == (a: Dyadic, b: Dyadic) -> Bool { (a - b).isZero }

    func power(_ n: Int) -> Dyadic { Dyadic(mantissa.power(n), exponent * n) }
}

/// A closed interval of exact numbers.
struct DyadicInterval: CustomStringConvertible {
    let lower: Dyadic
    let upper: Dyadic

    func contains(_ x: Dyadic) -> Bool { lower <= x && x <= upper }

    /// Whether numerator / denominator lies inside; the denominator is not 0.
    func contains(_ numerator: Dyadic, over denominator: Dyadic) -> Bool {
        let sign = denominator.isNegative ? -numerator : numerator
        let size = denominator.absolute
        return lower * size <= sign && sign <= upper * size
    }

    func isDisjoint(from other: DyadicInterval) -> Bool { upper < other.lower || other.upper < lower }

    /// A point inside, often an endpoint.
    func point(_ random: inout TestRandom) -> Dyadic {
        switch random.below(6) {
        case 0: return lower
        case 1: return upper
        default: return lower + (upper - lower) * Dyadic(BigInt(random.below(1025)), -10)
        }
    }

    var description: String { "[\(lower), \(upper)]" }
}
