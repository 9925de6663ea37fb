import Exact
import Testing

@testable import Symbolic

/// The identities that the theorem files state.
struct IdentityTests {
    private func expectProved(_ graph: Graph, _ a: Expression, _ b: Expression, _ note: String, location: SourceLocation = #_sourceLocation) {
        let proof = graph.proveIdentity(a, b)
        guard case .proved = proof else {
            Issue.record("\(note): \(proof)", sourceLocation: location)
            return
        }
    }

    private func expectOpen(_ graph: Graph, _ a: Expression, _ b: Expression, _ note: String, location: SourceLocation = #_sourceLocation) {
        if case .proved = graph.proveIdentity(a, b) {
            Issue.record("\(note): proved", sourceLocation: location)
        }
    }

    @Test(arguments: [(3, 27), (10, 100), (10, 1000), (1000, 1_000_000)])
    func balancedModel(_ size: (Int, Int)) {
        let (K, N) = size
        let model = BalancedModel(features: K, length: N)
        let graph = model.graph
        let number = { (value: Int) in graph.constant(value) }
        let slope = graph.derivative(of: model.loss, by: x0)
        expectProved(graph, slope, graph.negate(model.g), "gradient(loss, s) = -g")
        expectOpen(graph, slope, model.g, "gradient(loss, s) = g")
        expectOpen(graph, slope, graph.multiply(graph.constant(Rational(-101, 100)), model.g), "gradient(loss, s) = -1.01 g")
        expectProved(
            graph, graph.multiply(number(K - 1), model.otherWeight), graph.negate(model.targetWeight), "(K - 1) B = -A")
        let field = [graph.divide(model.g, number(K - 1))]
        let descent = graph.lieDerivative(of: model.loss, along: field)
        let squares = graph.add(
            graph.power(model.alpha, 2), graph.multiply(number(K - 1), graph.power(model.beta, 2)))
        expectProved(graph, descent, graph.multiply(number(-K), squares), "loss' = -K (alpha^2 + (K - 1) beta^2)")
        expectOpen(graph, descent, graph.multiply(number(-K - 1), squares), "loss' = -(K + 1) (alpha^2 + (K - 1) beta^2)")
        expectProved(
            graph, graph.multiply(graph.negate(model.beta), number(K)),
            graph.divide(graph.multiply(model.alpha, number(K)), number(K - 1)), "-beta K = alpha K/(K - 1)")
    }

    @Test func closedFormOfTheInfinitePrompt() {
        let graph = Graph()
        let (x, t) = (graph.symbol(x0), graph.symbol(.time))
        let (K, c) = (10, 9)
        let number = { (value: Int) in graph.constant(value) }
        func level(_ linear: Int) -> Expression {
            var sum = graph.divide(graph.subtract(graph.power(x, 2), graph.one), number(2))
            sum = graph.add(sum, graph.multiply(number(linear * c), graph.subtract(x, graph.one)))
            sum = graph.add(sum, graph.multiply(number(3 * c * c), graph.apply(.log, x)))
            sum = graph.add(sum, graph.multiply(number(c * c * c), graph.subtract(graph.one, graph.divide(graph.one, x))))
            return graph.subtract(sum, graph.multiply(number(K), t))
        }
        let field = [graph.divide(graph.multiply(number(K), graph.power(x, 2)), graph.power(graph.add(x, number(c)), 3))]
        let proof = graph.proveIdentity(graph.lieDerivative(of: level(3), along: field), graph.zero)
        guard case .proved(let conditions) = proof else {
            Issue.record("\(proof)")
            return
        }
        #expect(Set(conditions) == [x, graph.add(x, number(c))])
        expectOpen(graph, graph.lieDerivative(of: level(2), along: field), graph.zero, "wrong coefficient")
    }

    @Test func logisticRegression() {
        let graph = Graph()
        let w = graph.symbol(x0)
        let loss = graph.apply(.softplus, graph.negate(w))
        let field = [graph.negate(graph.derivative(of: loss, by: x0))]
        let q = graph.subtract(graph.add(w, graph.apply(.exp, w)), graph.symbol(.time))
        #expect(graph.proveIdentity(graph.lieDerivative(of: q, along: field), graph.zero) == .proved(conditions: []))
        let wrong = graph.add(q, graph.multiply(graph.constant(Rational(1, 1000)), w))
        expectOpen(graph, graph.lieDerivative(of: wrong, along: field), graph.zero, "perturbed")
    }

    @Test func twoLayerNetwork() {
        let graph = Graph()
        let (u, v, a) = (graph.symbol(x0), graph.symbol(x1), graph.symbol(.parameter("a")))
        let error = graph.subtract(a, graph.multiply(u, v))
        let loss = graph.divide(graph.power(error, 2), graph.constant(2))
        let field = graph.gradient(of: loss, by: [x0, x1]).map(graph.negate)
        let balance = graph.subtract(graph.power(u, 2), graph.power(v, 2))
        expectProved(graph, graph.lieDerivative(of: balance, along: field), graph.zero, "(u^2 - v^2)' = 0")
        let sum = graph.add(graph.power(u, 2), graph.power(v, 2))
        let growth = graph.lieDerivative(of: graph.multiply(u, v), along: field)
        expectProved(graph, growth, graph.multiply(sum, error), "(uv)' = (u^2 + v^2)(a - uv)")
        expectOpen(graph, graph.lieDerivative(of: sum, along: field), graph.zero, "(u^2 + v^2)' = 0")
    }

    /// All prompts of a small case: softmax attention over the tokens, loss and gradient (K^N terms).
    @Test(arguments: [(3, 4), (4, 3)])
    func gradientOfOneAttentionColumn(_ size: (Int, Int)) {
        let (K, N) = size
        let graph = Graph()
        let scores = (0..<K).map { graph.apply(.exp, graph.symbol(.state($0))) }
        func sum(_ list: [Expression]) -> Expression { list.reduce(graph.zero, graph.add) }
        let prompts = (0..<N).reduce([[Int]()]) { list, _ in list.flatMap { head in (0..<K).map { head + [$0] } } }
        func mean(_ body: ([Expression]) -> Expression) -> Expression {
            let terms = prompts.map { prompt -> Expression in
                let total = sum(prompt.map { scores[$0] })
                return body((0..<K).map { k in sum(prompt.filter { $0 == k }.map { graph.divide(scores[$0], total) }) })
            }
            return graph.divide(sum(terms), graph.constant(prompts.count))
        }
        func others(_ attention: [Expression]) -> Expression { sum(attention.dropFirst().map { graph.power($0, 2) }) }
        func missing(_ attention: [Expression]) -> Expression { graph.subtract(graph.one, attention[0]) }
        let loss = mean { graph.divide(graph.add(graph.power(missing($0), 2), others($0)), graph.constant(2)) }
        let alpha = mean { graph.multiply($0[0], graph.add(graph.power(missing($0), 2), others($0))) }
        func beta(_ n: Int) -> Expression {
            mean { p in
                let own = graph.multiply(p[0], missing(p))
                return graph.multiply(p[n], graph.subtract(graph.subtract(others(p), p[n]), own))
            }
        }
        let gradient = graph.gradient(of: loss, by: (0..<K).map(Symbol.state))
        expectProved(graph, graph.negate(gradient[0]), alpha, "-gradient(loss, z[1]) = alpha")
        expectProved(graph, graph.negate(gradient[1]), beta(1), "-gradient(loss, z[2]) = beta(2)")
        expectProved(graph, sum([alpha] + (1..<K).map(beta)), graph.zero, "alpha + sum of beta = 0")
        expectOpen(graph, graph.negate(gradient[0]), beta(1), "-gradient(loss, z[1]) = beta(2)")
    }
}
