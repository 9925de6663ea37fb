import Exact
import Testing

@testable import Symbolic

struct DescriptionTests {
    @Test func formulasReadAsInTheoremFiles() {
        let graph = Graph()
        let (x, y) = (graph.symbol(x0), graph.symbol(x1))
        let number = { (n: Int) in graph.constant(n) }
        let half = graph.constant(Rational(1, 2))
        let n = graph.makeBoundVariable()
        let count = graph.symbol(.bound(n))
        let isNegative = Condition.compare(.less, x, graph.zero)
        let law = Law.binomial(trials: 10, probability: Rational(1, 3))
        let mean = graph.expectation(law, variable: n, graph.divide(count, graph.add(count, x)))
        let table: [(Expression, String)] = [
            (graph.subtract(x, y), "x - y"),
            (graph.add(graph.negate(x), graph.constant(-2)), "-x - 2"),
            (graph.multiply(graph.add(x, y), graph.subtract(x, number(1))), "(x + y)*(x - 1)"),
            (graph.divide(graph.multiply(half, x), graph.multiply(y, graph.add(x, y))), "x/(2*y*(x + y))"),
            (graph.divide(graph.one, x), "1/x"),
            (graph.divide(x, graph.divide(y, x)), "x/(y/x)"),
            (graph.divide(graph.one, graph.zero), "1/0"),
            (graph.power(graph.negate(x), 2), "(-x)^2"),
            (graph.negate(graph.power(x, 2)), "-x^2"),
            (graph.power(graph.power(x, 2), 3), "(x^2)^3"),
            (graph.power(x, -2), "x^-2"),
            (graph.power(x, Rational(3, 2)), "x^(3/2)"),
            (graph.apply(.sqrt, graph.add(x, y)), "sqrt(x + y)"),
            (graph.power(graph.constant(Rational(1, 2)), Rational(1, 3)), "(1/2)^(1/3)"),
            (graph.apply(.exp, graph.multiply(number(-2), x)), "exp(-2*x)"),
            (graph.minimum(x, graph.pi), "min(x, pi)"),
            (graph.add(graph.cases(isNegative, y, x), graph.apply(.exp, y)), "(if x < 0 then y else x) + exp(y)"),
            (graph.add(graph.apply(.exp, x), graph.cases(isNegative, y, graph.pi)), "exp(x) + if x < 0 then y else pi"),
            (graph.multiply(number(2), graph.cases(isNegative, y, x)), "2*(if x < 0 then y else x)"),
            (graph.add(mean, x), "x + mean(n ~ binomial(10, 1/3)) n/(x + n)"),
            (graph.multiply(half, graph.multiply(y, mean)), "y*(mean(n ~ binomial(10, 1/3)) n/(x + n))/2"),
        ]
        let name: (Symbol) -> String = { [x0: "x", x1: "y", .bound(n): "n"][$0] ?? "?" }
        for (e, expected) in table {
            #expect(graph.description(of: e, name: name) == expected)
        }
    }

    @Test func conditionsKeepTheirGrouping() {
        let graph = Graph()
        let (x, y) = (graph.symbol(x0), graph.symbol(x1))
        let (p, q) = (Condition.compare(.less, x, y), Condition.compare(.notEqual, x, graph.zero))
        #expect(graph.description(of: .and([.or([p, q]), .not(p)])) == "(x0 < x1 or x0 != 0) and not x0 < x1")
        #expect(graph.description(of: .implies(.and([p, q]), .or([p, q]))) == "x0 < x1 and x0 != 0 implies x0 < x1 or x0 != 0")
    }

    @Test func hugeFormulasAreCut() {
        let graph = Graph()
        var e = graph.symbol(x0)
        for _ in 0..<10_000 { e = graph.apply(.sin, graph.multiply(e, e)) }
        #expect(graph.description(of: e).count < 100_000)
        for i in 0..<10_000 { e = graph.add(e, graph.power(graph.symbol(x0), Rational(i))) }
        #expect(graph.description(of: e).hasSuffix("..."))
    }
}
