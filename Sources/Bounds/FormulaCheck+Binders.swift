import Syntax

extension FormulaCheck {
    /// Checks `body` while `name` means a bound variable.
    mutating func introduce(
        _ name: String, _ span: Span, _ kind: Kind, _ body: (inout FormulaCheck) throws(Diagnostic) -> Void
    ) throws(Diagnostic) {
        if let problem = names.collision(Identifier(name, span), file: file) { throw problem }
        if openConstants.contains(name) {
            throw error("E0302", "'\(name)' is already an open constant of this claim", span, remedy: "choose another name")
        }
        let outer = local
        local[name] = kind
        try body(&self)
        local = outer
    }

    /// Checks the binder from left to right, then `body` under all its names.
    mutating func bind(
        _ binder: Binder, _ body: (inout FormulaCheck) throws(Diagnostic) -> Void
    ) throws(Diagnostic) {
        let outer = local
        for generator in binder.generators {
            switch generator {
            case .member(let name, let nameSpan, let members):
                try set(members)
                try introduce(name, nameSpan, .integer) { (_) throws(Diagnostic) in }
                // An element of a power of a set is a tuple.
                local[name] = .any
            case .law(let bound, let namesSpan, let law):
                try self.law(law)
                for name in bound {
                    try introduce(name, namesSpan, .integer) { (_) throws(Diagnostic) in }
                    // An element of a set may be a tuple.
                    if case .call("uniform", _, _) = law.kind { local[name] = .any } else { local[name] = .integer }
                }
            }
        }
        if let condition = binder.condition { try self.condition(condition) }
        try body(&self)
        local = outer
    }

    /// Gives the indices of an array their meaning for the rest of the formula.
    mutating func bind(_ dimensions: [Dimension]) throws(Diagnostic) {
        for dimension in dimensions {
            try set(dimension.set)
            guard let name = dimension.name else { continue }
            try introduce(name.text, name.span, .any) { (_) throws(Diagnostic) in }
            local[name.text] = .any
        }
    }

    private mutating func law(_ e: ExpressionSyntax) throws(Diagnostic) {
        guard case .call(let name, _, let arguments) = e.kind, Vocabulary.laws.contains(name) else {
            throw error("E0402", "expected a law", e.span, remedy: "write binomial(N, p)")
        }
        guard name == "binomial" else {
            let count = name == "uniform" ? 1 : 2
            if arguments.count != count { throw arity(name, count, arguments.count, e.span) }
            if name == "uniform" {
                try set(arguments[0])
            } else {
                try number(arguments[0])
                _ = try kind(of: arguments[1])
            }
            return
        }
        if arguments.count != 2 { throw arity(name, 2, arguments.count, e.span) }
        for argument in arguments { try number(argument) }
    }

    mutating func kind(
        ofBinder op: BinderOperator, _ binder: Binder, _ body: ExpressionSyntax?, _ e: ExpressionSyntax
    ) throws(Diagnostic) -> Kind {
        let isLaw = binder.generators.contains { if case .law = $0 { true } else { false } }
        var result: Kind = .real
        try bind(binder) { (check) throws(Diagnostic) in
            switch op {
            case .probability:
                if let body { try check.condition(body) }
                if !isLaw { throw check.error("E0402", "'probability' needs a law", binder.span, remedy: "write probability(n ~ binomial(N, p)) (...)") }
            case .count:
                result = .integer
            case .sum, .product, .mean, .max, .min, .softmax, .vector, .matrix:
                if let body { try check.number(body) }
            }
        }
        for bound in binder.boundNames { ended[bound.name] = op.rawValue + names.contents.source(file).text(binder.span) }
        if isLaw {
            if op != .mean && op != .probability {
                throw error(
                    "E0402", "a law needs 'mean' or 'probability', not '\(op.rawValue)'", binder.span,
                    remedy: "write mean(n ~ ...) ..., or \(op.rawValue)(n in 0..N) ... over a set")
            }
            if binder.condition != nil { unsupported("'where' under a law", binder.span) }
        }
        switch op {
        case .softmax, .vector, .matrix:
            return op == .matrix ? .matrix : .vector
        case .sum, .product, .mean, .max, .min, .probability, .count:
            return result
        }
    }
}
