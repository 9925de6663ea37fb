import Syntax

extension FormulaCheck {
    mutating func kind(ofName name: String, _ span: Span) throws(Diagnostic) -> Kind {
        if openConstants.contains(name) {
            facts.openConstant = facts.openConstant ?? Facts.Read(name: name, span: span)
            return .real
        }
        if let kind = local[name] { return kind }
        if let declaration = names[name] { return try kind(of: declaration, span) }
        switch name {
        case "pi":
            return .real
        case "t":
            try needMotion("'t'", span)
            facts.time = facts.time ?? Facts.Read(name: name, span: span)
            return .real
        case "end":
            try needMotion("'end'", span)
            facts.moment = facts.moment ?? Facts.Read(name: name, span: span)
            return .real
        case "seed":
            return .integer
        default:
            break
        }
        if names.broken.contains(name) { return .any }
        if Vocabulary.isReserved(name) {
            throw error("E0301", "'\(name)' is a function and needs arguments", span, remedy: "write \(name)(...)")
        }
        throw unknown(name, span)
    }

    private mutating func kind(of declaration: Declaration, _ span: Span) throws(Diagnostic) -> Kind {
        let name = declaration.name.text
        if let facts = known[name] { self.facts.absorb(facts, at: span) }
        switch declaration.kind {
        case .parameter:
            return names.isInteger(name) ? .integer : .real
        case .state:
            facts.state = facts.state ?? Facts.Read(name: name, span: span)
            return names.isArray(name) ? .any : .real
        case .event:
            facts.moment = facts.moment ?? Facts.Read(name: name, span: span)
            return .real
        case .set:
            return .set
        case .define:
            guard let definition = names.definition(name) else { return .any }
            if !definition.arguments.isEmpty { throw arity(name, definition.arguments.count, 0, span) }
            return known[name]?.kind ?? .any
        case .constraint:
            throw error("E0402", "'\(name)' is a constraint, which stands only in dual(...)", span, remedy: "write dual(\(name)[...])")
        case .schedule:
            facts.time = facts.time ?? Facts.Read(name: name, span: span)
            return .real
        case .stage:
            throw error("E0402", "'\(name)' is a stage, which has a start and an end", span, remedy: "write end(\(name))")
        case .data, .draw, .minimiser:
            return .any
        }
    }

    func arity(_ name: String, _ expected: Int, _ found: Int, _ span: Span, unit: String = "argument") -> Diagnostic {
        let arguments = names.definition(name)?.arguments.map(\.text) ?? Array(["x", "y", "z"].prefix(expected))
        let remedy = expected == 0 ? "write \(name)" : "write \(name)(\(arguments.joined(separator: ", ")))"
        return error("E0404", "'\(name)' takes \(expected) \(unit)\(expected == 1 ? "" : "s"), here \(found)", span, remedy: remedy)
    }

    /// An error in a file without dynamics.
    func needMotion(_ what: String, _ span: Span) throws(Diagnostic) {
        guard motion == .none else { return }
        throw error("E0605", "\(what) needs dynamics", span, remedy: "add 'flow ...', or state it without time")
    }

    mutating func kind(
        ofElement base: ExpressionSyntax, _ indices: [ExpressionSyntax], _ e: ExpressionSyntax
    ) throws(Diagnostic) -> Kind {
        if case .name(let name) = base.kind, local[name] == nil, let declaration = names[name] {
            let list = indices.map(text).joined(separator: ", ")
            switch declaration.kind {
            case .define:
                let takesNone = names.definition(name)?.arguments.isEmpty ?? false
                // A let may be a vector, whose entries are taken with [].
                if !(takesNone && (known[name].map { !$0.kind.isNumber || $0.kind == .any } ?? true)) {
                    throw error(
                        "E0304", "'\(name)' is a let and takes (), not []", e.span,
                        remedy: takesNone ? "write \(name)" : "write \(name)(\(list))")
                }
            case .parameter, .event:
                throw error("E0304", "'\(name)' is \(declaration.kind.withArticle) and takes no []", e.span, remedy: "write \(name)")
            case .state where !names.isArray(name):
                throw error("E0304", "'\(name)' is a state without indices and takes no []", e.span, remedy: "write \(name)")
            case .state, .set, .data, .draw, .schedule, .stage, .minimiser, .constraint:
                break
            }
        }
        _ = try kind(of: base)
        for index in indices { _ = try kind(of: index) }
        return .any
    }

    mutating func kind(ofPrime q: ExpressionSyntax, _ e: ExpressionSyntax) throws(Diagnostic) -> Kind {
        switch motion {
        case .flow, .unclear:
            break
        case .steps:
            throw error(
                "E0502", "a \(names.contents.stepsWord) has no time derivative", e.span,
                remedy: "write 'next(\(bare(q))) - \(grouped(q))', or 'decreasing \(bare(q))'")
        case .none:
            throw error("E0605", "a prime needs dynamics", e.span, remedy: "write gradient(q, s), or add 'flow ...'")
        }
        try number(q)
        return .real
    }

    /// The formula without parentheses around all of it.
    private func bare(_ e: ExpressionSyntax) -> String {
        let text = text(e)
        guard text.hasPrefix("("), text.hasSuffix(")") else { return text }
        var depth = 0
        for (position, character) in text.enumerated() {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if depth == 0 { return position == text.count - 1 ? String(text.dropFirst().dropLast()) : text }
        }
        return text
    }

    /// The formula as an operand: in parentheses unless it is one word.
    func grouped(_ e: ExpressionSyntax) -> String {
        switch e.kind {
        case .name, .call, .number, .subscripted, .prime: text(e)
        default: text(e).hasPrefix("(") ? text(e) : "(\(text(e)))"
        }
    }
}
