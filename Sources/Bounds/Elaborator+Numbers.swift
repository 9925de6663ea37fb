import Exact
import Symbolic
import Syntax

extension Elaborator {
    func number(_ e: ExpressionSyntax, _ outer: Scope) throws(Failure) -> Expression {
        let result = try plainNumber(e, try deeper(outer, e.span))
        record(result, e.span)
        return result
    }

    private func plainNumber(_ e: ExpressionSyntax, _ scope: Scope) throws(Failure) -> Expression {
        switch e.kind {
        case .number(let value): return graph.constant(value)
        case .name(let name): return try number(named: name, e.span, scope)
        case .call(let name, _, let arguments): return try call(name, arguments, e, scope)
        case .prime(let q):
            guard let field else { throw unsupported("a prime in the dynamics", e.span, scope) }
            let quantity = try number(q, scope)
            return graph.restrict(graph.lieDerivative(of: quantity, along: field), toDomainOf: quantity)
        case .negate(let a): return graph.negate(try number(a, scope))
        case .binary: return try operations(e, scope)
        case .conditional(let c, let a, let b):
            let condition = try condition(c, scope)
            // A branch that is certainly not taken need not have a meaning.
            if case .truth(let holds) = condition { return try number(holds ? a : b, scope) }
            return graph.cases(condition, try number(a, scope), try number(b, scope))
        case .binder(let op, let binder, let body): return try bind(op, binder, body, e, scope)
        case .subscripted: throw unsupported("an entry of an array", e.span, scope)
        case .at: throw unsupported("'@'", e.span, scope)
        case .wholeRange, .vector, .set, .comprehension, .range:
            throw unsupported("a list in a formula", e.span, scope)
        case .quantified, .relation, .not, .and, .or, .implies:
            throw unsupported("a condition as a number", e.span, scope)
        }
    }

    private func number(named name: String, _ span: Span, _ scope: Scope) throws(Failure) -> Expression {
        if let value = scope.local[name] { return value }
        switch names[name]?.kind {
        case .parameter:
            if let value = parameters[name] { return value }
            throw .invalid("'\(name)' has no value here", file: scope.file, span: span)
        case .state:
            if let position = statePositions[name] { return graph.symbol(.state(position)) }
        case .event:
            return graph.symbol(.moment(name))
        case .define:
            return try number(value(of: name, [], span, scope), span, scope)
        case nil:
            switch name {
            case "t": return graph.symbol(.time)
            case "pi": return graph.pi
            case "end": return graph.symbol(.moment("end"))
            default: break
            }
        case .set, .data, .draw, .schedule, .stage, .minimiser:
            break
        }
        throw unsupported("'\(name)' in a formula", span, scope)
    }

    private func number(_ value: Value, _ span: Span, _ scope: Scope) throws(Failure) -> Expression {
        if case .number(let e) = value { return e }
        throw unsupported("a condition as a number", span, scope)
    }

    /// A chain of operators leans to the left, and may be too long for recursion.
    private func operations(_ e: ExpressionSyntax, _ scope: Scope) throws(Failure) -> Expression {
        var rest: [(op: BinaryOperator, operand: ExpressionSyntax, span: Span)] = []
        var first = e
        while case .binary(let op, let a, let b) = first.kind {
            rest.append((op, b, first.span))
            first = a
        }
        var result = try number(first, scope)
        for (op, operand, span) in rest.reversed() {
            let other = try number(operand, scope)
            try checkSize(op, result, other, span, scope)
            switch op {
            case .add: result = graph.add(result, other)
            case .subtract: result = graph.subtract(result, other)
            case .multiply: result = graph.multiply(result, other)
            case .divide: result = graph.divide(result, other)
            case .power: result = power(result, other)
            }
            record(result, span)
        }
        return result
    }

    /// b^x for a positive base; an exact exponent is a power for other bases too.
    private func power(_ base: Expression, _ exponent: Expression) -> Expression {
        if let exact = graph.constant(exponent) { return graph.power(base, exact) }
        return graph.apply(.exp, graph.multiply(exponent, graph.apply(.log, base)))
    }

    /// Refuses constants of millions of digits, which would only use up memory.
    private func checkSize(
        _ op: BinaryOperator, _ a: Expression, _ b: Expression, _ span: Span, _ scope: Scope
    ) throws(Failure) {
        guard let x = graph.constant(a), let y = graph.constant(b) else { return }
        let size: Int
        if op == .power {
            // A longer power stays a formula.
            guard let n = y.asInt, Graph.isFolded(x, toPower: n) else { return }
            size = x.magnitude == 1 || x.isZero ? 1 : x.bitSize * max(abs(n), 1)
        } else {
            size = x.bitSize + y.bitSize
        }
        let limit = x.isInteger && y.isInteger && op != .divide ? 1 << 22 : 1 << 18
        if size > limit { throw unsupported("a constant of more than \(limit / 4) digits", span, scope) }
    }

    private func call(
        _ name: String, _ arguments: [ExpressionSyntax], _ e: ExpressionSyntax, _ scope: Scope
    ) throws(Failure) -> Expression {
        if names[name]?.kind == .define {
            return try number(value(of: name, numbers(arguments, scope), e.span, scope), e.span, scope)
        }
        guard let first = arguments.first else { throw unsupported("'\(name)' without arguments", e.span, scope) }
        switch Vocabulary.function(name) {
        case .function(let function):
            let argument = try number(first, scope)
            if let x = graph.constant(argument), x.bitSize > 1 << 18 {
                throw unsupported("a function of a constant of more than \(1 << 16) digits", e.span, scope)
            }
            return graph.apply(function, argument)
        case .minimum:
            return try extremum(arguments, e, scope) { [graph] in graph.minimum($0, $1) }
        case .maximum:
            return try extremum(arguments, e, scope) { [graph] in graph.maximum($0, $1) }
        case .indicator:
            return graph.cases(try condition(first, scope), graph.one, graph.zero)
        case .gradient:
            return try gradient(arguments, e, scope)
        case .size:
            return graph.constant(try members(first, scope).count)
        case .next:
            guard let map else { throw unsupported("'next' in the dynamics", e.span, scope) }
            return graph.nextValue(of: try number(first, scope), along: map)
        case .stageMoment, .divides, .unsupported, nil:
            throw unsupported("'\(name)'", e.span, scope)
        }
    }

    private func extremum(
        _ arguments: [ExpressionSyntax], _ e: ExpressionSyntax, _ scope: Scope,
        _ combine: (Expression, Expression) -> Expression
    ) throws(Failure) -> Expression {
        let values = try numbers(arguments, scope)
        guard var result = values.first else { throw unsupported("an empty list", e.span, scope) }
        for value in values.dropFirst() { result = combine(result, value) }
        return result
    }

    private func gradient(
        _ arguments: [ExpressionSyntax], _ e: ExpressionSyntax, _ scope: Scope
    ) throws(Failure) -> Expression {
        guard arguments.count == 2, case .name(let state) = arguments[1].kind, let position = statePositions[state] else {
            throw unsupported("'gradient' by a formula", e.span, scope)
        }
        let quantity = try number(arguments[0], scope)
        return graph.restrict(graph.derivative(of: quantity, by: .state(position)), toDomainOf: quantity)
    }
}

extension Rational {
    /// Bits of numerator and denominator together.
    var bitSize: Int { numerator.magnitude.bitWidth + denominator.magnitude.bitWidth }
}
