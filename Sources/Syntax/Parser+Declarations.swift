import Exact

/// Statements that declare names: constants, sets, tables, states, formulas, events.
extension Parser {
    mutating func parameterStatement() throws(Diagnostic) -> StatementSyntax.Kind {
        let name = try name("a name for the parameter")
        try expect(symbol: ":", "after the name of the parameter", remedy: "write 'parameter \(name.text) : real'")
        let isInteger = try wordOf(["integer", "real"], "type") == "integer"
        let initial = accept(symbol: "=") ? try sum() : nil
        let condition = accept(word: "where") ? try condition() : nil
        return .parameter(name: name, isInteger: isInteger, initial: initial, condition: condition, doc: acceptString())
    }

    mutating func setStatement() throws(Diagnostic) -> StatementSyntax.Kind {
        let name = try name("a name for the set")
        try expect(symbol: "=", "after the name of the set", remedy: "write 'set \(name.text) = 1..n'")
        return .set(name: name, try set(), doc: acceptString())
    }

    mutating func dataStatement() throws(Diagnostic) -> StatementSyntax.Kind {
        let name = try name("a name for the data")
        let dimensions = try dimensions("after the name of the data", remedy: "write 'data \(name.text)[1..n] : real'")
        try expect(symbol: ":", "after the indices of the data", remedy: "write 'data \(name.text)[...] : real'")
        let type: StatementSyntax.DataType
        switch try wordOf(["integer", "real", "list"], "type") {
        case "integer": type = .integer(within: accept(word: "in") ? try set() : nil)
        case "real": type = .real
        default:
            try expect(word: "of", "after 'list'", remedy: "write 'list of integer'")
            type = .list(of: try self.name("the elements of the list"))
        }
        return .data(name: name, dimensions, type, doc: acceptString())
    }

    mutating func drawStatement() throws(Diagnostic) -> StatementSyntax.Kind {
        let name = try name("a name for the draw")
        let dimensions = try dimensions("after the name of the draw", remedy: "write 'draw \(name.text)[1..n] ~ normal'")
        try expect(symbol: "~", "after the indices of the draw", remedy: "write 'draw \(name.text)[...] ~ normal'")
        let start = token.span
        let law = try wordOf(["normal", "sign", "uniform"], "law")
        return .draw(name: name, dimensions, law: Identifier(law, start), doc: acceptString())
    }

    mutating func stateStatement() throws(Diagnostic) -> StatementSyntax.Kind {
        let name = try name("a name for the state")
        let dimensions = token.isSymbol("[") ? try dimensions("after the name of the state") : []
        var start: StatementSyntax.StartSyntax?
        if accept(symbol: "=") {
            start = .value(try sum())
        } else if accept(word: "in") {
            let (low, high) = try bounds("after 'in'")
            start = .box(low, high)
        }
        return .state(name: name, dimensions, start, doc: acceptString())
    }

    mutating func letStatement() throws(Diagnostic) -> StatementSyntax.Kind {
        let name = try name("a name for the formula")
        var parameters: [Identifier] = []
        if accept(symbol: "(") {
            repeat { parameters.append(try self.name("the name of an argument")) } while accept(symbol: ",")
            try expect(symbol: ")", "after the arguments of '\(name.text)'")
        }
        let remedy = token.isSymbol("[") ? "a let takes (), not []" : "write 'let \(name.text) = ...'"
        try expect(symbol: "=", "after the name of the formula", remedy: remedy)
        return .define(name: name, parameters: parameters, try condition(), doc: acceptString())
    }

    mutating func assumeStatement() throws(Diagnostic) -> StatementSyntax.Kind {
        let name = try name("a name for the hypothesis")
        try expect(symbol: ":", "after the name of the hypothesis", remedy: "write 'assume \(name.text) : ...'")
        return .assume(name: name, try condition(), doc: acceptString())
    }

    mutating func eventStatement() throws(Diagnostic) -> StatementSyntax.Kind {
        let name = try name("a name for the event")
        try expect(symbol: "=", "after the name of the event", remedy: "write 'event \(name.text) = first t where ...'")
        guard token.isWord("first") || token.isWord("last"), peek(1).isWord("t") else {
            let moment = try moment("after '='")
            guard token.kind == .string || token.kind == .end else {
                let isWord = token.kind == .name
                throw expected(
                    "the end of the event",
                    remedy: isWord ? "write 'first t where ...'" : "put a longer moment in parentheses: (T1 + 1)")
            }
            return .event(name: name, .moment(moment), doc: acceptString())
        }
        let isFirst = token.text == "first"
        index += 2
        let after = accept(word: "after") ? try sum() : nil
        try expect(word: "where", "in the event", remedy: "write 'first t where ...'")
        return .event(name: name, .search(first: isFirst, after: after, try condition()), doc: acceptString())
    }

    // MARK: Parts

    /// "[" dim {"," dim} "]" with dim = [NAME "in"] set
    mutating func dimensions(_ place: String, remedy: String? = nil) throws(Diagnostic) -> [Dimension] {
        try expect(symbol: "[", place, remedy: remedy)
        var dimensions: [Dimension] = []
        repeat {
            var name: Identifier?
            if token.kind == .name, peek(1).isWord("in") {
                name = try self.name("the name of an index")
                index += 1
            }
            dimensions.append(Dimension(name: name, set: try set()))
        } while accept(symbol: ",")
        try expect(symbol: "]", "after the indices")
        return dimensions
    }

    /// "[" sum "," sum "]"
    mutating func bounds(_ place: String) throws(Diagnostic) -> (ExpressionSyntax, ExpressionSyntax) {
        try expect(symbol: "[", place, remedy: "write [lo, hi]")
        let low = try sum()
        try expect(symbol: ",", "between the two bounds", remedy: "write [lo, hi]")
        let high = try sum()
        try expect(symbol: "]", "after the two bounds", remedy: "write [lo, hi]")
        return (low, high)
    }

    /// One of a few words.
    mutating func wordOf(_ words: [String], _ what: String) throws(Diagnostic) -> String {
        let choices = words.map { "'\($0)'" }.joined(separator: ", ")
        guard token.kind == .name else { throw expected("a \(what)", remedy: "one of \(choices)") }
        guard words.contains(token.text) else {
            throw failure(
                "E0202", "unknown \(what) '\(token.text)'",
                remedy: didYouMean(token.text, words, else: "one of \(choices)"))
        }
        return next().text
    }
}
