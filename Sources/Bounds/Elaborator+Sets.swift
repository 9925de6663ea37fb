import Exact
import Symbolic
import Syntax

/// Finite sets of exact numbers, and of tuples of them.
extension Elaborator {
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
                try checkPatience(set.span, scope)
                guard graph.nodes.count <= mostNodes else {
                    throw unsupported("a formula of more than \(mostNodes) parts", set.span, scope)
                }
                var inner = scope
                inner.local[name] = member
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

    /// The members of a set of numbers.
    func numbers(in set: ExpressionSyntax, _ scope: Scope) throws(Failure) -> [Rational] {
        var result: [Rational] = []
        for member in try members(set, scope) {
            guard case .number(let e) = member, let value = exactValue(e) else {
                throw wrong(
                    "expected a set of numbers, found tuples", "E0402", set.span, scope,
                    remedy: "use a set of numbers; the entries of a tuple y are y[1], y[2], ...")
            }
            result.append(value)
        }
        return result
    }

    /// The elements of a finite set or list, in order. Every element counts towards the limit of terms.
    func members(_ e: ExpressionSyntax, _ outer: Scope) throws(Failure) -> [Value] {
        let scope = try deeper(outer, e.span)
        switch e.kind {
        case .range(let low, let high):
            return try range(low, high, e, scope)
        case .set(let parts):
            try countTerms(parts.count, e.span, scope)
            var seen: Set<Value> = []
            return try parts.map { (part) throws(Failure) in try exactMember(part, scope) }
                .filter { seen.insert($0).inserted }
        case .vector(let parts):
            // A list keeps repeated elements, a set does not.
            try countTerms(parts.count, e.span, scope)
            return try parts.map { (part) throws(Failure) in try exactMember(part, scope) }
        case .comprehension(let name, let set, let filter):
            var result: [Value] = []
            for member in try members(set, scope) {
                var inner = scope
                inner.local[name] = member
                if let filter, try !holds(filter, inner) { continue }
                result.append(member)
            }
            return result
        case .binary(.power, let base, let exponent):
            return try power(ofSet: base, exponent, scope)
        case .name, .call, .subscripted:
            switch try value(e, scope) {
            case .set(let members):
                try countTerms(members.count, e.span, scope)
                return members
            case .array(let array) where array.axes.count == 1:
                try countTerms(array.entries.count, e.span, scope)
                return array.entries
            case let other:
                throw wrong(
                    "expected a set, found \(other.description)", "E0402", e.span, scope, remedy: "write 1..n or {1, 2}")
            }
        default:
            throw unsupported("this set", e.span, scope)
        }
    }

    private func range(
        _ low: ExpressionSyntax, _ high: ExpressionSyntax, _ e: ExpressionSyntax, _ scope: Scope
    ) throws(Failure) -> [Value] {
        guard let first = exactValue(try number(low, scope)), let last = exactValue(try number(high, scope)) else {
            throw unsupported("a range whose ends are not exact constants", e.span, scope)
        }
        guard first.isInteger, last.isInteger else {
            throw .invalid(
                "a range needs integers, not \(first.shortText)..\(last.shortText)", file: scope.file, span: e.span,
                remedy: "declare its ends 'parameter n : integer'")
        }
        guard first <= last else { return [] }
        guard let start = first.asInt, let count = (last - first).asInt, count < Self.mostTerms else {
            throw unsupported("a set of more than \(Self.mostTerms) elements", e.span, scope)
        }
        try countTerms(count + 1, e.span, scope)
        return (0...count).map { .number(graph.constant(Rational(start) + Rational($0))) }
    }

    private func exactMember(_ part: ExpressionSyntax, _ scope: Scope) throws(Failure) -> Value {
        guard let value = exactValue(try number(part, scope)) else {
            throw unsupported("a set whose elements are not exact constants", part.span, scope)
        }
        return .number(graph.constant(value))
    }

    // MARK: Powers

    /// Whether the formula certainly is a set: for `S^N`, which is written like a number.
    func isSet(_ e: ExpressionSyntax, _ scope: Scope) -> Bool {
        switch e.kind {
        case .set, .comprehension, .range: true
        case .name(let name): scope.local[name] == nil && names[name]?.kind == .set
        default: false
        }
    }

    /// All tuples of `exponent` members, the last index fastest.
    func power(
        ofSet base: ExpressionSyntax, _ exponent: ExpressionSyntax, _ scope: Scope
    ) throws(Failure) -> [Value] {
        let members = try members(base, scope)
        guard let length = exactValue(try number(exponent, scope))?.asInt, length >= 1 else {
            throw wrong("the power of a set is a positive integer", "E0402", exponent.span, scope, remedy: "write S^2")
        }
        var count = 1
        for _ in 0..<length { count = min(count * members.count, Self.mostTerms + 1) }
        try countTerms(count, base.span, scope)
        var tuples: [[Value]] = [[]]
        for _ in 0..<length { tuples = tuples.flatMap { tuple in members.map { tuple + [$0] } } }
        return tuples.map { .array(IndexedArray(list: $0)) }
    }

    func countTerms(_ count: Int, _ span: Span, _ scope: Scope) throws(Failure) {
        expandedTerms += count
        if expandedTerms > termLimit {
            throw unsupported("more than \(termLimit) terms of finite sums in one file", span, scope)
        }
    }
}

extension Rational {
    /// For messages: exact if it is short.
    var shortText: String { bitSize <= 400 ? description : "about \(approximation)" }
}
