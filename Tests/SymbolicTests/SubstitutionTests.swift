import Exact
import Testing

@testable import Symbolic

struct SubstitutionTests {
    @Test func symbolsAreReplacedAllAtOnce() {
        for seed in 0..<100 {
            var random = SeededGenerator(UInt64(seed))
            let graph = Graph()
            let e = random.rationalFunction(graph, depth: 4)
            let (f, g) = (random.rationalFunction(graph, depth: 2), random.rationalFunction(graph, depth: 2))
            let point = random.point()
            guard let y = graph.exactValue(of: f, at: point), let z = graph.exactValue(of: g, at: point) else { continue }
            var inner = point
            (inner[x0], inner[x1]) = (y, z)
            let replaced = graph.substitute(e, [x0: f, x1: g])
            #expect(graph.exactValue(of: replaced, at: point) == graph.exactValue(of: e, at: inner), "seed \(seed) at \(point)")
        }
    }

    @Test func listsAreReplacedLikeTheirMembers() {
        for seed in 0..<50 {
            var random = SeededGenerator(UInt64(seed))
            let graph = Graph()
            let shared = random.rationalFunction(graph, depth: 3)
            let list = [shared, graph.multiply(shared, graph.symbol(x1)), random.rationalFunction(graph, depth: 3), graph.symbol(x0)]
            let replacements = [x0: random.rationalFunction(graph, depth: 2), x1: graph.symbol(x0)]
            #expect(graph.substitute(list, replacements) == list.map { graph.substitute($0, replacements) }, "seed \(seed)")
            #expect(graph.substitute(list, [:]) == list, "seed \(seed)")
        }
    }

    @Test func variablesOfMeansAreNeitherReplacedNorCaptured() {
        let graph = Graph()
        let n = graph.makeBoundVariable()
        let (count, x) = (graph.symbol(.bound(n)), graph.symbol(x0))
        let law = Law.binomial(trials: 3, probability: Rational(1, 3))
        let mean = graph.expectation(law, variable: n, graph.multiply(count, graph.power(x, 2)))
        #expect(graph.symbols(in: mean) == [x0])
        #expect(graph.symbols(in: graph.add(mean, count)) == [x0, .bound(n)])
        #expect(expandedValue(graph, graph.substitute(mean, [.bound(n): graph.constant(7)]), [x0: 2]) == 4)
        // x := n, where n is free outside: the mean keeps its own variable.
        let moved = graph.substitute(mean, [x0: count])
        #expect(graph.symbols(in: moved) == [.bound(n)])
        #expect(expandedValue(graph, moved, [.bound(n): 5]) == 25)
    }

    @Test func conditionsAreReplacedAndFolded() {
        let graph = Graph()
        let (x, y) = (graph.symbol(x0), graph.symbol(x1))
        let condition = Condition.implies(.compare(.less, x, y), .compare(.equal, y, graph.one))
        #expect(graph.symbols(in: condition) == [x0, x1])
        #expect(graph.substitute(condition, [x0: graph.constant(2), x1: graph.one]) == .truth(true))
        #expect(graph.substitute(condition, [x0: graph.zero, x1: graph.constant(2)]) == .truth(false))
        #expect(graph.exactTruth(of: condition, at: [x0: 0]) == nil)
        #expect(graph.exactTruth(of: condition, at: [x0: 0, x1: -1]) == true)
    }

    /// The negation normal form has the same truth wherever everything is defined, and holds comparisons only.
    @Test func negationNormalFormKeepsTheTruth() {
        for seed in 0..<300 {
            var random = SeededGenerator(UInt64(seed))
            let graph = Graph()
            func condition(_ depth: Int) -> Condition {
                if depth == 0 {
                    let relations: [Comparison] = [.less, .lessOrEqual, .equal, .notEqual]
                    let leaves = [graph.symbol(x0), graph.symbol(x1), graph.constant(random.int(-1...1))]
                    return graph.compare(relations[random.int(0...3)], leaves[random.int(0...2)], leaves[random.int(0...2)])
                }
                switch random.int(0...3) {
                case 0: return .not(condition(depth - 1))
                case 1: return .and([condition(depth - 1), condition(depth - 1)])
                case 2: return .or([condition(depth - 1), condition(depth - 1)])
                default: return .implies(condition(depth - 1), condition(depth - 1))
                }
            }
            let c = condition(3)
            for a in -2...2 {
                for b in -2...2 {
                    let point: [Symbol: Rational] = [x0: Rational(a), x1: Rational(b)]
                    let truth = graph.exactTruth(of: c, at: point)
                    #expect(graph.exactTruth(of: c.negationNormalForm(), at: point) == truth, "seed \(seed) at \(point)")
                    #expect(graph.exactTruth(of: c.negationNormalForm(negated: true), at: point) == truth.map { !$0 }, "seed \(seed) at \(point)")
                }
            }
        }
    }

    @Test func exactValuesGiveUpInsteadOfExploding() {
        let graph = Graph()
        let x = graph.symbol(x0)
        #expect(graph.exactValue(of: graph.power(x, Rational(1 << 40 as Int)), at: [x0: 3]) == nil)
        #expect(graph.exactValue(of: graph.power(x, Rational(1 << 40 as Int)), at: [x0: -1]) == 1)
        #expect(graph.exactValue(of: graph.power(x, Rational(-(1 << 40) as Int)), at: [x0: 0]) == nil)
        var e = x
        for _ in 0..<60 { e = graph.multiply(e, e) }
        #expect(graph.exactValue(of: e, at: [x0: Rational(2, 3)]) == nil)
        #expect(graph.exactValue(of: graph.power(x, Rational(3, 2)), at: [x0: Rational(4, 9)]) == Rational(8, 27))
        #expect(graph.exactValue(of: graph.apply(.floor, x), at: [x0: Rational(-7, 2)]) == -4)
        #expect(graph.exactValue(of: graph.apply(.exp, x), at: [x0: 1]) == nil)
    }
}
