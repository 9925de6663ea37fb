import Arithmetic
import Exact
import Testing

@testable import GradientFlow
@testable import Symbolic

/// Flows with a solution in closed form: the enclosure contains it, at every precision.
struct ClosedFormTests {
    let graph = Graph()
    var x: Expression { graph.symbol(.state(0)) }
    var t: Expression { graph.symbol(.time) }

    func run(_ field: [Expression], from start: [Rational], bits: Int) throws -> any Trajectory {
        try makeTrajectory(
            VectorField(graph: graph, field: field), start: start.map(graph.constant), environment: Environment(),
            bits: bits)
    }

    /// |expression| at the time is at most the width of its enclosure, which contains 0.
    func vanishes(_ expression: Expression, _ run: any Trajectory, at time: Rational, within width: Rational) throws {
        let value = try run.range(of: expression, at: time...time)
        let lower = try #require(value.lower)
        let upper = try #require(value.upper)
        #expect(!lower.isPositive && !upper.isNegative, "[\(lower.approximation), \(upper.approximation)] excludes 0 at \(time)")
        #expect(upper - lower < width, "width \((upper - lower).approximation) at \(time)")
    }

    @Test(arguments: [53, 128, 256])
    func exponentialDecay(bits: Int) throws {
        let run = try run([graph.negate(x)], from: [1], bits: bits)
        try run.cover(10)
        for time in [Rational(1, 3), 1, Rational(7, 2), 10] {
            let error = graph.subtract(x, graph.apply(.exp, graph.negate(t)))
            try vanishes(error, run, at: time, within: .powerOfTwo(9 - bits))
        }
    }

    @Test(arguments: [53, 128])
    func logisticLossOfOneSample(bits: Int) throws {
        // w' = 1/(1 + exp(w)): w + exp(w) = 1 + t.
        let run = try run([graph.apply(.sigmoid, graph.negate(x))], from: [0], bits: bits)
        try run.cover(100)
        for time in [1, 10, Rational(200, 3), 100] {
            let error = graph.subtract(graph.add(x, graph.apply(.exp, x)), graph.add(graph.one, t))
            try vanishes(error, run, at: time, within: .powerOfTwo(20 - bits))
        }
    }

    @Test func everyFunctionIsEnclosedAlongARun() throws {
        // x' = 1 from 1/7: x = t + 1/7, so f(x) is a function of time that ball arithmetic knows.
        let run = try run([graph.one], from: [Rational(1, 7)], bits: 53)
        try run.cover(2)
        let shifted = graph.add(t, graph.constant(Rational(1, 7)))
        for function in Function.allCases where function != .floor {
            let f = graph.apply(function, x)
            for (a, b) in [(Rational(1, 5), Rational(9, 10)), (Rational(1), Rational(2)), (Rational(0), Rational(2))] {
                let range = try #require(try run.supremum(of: f, outer: a...b, inner: a...b, relativeBits: 10).value.upper)
                for k in 0...8 {
                    let time = a + (b - a) * Rational(BigInt(k), 8)
                    let direct = try enclose(
                        [graph.substitute(graph.apply(function, shifted), [.time: graph.constant(time)])], of: graph,
                        environment: Environment(), bits: 200)[0]
                    #expect(try #require(direct.lower) <= range, "\(function) at \(time)")
                    let value = try run.range(of: f, at: time...time)
                    #expect(try #require(value.lower) <= #require(direct.upper), "\(function) at \(time)")
                    #expect(try #require(value.upper) >= #require(direct.lower), "\(function) at \(time)")
                }
            }
        }
    }

    @Test(arguments: [53, 128])
    func firstCrossingOfAKnownTime(bits: Int) throws {
        // x = exp(-t) reaches 1/2 at log 2.
        let run = try run([graph.negate(x)], from: [1], bits: bits)
        let half = graph.compare(.lessOrEqual, x, graph.constant(Rational(1, 2)))
        let zero: Rational = 0
        guard case .reached(let time) = try run.firstTime(of: half, from: zero...zero, limit: 5) else {
            Issue.record("not reached")
            return
        }
        let truth = try enclose([graph.apply(.log, graph.constant(2))], of: graph, environment: Environment(), bits: 300)[0]
        let lower = try #require(time.lower)
        let upper = try #require(time.upper)
        #expect(try lower <= #require(truth.upper) && upper >= #require(truth.lower))
        #expect(upper - lower < .powerOfTwo(14 - bits), "\((upper - lower).approximation)")
    }

    @Test func lorenzAgreesWithTheVerifiedEnclosure() throws {
        // Isabelle AFP, Ordinary_Differential_Equations, Examples_One_Step_Method.
        let (y, z) = (graph.symbol(.state(1)), graph.symbol(.state(2)))
        let field = [
            graph.multiply(graph.constant(10), graph.subtract(y, x)),
            graph.subtract(graph.multiply(x, graph.subtract(graph.constant(28), z)), y),
            graph.subtract(graph.multiply(x, y), graph.multiply(graph.constant(Rational(8, 3)), z)),
        ]
        let start = [Rational(-2_147_367_631, 1_000_000_000), Rational(2_078_048_211, 1_000_000_000), 27]
        let run = try run(field, from: start, bits: 53)
        let time = Rational(1_558_652_210, 1_000_000_000)
        let expected = [
            Rational(BigInt("-2147367662141475118"), BigInt(10).power(18)),
            Rational(BigInt("2078048214015698384"), BigInt(10).power(18)),
            Rational(BigInt("27000000054107291443"), BigInt(10).power(18)),
        ]
        for (state, value) in zip([x, y, z], expected) {
            let range = try run.range(of: state, at: time...time)
            #expect(try #require(range.lower) <= value && value <= #require(range.upper))
            #expect(try #require(range.upper) - #require(range.lower) < Rational(1, 1_000_000))
        }
    }
}
