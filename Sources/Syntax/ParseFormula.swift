/// Reads a formula that stands alone, outside any file: what a command line or another program hands over. Line breaks
/// and columns mean nothing.
///
/// Two minus signs in a row start a comment in a file. Here they are an error: `x--1` would silently be x.
public func parseFormula(_ source: SourceFile) throws(Diagnostic) -> ExpressionSyntax {
    func failure(_ id: String, _ message: String, _ span: Span, remedy: String) -> Diagnostic {
        Diagnostic(id, message, file: source.name, span: span, remedy: remedy)
    }
    if let offset = firstInvalidByte(source.utf8) {
        throw failure("E0104", "the formula is not UTF-8", Span(offset, offset + 1), remedy: "write it as UTF-8")
    }
    let minus = UInt8(ascii: "-")
    if let offset = source.utf8.indices.dropLast().first(where: { source.utf8[$0] == minus && source.utf8[$0 + 1] == minus }) {
        throw failure("E0101", "'--' starts a comment, not a difference", Span(offset, offset + 2), remedy: "write a - (-b), or a + b")
    }
    let lexer = Lexer(source)
    let tokens = lexer.tokens
    if let invalid = tokens.indices.first(where: { tokens[$0].kind == .invalid }), let error = lexer.errors[invalid] {
        throw error
    }
    guard !tokens.isEmpty else {
        throw failure("E0203", "expected a formula, found nothing", Span(0, 0), remedy: "write one, as exp(x) - x")
    }
    if let long = tokens.first(where: hasLongExponent) {
        throw failure(
            "E0105", "the exponent of this number is beyond \(largestFormulaExponent)", long.span,
            remedy: "write a power, 10^n, or use log")
    }
    var parser = Parser(source, tokens[...], whole: "formula")
    let formula = try parser.condition()
    try parser.finish()
    return formula
}

/// A theorem file may take a second for a number; a formula may be one of thousands.
private let largestFormulaExponent = 100_000

private func hasLongExponent(_ token: Token) -> Bool {
    guard token.kind == .number, let mark = token.text.lastIndex(where: { $0 == "e" || $0 == "E" }) else { return false }
    let exponent = Int(token.text[token.text.index(after: mark)...])
    return exponent.map { $0.magnitude > largestFormulaExponent } ?? true
}
