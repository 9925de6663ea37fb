import Exact

@testable import Symbolic

/// The balanced in-context model with numbers for K and N: one scalar s, all sums over the count n of the target.
struct BalancedModel {
    let graph = Graph()
    let features: Int
    let loss, g, alpha, beta, attention, targetWeight, otherWeight: Expression

    init(features K: Int, length N: Int) {
        features = K
        let graph = self.graph
        let law = Law.binomial(trials: N, probability: Rational(1, BigInt(K)))
        let s = graph.symbol(x0)
        let number = { (value: Int) in graph.constant(value) }

        func denominator(_ n: Expression) -> Expression {
            graph.subtract(graph.add(graph.multiply(n, graph.apply(.exp, s)), number(N)), n)
        }
        func u(_ n: Expression) -> Expression {
            graph.divide(graph.multiply(n, graph.apply(.exp, s)), denominator(n))
        }
        func v(_ n: Expression) -> Expression {
            graph.divide(graph.subtract(number(N), n), denominator(n))
        }
        func rho(_ M: Expression) -> Expression {
            let positive = graph.divide(
                graph.subtract(graph.add(M, number(K)), number(2)), graph.multiply(number(K - 1), M))
            return graph.cases(graph.compare(.equal, M, graph.zero), graph.zero, positive)
        }
        func mean(_ body: (Expression) -> Expression) -> Expression {
            let variable = graph.makeBoundVariable()
            return graph.expectation(law, variable: variable, body(graph.symbol(.bound(variable))))
        }
        let spread = { (n: Expression) in graph.add(graph.one, rho(graph.subtract(number(N), n))) }

        g = mean { n in graph.multiply(graph.multiply(u(n), graph.power(v(n), 2)), spread(n)) }
        loss = graph.multiply(
            graph.constant(Rational(1, 2)), mean { n in graph.multiply(graph.power(v(n), 2), spread(n)) })
        attention = mean(u)
        alpha = graph.divide(g, number(K))
        beta = graph.divide(graph.negate(alpha), number(K - 1))
        targetWeight = graph.divide(graph.multiply(s, number(K - 1)), number(K))
        otherWeight = graph.divide(graph.negate(s), number(K))
    }
}
