import Exact

extension NormalForms {
    /// The mean of a form, by linearity: what does not depend on the variable comes out, and each remaining monomial
    /// over its denominator is an atom. So sums and multiples of means combine by themselves.
    func mean(_ law: Law, _ variable: Int, _ body: Form) throws(NormalFormFailure) -> Form {
        var result = Form()
        for (denominator, numerator) in body.sortedParts {
            let (below, outside) = denominator.split { depends(factor: $0, on: variable) }
            for (monomial, coefficient) in numerator.sortedTerms {
                let (above, constant) = monomial.split { depends(atom: $0, on: variable) }
                let scale = Form(Polynomial(constant, coefficient), over: outside)
                result = try add(result, multiply(scale, meanOfUnit(law, variable, above, below)))
            }
        }
        return result
    }

    private func meanOfUnit(_ law: Law, _ variable: Int, _ above: Monomial, _ below: Monomial) throws(NormalFormFailure) -> Form {
        if above.isOne && below.isOne { return Form(1) }
        let body = divide(expression(of: above), below)
        let node = graph.machineForm(graph.expectation(law, variable: variable, body))
        // The prepared node has the variable that equal means share. If it is another one, start again with it.
        guard case .expectation(_, variable, let prepared) = graph.node(node) else { return try form(of: node) }
        return try form(ofAtom: nodeAtom(node, .mean(law, variable: variable, body: prepared)))
    }

    /// A formula that is zero only if the form is, with the means under one sum: a polynomial of degree d in means over
    /// a law is the mean, over d independent copies, of a polynomial in their bodies (symmetrised, and lower degrees
    /// filled up with 1). So it vanishes if that polynomial does. Nil if the form has no means or a mean under a
    /// denominator.
    func integrand(of form: Form) throws(NormalFormFailure) -> Expression? {
        guard hasMeans(form) else { return nil }
        let numerator = try common(form).numerator
        var terms: [(coefficient: Expression, bodies: [Law: [(variable: Int, body: Expression)]])] = []
        var degrees: [Law: Int] = [:]
        for (monomial, coefficient) in numerator.sortedTerms {
            var (others, bodies) = ([Monomial.Power](), [Law: [(variable: Int, body: Expression)]]())
            for power in monomial.powers {
                guard case .mean(let law, let variable, let body) = atoms[power.base].kind else {
                    others.append(power)
                    continue
                }
                guard power.exponent.isInteger, (1...3).contains(power.exponent.numerator) else { return nil }
                bodies[law, default: []] += Array(repeating: (variable, body), count: power.exponent.numerator)
            }
            for (law, list) in bodies { degrees[law] = max(degrees[law] ?? 0, list.count) }
            let factor = graph.multiply(graph.constant(coefficient), expression(of: Monomial(sorted: others)))
            terms.append((factor, bodies))
        }
        let orders = degrees.values.reduce(1) { $0 * (1...max($1, 1)).reduce(1, *) }
        guard !degrees.isEmpty, orders <= 24, orders * terms.count <= 10_000 else { return nil }

        var copies: [Law: [Expression]] = [:]
        for (law, degree) in degrees {
            copies[law] = (0..<degree).map { _ in graph.symbol(.bound(graph.makeBoundVariable())) }
        }
        var sum = graph.zero
        for term in terms {
            var product = term.coefficient
            for (law, symbols) in copies {
                product = graph.multiply(product, symmetrised(term.bodies[law] ?? [], symbols))
            }
            sum = graph.add(sum, product)
        }
        return graph.machineForm(sum)
    }

    private func hasMeans(_ form: Form) -> Bool {
        form.parts.values.contains { numerator in
            numerator.terms.keys.contains { monomial in
                monomial.powers.contains { if case .mean = atoms[$0.base].kind { true } else { false } }
            }
        }
    }

    /// The sum over all orders of the copies of body_1(copy_1) body_2(copy_2)...
    private func symmetrised(_ bodies: [(variable: Int, body: Expression)], _ copies: [Expression]) -> Expression {
        var sum = graph.zero
        for order in permutations(copies) {
            var product = graph.one
            for (item, copy) in zip(bodies, order) {
                product = graph.multiply(product, graph.substitute(item.body, [.bound(item.variable): copy]))
            }
            sum = graph.add(sum, product)
        }
        return sum
    }

    private func permutations(_ items: [Expression]) -> [[Expression]] {
        if items.count <= 1 { return [items] }
        return items.indices.flatMap { i -> [[Expression]] in
            var rest = items
            let first = rest.remove(at: i)
            return permutations(rest).map { [first] + $0 }
        }
    }
}
