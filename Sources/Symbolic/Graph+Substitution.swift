import Exact

extension Graph {
    /// The formula with symbols replaced, all at once. The variable of an expectation is neither replaced nor
    /// captured: where a replacement mentions it, the expectation gets a fresh variable.
    public func substitute(_ e: Expression, _ replacements: [Symbol: Expression]) -> Expression {
        if replacements.isEmpty { return e }
        return Substitution(self, replacements).apply(to: [e])[e] ?? e
    }

    /// Formulas with symbols replaced, all at once: what they share is replaced once.
    public func substitute(_ formulas: [Expression], _ replacements: [Symbol: Expression]) -> [Expression] {
        if replacements.isEmpty { return formulas }
        let images = Substitution(self, replacements).apply(to: formulas)
        return formulas.map { images[$0] ?? $0 }
    }

    /// The condition with symbols replaced, all at once.
    public func substitute(_ condition: Condition, _ replacements: [Symbol: Expression]) -> Condition {
        if replacements.isEmpty { return condition }
        var roots: [Expression] = []
        condition.forEachExpression { roots.append($0) }
        let images = Substitution(self, replacements).apply(to: roots)
        return rebuild(condition) { images[$0] ?? $0 }
    }

    /// The formula with one law variable in place of another that is not bound or free in it.
    func rename(_ old: Int, to new: Int, in e: Expression) -> Expression {
        if old == new { return e }
        let fresh = symbol(.bound(new))
        let depends = { (x: Expression) in self.freeVariables(in: x).contains(old) }
        var images: [Expression: Expression] = [:]
        for x in reachable(from: [e], descend: depends) where depends(x) {
            if case .symbol = node(x) {
                images[x] = fresh
            } else {
                images[x] = rebuild(x) { images[$0] ?? $0 }
            }
        }
        return images[e] ?? e
    }
}

private struct Substitution {
    let graph: Graph
    let replacements: [Symbol: Expression]
    /// Variables that a binder must not have if it is passed by plain rebuilding.
    let reserved: Set<Int>

    init(_ graph: Graph, _ replacements: [Symbol: Expression]) {
        self.graph = graph
        self.replacements = replacements
        var reserved: Set<Int> = []
        for (symbol, image) in replacements {
            if case .bound(let variable) = symbol { reserved.insert(variable) }
            reserved.formUnion(graph.freeVariables(in: image))
        }
        self.reserved = reserved
    }

    func apply(to roots: [Expression]) -> [Expression: Expression] {
        var images: [Expression: Expression] = [:]
        for e in graph.reachable(from: roots, descend: { !clashes($0) }) {
            switch graph.node(e) {
            case .symbol(let symbol):
                images[e] = replacements[symbol] ?? e
            case .expectation(let law, let variable, let body) where reserved.contains(variable):
                let fresh = graph.makeBoundVariable()
                let renamed = graph.rename(variable, to: fresh, in: body)
                images[e] = graph.expectation(law, variable: fresh, graph.substitute(renamed, replacements))
            default:
                images[e] = graph.rebuild(e) { images[$0] ?? $0 }
            }
        }
        return images
    }

    private func clashes(_ e: Expression) -> Bool {
        if case .expectation(_, let variable, _) = graph.node(e) { return reserved.contains(variable) }
        return false
    }
}
