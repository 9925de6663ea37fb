extension Rational {
    /// Largest exponent of a decimal, in absolute value: 10^1000000 takes half a megabyte, and nobody needs more.
    public static let largestExponent = 1_000_000

    /// The exact value of `12`, `0.49`, `1.5e-3`, with digits on both sides of a point. Nil for other text, and for an
    /// exponent beyond ``largestExponent``.
    public init?(decimal text: some StringProtocol) {
        var rest = Substring(text)
        let integer = rest.takeDigits()
        guard !integer.isEmpty else { return nil }
        var fraction: Substring = ""
        if rest.first == "." {
            rest.removeFirst()
            fraction = rest.takeDigits()
            guard !fraction.isEmpty else { return nil }
        }
        var exponent = 0
        if rest.first == "e" || rest.first == "E" {
            rest.removeFirst()
            guard let written = Rational.exponent(&rest) else { return nil }
            exponent = written
        }
        guard rest.isEmpty, let digits = BigInt(String(integer + fraction)) else { return nil }
        self = Rational.scaled(digits, byTenTo: exponent - fraction.utf8.count)
    }

    private static func exponent(_ rest: inout Substring) -> Int? {
        let isNegative = rest.first == "-"
        if isNegative || rest.first == "+" { rest.removeFirst() }
        let digits = rest.takeDigits()
        guard let exponent = Int(digits), exponent <= largestExponent else { return nil }
        return isNegative ? -exponent : exponent
    }

    /// digits * 10^exponent, reduced by the factors 2 and 5 alone: a general greatest common divisor of numbers with a
    /// million digits would take minutes.
    private static func scaled(_ digits: BigInt, byTenTo exponent: Int) -> Rational {
        if digits.isZero { return .zero }
        if exponent >= 0 { return Rational(digits * BigInt(10).raised(to: exponent)) }
        let twos = min(digits.magnitude.trailingZeroBitCount, -exponent)
        var numerator = digits >> twos
        var fives = 0
        while fives < -exponent {
            let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: 5)
            guard remainder.isZero else { break }
            numerator = quotient
            fives += 1
        }
        let denominator = BigInt(5).raised(to: -exponent - fives) << (-exponent - twos)
        return Rational(reduced: numerator, denominator)
    }
}

extension Substring {
    /// Takes the ASCII digits at the start.
    fileprivate mutating func takeDigits() -> Substring {
        let digits = prefix { $0.isASCII && $0.isNumber }
        self = self[digits.endIndex...]
        return digits
    }
}
