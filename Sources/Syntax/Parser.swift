import Exact

/// Reads one statement, or one formula. The first error ends it: `Parse.swift` resumes at the next line in column 1.
struct Parser {
    let source: SourceFile
    /// The tokens of one statement.
    let tokens: ArraySlice<Token>
    /// What messages call all of them: "statement", "formula".
    let whole: String
    var index: Int
    /// Levels of recursion above the expression that is being read.
    var depth = 0
    /// Stands behind the last token.
    let endToken: Token

    /// Deepest nesting of a formula, in its text and in its tree. One number for both keeps the stack of every recursive
    /// walk within bounds, on the main thread and on others.
    static let deepestLevel = 256

    /// Reading a number takes time quadratic in its digits.
    static let mostDigits = 100_000

    /// - Precondition: there is a token.
    init(_ source: SourceFile, _ tokens: ArraySlice<Token>, whole: String = "statement") {
        self.source = source
        self.tokens = tokens
        self.whole = whole
        index = tokens.startIndex
        let end = tokens[tokens.endIndex - 1].span.end
        endToken = Token(kind: .end, text: whole, span: Span(end, end), startsStatement: false)
    }

    // MARK: Looking

    var token: Token { peek(0) }

    func peek(_ ahead: Int) -> Token {
        index + ahead < tokens.endIndex ? tokens[index + ahead] : endToken
    }

    var previousEnd: Int {
        index > tokens.startIndex ? tokens[index - 1].span.end : endToken.span.start
    }

    /// From an offset to the end of the last token read.
    func span(from start: Int) -> Span { Span(start, max(start, previousEnd)) }

    // MARK: Taking

    mutating func next() -> Token {
        let taken = token
        if index < tokens.endIndex { index += 1 }
        return taken
    }

    mutating func accept(symbol: String) -> Bool {
        guard token.isSymbol(symbol) else { return false }
        index += 1
        return true
    }

    mutating func accept(word: String) -> Bool {
        guard token.isWord(word) else { return false }
        index += 1
        return true
    }

    mutating func acceptString() -> String? {
        token.kind == .string ? next().text : nil
    }

    /// - Parameter place: what the symbol follows, as in `after the name of the parameter`.
    mutating func expect(symbol: String, _ place: String = "", remedy: String? = nil) throws(Diagnostic) {
        let quoted = symbol == "'" ? "\"'\"" : "'\(symbol)'"
        guard accept(symbol: symbol) else { throw expected(quoted, place, remedy: remedy) }
    }

    mutating func expect(word: String, _ place: String = "", remedy: String? = nil) throws(Diagnostic) {
        guard accept(word: word) else { throw expected("'\(word)'", place, remedy: remedy) }
    }

    mutating func string(_ what: String) throws(Diagnostic) -> Token {
        guard token.kind == .string else {
            throw expected("\(what) in quotes", remedy: token.kind == .name ? "put it between two '\"'" : nil)
        }
        return next()
    }

    /// A name that is declared or referred to here; `what` is "a name for the parameter".
    mutating func name(_ what: String) throws(Diagnostic) -> Identifier {
        guard token.kind == .name else { throw expected(what) }
        if isReservedWord(token.text) {
            throw failure("E0202", "'\(token.text)' is a reserved word and cannot be a name", remedy: "choose another name")
        }
        let taken = next()
        return Identifier(taken.text, taken.span)
    }

    mutating func id(_ what: String) throws(Diagnostic) -> Identifier {
        guard token.kind == .id else { throw expected(what, remedy: "an id starts with a letter, as in 'thm3.1.a'") }
        let taken = next()
        return Identifier(taken.text, taken.span)
    }

    /// The value of a number token.
    mutating func number() throws(Diagnostic) -> Rational {
        guard token.kind == .number else { throw expected("a number") }
        guard token.text.utf8.count <= Parser.mostDigits else {
            throw failure(
                "E0105", "this number has more than \(Parser.mostDigits) digits", remedy: "write fewer digits, or a sum of powers")
        }
        guard let value = Rational(decimal: token.text) else {
            throw failure(
                "E0105", "the exponent of this number is beyond \(Rational.largestExponent)",
                remedy: "write a power, 10^n, or use log")
        }
        index += 1
        return value
    }

    // MARK: Failing

    func failure(_ id: String, _ message: String, at span: Span? = nil, remedy: String? = nil) -> Diagnostic {
        Diagnostic(id, message, file: source.name, span: span ?? token.span, remedy: remedy)
    }

    /// E0202 at the current token.
    func expected(_ what: String, _ place: String = "", remedy: String? = nil) -> Diagnostic {
        let place = place.isEmpty ? "" : " \(place)"
        return failure("E0202", "expected \(what)\(place), found \(token.description)", remedy: remedy)
    }

    /// "did you mean 'parameter'?", or the second best remedy.
    func didYouMean(_ word: String, _ words: some Sequence<String>, else remedy: String? = nil) -> String? {
        closestName(to: word, in: words).map { "did you mean '\($0)'?" } ?? remedy
    }
}
