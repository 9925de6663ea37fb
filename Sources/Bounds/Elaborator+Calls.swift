import Exact
import Symbolic
import Syntax

extension Elaborator {
    func call(
        _ name: String, _ arguments: [ExpressionSyntax], _ e: ExpressionSyntax, _ scope: Scope
    ) throws(Failure) -> Value {
        if names[name]?.kind == .define { return try value(of: name, values(arguments, scope), e.span, scope) }
        guard let first = arguments.first else { throw unsupported("'\(name)' without arguments", e.span, scope) }
        switch Vocabulary.function(name) {
        case .function(let function):
            let argument = try number(first, scope)
            if let x = graph.constant(argument), x.bitSize > 1 << 18 {
                throw unsupported("a function of a constant of more than \(1 << 16) digits", e.span, scope)
            }
            return .number(graph.apply(function, argument))
        case .minimum:
            return .number(try extremum(arguments, e, scope) { [graph] in graph.minimum($0, $1) })
        case .maximum:
            return .number(try extremum(arguments, e, scope) { [graph] in graph.maximum($0, $1) })
        case .indicator:
            return .number(graph.cases(try condition(first, scope), graph.one, graph.zero))
        case .gradient:
            return try gradient(arguments, e, scope)
        case .size:
            return .number(graph.constant(try members(first, scope).count))
        case .divides:
            return .condition(try condition(e, scope))
        case .array(let function):
            return try apply(function, arguments, e, scope)
        case .dual:
            return .number(try multiplier(of: first, scope))
        case .next:
            guard let map else { throw unsupported("'next' in the dynamics", e.span, scope) }
            return try entrywise(try value(first, scope), e.span, scope) { [graph] (x) throws(Failure) in
                if graph.symbols(in: x).contains(.stage) {
                    throw self.unsupported("'next' of what differs from stage to stage", e.span, scope)
                }
                return graph.nextValue(of: x, along: map)
            }
        case .stageMoment:
            guard case .name(let stage) = first.kind else { break }
            return .number(name == "start" ? start(ofStage: stage) : end(ofStage: stage))
        case .total:
            return try entrywise(try value(first, scope), e.span, scope) { (x) throws(Failure) in
                try self.total(of: x, e, scope)
            }
        case .unsupported, nil:
            break
        }
        throw unsupported("'\(name)'", e.span, scope)
    }

    /// Of several numbers, or of the entries of one list or set.
    private func extremum(
        _ arguments: [ExpressionSyntax], _ e: ExpressionSyntax, _ scope: Scope,
        _ combine: (Expression, Expression) -> Expression
    ) throws(Failure) -> Expression {
        var values: [Expression] = []
        for argument in arguments {
            switch try value(argument, scope) {
            case .number(let x): values.append(x)
            case .array(let array): values += try numbers(array.entries, argument.span, scope)
            case .set(let members): values += try numbers(members, argument.span, scope)
            case .condition:
                throw wrong(
                    "expected a number, found a condition", "E0402", argument.span, scope, remedy: "write indicator(...)")
            }
        }
        guard var result = values.first else {
            throw wrong(
                "an empty list has no least and no largest entry", "E0406", e.span, scope,
                remedy: "give it an entry, as in max(0, ...)")
        }
        for value in values.dropFirst() { result = combine(result, value) }
        return result
    }

    func numbers(_ entries: [Value], _ span: Span, _ scope: Scope) throws(Failure) -> [Expression] {
        var result: [Expression] = []
        for entry in entries { result.append(try number(entry, span, scope)) }
        return result
    }

    /// The partial derivative by one state, or by every entry of an array of states.
    private func gradient(
        _ arguments: [ExpressionSyntax], _ e: ExpressionSyntax, _ scope: Scope
    ) throws(Failure) -> Value {
        guard arguments.count == 2 else { throw unsupported("'gradient' of this form", e.span, scope) }
        let quantity = try number(arguments[0], scope)
        let variable = try value(arguments[1], scope)
        var symbols: [Symbol] = []
        let handles: [Expression]
        switch variable {
        case .number(let x): handles = [x]
        case .array(let array): handles = try numbers(array.entries, arguments[1].span, scope)
        case .condition, .set: handles = []
        }
        for handle in handles {
            guard case .symbol(let symbol) = graph.node(handle), case .state = symbol else { break }
            symbols.append(symbol)
        }
        guard !handles.isEmpty, symbols.count == handles.count else {
            throw wrong(
                "expected a state, found \(variable.description)", "E0402", arguments[1].span, scope,
                remedy: "write gradient(q, x) with a state x, or an entry of it, W[1, k]")
        }
        let partials = graph.gradient(of: quantity, by: symbols).map { graph.restrict($0, toDomainOf: quantity) }
        guard case .array(let array) = variable else { return .number(partials[0]) }
        return .array(IndexedArray(axes: array.axes, numbers: partials))
    }
}
