import Exact
import Symbolic
import Syntax

extension Elaborator {
    /// Whatever the formula is.
    func value(_ e: ExpressionSyntax, _ outer: Scope) throws(Failure) -> Value {
        let result = try plainValue(e, try deeper(outer, e.span))
        if case .number(let number) = result { record(number, e.span) }
        return result
    }

    func number(_ e: ExpressionSyntax, _ scope: Scope) throws(Failure) -> Expression {
        try number(try value(e, scope), e.span, scope)
    }

    func number(_ value: Value, _ span: Span, _ scope: Scope) throws(Failure) -> Expression {
        if case .number(let e) = value { return e }
        throw wrong("expected a number, found \(value.description)", "E0402", span, scope, remedy: value.remedyForNumber)
    }

    func numbers(_ list: [ExpressionSyntax], _ scope: Scope) throws(Failure) -> [Expression] {
        var result: [Expression] = []
        for item in list { result.append(try number(item, scope)) }
        return result
    }

    func values(_ list: [ExpressionSyntax], _ scope: Scope) throws(Failure) -> [Value] {
        var result: [Value] = []
        for item in list { result.append(try value(item, scope)) }
        return result
    }

    func array(_ e: ExpressionSyntax, _ scope: Scope) throws(Failure) -> IndexedArray {
        let value = try value(e, scope)
        if case .array(let array) = value { return array }
        throw wrong(
            "expected an array, found \(value.description)", "E0401", e.span, scope,
            remedy: "write [a, b], or vector(i in I) e")
    }

    private func plainValue(_ e: ExpressionSyntax, _ scope: Scope) throws(Failure) -> Value {
        switch e.kind {
        case .number(let value): return .number(graph.constant(value))
        case .name(let name): return try value(named: name, e.span, scope)
        case .call(let name, _, let arguments): return try call(name, arguments, e, scope)
        case .subscripted(let base, let indices): return try element(of: base, indices, e, scope)
        case .prime(let q): return try entrywise(try value(q, scope), e.span, scope) { (x) throws(Failure) in
            try self.prime(x, e.span, scope)
        }
        case .negate(let a):
            return try entrywise(try value(a, scope), e.span, scope) { [graph] (x) throws(Failure) in graph.negate(x) }
        case .binary(.power, let base, let exponent) where isSet(base, scope):
            return .set(try power(ofSet: base, exponent, scope))
        case .binary: return try operations(e, scope)
        case .conditional(let c, let a, let b):
            let condition = try condition(c, scope)
            // A branch that is certainly not taken need not have a meaning.
            if let holds = condition.decided { return try value(holds ? a : b, scope) }
            return .number(graph.cases(condition, try number(a, scope), try number(b, scope)))
        case .binder(let op, let binder, let body): return try bind(op, binder, body, e, scope)
        case .vector(let parts): return .array(IndexedArray(list: try values(parts, scope)))
        case .set, .comprehension, .range: return .set(try members(e, scope))
        case .relation, .not, .and, .or, .implies, .quantified: return .condition(try condition(e, scope))
        case .at(let q, let moment): return try value(q, at: moment, e, scope)
        case .wholeRange: throw unsupported("':' outside of an index", e.span, scope)
        }
    }

    private func prime(_ quantity: Expression, _ span: Span, _ scope: Scope) throws(Failure) -> Expression {
        guard let field else { throw unsupported("a prime in the dynamics", span, scope) }
        return graph.restrict(graph.lieDerivative(of: quantity, along: field), toDomainOf: quantity)
    }

    private func value(named name: String, _ span: Span, _ scope: Scope) throws(Failure) -> Value {
        if let value = scope.local[name] { return value }
        switch names[name]?.kind {
        case .parameter:
            if let value = parameters[name] { return .number(value) }
            throw .invalid("'\(name)' has no value here", file: scope.file, span: span)
        case .state:
            if let value = states[name] { return value }
            throw unsupported("the state '\(name)' here", span, scope)
        case .data, .draw, .minimiser:
            if let value = tables[name] { return value }
            throw .invalid("'\(name)' has no value here", file: scope.file, span: span)
        case .event:
            // Another name for a moment means that moment.
            if let event = dependencies.events[name], case .moment(let moment) = event.definition {
                return .number(try number(moment, Scope(file: event.place.file, depth: scope.depth)))
            }
            return .number(graph.symbol(.moment(name)))
        case .define:
            return try value(of: name, [], span, scope)
        case .set:
            guard let declaration = dependencies.sets[name] else { break }
            return .set(try members(declaration.set, Scope(file: declaration.place.file, depth: scope.depth)))
        case nil:
            switch name {
            case "t": return .number(graph.symbol(.time))
            case "pi": return .number(graph.pi)
            case "end": return .number(graph.symbol(.moment("end")))
            case "seed":
                guard let seed else {
                    throw wrong(
                        "a formula reads the seed, which the instance does not give", "E0803", span, scope,
                        remedy: "add seed = 1")
                }
                return .number(graph.constant(seed))
            default: break
            }
        case .schedule:
            return .number(try schedule(name))
        case .stage, .constraint:
            break
        }
        throw unsupported("'\(name)' in a formula", span, scope)
    }

    // MARK: Operators

    /// A chain of operators leans to the left, and may be too long for recursion.
    private func operations(_ e: ExpressionSyntax, _ scope: Scope) throws(Failure) -> Value {
        var rest: [(op: BinaryOperator, operand: ExpressionSyntax, span: Span)] = []
        var first = e
        while case .binary(let op, let a, let b) = first.kind {
            rest.append((op, b, first.span))
            first = a
        }
        var result = try value(first, scope)
        for (op, operand, span) in rest.reversed() {
            result = try combine(op, result, try value(operand, scope), span, scope)
            if case .number(let e) = result { record(e, span) }
        }
        return result
    }

    private func combine(
        _ op: BinaryOperator, _ left: Value, _ right: Value, _ span: Span, _ scope: Scope
    ) throws(Failure) -> Value {
        switch (left, right) {
        case (.number(let a), .number(let b)):
            return .number(try combine(op, a, b, span, scope))
        case (.array(let a), .array(let b)):
            switch op {
            case .add, .subtract: return .array(try combineEntrywise(a, b, op, span, scope))
            case .multiply: return .array(try product(a, b, span, scope))
            case .divide, .power:
                throw wrong(
                    "an array is no \(op == .divide ? "divisor" : "exponent")", "E0401", span, scope,
                    remedy: "write it entry by entry: vector(i in I) a[i]\(op.rawValue)b[i]")
            }
        case (.array, .number(let b)) where op == .multiply || op == .divide:
            return try entrywise(left, span, scope) { (x) throws(Failure) in try self.combine(op, x, b, span, scope) }
        case (.number(let a), .array) where op == .multiply:
            return try entrywise(right, span, scope) { (x) throws(Failure) in try self.combine(op, a, x, span, scope) }
        default:
            throw wrong(
                "\(left.description) \(op.rawValue) \(right.description) has no meaning", "E0401", span, scope,
                remedy: "write it entry by entry: vector(i in I) ...")
        }
    }

    private func combine(
        _ op: BinaryOperator, _ a: Expression, _ b: Expression, _ span: Span, _ scope: Scope
    ) throws(Failure) -> Expression {
        try checkSize(op, a, b, span, scope)
        switch op {
        case .add: return graph.add(a, b)
        case .subtract: return graph.subtract(a, b)
        case .multiply: return graph.multiply(a, b)
        case .divide: return graph.divide(a, b)
        case .power: return power(a, b)
        }
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
            try checkRange(x, y, span, scope)
            // A longer power stays a formula.
            guard let n = y.asInt, Graph.isFolded(x, toPower: n) else { return }
            size = x.magnitude == 1 || x.isZero ? 1 : x.bitSize * max(abs(n), 1)
        } else {
            size = x.bitSize + y.bitSize
        }
        let limit = x.isInteger && y.isInteger && op != .divide ? 1 << 22 : 1 << 18
        if size > limit { throw unsupported("a constant of more than \(limit / 4) digits", span, scope) }
    }

    /// Refuses powers that no number of the program can hold.
    private func checkRange(_ base: Rational, _ exponent: Rational, _ span: Span, _ scope: Scope) throws(Failure) {
        guard base.magnitude != 1, !base.isZero else { return }
        // The binary logarithm of the base up to 1, or about (base - 1) near 1: a rough size is enough.
        let bits = Double(base.numerator.magnitude.bitWidth - base.denominator.magnitude.bitWidth).magnitude
        let size = max(bits - 1, (base.magnitude.approximation - 1).magnitude < 0.5 ? 0 : 0.5) * exponent.magnitude.approximation
        if size > 0x1p30 {
            throw wrong(
                "this power is too large to represent: it is beyond 2^(2^30)", "E0409", span, scope,
                remedy: "use its logarithm")
        }
    }
}

extension Value {
    /// What to write where a number is needed.
    var remedyForNumber: String? {
        switch self {
        case .number: nil
        case .condition: "write indicator(...)"
        case .array: "take an entry, v[1], or norm(v)"
        case .set: "write size(...) for the number of its members"
        }
    }

    /// `a number`, `a vector of 3`
    var description: String {
        switch self {
        case .number: "a number"
        case .condition: "a condition"
        case .array(let array): array.description
        case .set(let members): "a set of \(members.count)"
        }
    }
}

extension Rational {
    /// Bits of numerator and denominator together.
    var bitSize: Int { numerator.magnitude.bitWidth + denominator.magnitude.bitWidth }
}
