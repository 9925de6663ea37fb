import Exact

// Walks over the graph. Operands are older than the nodes that use them, so a loop over increasing indices visits
// operands first, and a sum of any length needs no stack.

extension Graph {
    /// Calls `visit` with every direct operand; the formulas inside a condition are operands of its `cases`.
    func forEachOperand(of e: Expression, _ visit: (Expression) -> Void) {
        switch node(e) {
        case .constant, .pi, .symbol:
            break
        case .add(let a, let b), .multiply(let a, let b), .divide(let a, let b), .minimum(let a, let b), .maximum(let a, let b):
            visit(a)
            visit(b)
        case .power(let a, _), .apply(_, let a), .expectation(_, _, let a):
            visit(a)
        case .cases(let condition, let a, let b):
            condition.forEachExpression(visit)
            visit(a)
            visit(b)
        }
    }

    /// Every node that the roots depend on, roots included, operands first. `descend` may cut branches off:
    /// the operands of a node for which it is false are not visited on its account.
    func reachable(from roots: [Expression], descend: (Expression) -> Bool = { _ in true }) -> [Expression] {
        guard let last = roots.map(\.index).max() else { return [] }
        var seen = [Bool](repeating: false, count: last + 1)
        var found: [Expression] = []
        var pending = roots
        while let e = pending.popLast() {
            if seen[e.index] { continue }
            seen[e.index] = true
            found.append(e)
            if descend(e) { forEachOperand(of: e) { if !seen[$0.index] { pending.append($0) } } }
        }
        return found.sorted { $0.index < $1.index }
    }

    /// The same node over other operands, by the constructors, so that exact constants fold again.
    func rebuild(_ e: Expression, _ image: (Expression) -> Expression) -> Expression {
        switch node(e) {
        case .constant, .pi, .symbol: e
        case .add(let a, let b): add(image(a), image(b))
        case .multiply(let a, let b): multiply(image(a), image(b))
        case .divide(let a, let b): divide(image(a), image(b))
        case .power(let a, let exponent): power(image(a), exponent)
        case .apply(let function, let a): apply(function, image(a))
        case .minimum(let a, let b): minimum(image(a), image(b))
        case .maximum(let a, let b): maximum(image(a), image(b))
        case .cases(let condition, let a, let b): cases(rebuild(condition, image), image(a), image(b))
        case .expectation(let law, let variable, let body): expectation(law, variable: variable, image(body))
        }
    }

    /// The variables of expectations that occur free in the formula, in increasing order.
    func freeVariables(in e: Expression) -> [Int] {
        if e.index >= freeVariables.count { extendFreeVariables() }
        return freeVariables[e.index]
    }

    /// Whether the formula has no free symbol at all.
    func isNumber(_ e: Expression) -> Bool {
        freeVariables(in: e).isEmpty && !readsSymbols[e.index]
    }

    private func extendFreeVariables() {
        freeVariables.reserveCapacity(nodes.count)
        for index in freeVariables.count..<nodes.count {
            let e = Expression(index: index)
            var free: [Int] = []
            var reads = false
            if case .symbol(let symbol) = nodes[index] {
                if case .bound(let variable) = symbol { free = [variable] } else { reads = true }
            }
            forEachOperand(of: e) { operand in
                reads = reads || readsSymbols[operand.index]
                let more = freeVariables[operand.index]
                if more.isEmpty || more == free { return }
                free = free.isEmpty ? more : Set(free).union(more).sorted()
            }
            if case .expectation(_, let variable, _) = nodes[index] { free.removeAll { $0 == variable } }
            freeVariables.append(free)
            readsSymbols.append(reads)
        }
    }
}
