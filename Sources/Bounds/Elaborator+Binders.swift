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
                throw .invalid(
                    "'\(op.rawValue)' over an empty set has no value", file: scope.file, span: e.span,
                    remedy: "give the set a member, or write 'if size(S) = 0 then ... else ...'")
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
                binder.span, scope,
                remedy: op == .matrix ? "write matrix(i in I, j in J) e" : "write \(op.rawValue)(i in {i in I where c}) e")
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
        func rest(_ inner: Scope) throws(Failure) -> Expression { try mean(generators.dropFirst(), inner, body) }
        guard case .call(let name, _, let arguments) = lawSyntax.kind else {
            throw unsupported("this law", lawSyntax.span, scope)
        }
        switch name {
        case "binomial" where names.count == 1:
            return try binomial(names[0], try law(lawSyntax, scope), scope, rest)
        case "multinomial" where arguments.count == 2:
            return try multinomial(names, arguments, lawSyntax, scope, rest)
        case "uniform" where names.count == 1 && arguments.count == 1:
            var terms: [Expression] = []
            for member in try members(arguments[0], scope) {
                var inner = scope
                inner.local[names[0]] = member
                terms.append(try rest(inner))
            }
            guard !terms.isEmpty else {
                throw wrong("a law over an empty set", "E0406", lawSyntax.span, scope, remedy: "give the set a member")
            }
            return graph.divide(sum(terms), graph.constant(terms.count))
        default:
            throw wrong(
                "the names do not fit the law '\(name)'", "E0404", namesSpan, scope,
                remedy: "write n ~ binomial(N, p), (a, b) ~ multinomial(N, [p, q]) or x ~ uniform(S)")
        }
    }

    private func binomial(
        _ name: String, _ law: Law, _ scope: Scope, _ body: (Scope) throws(Failure) -> Expression
    ) throws(Failure) -> Expression {
        let variable = graph.makeBoundVariable()
        var inner = scope
        inner.local[name] = .number(graph.symbol(.bound(variable)))
        return expectation(law, variable: variable, try body(inner))
    }

    // MARK: Several counts

    /// One count after the other: given the earlier ones each is binomial. The last law stays rolled, the ones before
    /// are written out.
    private func multinomial(
        _ names: [String], _ arguments: [ExpressionSyntax], _ e: ExpressionSyntax, _ scope: Scope,
        _ body: (Scope) throws(Failure) -> Expression
    ) throws(Failure) -> Expression {
        let trials = exactValue(try number(arguments[0], scope))?.asInt
        var probabilities: [Rational] = []
        for entry in try numbers(try array(arguments[1], scope).entries, arguments[1].span, scope) {
            guard let p = exactValue(entry), p >= 0 else {
                throw wrong(
                    "the probabilities of 'multinomial' are exact numbers >= 0", "E0406", arguments[1].span, scope,
                    remedy: "write rational numbers that sum to 1, as [1/2, 1/2]")
            }
            probabilities.append(p)
        }
        guard let trials, 0...mostTrials ~= trials else {
            throw wrong(
                "the number of trials of 'multinomial' is an integer from 0 to \(mostTrials)", "E0406", arguments[0].span, scope,
                remedy: "declare it 'parameter N : integer where N >= 0'")
        }
        guard names.count == probabilities.count, names.count >= 2 else {
            throw wrong(
                "'multinomial' with \(probabilities.count) probabilities gives as many counts, here \(names.count) names",
                "E0404", e.span, scope, remedy: "write (a, b) ~ multinomial(N, [p, q]), a name for each probability")
        }
        guard probabilities.reduce(0, +) == 1 else {
            throw wrong(
                "the probabilities of 'multinomial' sum to \(probabilities.reduce(0, +).shortText), not to 1", "E0406",
                arguments[1].span, scope, remedy: "make the last one 1 minus the others: [p, q, 1 - p - q]")
        }
        return try counts(names[...], probabilities[...], mass: 1, trials, e.span, scope, body)
    }

    private func counts(
        _ names: ArraySlice<String>, _ probabilities: ArraySlice<Rational>, mass: Rational, _ trials: Int, _ span: Span,
        _ scope: Scope, _ body: (Scope) throws(Failure) -> Expression
    ) throws(Failure) -> Expression {
        guard let name = names.first, let p = probabilities.first else { return try body(scope) }
        // Nothing is left for counts without probability.
        let share = mass.isZero ? Rational.zero : p / mass
        if names.count == 2, let last = names.last {
            return try binomial(name, .binomial(trials: trials, probability: share), scope) { (inner) throws(Failure) in
                var inner = inner
                guard case .number(let n)? = inner.local[name] else { return try body(inner) }
                inner.local[last] = .number(graph.subtract(graph.constant(trials), n))
                return try body(inner)
            }
        }
        try countTerms(trials + 1, span, scope)
        var terms: [Expression] = []
        var weight = Rational.one
        for n in 0...trials {
            // C(trials, n) share^n (1 - share)^(trials - n)
            if n > 0 { weight = weight * Rational(trials - n + 1) / Rational(n) }
            guard let successes = share.power(n), let failures = (Rational.one - share).power(trials - n) else { continue }
            let probability = weight * successes * failures
            if probability.isZero { continue }
            var inner = scope
            inner.local[name] = .number(graph.constant(n))
            let rest = try counts(
                names.dropFirst(), probabilities.dropFirst(), mass: mass - p, trials - n, span, inner, body)
            terms.append(graph.multiply(graph.constant(probability), rest))
        }
        return sum(terms)
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
                file: scope.file, span: arguments[0].span, remedy: "declare it 'parameter N : integer where N >= 0'")
        }
        guard probability >= .zero, probability <= .one else {
            throw .invalid(
                "a probability lies in [0, 1], \(probability.shortText) does not", file: scope.file,
                span: arguments[1].span, remedy: "give a number from 0 to 1")
        }
        return .binomial(trials: count, probability: probability)
    }
}
