import Exact

@testable import Symbolic

/// Random formulas of two states, the time and a parameter: every function, quotients, powers, gates, rolled sums.
struct RandomFormula {
    let graph: Graph
    /// Symbols that a leaf may be.
    var leaves: [Expression]
    /// The variable of the sum around this place and the number of its trials.
    var law: (variable: Expression, trials: Int)?

    mutating func make(_ depth: Int, _ random: inout TestRandom) -> Expression {
        if depth == 0 || random.chance(1, of: 8) { return leaf(&random) }
        switch random.below(16) {
        case 0, 1: return graph.add(make(depth - 1, &random), make(depth - 1, &random))
        case 2: return graph.subtract(make(depth - 1, &random), make(depth - 1, &random))
        case 3, 4, 5: return graph.multiply(make(depth - 1, &random), make(depth - 1, &random))
        case 6, 7: return graph.divide(make(depth - 1, &random), denominator(depth - 1, &random))
        case 8: return graph.power(make(depth - 1, &random), Rational(random.pick([2, 3, 4, 5])))
        case 9: return power(depth - 1, &random)
        case 10, 11, 12: return function(depth - 1, &random)
        case 13: return gate(depth - 1, &random)
        default: return law == nil ? mean(depth - 1, &random) : make(depth - 1, &random)
        }
    }

    private func leaf(_ random: inout TestRandom) -> Expression {
        if let law, random.chance(1, of: 2) { return law.variable }
        return random.chance(1, of: 5) ? graph.constant(random.fraction()) : random.pick(leaves)
    }

    /// Positive half of the time, of any sign else.
    private mutating func denominator(_ depth: Int, _ random: inout TestRandom) -> Expression {
        let e = make(depth, &random)
        switch random.below(4) {
        case 0: return e
        case 1: return graph.add(graph.constant(Rational(3, 2)), graph.apply(.sin, e))
        case 2: return graph.apply(.exp, graph.apply(.tanh, e))
        default: return graph.add(graph.constant(Rational(1, 3)), graph.power(e, 2))
        }
    }

    private mutating func power(_ depth: Int, _ random: inout TestRandom) -> Expression {
        let exponents = [Rational(1, 2), Rational(1, 3), Rational(-1, 2), Rational(5, 2), Rational(-7, 3), -1, -2, -3]
        return graph.power(denominator(depth, &random), random.pick(exponents))
    }

    private mutating func function(_ depth: Int, _ random: inout TestRandom) -> Expression {
        let function = random.pick(Function.allCases)
        switch function {
        case .log, .log1p, .sqrt: return graph.apply(function, denominator(depth, &random))
        case .exp, .expm1, .sinh, .cosh:
            // Towers of exponentials have no finite value at any precision.
            return graph.apply(function, graph.apply(random.pick([.tanh, .sin, .erf, .asinh]), make(depth, &random)))
        case .abs, .floor, .sin, .cos, .tanh, .asinh, .erf, .sigmoid, .softplus, .relu:
            return graph.apply(function, make(depth, &random))
        }
    }

    private mutating func gate(_ depth: Int, _ random: inout TestRandom) -> Expression {
        let (a, b) = (make(depth, &random), make(depth, &random))
        switch random.below(4) {
        case 0: return graph.minimum(a, b)
        case 1: return graph.maximum(a, b)
        default:
            let relation = random.pick([Comparison.less, .lessOrEqual])
            let left = law.map { $0.variable } ?? random.pick(leaves)
            return graph.cases(graph.compare(relation, left, graph.constant(random.fraction())), a, b)
        }
    }

    private mutating func mean(_ depth: Int, _ random: inout TestRandom) -> Expression {
        let index = graph.makeBoundVariable()
        let variable = graph.symbol(.bound(index))
        let trials = random.within(1...7)
        let probability = Rational(BigInt(random.within(0...5)), 5)
        law = (variable, trials)
        let body = make(depth, &random)
        law = nil
        return graph.expectation(.binomial(trials: trials, probability: probability), variable: index, body)
    }
}
