import Exact
import Testing

@testable import Symbolic

struct DerivativeTests {
    @Test func partialDerivativesOfRationalFunctionsAreExact() {
        var compared = 0
        for seed in 0..<400 {
            var random = SeededGenerator(UInt64(seed))
            let graph = Graph()
            let e = random.rationalFunction(graph, depth: 4)
            let gradient = graph.gradient(of: e, by: threeStates)
            let field = threeStates.map { _ in random.rationalFunction(graph, depth: 2) }
            let along = graph.lieDerivative(of: e, along: field)
            for _ in 0..<3 {
                let point = random.point()
                var total: Rational? = .zero
                for (i, symbol) in threeStates.enumerated() {
                    var dual = point.mapValues { DualNumber($0) }
                    dual[symbol] = point[symbol].map { DualNumber($0, 1) }
                    guard let expected = DualNumber.evaluate(graph, e, dual) else { continue }
                    let forward = graph.derivative(of: e, by: symbol)
                    #expect(graph.exactValue(of: forward, at: point) == expected.slope, "seed \(seed), \(symbol) at \(point)")
                    #expect(graph.exactValue(of: gradient[i], at: point) == expected.slope, "seed \(seed), \(symbol) at \(point)")
                    compared += 1
                    let speed = graph.exactValue(of: field[i], at: point)
                    total = total.flatMap { t in speed.map { t + $0 * expected.slope } }
                }
                if graph.exactValue(of: e, at: point) != nil, let total, let value = graph.exactValue(of: along, at: point) {
                    #expect(value == total, "seed \(seed) at \(point)")
                }
            }
        }
        #expect(compared > 2000)
    }

    @Test func expectationsAreDifferentiatedUnderTheSum() {
        for seed in 0..<40 {
            var random = SeededGenerator(UInt64(seed))
            let graph = Graph()
            let n = graph.makeBoundVariable()
            let body = random.rationalFunction(graph, depth: 3, extra: [.bound(n), .bound(n)])
            let mean = graph.expectation(.binomial(trials: 3, probability: Rational(2, 7)), variable: n, body)
            let e = graph.multiply(mean, graph.add(mean, graph.symbol(x0)))
            let point = random.point()
            var dual = point.mapValues { DualNumber($0) }
            dual[x0] = point[x0].map { DualNumber($0, 1) }
            guard let expected = DualNumber.evaluate(graph, e, dual) else { continue }
            let both = graph.gradient(of: e, by: [x0, x1])
            for formula in [graph.derivative(of: e, by: x0), both[0]] {
                #expect(expandedValue(graph, formula, point) == expected.slope, "seed \(seed) at \(point)")
            }
        }
    }

    @Test func gatesHaveTheSlopeOfTheirSideAndNoneAtATie() {
        for seed in 0..<100 {
            var random = SeededGenerator(UInt64(seed))
            let graph = Graph()
            let (a, b) = (random.rationalFunction(graph, depth: 2), random.rationalFunction(graph, depth: 2))
            for e in [
                graph.apply(.abs, a), graph.apply(.relu, a), graph.minimum(a, b), graph.maximum(a, b),
                graph.cases(graph.compare(.less, a, b), b, a),
            ] {
                let both = graph.gradient(of: e, by: [x0, x1])
                let point = random.point()
                var dual = point.mapValues { DualNumber($0) }
                dual[x0] = point[x0].map { DualNumber($0, 1) }
                guard let expected = DualNumber.evaluate(graph, e, dual) else { continue }
                for formula in [graph.derivative(of: e, by: x0), both[0]] {
                    #expect(graph.exactValue(of: formula, at: point) == expected.slope, "seed \(seed) at \(point)")
                }
            }
        }
        let graph = Graph()
        let (x, y) = (graph.symbol(x0), graph.symbol(x1))
        let ties: [Expression] = [
            graph.apply(.abs, x), graph.apply(.relu, x), graph.minimum(x, y), graph.maximum(x, y), graph.apply(.floor, x),
            graph.cases(.compare(.less, x, y), x, y), graph.cases(.compare(.lessOrEqual, x, y), y, y),
            graph.cases(.compare(.equal, x, y), graph.one, x), graph.apply(.abs, graph.multiply(x, x)),
        ]
        for e in ties {
            let first = graph.derivative(of: e, by: x0)
            for formula in [first, graph.gradient(of: e, by: [x0, x1])[0], graph.lieDerivative(of: e, along: [y, graph.one])] {
                if formula == graph.zero { continue }
                #expect(graph.exactValue(of: formula, at: [x0: 0, x1: 0]) == nil, "\(graph.description(of: e))")
            }
            #expect(graph.exactValue(of: graph.derivative(of: first, by: x0), at: [x0: 0, x1: 0]) == nil || first == graph.zero)
        }
        #expect(graph.exactValue(of: graph.derivative(of: graph.apply(.floor, x), by: x0), at: [x0: Rational(5, 2)]) == 0)
    }

    @Test func conditionsThatDoNotMoveAreNoGates() {
        let model = BalancedModel(features: 5, length: 20)
        let graph = model.graph
        for formula in [graph.derivative(of: model.loss, by: x0), graph.derivative(of: model.g, by: x0)] {
            let reached = graph.reachable(from: [formula])
            #expect(!reached.contains(graph.divide(graph.one, graph.zero)))
        }
        let e = graph.cases(.compare(.less, graph.symbol(x1), graph.zero), graph.symbol(x0), graph.zero)
        #expect(graph.derivative(of: e, by: x0) == graph.cases(.compare(.less, graph.symbol(x1), graph.zero), graph.one, graph.zero))
    }

    /// f(x + h) - f(x - h) over 2h in doubles agrees with the formula to the accuracy of the quotient.
    @Test func elementaryFunctionsAgreeWithDifferenceQuotients() {
        let graph = Graph()
        let x = graph.symbol(x0)
        for function in Function.allCases where function != .floor {
            let composed = graph.apply(function, graph.add(graph.one, graph.power(graph.apply(.sin, x), 2)))
            for e in [graph.apply(function, x), graph.power(graph.add(graph.constant(3), composed), Rational(3, 2))] {
                let d = graph.derivative(of: e, by: x0)
                let second = graph.derivative(of: d, by: x0)
                for at in [0.3, 0.9, 2.1] {
                    let h = 1e-5
                    func f(_ e: Expression, _ x: Double) -> Double { approximate(graph, e, [x0: x]) }
                    let quotient = (f(e, at + h) - f(e, at - h)) / (2 * h)
                    #expect(abs(quotient - f(d, at)) <= 1e-7 * (1 + abs(quotient)), "\(function) at \(at)")
                    let next = (f(d, at + h) - f(d, at - h)) / (2 * h)
                    #expect(abs(next - f(second, at)) <= 1e-6 * (1 + abs(next)), "\(function)'' at \(at)")
                }
            }
        }
    }

    @Test func numbersWithoutAValueKeepTheDerivativeUndefined() {
        let graph = Graph()
        let x = graph.symbol(x0)
        let e = graph.add(x, graph.apply(.log, graph.constant(-1)))
        for formula in [graph.derivative(of: e, by: x0), graph.gradient(of: e, by: [x0, x1])[0], graph.lieDerivative(of: e, along: [graph.one])] {
            #expect(graph.constant(formula) == nil)
        }
        // log(10) certainly exists.
        #expect(graph.derivative(of: graph.add(x, graph.apply(.log, graph.constant(10))), by: x0) == graph.one)
    }

    @Test func longChainsNeedNoStackAndGradientsStaySmall() {
        let graph = Graph()
        var sum = graph.zero
        for i in 0..<20_000 {
            let x = graph.symbol(.state(i % 200))
            sum = graph.add(sum, graph.divide(graph.power(x, 2), graph.add(graph.constant(i), graph.apply(.exp, x))))
        }
        let before = graph.nodes.count
        let gradient = graph.gradient(of: sum, by: (0..<200).map(Symbol.state))
        #expect(gradient.count == 200)
        #expect(graph.nodes.count < 12 * before)
        _ = graph.derivative(of: sum, by: .state(7))
    }
}
