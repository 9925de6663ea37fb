import Exact

/// From sums down to powers.
extension Parser {
    /// sum = product {("+" | "-") product}
    mutating func sum() throws(Diagnostic) -> ExpressionSyntax {
        var left = try product()
        while token.isSymbol("+") || token.isSymbol("-") {
            let isSum = next().text == "+"
            let right = try product()
            left = try node(.binary(isSum ? .add : .subtract, left, right), left.span.union(right.span))
        }
        return left
    }

    /// product = unary {("*" | "/") unary}
    mutating func product() throws(Diagnostic) -> ExpressionSyntax {
        var left = try unary()
        while token.isSymbol("*") || token.isSymbol("/") {
            let isProduct = next().text == "*"
            let right = try unary()
            left = try node(.binary(isProduct ? .multiply : .divide, left, right), left.span.union(right.span))
        }
        return left
    }

    /// unary = "-" unary | "if" cond "then" sum "else" sum | OP binder product | power
    ///
    /// Every way from an expression back to an expression leads through here or through a function that counts by itself.
    mutating func unary() throws(Diagnostic) -> ExpressionSyntax {
        try enter()
        defer { leave() }
        let start = token.span.start
        if accept(symbol: "-") {
            let operand = try unary()
            return try node(.negate(operand), span(from: start))
        }
        if token.isWord("if") { return try conditional() }
        if let operation = binderOperator { return try bound(by: operation) }
        return try power()
    }

    private mutating func conditional() throws(Diagnostic) -> ExpressionSyntax {
        let start = next().span.start
        let condition = try condition()
        try expect(word: "then", "after the condition of 'if'", remedy: "write 'if c then a else b'")
        let first = try sum()
        try expect(word: "else", "after the first case of 'if'", remedy: "write 'if c then a else b'")
        let second = try sum()
        return try node(.conditional(condition, first, second), span(from: start))
    }

    /// power = postfix ["^" ["-"] power]
    private mutating func power() throws(Diagnostic) -> ExpressionSyntax {
        let base = try postfix()
        guard accept(symbol: "^") else { return base }
        try enter()
        let sign = token
        let isNegative = accept(symbol: "-")
        var exponent = try power()
        if isNegative { exponent = try node(.negate(exponent), sign.span.union(exponent.span)) }
        leave()
        return try node(.binary(.power, base, exponent), base.span.union(exponent.span))
    }

    /// postfix = primary {"'" | "@" moment | "[" (set | ":") {"," (set | ":")} "]"}
    mutating func postfix() throws(Diagnostic) -> ExpressionSyntax {
        var operand = try primary()
        while token.kind == .symbol {
            let start = operand.span.start
            if accept(symbol: "'") {
                operand = try node(.prime(operand), span(from: start))
            } else if accept(symbol: "@") {
                let moment = try moment("after '@'")
                operand = try node(.at(operand, moment: moment), span(from: start))
            } else if accept(symbol: "[") {
                let indices = try indices()
                operand = try node(.subscripted(operand, indices), span(from: start))
            } else {
                break
            }
        }
        return operand
    }

    private mutating func indices() throws(Diagnostic) -> [ExpressionSyntax] {
        var indices: [ExpressionSyntax] = []
        repeat {
            if token.isSymbol(":") {
                indices.append(ExpressionSyntax(.wholeRange, next().span))
            } else {
                indices.append(try set())
            }
        } while accept(symbol: ",")
        try expect(symbol: "]", "after the indices")
        return indices
    }

    /// moment = NUMBER | NAME | "end" | ("start" | "end") "(" NAME ")" | "(" sum ")"
    mutating func moment(_ place: String) throws(Diagnostic) -> ExpressionSyntax {
        let start = token
        if start.kind == .number { return ExpressionSyntax(.number(try number()), start.span) }
        if accept(symbol: "(") {
            let value = try sum()
            try expect(symbol: ")", "after the moment")
            return ExpressionSyntax(value.kind, span(from: start.span.start))
        }
        if (start.isWord("start") || start.isWord("end")) && peek(1).isSymbol("(") {
            index += 2
            let stage = try name("the name of a stage")
            try expect(symbol: ")", "after the name of the stage")
            let argument = ExpressionSyntax(.name(stage.text), stage.span)
            return try node(.call(name: start.text, nameSpan: start.span, arguments: [argument]), span(from: start.span.start))
        }
        if accept(word: "end") { return ExpressionSyntax(.name("end"), start.span) }
        guard start.kind == .name, !isReservedWord(start.text) else {
            throw expected("a moment", place, remedy: "write a number, an event, end, start(stage), end(stage), or a formula in ()")
        }
        index += 1
        return ExpressionSyntax(.name(start.text), start.span)
    }
}
