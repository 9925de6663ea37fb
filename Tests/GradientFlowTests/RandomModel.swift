import Exact

@testable import Symbolic

/// Small random losses of models: contractions that share states, softmax, gates, weights of both signs, rates.
struct RandomModel {
    let graph = Graph()
    let size: Int
    let loss: Expression
    let rates: [Rational]

    var states: [Expression] { (0..<size).map { graph.symbol(.state($0)) } }

    /// field_i = -rate_i dloss/dx_i.
    var field: [Expression] {
        graph.gradient(of: loss, by: (0..<size).map { .state($0) }).enumerated().map { i, slope in
            graph.multiply(graph.constant(rates[i]), graph.negate(slope))
        }
    }

    init(_ random: inout TestRandom) {
        size = random.within(2...6)
        let list: [Rational] = [1, 1, 8, Rational(1, 9), Rational(3, 2)]
        let two = [random.pick(list), random.pick(list)]
        rates = (0..<size).map { two[$0 % 2] }
        let graph = self.graph
        let states = (0..<size).map { graph.symbol(.state($0)) }
        var builder = Builder(graph: graph, states: states)
        var sum = graph.zero
        for _ in 0..<random.within(1...3) {
            let weight = graph.constant(random.chance(1, of: 4) ? -Rational(1, 3) : Rational(BigInt(random.within(1...4)), 4))
            sum = graph.add(sum, graph.multiply(weight, builder.sample(&random)))
        }
        if random.chance(1, of: 3) {
            let decay = states.reduce(graph.zero) { graph.add($0, graph.power($1, 2)) }
            sum = graph.add(sum, graph.multiply(graph.constant(random.fraction()), decay))
        }
        loss = sum
    }

    private struct Builder {
        let graph: Graph
        let states: [Expression]

        /// A contraction of states, some of them perhaps on both sides, or an affine form.
        mutating func cut(_ random: inout TestRandom) -> Expression {
            let terms = random.within(1...3)
            return (0..<terms).reduce(graph.constant(random.fraction(2))) { sum, _ in
                let x = random.pick(states)
                let term = random.chance(1, of: 4) ? x : random.chance(1, of: 4) ? graph.power(x, 2) : graph.multiply(x, random.pick(states))
                let factor = random.chance(1, of: 3) ? graph.apply(.sqrt, graph.constant(Rational(1, 3))) : graph.constant(random.fraction(2))
                return graph.add(sum, graph.multiply(factor, term))
            }
        }

        mutating func unary(_ e: Expression, _ random: inout TestRandom) -> Expression {
            let smooth: [Function] = [.tanh, .sigmoid, .softplus, .sin, .cos, .asinh, .erf]
            switch random.below(8) {
            case 0: return graph.power(e, 2)
            case 1: return graph.power(e, 3)
            case 2: return graph.apply(random.pick([.relu, .abs]), e)
            case 3: return graph.apply(.exp, graph.apply(.tanh, e))
            case 4: return graph.divide(graph.one, graph.add(graph.constant(2), graph.power(e, 2)))
            default: return graph.apply(random.pick(smooth), e)
            }
        }

        mutating func softmax(_ random: inout TestRandom) -> [Expression] {
            let scale = graph.apply(.sqrt, graph.constant(random.within(2...5)))
            let weights = (0..<random.within(2...3)).map { _ in graph.apply(.exp, graph.divide(cut(&random), scale)) }
            let total = weights.reduce(graph.zero) { graph.add($0, $1) }
            return weights.map { graph.divide($0, total) }
        }

        mutating func sample(_ random: inout TestRandom) -> Expression {
            switch random.below(6) {
            case 0:
                let p = softmax(&random)
                return graph.negate(graph.apply(.log, p[0]))
            case 1:
                let output = softmax(&random).reduce(graph.zero) { graph.add($0, graph.multiply($1, cut(&random))) }
                return graph.apply(.softplus, graph.negate(output))
            case 2:
                let weights = (0..<2).map { _ in graph.apply(.exp, cut(&random)) }
                return graph.apply(random.pick([.log, .log1p]), graph.add(weights[0], weights[1]))
            case 3:
                let hidden = (0..<2).reduce(graph.zero) { sum, _ in
                    graph.add(sum, graph.multiply(random.pick(states), unary(cut(&random), &random)))
                }
                return graph.power(graph.subtract(hidden, graph.constant(random.fraction(2))), 2)
            case 4:
                let (a, b) = (cut(&random), cut(&random))
                return graph.multiply(random.chance(1, of: 2) ? graph.maximum(a, b) : graph.minimum(a, b), unary(cut(&random), &random))
            default:
                return graph.multiply(unary(cut(&random), &random), graph.subtract(cut(&random), cut(&random)))
            }
        }
    }
}
