import Exact

extension Graph {
    /// The formula rewritten so that equal work is one node and every node is one or two instructions:
    ///
    /// * expectations over one law share one variable, so that u(n) in two of them is the same node;
    /// * x*x is x^2, 1/x is x^-1, x^-r is (x^r)^-1, x^0 is 0*x + 1 (undefined where x is);
    /// * a comparison a < b reads 0 < b - a;
    /// * a mean of something that does not vary is that thing.
    ///
    /// Value and domain are those of the given formula.
    func machineForm(_ e: Expression) -> Expression {
        if let known = machineForms[e] { return known }
        prepare([e])
        return machineForms[e] ?? e
    }

    /// The forms of several formulas, found in one walk.
    func machineForms(of roots: [Expression]) -> [Expression] {
        prepare(roots.filter { machineForms[$0] == nil })
        return roots.map(machineForm)
    }

    private func prepare(_ roots: [Expression]) {
        for x in reachable(from: roots, descend: { machineForms[$0] == nil }) where machineForms[x] == nil {
            machineForms[x] = prepared(x)
        }
    }

    /// The condition over prepared formulas.
    func machineForm(_ condition: Condition) -> Condition {
        condition.map { relation, left, right in
            compare(relation, zero, subtract(machineForm(right), machineForm(left)))
        }
    }

    /// One node over operands that are prepared already.
    private func prepared(_ e: Expression) -> Expression {
        switch node(e) {
        case .multiply(let a, let b) where machineForm(a) == machineForm(b):
            return power(machineForm(a), 2)
        case .divide(let a, let b) where constant(a) == 1:
            return power(machineForm(b), -1)
        case .power(let a, let exponent) where exponent.isZero:
            return add(multiply(zero, machineForm(a)), one)
        case .power(let a, let exponent) where exponent.isNegative && exponent != -1:
            return power(power(machineForm(a), -exponent), -1)
        case .cases(let condition, let a, let b):
            return cases(machineForm(condition), machineForm(a), machineForm(b))
        case .expectation(let law, let variable, let body):
            return preparedExpectation(law, variable, machineForm(body))
        default:
            return rebuild(e) { machineForm($0) }
        }
    }

    private func preparedExpectation(_ law: Law, _ variable: Int, _ body: Expression) -> Expression {
        guard freeVariables(in: body).contains(variable) else { return body }
        // Nested expectations over one law have different heights, so a shared variable is never captured.
        let key = SharedVariableKey(law: law, height: 1 + lawHeight(within: body, law))
        let shared = sharedVariables[key] ?? makeBoundVariable()
        sharedVariables[key] = shared
        return expectation(law, variable: shared, rename(variable, to: shared, in: body))
    }

    /// How deep expectations over the law are nested in the formula.
    private func lawHeight(within e: Expression, _ law: Law) -> Int {
        var height = 0
        for x in reachable(from: [e], descend: { lawHeights[$0] == nil || !isExpectation($0, over: law) }) {
            guard case .expectation(law, _, let body) = node(x) else { continue }
            let known = lawHeights[x] ?? 1 + lawHeight(within: body, law)
            lawHeights[x] = known
            height = max(height, known)
        }
        return height
    }

    private func isExpectation(_ e: Expression, over law: Law) -> Bool {
        if case .expectation(law, _, _) = node(e) { return true }
        return false
    }
}
