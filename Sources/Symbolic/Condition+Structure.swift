import Exact

extension Condition {
    /// Calls `visit` with both sides of every comparison.
    func forEachExpression(_ visit: (Expression) -> Void) {
        switch self {
        case .truth:
            break
        case .compare(_, let a, let b):
            visit(a)
            visit(b)
        case .not(let c):
            c.forEachExpression(visit)
        case .and(let list), .or(let list):
            for c in list { c.forEachExpression(visit) }
        case .implies(let a, let b):
            a.forEachExpression(visit)
            b.forEachExpression(visit)
        }
    }

    /// The same statement about other formulas, with truths that are decided folded. The folding is that of three
    /// values: false and unknown is false, false implies unknown is true.
    func map(_ image: (Comparison, Expression, Expression) -> Condition) -> Condition {
        switch self {
        case .truth:
            return self
        case .compare(let relation, let a, let b):
            return image(relation, a, b)
        case .not(let c):
            let inner = c.map(image)
            if case .truth(let holds) = inner { return .truth(!holds) }
            return .not(inner)
        case .and(let list):
            return Condition.folded(list.map { $0.map(image) }, neutral: true, Condition.and)
        case .or(let list):
            return Condition.folded(list.map { $0.map(image) }, neutral: false, Condition.or)
        case .implies(let a, let b):
            switch (a.map(image), b.map(image)) {
            case (.truth(false), _), (_, .truth(true)): return .truth(true)
            case (.truth(true), let conclusion): return conclusion
            case (let hypothesis, let conclusion): return .implies(hypothesis, conclusion)
            }
        }
    }

    private static func folded(_ list: [Condition], neutral: Bool, _ join: ([Condition]) -> Condition) -> Condition {
        if list.contains(.truth(!neutral)) { return .truth(!neutral) }
        let rest = list.filter { $0 != .truth(neutral) }
        if rest.isEmpty { return .truth(neutral) }
        return rest.count == 1 ? rest[0] : join(rest)
    }

    /// Whether the condition holds, where the truths in it decide that.
    public var decided: Bool? {
        if case .truth(let holds) = map(Condition.compare) { holds } else { nil }
    }

    /// Negation normal form: `not` and `implies` resolved into comparisons, `and`, `or`.
    ///
    /// The same statement wherever every formula in it is defined; the negation of a < b is b <= a.
    public func negationNormalForm(negated: Bool = false) -> Condition {
        switch self {
        case .truth(let holds):
            return .truth(holds != negated)
        case .compare(let relation, let a, let b):
            guard negated else { return self }
            switch relation {
            case .less: return .compare(.lessOrEqual, b, a)
            case .lessOrEqual: return .compare(.less, b, a)
            case .equal: return .compare(.notEqual, a, b)
            case .notEqual: return .compare(.equal, a, b)
            }
        case .not(let c):
            return c.negationNormalForm(negated: !negated)
        case .and(let list):
            let parts = list.map { $0.negationNormalForm(negated: negated) }
            return negated ? .or(parts) : .and(parts)
        case .or(let list):
            let parts = list.map { $0.negationNormalForm(negated: negated) }
            return negated ? .and(parts) : .or(parts)
        case .implies(let a, let b):
            return negated
                ? .and([a.negationNormalForm(), b.negationNormalForm(negated: true)])
                : .or([a.negationNormalForm(negated: true), b.negationNormalForm()])
        }
    }
}

extension Graph {
    /// The same condition over the images of its formulas.
    func rebuild(_ condition: Condition, _ image: (Expression) -> Expression) -> Condition {
        condition.map { compare($0, image($1), image($2)) }
    }

    /// The comparisons of the negation normal form, in the order written, each once.
    public func comparisons(in condition: Condition) -> [(Comparison, Expression, Expression)] {
        var found: [(Comparison, Expression, Expression)] = []
        var seen: Set<Condition> = []
        var pending = [condition.negationNormalForm()]
        while let next = pending.popLast() {
            switch next {
            case .compare(let relation, let a, let b):
                if seen.insert(next).inserted { found.append((relation, a, b)) }
            case .and(let list), .or(let list):
                pending.append(contentsOf: list.reversed())
            case .truth, .not, .implies:
                break
            }
        }
        return found
    }

    /// right - left: the quantity whose sign decides a comparison. Nil for any other condition.
    public func difference(of comparison: Condition) -> Expression? {
        guard case .compare(_, let left, let right) = comparison else { return nil }
        return subtract(right, left)
    }
}
