import Exact
import Symbolic
import Syntax

extension Elaborator {
    func condition(_ e: ExpressionSyntax, _ outer: Scope) throws(Failure) -> Condition {
        let scope = try deeper(outer, e.span)
        let result = try plainCondition(e, scope)
        // Conditions are trees: unlike formulas they grow with every use of a definition.
        var left = Self.mostTerms
        guard result.isWithin(levels: Self.deepest, nodes: &left) else {
            throw unsupported("a condition of more than \(Self.mostTerms) parts or \(Self.deepest) levels", e.span, scope)
        }
        return result
    }

    private func plainCondition(_ e: ExpressionSyntax, _ scope: Scope) throws(Failure) -> Condition {
        switch e.kind {
        case .relation(let operands, let relations):
            return try relation(operands, relations, scope)
        case .not(let c):
            return .not(try condition(c, scope))
        case .and(let parts):
            return conjunction(try conditions(parts, scope))
        case .or(let parts):
            return disjunction(try conditions(parts, scope))
        case .implies(let hypothesis, let conclusion):
            return .implies(try condition(hypothesis, scope), try condition(conclusion, scope))
        case .quantified(let universal, let binder, let body):
            var parts: [Condition] = []
            try forEachMember(of: binder, scope) { (inner) throws(Failure) in
                parts.append(try self.condition(body, inner))
            }
            return universal ? conjunction(parts) : disjunction(parts)
        case .name, .call:
            if case .call(let name, _, let arguments) = e.kind, names[name] == nil {
                return try builtIn(name, arguments, e, scope)
            }
            if case .condition(let c) = try value(e, scope) { return c }
            throw unsupported("a number as a condition", e.span, scope)
        case .at:
            throw unsupported("'@'", e.span, scope)
        case .number, .subscripted, .wholeRange, .prime, .negate, .binary, .conditional, .binder, .vector, .set,
            .comprehension, .range:
            throw unsupported("a number as a condition", e.span, scope)
        }
    }

    private func conditions(_ parts: [ExpressionSyntax], _ scope: Scope) throws(Failure) -> [Condition] {
        var result: [Condition] = []
        for part in parts { result.append(try condition(part, scope)) }
        return result
    }

    private func conjunction(_ parts: [Condition]) -> Condition { parts.count == 1 ? parts[0] : .and(parts) }
    private func disjunction(_ parts: [Condition]) -> Condition { parts.count == 1 ? parts[0] : .or(parts) }

    /// `a <= b < c` is `a <= b and b < c`.
    private func relation(
        _ operands: [ExpressionSyntax], _ relations: [Relation], _ scope: Scope
    ) throws(Failure) -> Condition {
        var parts: [Condition] = []
        var left = try number(operands[0], scope)
        for (relation, operand) in zip(relations, operands.dropFirst()) {
            if relation == .member {
                let members = try self.numbers(in: operand, scope)
                parts.append(disjunction(members.map { graph.compare(.equal, left, graph.constant($0)) }))
                continue
            }
            let right = try number(operand, scope)
            parts.append(compare(relation, left, right))
            left = right
        }
        return conjunction(parts)
    }

    /// Greater-than forms are less-than forms with the sides exchanged.
    func compare(_ relation: Relation, _ left: Expression, _ right: Expression) -> Condition {
        switch relation {
        case .less: graph.compare(.less, left, right)
        case .lessOrEqual: graph.compare(.lessOrEqual, left, right)
        case .greater: graph.compare(.less, right, left)
        case .greaterOrEqual: graph.compare(.lessOrEqual, right, left)
        case .equal, .member: graph.compare(.equal, left, right)
        case .notEqual: graph.compare(.notEqual, left, right)
        }
    }

    private func builtIn(
        _ name: String, _ arguments: [ExpressionSyntax], _ e: ExpressionSyntax, _ scope: Scope
    ) throws(Failure) -> Condition {
        guard case .divides = Vocabulary.function(name), arguments.count == 2 else {
            throw unsupported("'\(name)' as a condition", e.span, scope)
        }
        let divisor = exactValue(try number(arguments[0], scope))
        let number = exactValue(try number(arguments[1], scope))
        guard let divisor, let number, divisor.isInteger, number.isInteger, !divisor.isZero else {
            throw unsupported("'divides' of anything but exact integers", e.span, scope)
        }
        return .truth((number.numerator % divisor.numerator).isZero)
    }
}

extension Condition {
    /// Whether the tree has at most so many levels and nodes; stops counting where it has more.
    func isWithin(levels: Int, nodes: inout Int) -> Bool {
        nodes -= 1
        guard nodes >= 0, levels > 0 else { return false }
        switch self {
        case .truth, .compare: return true
        case .not(let c): return c.isWithin(levels: levels - 1, nodes: &nodes)
        case .and(let parts), .or(let parts):
            for part in parts where !part.isWithin(levels: levels - 1, nodes: &nodes) { return false }
            return true
        case .implies(let a, let b):
            return a.isWithin(levels: levels - 1, nodes: &nodes) && b.isWithin(levels: levels - 1, nodes: &nodes)
        }
    }
}
