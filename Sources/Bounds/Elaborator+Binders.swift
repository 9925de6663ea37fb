import Exact
import Symbolic
import Syntax

extension Elaborator {
    func bind(
        _ op: BinderOperator, _ binder: Binder, _ body: ExpressionSyntax?, _ e: ExpressionSyntax, _ scope: Scope
    ) throws(Failure) -> Expression {
        let laws = binder.generators.filter { if case .law = $0 { true } else { false } }
        guard laws.isEmpty else {
            guard laws.count == binder.generators.count, binder.condition == nil, let body else {
                throw unsupported("a law together with a set or a condition", binder.span, scope)
            }
            return try mean(binder.generators[...], scope) { (inner) throws(Failure) in
                guard op == .probability else { return try self.number(body, inner) }
                return self.graph.cases(try self.condition(body, inner), self.graph.one, self.graph.zero)
            }
        }
        if op == .count {
            var count = 0
            try forEachMember(of: binder, scope) { (_) throws(Failure) in count += 1 }
            return graph.constant(count)
        }
        var terms: [Expression] = []
        try forEachMember(of: binder, scope) { (inner) throws(Failure) in
            if let body { terms.append(try self.number(body, inner)) }
        }
        return try combine(op, terms, e, scope)
    }

    private func combine(
        _ op: BinderOperator, _ terms: [Expression], _ e: ExpressionSyntax, _ scope: Scope
    ) throws(Failure) -> Expression {
        switch op {
        case .sum: return terms.reduce(graph.zero) { graph.add($0, $1) }
        case .product: return terms.reduce(graph.one) { graph.multiply($0, $1) }
        case .mean, .max, .min:
            guard let first = terms.first else {
                throw .invalid("'\(op.rawValue)' over an empty set has no value", file: scope.file, span: e.span)
            }
            let rest = terms.dropFirst()
            if op == .max { return rest.reduce(first) { graph.maximum($0, $1) } }
            if op == .min { return rest.reduce(first) { graph.minimum($0, $1) } }
            return graph.divide(terms.reduce(graph.zero) { graph.add($0, $1) }, graph.constant(terms.count))
        case .probability, .count, .softmax, .vector, .matrix:
            throw unsupported("'\(op.rawValue)'", e.span, scope)
        }
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
        inner.local[names[0]] = graph.symbol(.bound(variable))
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

    // MARK: Finite sets

    /// Visits the members of a binder's sets in order, with the binder's names bound, where its condition holds.
    func forEachMember(
        of binder: Binder, _ scope: Scope, _ body: (Scope) throws(Failure) -> Void
    ) throws(Failure) {
        try forEachMember(binder.generators[...], binder.condition, scope, body)
    }

    private func forEachMember(
        _ generators: ArraySlice<Binder.Generator>, _ filter: ExpressionSyntax?, _ scope: Scope,
        _ body: (Scope) throws(Failure) -> Void
    ) throws(Failure) {
        guard let generator = generators.first else {
            if let filter, try !holds(filter, scope) { return }
            return try body(scope)
        }
        switch generator {
        case .law(_, let namesSpan, _):
            throw unsupported("a law under this operator", namesSpan, scope)
        case .member(let name, _, let set):
            for member in try members(set, scope) {
                guard graph.nodes.count <= mostNodes else {
                    throw unsupported("a formula of more than \(mostNodes) parts", set.span, scope)
                }
                var inner = scope
                inner.local[name] = graph.constant(member)
                try forEachMember(generators.dropFirst(), filter, inner, body)
            }
        }
    }

    /// A condition that parameters and bound names decide.
    private func holds(_ e: ExpressionSyntax, _ scope: Scope) throws(Failure) -> Bool {
        guard let truth = exactTruth(try condition(e, scope)) else {
            throw unsupported("a 'where' that exact numbers do not decide", e.span, scope)
        }
        return truth
    }

    /// The elements of a finite set or list, in order. Every element counts towards the limit of terms.
    func members(_ e: ExpressionSyntax, _ outer: Scope) throws(Failure) -> [Rational] {
        let scope = try deeper(outer, e.span)
        switch e.kind {
        case .range(let low, let high):
            guard let first = exactValue(try number(low, scope)), let last = exactValue(try number(high, scope)) else {
                throw unsupported("a range whose ends are not exact constants", e.span, scope)
            }
            guard first.isInteger, last.isInteger else {
                throw .invalid("a range needs integers, not \(first.shortText)..\(last.shortText)", file: scope.file, span: e.span)
            }
            guard first <= last else { return [] }
            guard let start = first.asInt, let count = (last - first).asInt, count < Self.mostTerms else {
                throw unsupported("a set of more than \(Self.mostTerms) elements", e.span, scope)
            }
            try countTerms(count + 1, e.span, scope)
            return (0...count).map { Rational(start) + Rational($0) }
        case .set(let parts), .vector(let parts):
            try countTerms(parts.count, e.span, scope)
            var seen: Set<Rational> = []
            var result: [Rational] = []
            for part in parts {
                guard let value = exactValue(try number(part, scope)) else {
                    throw unsupported("a set whose elements are not exact constants", part.span, scope)
                }
                // A list keeps repeated elements, a set does not.
                if case .vector = e.kind { result.append(value) } else if seen.insert(value).inserted { result.append(value) }
            }
            return result
        case .comprehension(let name, let set, let filter):
            var result: [Rational] = []
            for member in try members(set, scope) {
                var inner = scope
                inner.local[name] = graph.constant(member)
                if let filter, try !holds(filter, inner) { continue }
                result.append(member)
            }
            return result
        case .name(let name):
            guard let declaration = dependencies.sets[name], scope.local[name] == nil else { break }
            return try members(declaration.set, Scope(file: declaration.place.file, depth: scope.depth))
        default:
            break
        }
        throw unsupported("this set", e.span, scope)
    }

    private func countTerms(_ count: Int, _ span: Span, _ scope: Scope) throws(Failure) {
        expandedTerms += count
        if expandedTerms > Self.mostTerms {
            throw unsupported("more than \(Self.mostTerms) terms of finite sums in one file", span, scope)
        }
    }
}

extension Rational {
    /// For messages: exact if it is short.
    var shortText: String { bitSize <= 400 ? description : "about \(approximation)" }
}
