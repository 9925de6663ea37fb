extension Rational {
    /// The exact value of a number as people write it on a command line: `-3`, `0.49`, `1.5e-3`, `3/2`, `0x1.8p-3`.
    /// Nil for other text, for a zero denominator, and for an exponent beyond ``largestExponent``.
    public init?(parsing text: String) {
        var rest = Substring(text)
        let isNegative = rest.first == "-"
        if isNegative || rest.first == "+" { rest.removeFirst() }
        guard let magnitude = Rational(unsigned: rest) else { return nil }
        self = isNegative ? -magnitude : magnitude
    }

    private init?(unsigned text: Substring) {
        if text.hasPrefix("0x") || text.hasPrefix("0X") {
            self.init(hexadecimal: text.dropFirst(2))
            return
        }
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let numerator = Rational(decimal: parts[0]) else { return nil }
        guard parts.count == 2 else {
            self = numerator
            return
        }
        guard let denominator = Rational(decimal: parts[1]), !denominator.isZero else { return nil }
        self = numerator / denominator
    }

    /// `1.8p-3`, what `0x` is followed by: 1.5 * 2^-3.
    private init?(hexadecimal text: Substring) {
        let parts = text.split(separator: "p", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let exponent = Rational.binaryExponent(parts[1]) else { return nil }
        let digits = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard digits.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isHexDigit } }),
            let significand = BigInt(digits.joined(), radix: 16)
        else { return nil }
        let fractionDigits = digits.count == 2 ? digits[1].utf8.count : 0
        self = Rational(significand) * Rational.powerOfTwo(exponent - 4 * fractionDigits)
    }

    private static func binaryExponent(_ text: Substring) -> Int? {
        let digits = text.first == "-" || text.first == "+" ? text.dropFirst() : text
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let exponent = Int(text),
            Swift.abs(exponent) <= largestExponent
        else { return nil }
        return exponent
    }
}
