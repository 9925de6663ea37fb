import Arithmetic
import Exact
import Testing

@testable import GradientFlow
@testable import Symbolic

/// A Taylor model contains the true value of its formula, for every function within its inputs' enclosures, at every
/// tau in [0, 1]. No tolerance: the truth is an exact rational, or an enclosure at 300 bits that has to meet the model.
struct ModelTests {
    /// A random model of an input: balls with remainders.
    private struct Input {
        var coefficients: [(lower: Rational, upper: Rational)]
        var weighted: Rational
        var uniform: Rational

        init(order: Int, _ random: inout TestRandom) {
            // Wide, narrow and exact balls; at order 0 constants are all there is.
            let scale = random.pick([Rational(0), .powerOfTwo(-60), .powerOfTwo(-30), Rational(1, 100)])
            coefficients = (0...order).map { j in
                let middle = random.fraction() * (j == 0 ? 1 : Rational(1, random.pick([1, 4, 100])))
                return (middle - scale * random.unit(), middle + scale * random.unit())
            }
            let sizes: [Rational] = [0, 0, .powerOfTwo(-50), Rational(1, 1000), Rational(1, 3)]
            weighted = order == 0 ? 0 : random.pick(sizes)
            uniform = order == 0 ? 0 : random.pick(sizes)
        }

        /// The value at tau of a random function within the enclosure.
        func value(_ tau: Rational, _ random: inout TestRandom) -> Rational {
            var sum = Rational.zero
            var power = Rational.one
            for (lower, upper) in coefficients {
                sum += random.inside(lower, upper) * power
                power *= tau
            }
            return sum + random.signed() * weighted * power + random.signed() * uniform
        }

        var description: String {
            let balls = coefficients.map { "[\($0.lower), \($0.upper)]" }.joined(separator: " ")
            return "\(balls) R \(weighted) S \(uniform)"
        }
    }

    /// Informative models among those made: a test of models without information would test nothing.
    private final class Tally {
        var informative = 0
        var made = 0
    }

    private func check<E: Enclosure>(
        _ tier: E.Type, bits: Int, _ random: inout TestRandom, _ tally: Tally
    ) throws -> String? {
        let graph = Graph()
        let symbols: [Symbol] = [.state(0), .state(1), .time, .parameter("a")]
        var source = RandomFormula(graph: graph, leaves: symbols.map(graph.symbol))
        let formula = source.make(random.within(1...4), &random)
        let order = random.within(0...8)
        let tape = try graph.compile(
            outputs: [formula], inputs: symbols, varying: [.state(0), .state(1), .time])
        let policy = random.chance(1, of: 2) ? Machine<E>.GatePolicy.hull : .smooth
        let machine = Machine<E>(tape, order: order, bits: bits, policy: policy, plans: LawPlans())

        var inputs = [Input(order: order, &random), Input(order: order, &random)]
        let start = random.fraction()
        let length = order == 0 ? 0 : Rational(BigInt(random.within(1...9)), 8)
        let parameter = Input(order: 0, &random)
        inputs += [parameter]
        for (index, input) in inputs.enumerated() {
            let position = index == 2 ? 3 : index
            for (j, ball) in input.coefficients.enumerated() {
                machine.setInput(position, coefficient: j, .interval(ball.lower, ball.upper, bits: bits))
            }
            if order > 0 && position < 2 {
                machine.setInput(position, weighted: Magnitude(input.weighted), uniform: Magnitude(input.uniform))
            }
        }
        machine.setInput(2, coefficient: 0, E(start, bits: bits))
        if order > 0 { machine.setInput(2, coefficient: 1, E(length, bits: bits)) }
        machine.run()

        let slot = machine.output(0)
        tally.made += 1
        guard machine.isFinite(slot) else { return nil }
        tally.informative += 1
        let last = machine.program.varies[slot] ? order : 0
        let model = PolynomialModel(
            coefficients: (0...last).map { machine.span[machine.position(slot) + $0] },
            weighted: machine.weighted[slot], uniform: machine.uniform[slot])
        let range = machine.range(slot)
        for _ in 0..<4 {
            let tau = random.unit()
            let values = inputs.map { $0.value(tau, &random) } + [start + length * tau]
            let point: [Symbol: Rational] = [
                .state(0): values[0], .state(1): values[1], .parameter("a"): values[2], .time: values[3],
            ]
            let exact = graph.substitute(formula, point.mapValues(graph.constant))
            let truth = try enclose([exact], of: graph, environment: Environment(), bits: 300)[0]
            let found = model.value(tau, bits: bits)
            for (name, ball) in [("model", found), ("range", range)] {
                // No information is no mistake; a finite model where the formula has no value is one.
                guard let a = ball.lowerBound, let b = ball.upperBound else { continue }
                if let low = truth.lower, let high = truth.upper, low <= b, a <= high { continue }
                return """
                    \(E.self), order \(order), \(policy): the \(name) of \(graph.description(of: formula) { "\($0)" })
                      on \(inputs.map(\.description)), t = \(start) + \(length) tau
                      is [\(a.approximation), \(b.approximation)] at tau = \(tau)
                      but the value at \(point) is in [\(truth.lower?.approximation ?? .nan), \(truth.upper?.approximation ?? .nan)]
                    """
            }
        }
        return nil
    }

    @Test func modelsOfDoublesContainTheTruth() throws {
        let tally = Tally()
        let complaint = try complaints(cases: 3000, suite: "ModelTests") {
            try check(DoubleBall.self, bits: 53, &$0, tally)
        }
        #expect(complaint == nil, "\(complaint ?? "")")
        #expect(tally.informative * 2 > tally.made, "\(tally.informative) of \(tally.made) models carry information")
    }

    @Test func modelsOfBallsContainTheTruth() throws {
        let tally = Tally()
        let complaint = try complaints(cases: 1500, suite: "ModelTests") {
            try check(Ball.self, bits: 128, &$0, tally)
        }
        #expect(complaint == nil, "\(complaint ?? "")")
        #expect(tally.informative * 2 > tally.made, "\(tally.informative) of \(tally.made) models carry information")
    }
}
