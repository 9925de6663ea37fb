import Exact

extension Parser {
    /// Reads the whole statement.
    mutating func statement() throws(Diagnostic) -> StatementSyntax {
        let keyword = try self.keyword()
        let kind = try statement(keyword.text)
        try finish()
        return StatementSyntax(kind, span(from: keyword.span.start))
    }

    /// `theorem ID "title"`, with the keyword not read yet.
    mutating func header() throws(Diagnostic) -> FileSyntax.Header {
        let keyword = next().text
        let id = try self.id("an id after '\(keyword)'")
        let title = try string("the title of the \(keyword)")
        try finish()
        return FileSyntax.Header(isModel: keyword == "model", id: id, title: title.text)
    }

    private mutating func keyword() throws(Diagnostic) -> Token {
        guard token.kind == .name else {
            throw failure(
                "E0201", "expected a statement, found \(token.description)",
                remedy: "indent the line if it continues the statement above")
        }
        guard statementKeywords.contains(token.text) else {
            let remedy = didYouMean(
                token.text, statementKeywords, else: "indent the line if it continues the statement above")
            throw failure("E0201", "unknown statement '\(token.text)'", remedy: remedy)
        }
        return next()
    }

    private mutating func statement(_ keyword: String) throws(Diagnostic) -> StatementSyntax.Kind {
        switch keyword {
        case "source": try sourceStatement()
        case "use": try useStatement()
        case "note": .note(try string("the text of the note").text)
        case "parameter": try parameterStatement()
        case "set": try setStatement()
        case "data": try dataStatement()
        case "draw": try drawStatement()
        case "state": try stateStatement()
        case "let": try letStatement()
        case "conserved": .conserved(try sum(), doc: acceptString())
        case "flow": try flowStatement()
        case "map": try mapStatement()
        case "descent": .descent(try gradient(isDescent: true))
        case "schedule": try scheduleStatement()
        case "stage": try stageStatement()
        case "stop": try stopStatement()
        case "minimiser": try minimiserStatement()
        case "assume": try assumeStatement()
        case "event": try eventStatement()
        case "claim": .claim(try claimStatement())
        case "expect": try expectStatement()
        case "instance": try instanceStatement(isFamily: false)
        case "family": try instanceStatement(isFamily: true)
        case "show": try showStatement()
        default:
            // `theorem` or `model`.
            throw failure(
                "E0204", "'\(keyword)' can only be the first statement", at: tokens[tokens.startIndex].span,
                remedy: "a file holds one theorem or one model: move this one to a file of its own")
        }
    }

    /// Nothing may follow a complete statement or formula.
    func finish() throws(Diagnostic) {
        guard token.kind != .end else { return }
        throw expected("the end of the \(whole)", remedy: finishRemedy)
    }

    private var finishRemedy: String? {
        let previous = tokens[index - 1]
        if previous.kind == .number, previous.span.end == token.span.start, token.kind == .name {
            return "write \(previous.text)*\(token.text)"
        }
        if token.kind == .name, statementKeywords.contains(token.text) { return "start '\(token.text)' in column 1" }
        if token.isSymbol("..") { return "a range is declared with 'set': set I = 1..n" }
        if token.isWord("and") || token.isWord("or"), tokens.contains(where: { $0.isWord("some") }) {
            return "write a chain, 0 < C < 1"
        }
        if token.isSymbol("("), previous.isSymbol(")") || previous.kind == .number { return "write '*' for a product" }
        return nil
    }

    // MARK: Where the theorem comes from

    private mutating func sourceStatement() throws(Diagnostic) -> StatementSyntax.Kind {
        let work = try string("the work")
        let place = try string("the place in the work")
        guard let provenance = try acceptProvenance() else { throw expected("a provenance", remedy: provenanceRemedy) }
        return .source(work: work.text, place: place.text, provenance)
    }

    /// One of the five words, if one of them, or nearly one, stands here.
    mutating func acceptProvenance() throws(Diagnostic) -> Provenance? {
        guard token.kind == .name, token.text != "given" else { return nil }
        if let provenance = Provenance(rawValue: token.text) {
            index += 1
            return provenance
        }
        guard let meant = closestName(to: token.text, in: Provenance.allCases.map(\.rawValue) + ["given"]) else { return nil }
        throw failure("E0202", "unknown provenance '\(token.text)'", remedy: "did you mean '\(meant)'?")
    }

    private var provenanceRemedy: String {
        "one of " + Provenance.allCases.map(\.rawValue).joined(separator: ", ")
    }

    private mutating func useStatement() throws(Diagnostic) -> StatementSyntax.Kind {
        let path = try string("the file")
        return .use(path: path.text, pathSpan: path.span)
    }
}
