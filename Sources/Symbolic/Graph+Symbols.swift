import Exact

extension Graph {
    /// The free symbols: everything the value depends on. The variable of an expectation is not free in it.
    public func symbols(in e: Expression) -> Set<Symbol> {
        if let known = symbolSets[e] { return known }
        let found = freeSymbols(from: [e])
        symbolSets[e] = found
        return found
    }

    /// The free symbols of several formulas, found in one walk.
    public func symbols(inAny formulas: [Expression]) -> Set<Symbol> { freeSymbols(from: formulas) }

    /// The free symbols of all formulas in the condition.
    public func symbols(in condition: Condition) -> Set<Symbol> {
        var roots: [Expression] = []
        condition.forEachExpression { roots.append($0) }
        return freeSymbols(from: roots)
    }

    private func freeSymbols(from roots: [Expression]) -> Set<Symbol> {
        var found: Set<Symbol> = []
        for e in reachable(from: roots) {
            guard case .symbol(let symbol) = node(e) else { continue }
            // Free and bound occurrences of a law's variable are told apart at the roots.
            if case .bound = symbol { continue }
            found.insert(symbol)
        }
        for e in roots { found.formUnion(freeVariables(in: e).map(Symbol.bound)) }
        return found
    }
}
