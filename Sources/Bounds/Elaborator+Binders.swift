import Exact
import Symbolic
import Syntax

extension Elaborator {
    func bind(
        _ op: BinderOperator, _ binder: Binder, _ body: ExpressionSyntax?, _ e: ExpressionSyntax, _ scope: Scope
    ) throws(Failure) -> Value {
        let laws = binder.generators.filter { if case .law = $0 { true } else { false } }
        guard laws.isEmpty else {
            guard laws.count == binder.generators.count, binder.condition == nil, let body else {
                throw unsupported("a law together with a set or a condition", binder.span, scope)
            }
            return .number(
                try mean(binder.generators[...], scope) { (inner) throws(Failure) in
                    guard op == .probability else { return try self.number(body, inner) }
                    return self.graph.cases(try self.condition(body, inner), self.graph.one, self.graph.zero)
                })
        }
        var terms: [Expression] = []
        var count = 0
        try forEachMember(of: binder, scope) { (inner) throws(Failure) in
            count += 1
            if let body { terms.append(try self.number(body, inner)) }
        }
        switch op {
        case .count:
            return .number(graph.constant(count))
        case .vector, .matrix, .softmax:
            let axes = try axes(of: binder, op, scope)
            return .array(IndexedArray(axes: axes, numbers: op == .softmax ? softmax(terms) : terms))
        case .sum, .product, .mean, .max, .min, .probability:
            return .number(try combine(op, terms, e, scope))
        }
    }

    private func combine(
        _ op: BinderOperator, _ terms: [Expression], _ e: ExpressionSyntax, _ scope: Scope
    ) throws(Failure) -> Expression {
        switch op {
        case .sum: return sum(terms)
        case .product: return terms.reduce(graph.one) { graph.multiply($0, $1) }
        case .mean, .max, .min:
            guard let first = terms.first else {
                throw .invalid("'\(op.rawValue)' over an empty set has no value", file: scope.file, span: e.span)
            }
            let rest = terms.dropFirst()
            if op == .max { return rest.reduce(first) { graph.maximum($0, $1) } }
            if op == .min { return rest.reduce(first) { graph.minimum($0, $1) } }
            return graph.divide(sum(terms), graph.constant(terms.count))
        case .probability, .count, .softmax, .vector, .matrix:
            throw unsupported("'\(op.rawValue)'", e.span, scope)
        }
    }

    /// The index sets of an array that a binder makes.
    private func axes(of binder: Binder, _ op: BinderOperator, _ scope: Scope) throws(Failure) -> [[Rational]] {
        guard binder.condition == nil, binder.generators.count == (op == .matrix ? 2 : 1) else {
            throw wrong(
                "'\(op.rawValue)' takes \(op == .matrix ? "two index sets" : "one index set") and no 'where'", "E0401",
                binder.span, scope)
        }
        var result: [[Rational]] = []
        for case .member(_, _, let set) in binder.generators { result.append(try numbers(in: set, scope)) }
        return result
    }

    /// exp(s_i) / sum over j of exp(s_j).
    private func softmax(_ scores: [Expression]) -> [Expression] {
        let weights = scores.map { graph.apply(.exp, $0) }
        let total = sum(weights)
        return weights.map { graph.divide($0, total) }
    }

    // MARK: Laws

    /// The mean over the laws from left to right; the sums stay rolled.
    private func mean(
        _ generators: ArraySlice<Binder.Generator>, _ scope: Scope, _ body: (Scope) throws(Failure) -> Expression
    ) throws(Failure) -> Expression {
        guard case .law(let names, let namesSpan, let lawSyntax)? = generators.first else { return try body(scope) }
        guard names.count == 1 else { throw unsupported("a law of several counts", namesSpan, scope) }
        let law = try law(lawSyntax, scope)
        let variable = graph.makeBoundVariable()
        var inner = scope
        inner.local[names[0]] = .number(graph.symbol(.bound(variable)))
        return expectation(law, variable: variable, try mean(generators.dropFirst(), inner, body))
    }

    private func law(_ e: ExpressionSyntax, _ scope: Scope) throws(Failure) -> Law {
        guard case .call("binomial", _, let arguments) = e.kind, arguments.count == 2 else {
            throw unsupported("this law", e.span, scope)
        }
        let trials = exactValue(try number(arguments[0], scope))
        let probability = exactValue(try number(arguments[1], scope))
        guard let trials, let probability else {
            throw unsupported("a law whose numbers are not exact constants", e.span, scope)
        }
        guard let count = trials.asInt, 0...mostTrials ~= count else {
            throw .invalid(
                "the number of trials of 'binomial' is an integer from 0 to \(mostTrials), \(trials.shortText) is not",
                file: scope.file, span: arguments[0].span)
        }
        guard probability >= .zero, probability <= .one else {
            throw .invalid(
                "a probability lies in [0, 1], \(probability.shortText) does not", file: scope.file,
                span: arguments[1].span)
        }
        return .binomial(trials: count, probability: probability)
    }
}
