/// A piece of the source text, in its ASCII spelling.
struct Token {
    enum Kind {
        /// A name or a word of the language.
        case name
        /// The id after `theorem`, `model`, `claim`, `expect`; may contain `.` and `-`.
        case id
        case number
        case string
        case symbol
        /// Text that no token matches; the lexer holds its diagnostic.
        case invalid
        /// Behind the last token of a statement or a formula; its text says which.
        case end
    }

    let kind: Kind
    /// The ASCII spelling: `alpha` for a Greek letter, `<=` for `≤`; for a string what stands between the quotes.
    let text: String
    let span: Span
    /// Whether it stands in column 1, where statements start.
    let startsStatement: Bool

    /// How messages call it.
    var description: String {
        switch kind {
        case .symbol where text == "√": "'sqrt'"
        case .symbol where text == "'": "\"'\""
        case .number where text.utf8.count > 40: "'\(text.prefix(40))...'"
        case .name, .id, .number, .symbol: "'\(text)'"
        case .string: "a string"
        case .invalid: "an unreadable character"
        case .end: "the end of the \(text)"
        }
    }

    func isWord(_ word: String) -> Bool { kind == .name && text == word }
    func isSymbol(_ symbol: String) -> Bool { kind == .symbol && text == symbol }
}
