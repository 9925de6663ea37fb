import Exact

// Back from normal forms to nodes, and what is certain about them.

extension NormalForms {
    func expression(of monomial: Monomial) -> Expression {
        var product = graph.one
        for power in monomial.powers {
            product = graph.multiply(product, expression(of: atoms[power.base], power.exponent.rational))
        }
        return product
    }

    func expression(of polynomial: Polynomial) -> Expression {
        var sum = graph.zero
        for (monomial, coefficient) in polynomial.sortedTerms {
            sum = graph.add(sum, graph.multiply(graph.constant(coefficient), expression(of: monomial)))
        }
        return sum
    }

    func expression(of form: Form) -> Expression {
        var sum = graph.zero
        for (denominator, numerator) in form.sortedParts {
            sum = graph.add(sum, divide(expression(of: numerator), denominator))
        }
        return sum
    }

    func divide(_ numerator: Expression, _ denominator: Monomial) -> Expression {
        var result = numerator
        for power in denominator.powers {
            let factor = expression(of: factors[power.base])
            result = graph.divide(result, graph.power(factor, power.exponent.rational))
        }
        return result
    }

    private func expression(of atom: Atom, _ exponent: Rational) -> Expression {
        if case .exponential = atom.kind, case .apply(.exp, let unit) = graph.node(atom.expression) {
            return graph.apply(.exp, graph.multiply(graph.constant(exponent), unit))
        }
        return graph.power(atom.expression, exponent)
    }

    func certainty(ofAtom atom: Int) -> Certainty { graph.certainty(atoms[atom].expression) }

    func certainty(_ polynomial: Polynomial) -> Certainty {
        var sum = Certainty(.zero)
        for (monomial, coefficient) in polynomial.terms {
            var product = Certainty(coefficient)
            for power in monomial.powers {
                product = .product(product, certainty(ofAtom: power.base).power(power.exponent.rational))
            }
            sum = .sum(sum, product)
        }
        return sum
    }

    /// Whether the value depends on a law's variable.
    func depends(atom: Int, on variable: Int) -> Bool {
        graph.freeVariables(in: atoms[atom].expression).contains(variable)
    }

    func depends(factor: Int, on variable: Int) -> Bool {
        factors[factor].terms.keys.contains { $0.powers.contains { depends(atom: $0.base, on: variable) } }
    }
}
