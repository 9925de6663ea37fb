import Exact

/// From `implies` down to a relation: section 3 of the reference, one function per line of the grammar.
extension Parser {
    /// cond = or ["implies" cond]
    mutating func condition() throws(Diagnostic) -> ExpressionSyntax {
        let left = try chain("or", ExpressionSyntax.Kind.or) { (parser: inout Parser) throws(Diagnostic) in
            try parser.chain("and", ExpressionSyntax.Kind.and) { (parser: inout Parser) throws(Diagnostic) in
                try parser.negation()
            }
        }
        guard accept(word: "implies") else { return left }
        try enter()
        let right = try condition()
        leave()
        return try node(.implies(left, right), left.span.union(right.span))
    }

    /// `a and b and c` as one node.
    private mutating func chain(
        _ word: String, _ make: ([ExpressionSyntax]) -> ExpressionSyntax.Kind,
        _ part: (inout Parser) throws(Diagnostic) -> ExpressionSyntax
    ) throws(Diagnostic) -> ExpressionSyntax {
        let first = try part(&self)
        guard token.isWord(word) else { return first }
        var parts = [first]
        while accept(word: word) { parts.append(try part(&self)) }
        return try node(make(parts), first.span.union(span(from: first.span.start)))
    }

    /// not = "not" not | ("all" | "any") binder not | relation
    mutating func negation() throws(Diagnostic) -> ExpressionSyntax {
        let start = token.span.start
        if accept(word: "not") {
            try enter()
            let operand = try negation()
            leave()
            return try node(.not(operand), span(from: start))
        }
        if token.isWord("all") || token.isWord("any") {
            let word = next().text
            try enter()
            let binder = try binder(of: word)
            let body = try negation()
            leave()
            return try node(.quantified(universal: word == "all", binder, body: body), span(from: start))
        }
        return try relation()
    }

    /// relation = sum {("<" | "<=" | ...) sum | "in" set}
    mutating func relation() throws(Diagnostic) -> ExpressionSyntax {
        let first = try sum()
        var operands = [first]
        var relations: [Relation] = []
        while let relation = acceptRelation() {
            relations.append(relation)
            operands.append(relation == .member ? try set() : try sum())
        }
        if relations.isEmpty { return first }
        return try node(.relation(operands, relations), span(from: first.span.start))
    }

    private mutating func acceptRelation() -> Relation? {
        guard token.kind == .symbol || token.isWord("in"), let relation = Relation(rawValue: token.text) else { return nil }
        index += 1
        return relation
    }

    /// set = sum [".." sum]
    mutating func set() throws(Diagnostic) -> ExpressionSyntax {
        let low = try sum()
        guard accept(symbol: "..") else { return low }
        let high = try sum()
        return try node(.range(low, high), low.span.union(high.span))
    }

    // MARK: Depth

    /// A node of the tree, if the tree stays within the limit: 256 levels above the names and numbers.
    func node(_ kind: ExpressionSyntax.Kind, _ span: Span) throws(Diagnostic) -> ExpressionSyntax {
        let made = ExpressionSyntax(kind, span)
        guard depth + made.height <= Parser.deepestLevel + 2 else { throw tooDeep }
        return made
    }

    mutating func enter() throws(Diagnostic) {
        depth += 1
        guard depth <= Parser.deepestLevel + 1 else { throw tooDeep }
    }

    mutating func leave() { depth -= 1 }

    private var tooDeep: Diagnostic {
        failure("E0206", "nested deeper than \(Parser.deepestLevel) levels", remedy: "name a part of it with 'let'")
    }
}
