extension Lexer {
    /// `12`, `0.49`, `1.5e-3`. The two points of a range `1..n` do not belong to its first number.
    mutating func lexNumber() {
        let start = offset
        skipDigits()
        if byte() == UInt8(ascii: "."), byte(1) != UInt8(ascii: ".") {
            offset += 1
            guard let next = byte(), isDigit(next) else {
                let written = text(start)
                return fail("E0102", "a number needs a digit after the point", from: start, remedy: "write \(written)0")
            }
            skipDigits()
        }
        lexExponent()
        emit(.number, text(start), from: start)
    }

    /// `.5`
    mutating func lexFractionWithoutInteger() {
        let start = offset
        offset += 1
        skipDigits()
        lexExponent()
        let written = text(start)
        fail("E0102", "a number needs a digit before the point", from: start, remedy: "write 0\(written)")
    }

    private mutating func skipDigits() {
        while let byte = byte(), isDigit(byte) { offset += 1 }
    }

    /// The `e-3` of a number, if digits follow the letter; else the letter begins a name.
    private mutating func lexExponent() {
        guard byte() == UInt8(ascii: "e") || byte() == UInt8(ascii: "E") else { return }
        let sign = byte(1) == UInt8(ascii: "-") || byte(1) == UInt8(ascii: "+") ? 1 : 0
        guard let digit = byte(1 + sign), isDigit(digit) else { return }
        offset += 1 + sign
        skipDigits()
    }
}
