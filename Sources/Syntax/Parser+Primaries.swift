import Exact

/// The parts that a formula is built from.
extension Parser {
    mutating func primary() throws(Diagnostic) -> ExpressionSyntax {
        let start = token
        switch start.kind {
        case .number:
            return ExpressionSyntax(.number(try number()), start.span)
        case .name:
            return try named()
        case .symbol where start.text == "(":
            index += 1
            let inner = try condition()
            try expect(symbol: ")", "to close '('")
            return ExpressionSyntax(inner.kind, span(from: start.span.start))
        case .symbol where start.text == "[":
            index += 1
            let elements = try sums(closing: "]")
            return try node(.vector(elements), span(from: start.span.start))
        case .symbol where start.text == "{":
            return try braces()
        case .symbol where start.text == "√":
            index += 1
            try enter()
            let argument = try primary()
            leave()
            return try node(.call(name: "sqrt", nameSpan: start.span, arguments: [argument]), span(from: start.span.start))
        case .symbol, .string, .id, .invalid, .end:
            throw expectedExpression
        }
    }

    private var expectedExpression: Diagnostic {
        let previous = index > tokens.startIndex ? tokens[index - 1] : endToken
        var remedy = "put a formula there"
        if token.isWord("all") || token.isWord("any") || token.isWord("not") {
            remedy = "put the condition in parentheses"
        } else if token.isSymbol("*"), previous.isSymbol("*") {
            remedy = "write '^' for a power"
        } else if token.isSymbol("="), previous.isSymbol("=") {
            remedy = "write '=' once"
        } else if token.isSymbol("="), previous.isSymbol("<") || previous.isSymbol(">") {
            remedy = "write '\(previous.text)=' without a space"
        } else if token.isSymbol("+") {
            remedy = "a sign '+' stands between two terms only: delete it"
        }
        return failure("E0203", "expected an expression, found \(token.description)", remedy: remedy)
    }

    /// NAME | NAME "(" arg {"," arg} ")"
    private mutating func named() throws(Diagnostic) -> ExpressionSyntax {
        let name = token
        if peek(1).isSymbol("("), !isReservedWord(name.text) || isFunction(name.text) || name.text == "end" {
            index += 2
            var arguments: [ExpressionSyntax] = []
            repeat { arguments.append(try argument()) } while accept(symbol: ",")
            try expect(symbol: ")", "after the arguments of '\(name.text)'")
            return try node(
                .call(name: name.text, nameSpan: name.span, arguments: arguments), span(from: name.span.start))
        }
        if isFunction(name.text) {
            throw failure("E0202", "'\(name.text)' is a function", remedy: "write \(name.text)(...)")
        }
        guard !isReservedWord(name.text) || ReservedWords.values.contains(name.text) else { throw expectedExpression }
        index += 1
        return ExpressionSyntax(.name(name.text), name.span)
    }

    private func isFunction(_ word: String) -> Bool { ReservedWords.functions.contains(word) }

    /// arg = cond | set
    private mutating func argument() throws(Diagnostic) -> ExpressionSyntax {
        let first = try condition()
        guard accept(symbol: "..") else { return first }
        let high = try sum()
        return try node(.range(first, high), first.span.union(high.span))
    }

    private mutating func sums(closing: String) throws(Diagnostic) -> [ExpressionSyntax] {
        var elements: [ExpressionSyntax] = []
        repeat { elements.append(try sum()) } while accept(symbol: ",")
        let remedy = token.isSymbol("..") ? "a range has no brackets: write 1..n" : nil
        guard accept(symbol: closing) else { throw expected("',' or '\(closing)'", remedy: remedy) }
        return elements
    }

    /// "{" sum {"," sum} "}" | "{" NAME "in" set ["where" cond] "}"
    private mutating func braces() throws(Diagnostic) -> ExpressionSyntax {
        let start = next().span.start
        guard token.kind == .name, peek(1).isWord("in") else {
            let elements = try sums(closing: "}")
            return try node(.set(elements), span(from: start))
        }
        let name = try name("a name")
        index += 1
        let set = try set()
        let condition = accept(word: "where") ? try condition() : nil
        try expect(symbol: "}", "after the set")
        return try node(.comprehension(name: name.text, set, condition: condition), span(from: start))
    }
}
