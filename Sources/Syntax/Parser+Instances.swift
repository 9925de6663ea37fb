import Exact

/// Statements about the runs: instances, expectations, what to show.
extension Parser {
    /// ("instance" | "family") NAME [binding {"," binding}]
    mutating func instanceStatement(isFamily: Bool) throws(Diagnostic) -> StatementSyntax.Kind {
        let kind = isFamily ? "family" : "instance"
        let name = try name("a name for the \(kind)")
        if token.isSymbol("=") || token.isWord("in") {
            throw failure(
                "E0202", "expected a name for the \(kind) before its values", at: name.span,
                remedy: "write '\(kind) one \(name.text) = ...'")
        }
        var bindings: [BindingSyntax] = []
        if token.kind != .end {
            repeat { bindings.append(try binding(isFamily: isFamily)) } while accept(symbol: ",")
            guard token.kind == .end else {
                throw expected("',' or the end of the statement", remedy: "write ',' between two values")
            }
        }
        return .instance(name: name, isFamily: isFamily, bindings)
    }

    /// binding = NAME ("=" sum | "=" "table" STRING | "in" set)
    private mutating func binding(isFamily: Bool) throws(Diagnostic) -> BindingSyntax {
        let name = try parameterName("the name of a parameter or of data")
        if token.isWord("in") {
            guard isFamily else {
                throw failure("E0202", "an instance has one value of '\(name.text)'", remedy: "write 'family'")
            }
            index += 1
            return BindingSyntax(name: name, value: .members(try set()))
        }
        try expect(symbol: "=", "after '\(name.text)'", remedy: "write '\(name.text) = ...'")
        if token.isWord("table"), peek(1).kind == .string {
            index += 1
            let file = next()
            return BindingSyntax(name: name, value: .table(file.text, file.span))
        }
        return BindingSyntax(name: name, value: .value(try sum()))
    }

    /// A parameter; `seed` is one here.
    private mutating func parameterName(_ what: String) throws(Diagnostic) -> Identifier {
        guard token.isWord("seed") else { return try name(what) }
        return Identifier("seed", next().span)
    }

    /// "expect" ID VERDICT ["on" member {"," member}]
    mutating func expectStatement() throws(Diagnostic) -> StatementSyntax.Kind {
        let claim = try id("the id of a claim")
        let word = try wordOf(ExpectedVerdict.allCases.map(\.rawValue), "verdict")
        // `wordOf` returns one of the raw values.
        let verdict = ExpectedVerdict(rawValue: word) ?? .proved
        var members: [MemberSyntax] = []
        if accept(word: "on") {
            repeat { members.append(try member()) } while accept(symbol: ",")
        }
        return .expect(claim: claim, verdict, members: members)
    }

    /// member = NAME ["[" NAME "=" sum {"," NAME "=" sum} "]"]
    private mutating func member() throws(Diagnostic) -> MemberSyntax {
        let name = try name("the name of an instance or family")
        var selectors: [(name: Identifier, value: ExpressionSyntax)] = []
        if accept(symbol: "[") {
            repeat {
                let parameter = try parameterName("the name of a parameter")
                try expect(symbol: "=", "after '\(parameter.text)'", remedy: "write '\(name.text)[\(parameter.text) = 5]'")
                selectors.append((name: parameter, value: try sum()))
            } while accept(symbol: ",")
            try expect(symbol: "]", "after the member of the family")
        }
        return MemberSyntax(name: name, selectors: selectors)
    }

    /// "show" sum {"," sum} ["at" duration {"," duration}]
    mutating func showStatement() throws(Diagnostic) -> StatementSyntax.Kind {
        var quantities: [ExpressionSyntax] = []
        repeat { quantities.append(try sum()) } while accept(symbol: ",")
        var moments: [Duration] = []
        if accept(word: "at") {
            repeat { moments.append(try duration()) } while accept(symbol: ",")
        }
        return .show(quantities, at: moments)
    }
}
