/// Cuts a theorem file into tokens. It never stops: text that is no token becomes an `.invalid` token with a diagnostic.
struct Lexer {
    let source: SourceFile
    var offset = 0
    private(set) var tokens: [Token] = []
    /// By index of the `.invalid` token.
    private(set) var errors: [Int: Diagnostic] = [:]

    var utf8: [UInt8] { source.utf8 }

    /// - Precondition: the file is UTF-8.
    init(_ source: SourceFile) {
        self.source = source
        // A byte order mark is not text.
        if source.utf8.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
        tokens.reserveCapacity(source.utf8.count / 4)
        while let byte = byte() {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): offset += 1
            case UInt8(ascii: "-") where self.byte(1) == byte: skipLine()
            default: lexToken(byte)
            }
        }
    }

    /// The byte at a distance from here; nil behind the end.
    func byte(_ ahead: Int = 0) -> UInt8? {
        offset + ahead < source.utf8.count ? source.utf8[offset + ahead] : nil
    }

    private mutating func skipLine() {
        while offset < source.utf8.count, source.utf8[offset] != UInt8(ascii: "\n") { offset += 1 }
    }

    private mutating func lexToken(_ byte: UInt8) {
        if isLetter(byte) {
            lexWord()
        } else if isDigit(byte) {
            lexNumber()
        } else if byte == UInt8(ascii: "\"") {
            lexString()
        } else if byte == UInt8(ascii: "."), let next = self.byte(1), isDigit(next) {
            lexFractionWithoutInteger()
        } else if let length = symbolLength(byte) {
            let start = offset
            offset += length
            emit(.symbol, text(start), from: start)
        } else {
            lexOther()
        }
    }

    // MARK: Words

    private mutating func lexWord() {
        let start = offset
        let isID = expectsID
        var name = ""
        var pieceStart = offset
        scan: while let byte = byte() {
            if isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") || isID && isIDPunctuation(byte) {
                offset += 1
            } else if byte >= 0x80, let (scalar, length) = decodeScalar(utf8, at: offset),
                case .letter(let spelling) = UnicodeSpelling(scalar)
            {
                name += text(pieceStart) + spelling
                offset += length
                pieceStart = offset
            } else {
                break scan
            }
        }
        name += text(pieceStart)
        emit(isID ? .id : .name, name, from: start)
    }

    /// Whether the token before is the keyword of a statement that is followed by an id.
    private var expectsID: Bool {
        guard let last = tokens.last, last.startsStatement, last.kind == .name else { return false }
        return !startsLine(offset) && ["theorem", "model", "claim", "expect"].contains(last.text)
    }

    /// `.` and `-`, but not the start of a comment.
    private func isIDPunctuation(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") && self.byte(1) != byte
    }

    private mutating func lexOther() {
        // The caller has validated the file, so that a scalar starts here.
        guard let (scalar, length) = decodeScalar(utf8, at: offset) else {
            offset += 1
            return
        }
        let start = offset
        switch UnicodeSpelling(scalar) {
        case .letter: lexWord()
        case .word(let word):
            offset += length
            emit(.name, word, from: start)
        case .symbol(let symbol):
            offset += length
            emit(.symbol, symbol, from: start)
        case nil:
            offset += length
            fail(
                "E0101", "unexpected character \(description(of: scalar))", from: start,
                remedy: replacement(of: scalar) ?? "delete it")
        }
    }

    private mutating func lexString() {
        let start = offset
        offset += 1
        while let byte = byte(), byte != UInt8(ascii: "\n") {
            offset += 1
            if byte == UInt8(ascii: "\"") {
                let content = String(decoding: utf8[start + 1..<offset - 1], as: UTF8.self)
                emit(.string, content, from: start)
                return
            }
        }
        if utf8[offset - 1] == UInt8(ascii: "\r") { offset -= 1 }
        fail("E0103", "this string is not closed on its line", from: start, remedy: "add '\"' at the end")
    }

    // MARK: Tokens

    /// The source text from an offset to here.
    func text(_ start: Int) -> String {
        String(decoding: utf8[start..<offset], as: UTF8.self)
    }

    mutating func emit(_ kind: Token.Kind, _ text: String, from start: Int) {
        tokens.append(Token(kind: kind, text: text, span: Span(start, offset), startsStatement: startsLine(start)))
    }

    mutating func fail(_ id: String, _ message: String, from start: Int, remedy: String) {
        errors[tokens.count] = Diagnostic(id, message, file: source.name, span: Span(start, offset), remedy: remedy)
        emit(.invalid, "", from: start)
    }

    private func startsLine(_ start: Int) -> Bool {
        start == 0 || utf8[start - 1] == UInt8(ascii: "\n") || start == 3 && utf8[0] == 0xEF
    }
}

func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

private func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

/// `'$'`, or `U+00A0` for a character that shows nothing.
private func description(of scalar: Unicode.Scalar) -> String {
    let isVisible = switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .privateUse, .unassigned: false
    default: true
    }
    if isVisible { return "'\(scalar)'" }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}

/// What to write instead of a character that people type or paste for another one.
private func replacement(of scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "−", "–", "—": "write '-'"
    case "′", "’", "‘": "write \"'\" for a time derivative"
    case "“", "”", "„": "write '\"'"
    case "&": "write 'and'"
    case "|": "write 'or', or abs(...)"
    case "!": "write 'not', or '!=' for 'is not equal'"
    case "²": "write '^2'"
    case "³": "write '^3'"
    case "∀": "write 'all(i in I) ...'"
    case "∃": "write 'any(i in I) ...', or 'for some C'"
    case "∞": "no number is infinite: write a bound"
    case "#": "write '--' for a comment"
    default: nil
    }
}
