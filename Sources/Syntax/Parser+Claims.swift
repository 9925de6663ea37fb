import Exact

extension Parser {
    /// "claim" ID STRING [PROV] ["given" cond] ":" body {quantifier}
    mutating func claimStatement() throws(Diagnostic) -> ClaimSyntax {
        let id = try id("an id for the claim")
        let wording = try string("the wording of the claim")
        let provenance = try acceptProvenance()
        let given = accept(word: "given") ? try condition() : nil
        try expect(symbol: ":", "before the body of the claim", remedy: "write 'claim \(id.text) \"...\" : ...'")
        let start = token.span.start
        let body = try body()
        let bodySpan = span(from: start)
        var quantifiers: [QuantifierSyntax] = []
        while accept(word: "for") { quantifiers += try quantifier() }
        return ClaimSyntax(
            id: id, wording: wording.text, provenance: provenance, given: given, body: body, bodySpan: bodySpan,
            quantifiers: quantifiers)
    }

    private mutating func body() throws(Diagnostic) -> ClaimSyntax.Body {
        guard token.kind == .name, ReservedWords.bodies.contains(token.text) else { return .condition(try condition()) }
        let word = next().text
        switch word {
        case "identity": return .identity(try condition())
        case "everywhere": return .everywhere(try condition())
        case "solution":
            let state = try postfix()
            try expect(symbol: "=", "after the state of 'solution'", remedy: "write 'solution x = ...'")
            return .solution(state, try sum())
        case "symmetry": return .symmetry(try replacements())
        case "always", "sometime": return try temporal(word)
        case "increasing", "decreasing":
            let quantity = try sum()
            return .monotone(increasing: word == "increasing", quantity, try acceptScope())
        case "at":
            let moment = try moment("after 'at'")
            try expect(symbol: ":", "after the moment of 'at'", remedy: "write 'at T1 : ...', with () around a longer moment")
            return .at(moment: moment, try condition())
        default: return try growth()
        }
    }

    /// postfix "->" sum {"," postfix "->" sum}
    private mutating func replacements() throws(Diagnostic) -> [(ExpressionSyntax, ExpressionSyntax)] {
        var replacements: [(ExpressionSyntax, ExpressionSyntax)] = []
        repeat {
            let state = try postfix()
            try expect(symbol: "->", "after the state", remedy: "write 'symmetry x[i] -> x[s(i)]'")
            replacements.append((state, try sum()))
        } while accept(symbol: ",")
        return replacements
    }

    /// ("always" | "sometime") [scope] ["while" cond] [":"] cond, with ":" if and only if scope or while is there
    private mutating func temporal(_ word: String) throws(Diagnostic) -> ClaimSyntax.Body {
        if token.isSymbol(":") {
            throw failure("E0202", "'\(word)' without a scope has no ':'", remedy: "delete ':'")
        }
        let scope = try acceptScope()
        let condition = acceptWhile() ? try condition() : nil
        if condition != nil {
            try expectColon("after the condition of 'while'", "write '\(word) while c : ...'")
        } else if scope != nil {
            try expectColon("after the scope of '\(word)'", "write '\(word) on [T1, T2] : ...'")
        }
        let claimed = try self.condition()
        return word == "always" ? .always(scope, while: condition, claimed) : .sometime(scope, while: condition, claimed)
    }

    private mutating func expectColon(_ place: String, _ remedy: String) throws(Diagnostic) {
        guard accept(symbol: ":") else { throw failure("E0202", "expected ':' \(place)", remedy: remedy) }
    }

    /// `while` is not reserved: before an operator it is a quantity with that name.
    private mutating func acceptWhile() -> Bool {
        let following = peek(1)
        if following.kind == .symbol, !["(", "[", "{", "-", "√"].contains(following.text) { return false }
        return accept(word: "while")
    }

    /// scope = "on" ("[" | "(") sum "," sum ("]" | ")") | "during" NAME
    private mutating func acceptScope() throws(Diagnostic) -> ScopeSyntax? {
        if token.isWord("during"), peek(1).kind == .name {
            index += 1
            return .stage(try name("the name of a stage"))
        }
        guard token.isWord("on"), peek(1).isSymbol("[") || peek(1).isSymbol("(") else { return nil }
        index += 1
        let start = token.span.start
        let openStart = next().text == "("
        let low = try sum()
        try expect(symbol: ",", "in the interval", remedy: "write 'on [T1, T2]'")
        let high = try sum()
        guard token.isSymbol("]") || token.isSymbol(")") else {
            throw expected("']' or ')'", "after the interval", remedy: "write 'on [T1, T2]'")
        }
        let openEnd = next().text == ")"
        return .interval(low, high, openStart: openStart, openEnd: openEnd, span(from: start))
    }

    /// "growth" "of" sum "in" NAME "over" NAME "within" "[" sum "," sum "]"
    private mutating func growth() throws(Diagnostic) -> ClaimSyntax.Body {
        let remedy = "write 'growth of T in K over family within [lo, hi]'"
        try expect(word: "of", "after 'growth'", remedy: remedy)
        let quantity = try sum()
        try expect(word: "in", "after the quantity of 'growth'", remedy: remedy)
        let parameter = try name("the name of a parameter")
        try expect(word: "over", "after the parameter", remedy: remedy)
        let family = try name("the name of a family")
        try expect(word: "within", "after the family", remedy: remedy)
        let (low, high) = try bounds("after 'within'")
        return .growth(of: quantity, in: parameter, over: family, low: low, high: high)
    }

    /// What follows `for`.
    private mutating func quantifier() throws(Diagnostic) -> [QuantifierSyntax] {
        let start = tokens[index - 1].span.start
        if accept(word: "some") {
            var constants: [QuantifierSyntax] = []
            repeat {
                let name = try name("a name for the constant")
                constants.append(.some(name, where: accept(word: "where") ? try relation() : nil))
            } while accept(symbol: ",")
            return constants
        }
        if accept(word: "all") {
            let name = try name("the name of a parameter")
            try expect(word: "in", "after the parameter", remedy: "write 'for all \(name.text) in [lo, hi]'")
            let (low, high) = try bounds("after 'in'")
            return [.all(name, low: low, high: high)]
        }
        let remedy = "write 'for at least 9 of seeds 1..10'"
        guard accept(word: "at") else {
            throw expected("'some', 'all' or 'at least'", "after 'for'", remedy: "write 'for some C where C <= 1'")
        }
        try expect(word: "least", "after 'at'", remedy: remedy)
        let count = try number()
        try expect(word: "of", "after the number of seeds", remedy: remedy)
        try expect(word: "seeds", "after 'of'", remedy: remedy)
        let seeds = try set()
        return [.seeds(atLeast: count, set: seeds, span(from: start))]
    }
}
