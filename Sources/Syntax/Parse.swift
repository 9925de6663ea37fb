/// Reads a theorem or model file: its syntax tree, and everything that is wrong with its text, in the order of the file.
///
/// A statement runs from a token in column 1 to the next one. It has at most one diagnostic, and is left out of the tree
/// if it has one.
public func parse(_ source: SourceFile) -> (file: FileSyntax, diagnostics: [Diagnostic]) {
    if let offset = firstInvalidByte(source.utf8) {
        let line = source.position(of: offset).line
        let notText = Diagnostic(
            "E0104", "the file is not UTF-8 (line \(line))", file: source.name, span: Span(offset, offset + 1),
            remedy: "save it as UTF-8")
        return (FileSyntax(source: source, header: nil, statements: []), [notText])
    }
    var reader = FileReader(source)
    reader.read()
    return (FileSyntax(source: source, header: reader.header, statements: reader.statements), reader.diagnostics)
}

private struct FileReader {
    let source: SourceFile
    let lexer: Lexer
    var header: FileSyntax.Header?
    var statements: [StatementSyntax] = []
    var diagnostics: [Diagnostic] = []

    init(_ source: SourceFile) {
        self.source = source
        lexer = Lexer(source)
    }

    mutating func read() {
        let tokens = lexer.tokens
        guard !tokens.isEmpty else {
            report(
                "E0204", "the first statement must be 'theorem' or 'model'", Span(0, 0),
                remedy: "the file is empty: start it with theorem ID \"title\"")
            return
        }
        var start = tokens.firstIndex(where: \.startsStatement) ?? tokens.endIndex
        if start > 0 {
            report("E0205", "indented line does not belong to a statement", tokens[0].span, remedy: "start it in column 1")
        }
        var isFirst = true
        while start < tokens.endIndex {
            let end = tokens[(start + 1)...].firstIndex(where: \.startsStatement) ?? tokens.endIndex
            read(tokens[start..<end], isFirst: isFirst)
            isFirst = false
            start = end
        }
    }

    private mutating func read(_ tokens: ArraySlice<Token>, isFirst: Bool) {
        if let invalid = tokens.indices.first(where: { tokens[$0].kind == .invalid }), let error = lexer.errors[invalid] {
            diagnostics.append(error)
            return
        }
        do throws(Diagnostic) {
            try readStatement(tokens, isFirst: isFirst)
        } catch {
            diagnostics.append(error)
        }
    }

    private mutating func readStatement(_ tokens: ArraySlice<Token>, isFirst: Bool) throws(Diagnostic) {
        var parser = Parser(source, tokens)
        if isFirst {
            if parser.token.isWord("theorem") || parser.token.isWord("model") {
                header = try parser.header()
                return
            }
            if let misplaced = misplacedFirst(parser.token) {
                diagnostics.append(misplaced)
                // The statement counts, so that what it declares is not reported as unknown; it keeps to one message.
                if let statement = try? parser.statement() { statements.append(statement) }
                return
            }
        }
        statements.append(try parser.statement())
    }

    /// What is wrong with a file that starts like this; nil for a misspelt keyword, which has a better message, and behind
    /// indented lines, where the header is probably the line that was indented.
    private func misplacedFirst(_ first: Token) -> Diagnostic? {
        let isMisspelt = first.kind == .name && !statementKeywords.contains(first.text)
            && closestName(to: first.text, in: statementKeywords) != nil
        guard !isMisspelt, diagnostics.isEmpty else { return nil }
        return Diagnostic(
            "E0204", "the first statement must be 'theorem' or 'model'", file: source.name, span: first.span,
            remedy: "start with theorem ID \"title\"; one file holds one of them")
    }

    private mutating func report(_ id: String, _ message: String, _ span: Span, remedy: String? = nil) {
        diagnostics.append(Diagnostic(id, message, file: source.name, span: span, remedy: remedy))
    }
}
