import Syntax

extension FormulaCheck {
    mutating func kind(
        ofCall name: String, _ nameSpan: Span, _ arguments: [ExpressionSyntax], _ e: ExpressionSyntax
    ) throws(Diagnostic) -> Kind {
        if local[name] != nil || openConstants.contains(name) {
            throw error("E0304", "'\(name)' is a number and takes no ()", e.span, remedy: "write \(name)*(...) for a product")
        }
        if let declaration = names[name] { return try kind(ofCall: declaration, arguments, e) }
        guard let builtIn = Vocabulary.function(name) else {
            for argument in arguments { _ = try kind(of: argument) }
            if names.broken.contains(name) { return .any }
            if Vocabulary.laws.contains(name) {
                throw error("E0402", "a law stands only after '~'", e.span, remedy: "write mean(n ~ \(text(e))) ...")
            }
            throw unknown(name, nameSpan, call: true)
        }
        return try kind(ofBuiltIn: builtIn, name, arguments, e)
    }

    private mutating func kind(
        ofCall declaration: Declaration, _ arguments: [ExpressionSyntax], _ e: ExpressionSyntax
    ) throws(Diagnostic) -> Kind {
        let name = declaration.name.text
        guard declaration.kind == .define, let definition = names.definition(name) else {
            let list = arguments.map(text).joined(separator: ", ")
            if declaration.kind == .state && names.isArray(name) {
                throw error("E0304", "'\(name)' is a state and takes [], not ()", e.span, remedy: "write \(name)[\(list)]")
            }
            throw error(
                "E0304", "'\(name)' is \(declaration.kind.withArticle) and takes no ()", e.span,
                remedy: declaration.kind == .data ? "write \(name)[\(list)]" : "write \(name)")
        }
        if definition.arguments.count != arguments.count {
            throw arity(name, definition.arguments.count, arguments.count, e.span)
        }
        for argument in arguments {
            let kind = try kind(of: argument)
            if kind == .condition || kind == .law {
                throw error(
                    "E0402", "expected a number, found \(kind.withArticle)", argument.span,
                    remedy: remedyForNumber(argument, kind))
            }
        }
        guard let facts = known[name] else { return .any }
        self.facts.absorb(facts, at: e.span)
        return facts.kind
    }

    private mutating func kind(
        ofBuiltIn builtIn: Vocabulary.BuiltIn, _ name: String, _ arguments: [ExpressionSyntax], _ e: ExpressionSyntax
    ) throws(Diagnostic) -> Kind {
        func expect(_ count: Int) throws(Diagnostic) {
            if arguments.count != count { throw arity(name, count, arguments.count, e.span) }
        }
        switch builtIn {
        case .function(let function):
            try expect(1)
            try number(arguments[0])
            return function == .floor ? .integer : .real
        case .minimum, .maximum:
            var all: Kind = .integer
            for argument in arguments {
                let kind = try kind(of: argument)
                if !kind.isSet && !kind.isNumber {
                    throw error(
                    "E0402", "expected a number, found \(kind.withArticle)", argument.span,
                    remedy: remedyForNumber(argument, kind))
                }
                if kind != .integer { all = .real }
            }
            return all
        case .indicator:
            try expect(1)
            try condition(arguments[0])
            return .integer
        case .gradient:
            try expect(2)
            try number(arguments[0])
            try checkVariable(arguments[1])
            return .real
        case .next:
            try expect(1)
            return try kind(ofNext: arguments[0], e)
        case .stageMoment:
            try expect(1)
            try checkStage(arguments[0])
            facts.moment = facts.moment ?? Facts.Read(name: text(e), span: e.span)
            return .real
        case .total:
            try expect(1)
            try needMotion("'total'", e.span)
            try number(arguments[0])
            facts.state = facts.state ?? Facts.Read(name: text(e), span: e.span)
            facts.total = facts.total ?? Facts.Read(name: text(e), span: e.span)
            return .real
        case .size:
            try expect(1)
            try set(arguments[0])
            return .integer
        case .divides:
            try expect(2)
            for argument in arguments { try number(argument) }
            return .condition
        case .array(let function):
            try expect(function.arity)
            for argument in arguments {
                let kind = try kind(of: argument)
                if kind == .condition {
                    throw error(
                        "E0402", "expected an array, found a condition", argument.span,
                        remedy: "write vector(i in I) ..., or the name of an array")
                }
                if function == .identity { try number(argument) }
            }
            switch function {
            case .dot, .norm, .spectralNorm, .trace, .determinant: return .real
            case .length: return .integer
            case .distinct: return .set
            case .outer, .transpose, .identity: return .any
            }
        case .dual:
            try expect(1)
            try checkConstraint(arguments[0])
            return .real
        case .unsupported:
            for argument in arguments { _ = try kind(of: argument) }
            unsupported("'\(name)'", e.span)
            return .any
        }
    }

    /// The argument of `start` and `end`.
    private func checkStage(_ e: ExpressionSyntax) throws(Diagnostic) {
        guard case .name(let name) = e.kind else {
            throw error("E0402", "'start' and 'end' take the name of a stage", e.span, remedy: "write end(name)")
        }
        try names.checkStage(Identifier(name, e.span), file: file)
    }

    /// The argument of `dual`: an entry of a constraint, which has no meaning elsewhere.
    private mutating func checkConstraint(_ e: ExpressionSyntax) throws(Diagnostic) {
        let remedy = "write dual(margin[1])"
        guard case .subscripted(let base, let indices) = e.kind, case .name(let name) = base.kind else {
            throw error("E0402", "'dual' takes one constraint of a minimiser", e.span, remedy: remedy)
        }
        for index in indices { try number(index) }
        if names.broken.contains(name) { return }
        guard let declaration = names[name] else {
            throw unknown(name, base.span)
        }
        guard declaration.kind == .constraint else {
            throw error("E0402", "'\(name)' is \(declaration.kind.withArticle), 'dual' takes a constraint", e.span, remedy: remedy)
        }
        let constraints = names.contents.minimisers.flatMap(\.constraints)
        let expected = constraints.first { $0.name.text == name }?.dimensions.count ?? indices.count
        if expected != indices.count {
            throw error(
                "E0404", "'\(name)' takes \(expected) ind\(expected == 1 ? "ex" : "ices"), here \(indices.count)", e.span,
                remedy: "give one for each index set of the constraint")
        }
    }

    private mutating func kind(ofNext q: ExpressionSyntax, _ e: ExpressionSyntax) throws(Diagnostic) -> Kind {
        switch motion {
        case .steps, .unclear:
            break
        case .flow:
            throw error("E0503", "a flow has no next value", e.span, remedy: "write \(grouped(q))'")
        case .none:
            throw error("E0605", "'next' needs dynamics", e.span, remedy: "add 'map next(x) = ...'")
        }
        try number(q)
        return .real
    }

    /// The second argument of `gradient`.
    private mutating func checkVariable(_ e: ExpressionSyntax) throws(Diagnostic) {
        _ = try kind(of: e)
        var variable = e
        if case .subscripted(let base, _) = e.kind { variable = base }
        if case .name(let name) = variable.kind {
            let declared = names[name]?.kind
            if declared == .state || local[name] == .any || names.broken.contains(name) { return }
            let found = declared?.withArticle ?? "a number"
            throw error("E0402", "expected a state, found \(found)", e.span, remedy: "differentiate by a state")
        }
        unsupported("'gradient' by a formula", e.span)
    }
}
