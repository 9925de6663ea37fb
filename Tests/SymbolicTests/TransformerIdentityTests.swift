import Exact
import Testing

@testable import Symbolic

/// One-layer transformer on six samples of three words (width 6): equations of the flow follow from the loss.
struct TransformerIdentityTests {
    private static let samples = [[0, 1, 2], [0, 1, 2], [0, 1, 2], [0, 2, 3], [1, 2, 4], [2, 5, 6]]
    private static let (width, words, neurons) = (6, 7, 8)

    private struct Model {
        let graph = Graph()
        let u: [Expression]
        let values, keys, queries: [[Expression]]
        private(set) var field: [Expression] = []

        init() {
            let graph = self.graph
            func state(_ index: Int) -> Expression { graph.symbol(.state(index)) }
            func matrix(_ start: Int) -> [[Expression]] {
                (0..<width).map { e in (0..<words).map { state(start + e * words + $0) } }
            }
            let size = width * words
            u = (0..<width).map(state)
            (values, keys, queries) = (matrix(width), matrix(width + size), matrix(width + 2 * size))
            let losses = samples.indices.map { graph.apply(.softplus, graph.negate(margin($0))) }
            let loss = graph.divide(sum(losses), graph.constant(samples.count))
            let symbols = (0..<(width + 3 * size)).map(Symbol.state)
            field = graph.gradient(of: loss, by: symbols).map(graph.negate)
            for j in 0..<width { field[j] = graph.multiply(graph.constant(neurons), field[j]) }
        }

        func sum(_ list: [Expression]) -> Expression { list.reduce(graph.zero, graph.add) }
        func times(_ a: Expression, _ b: Expression) -> Expression { graph.multiply(a, b) }
        func product(_ a: [[Expression]], _ b: [[Expression]], _ k: Int, _ q: Int) -> Expression {
            sum((0..<width).map { times(a[$0][k], b[$0][q]) })
        }
        func score(_ word: Int) -> Expression { sum((0..<width).map { times(u[$0], values[$0][word]) }) }
        var rootOfWidth: Expression { graph.power(graph.constant(width), Rational(1, 2)) }
        func attention(_ i: Int, _ l: Int) -> [Expression] {
            let x = samples[i]
            let weights = x.map { graph.apply(.exp, graph.divide(product(keys, queries, $0, x[l]), rootOfWidth)) }
            return weights.map { graph.divide($0, sum(weights)) }
        }
        func mean(_ i: Int, _ l: Int) -> Expression {
            let p = attention(i, l)
            return sum(p.indices.map { times(p[$0], score(samples[i][$0])) })
        }
        func output(_ i: Int) -> Expression { sum((0..<3).map { mean(i, $0) }) }
        func label(_ i: Int) -> Expression { graph.constant(i < 3 ? 1 : -1) }
        func margin(_ i: Int) -> Expression { times(label(i), output(i)) }
        func gate(_ i: Int) -> Expression { times(graph.apply(.sigmoid, graph.negate(margin(i))), label(i)) }
        func prime(_ e: Expression) -> Expression { graph.lieDerivative(of: e, along: field) }

        /// The sum over samples, positions l and h of words q and k of gate * attention * factor, over n.
        func gathered(_ k: Int, _ q: Int?, _ factor: (Int, Int) -> Expression) -> Expression {
            var terms: [Expression] = []
            for (i, x) in samples.enumerated() {
                for l in x.indices where q == nil || x[l] == q {
                    for h in x.indices where x[h] == k { terms.append(times(times(gate(i), attention(i, l)[h]), factor(i, l))) }
                }
            }
            return graph.divide(sum(terms), graph.constant(samples.count))
        }
    }

    private func isProved(_ graph: Graph, _ a: Expression, _ b: Expression) -> Bool {
        if case .proved = graph.proveIdentity(a, b) { return true }
        return false
    }

    @Test func flowEquations() {
        let model = Model()
        let graph = model.graph
        let squares = model.sum(model.u.map { graph.power($0, 2) })
        let growth = model.sum(Self.samples.indices.map { model.times(model.gate($0), model.output($0)) })
        let factor = graph.constant(Rational(BigInt(2 * Self.neurons), BigInt(Self.samples.count)))
        #expect(isProved(graph, model.prime(squares), graph.multiply(factor, growth)))
        #expect(!isProved(graph, model.prime(squares), growth))

        func b(_ k: Int) -> Expression { model.gathered(k, nil) { _, _ in graph.one } }
        let gram = model.prime(model.product(model.values, model.values, 0, 1))
        let first = graph.multiply(model.score(0), b(1))
        #expect(isProved(graph, gram, graph.add(first, graph.multiply(model.score(1), b(0)))))
        #expect(!isProved(graph, gram, graph.add(first, first)))
    }

    @Test func attentionScoresAndTheirInvariant() {
        let model = Model()
        let graph = model.graph
        func slope(_ k: Int, _ q: Int) -> Expression {
            let all = model.gathered(k, q) { i, l in graph.subtract(model.score(k), model.mean(i, l)) }
            return graph.divide(all, model.rootOfWidth)
        }
        let right = model.sum((0..<Self.words).map { r in
            graph.add(
                graph.multiply(slope(0, r), model.product(model.queries, model.queries, r, 1)),
                graph.multiply(model.product(model.keys, model.keys, 0, r), slope(r, 1)))
        })
        #expect(isProved(graph, model.prime(model.product(model.keys, model.queries, 0, 1)), right))

        let difference = model.sum((0..<Self.words).map { k in
            graph.subtract(model.product(model.keys, model.keys, k, k), model.product(model.queries, model.queries, k, k))
        })
        #expect(isProved(graph, model.prime(difference), graph.zero))
    }
}
