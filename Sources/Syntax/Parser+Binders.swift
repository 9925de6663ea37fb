import Exact

/// `sum(i in I where c) body`, `probability(n ~ binomial(N, p)) (c)`.
extension Parser {
    /// The operator that starts here. `max` and `min` are functions too: a binder follows only where a generator does.
    var binderOperator: BinderOperator? {
        guard token.kind == .name, let operation = BinderOperator(rawValue: token.text) else { return nil }
        if operation == .max || operation == .min {
            return startsGenerator(at: 2) ? operation : nil
        }
        return operation
    }

    /// NAME "in", NAME "~", or "(" NAME ","
    private func startsGenerator(at ahead: Int) -> Bool {
        guard peek(ahead - 1).isSymbol("(") else { return false }
        if peek(ahead).isSymbol("(") { return peek(ahead + 1).kind == .name && peek(ahead + 2).isSymbol(",") }
        return peek(ahead).kind == .name && (peek(ahead + 1).isWord("in") || peek(ahead + 1).isSymbol("~"))
    }

    mutating func bound(by operation: BinderOperator) throws(Diagnostic) -> ExpressionSyntax {
        let start = next().span.start
        let binder = try binder(of: operation.rawValue)
        if operation == .count {
            return try node(.binder(operation, binder, body: nil), span(from: start))
        }
        if operation == .probability, !token.isSymbol("(") {
            throw expected(
                "'('", "before the condition of 'probability'", remedy: "write probability(n ~ binomial(N, p)) (condition)")
        }
        let body = try product()
        return try node(.binder(operation, binder, body: body), span(from: start))
    }

    /// binder = "(" generator {"," generator} ["where" cond] ")"
    mutating func binder(of word: String) throws(Diagnostic) -> Binder {
        let start = token.span.start
        try expect(symbol: "(", "after '\(word)'", remedy: "write \(word)(i in 1..n) ...")
        var generators: [Binder.Generator] = []
        repeat { generators.append(try generator(of: word)) } while accept(symbol: ",")
        let condition = accept(word: "where") ? try condition() : nil
        try expect(symbol: ")", "after the indices of '\(word)'")
        return Binder(generators, condition: condition, span: span(from: start))
    }

    /// generator = NAME "in" set | (NAME | "(" NAME {"," NAME} ")") "~" law
    private mutating func generator(of word: String) throws(Diagnostic) -> Binder.Generator {
        let start = token.span.start
        let remedy = "write \(word)(i in 1..n) ..."
        if accept(symbol: "(") {
            var names: [String] = []
            repeat { names.append(try name("a name").text) } while accept(symbol: ",")
            try expect(symbol: ")", "after the names of the counts")
            let span = span(from: start)
            try expect(symbol: "~", "after the names of the counts")
            return .law(names: names, namesSpan: span, law: try law())
        }
        guard token.kind == .name, peek(1).isWord("in") || peek(1).isSymbol("~") else {
            throw expected("'i in SET' or 'n ~ LAW'", "in the parentheses of '\(word)'", remedy: remedy)
        }
        let name = try name("a name")
        if accept(symbol: "~") { return .law(names: [name.text], namesSpan: name.span, law: try law()) }
        index += 1
        return .member(name: name.text, nameSpan: name.span, set: try set())
    }

    private mutating func law() throws(Diagnostic) -> ExpressionSyntax {
        guard token.kind == .name, peek(1).isSymbol("(") else {
            throw expected("a law", "after '~'", remedy: "write binomial(N, p), multinomial(N, [p, q]) or uniform(S)")
        }
        return try primary()
    }
}
