import Exact

/// Statements that say what moves, in which phases and until when.
extension Parser {
    mutating func flowStatement() throws(Diagnostic) -> StatementSyntax.Kind {
        if startsGradient { return .flowGradient(try gradient(isDescent: false)) }
        let state = try name("a state or 'gradient of' after 'flow'")
        let dimensions = token.isSymbol("[") ? try dimensions("after the state") : []
        try expect(symbol: "'", "after the state", remedy: "write \"flow \(state.text)' = ...\"")
        try expect(symbol: "=", "after \"\(state.text)'\"", remedy: "write \"flow \(state.text)' = ...\"")
        return .flowEquation(state: state, dimensions, try sum())
    }

    mutating func mapStatement() throws(Diagnostic) -> StatementSyntax.Kind {
        let remedy = "write 'map next(x) = ...'"
        try expect(word: "next", "after 'map'", remedy: remedy)
        try expect(symbol: "(", "after 'next'", remedy: remedy)
        let state = try name("the name of a state")
        let dimensions = token.isSymbol("[") ? try dimensions("after the state") : []
        try expect(symbol: ")", "after the state", remedy: remedy)
        try expect(symbol: "=", "after 'next(\(state.text))'", remedy: remedy)
        return .mapEquation(state: state, dimensions, try sum())
    }

    /// `gradient` is reserved, `normalised` is not.
    private var startsGradient: Bool {
        token.isWord("gradient") || token.isWord("normalised") && peek(1).isWord("gradient")
    }

    /// gradient = ["normalised"] "gradient" "of" sum ["in" NAME {"," NAME}] ["step" sum ["decay" sum]]
    ///            {"with" "rate" sum ["on" NAME]}
    mutating func gradient(isDescent: Bool) throws(Diagnostic) -> GradientSyntax {
        let start = token.span.start
        let kind = isDescent ? "descent" : "flow"
        guard startsGradient else {
            throw expected("'gradient of'", "after '\(kind)'", remedy: "write '\(kind) gradient of loss'")
        }
        let isNormalised = accept(word: "normalised")
        index += 1
        try expect(word: "of", "after 'gradient'", remedy: "write '\(kind) gradient of loss'")
        let loss = try sum()
        var moving: [Identifier] = []
        if accept(word: "in") {
            repeat { moving.append(try name("the name of a state")) } while accept(symbol: ",")
        }
        let hasStep = token.isWord("step")
        if hasStep, !isDescent {
            throw failure("E0202", "a flow has no step", remedy: "write 'descent', or 'with rate' for a faster flow")
        }
        if !hasStep, isDescent, !token.isWord("decay") {
            throw expected("'step'", "in the descent", remedy: "write 'descent gradient of loss step eta'")
        }
        index += hasStep ? 1 : 0
        let step = hasStep ? try sum() : nil
        if token.isWord("decay"), !hasStep {
            throw failure(
                "E0202", isDescent ? "'decay' stands after 'step'" : "a flow has no 'decay'",
                remedy: isDescent ? "write 'step eta decay lam'" : "add the decay to the loss")
        }
        let decay = accept(word: "decay") ? try sum() : nil
        var rates: [GradientSyntax.Rate] = []
        while accept(word: "with") {
            try expect(word: "rate", "after 'with'", remedy: "write 'with rate r on u'")
            let rate = try sum()
            let state = accept(word: "on") ? try name("the name of a state") : nil
            rates.append(GradientSyntax.Rate(rate: rate, state: state))
        }
        return GradientSyntax(
            normalised: isNormalised, loss: loss, moving: moving, step: step, decay: decay, rates: rates,
            span: span(from: start))
    }

    mutating func scheduleStatement() throws(Diagnostic) -> StatementSyntax.Kind {
        let name = try name("a name for the schedule")
        let remedy = "write 'schedule \(name.text) = ... during first, ... during second'"
        try expect(symbol: "=", "after the name of the schedule", remedy: remedy)
        var values: [(value: ExpressionSyntax, stage: Identifier)] = []
        repeat {
            let value = try sum()
            try expect(word: "during", "after the value", remedy: remedy)
            values.append((value: value, stage: try self.name("the name of a stage")))
        } while accept(symbol: ",")
        return .schedule(name: name, values)
    }

    mutating func stageStatement() throws(Diagnostic) -> StatementSyntax.Kind {
        let name = try name("a name for the stage")
        var dynamics: StatementSyntax.StageDynamics?
        if accept(symbol: ":") {
            let isDescent = try wordOf(["flow", "descent"], "dynamics") == "descent"
            let gradient = try gradient(isDescent: isDescent)
            dynamics = isDescent ? .descent(gradient) : .flow(gradient)
        }
        if dynamics == nil, token.isWord("flow") || token.isWord("descent") {
            throw failure(
                "E0202", "expected ':' before the dynamics of the stage",
                remedy: "write 'stage \(name.text) : \(token.text) ...'")
        }
        if accept(word: "for") { return .stage(name: name, dynamics, .duration(try duration())) }
        try expect(word: "until", "or 'for' in the stage", remedy: "write 'until ...', or 'for 100 steps'")
        let condition = try condition()
        return .stage(name: name, dynamics, .condition(condition, atLatest: try acceptAtLatest()))
    }

    mutating func stopStatement() throws(Diagnostic) -> StatementSyntax.Kind {
        if accept(word: "at") { return .stop(.duration(try duration())) }
        try expect(word: "when", "or 'at' after 'stop'", remedy: "write 'stop at 100', or 'stop when ..., at latest 100'")
        let condition = try condition()
        return .stop(.condition(condition, atLatest: try acceptAtLatest()))
    }

    private mutating func acceptAtLatest() throws(Diagnostic) -> Duration? {
        let hasComma = accept(symbol: ",")
        guard hasComma || token.isWord("at") else { return nil }
        let remedy = "write '..., at latest 100'"
        guard hasComma else { throw failure("E0202", "expected ',' before 'at latest'", remedy: remedy) }
        guard token.isWord("at"), peek(1).isWord("latest") else {
            throw expected("'at latest'", "after ','", remedy: remedy)
        }
        index += 2
        return try duration()
    }

    /// duration = sum ["steps"]
    mutating func duration() throws(Diagnostic) -> Duration {
        let value = try sum()
        let inSteps = accept(word: "steps")
        return Duration(value: value, inSteps: inSteps, span: span(from: value.span.start))
    }

    mutating func minimiserStatement() throws(Diagnostic) -> StatementSyntax.Kind {
        let name = try name("a name for the minimiser")
        let dimensions = try dimensions("after the name of the minimiser", remedy: "write 'minimiser \(name.text)[k in S] of ...'")
        try expect(word: "of", "after the indices of the minimiser", remedy: "write 'of sum(k in S) w[k]^2'")
        let objective = try sum()
        try expect(word: "subject", "after the objective", remedy: "write 'subject to margin[i in I] : ... >= 1'")
        try expect(word: "to", "after 'subject'")
        var constraints: [ConstraintSyntax] = []
        repeat { constraints.append(try constraint()) } while accept(symbol: ",")
        return .minimiser(name: name, dimensions, objective: objective, constraints, doc: acceptString())
    }

    /// constraint = NAME "[" NAME "in" set {"," NAME "in" set} ["where" cond] "]" ":" sum REL sum
    private mutating func constraint() throws(Diagnostic) -> ConstraintSyntax {
        let name = try name("a name for the constraint")
        try expect(symbol: "[", "after the name of the constraint", remedy: "write '\(name.text)[i in I] : ...'")
        var dimensions: [Dimension] = []
        repeat {
            let index = try self.name("an index")
            try expect(word: "in", "after the index", remedy: "write '\(name.text)[i in I] : ...'")
            dimensions.append(Dimension(name: index, set: try set()))
        } while accept(symbol: ",")
        let condition = accept(word: "where") ? try condition() : nil
        try expect(symbol: "]", "after the indices of the constraint")
        try expect(symbol: ":", "after the indices of the constraint")
        let relation = try relation()
        guard case .relation(let operands, _) = relation.kind, operands.count == 2 else {
            throw failure("E0202", "a constraint is one comparison", at: relation.span, remedy: "write 'a >= b'")
        }
        return ConstraintSyntax(name: name, dimensions: dimensions, condition: condition, relation: relation)
    }
}
