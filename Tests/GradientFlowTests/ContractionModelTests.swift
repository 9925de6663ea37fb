import Arithmetic
import Exact
import Testing

@testable import GradientFlow
@testable import Symbolic

/// Models of sums of products contain exact values at random points, and meet the models made one operation at a time.
struct ContractionModelTests {
    private static let symbols: [Symbol] = [.state(0), .state(1), .state(2), .time, .parameter("a")]

    /// A sum of 2 to 12 signed products of symbols, constants and earlier sums, and all its parts.
    private func makeSum(_ graph: Graph, _ random: inout TestRandom) -> (sum: Expression, parts: [Expression]) {
        var leaves = Self.symbols.map(graph.symbol) + [graph.constant(random.fraction()), graph.constant(-2)]
        var parts: [Expression] = []
        for _ in 0..<random.within(1...2) {
            var sum = graph.zero
            for _ in 0..<random.within(2...12) {
                let product = graph.multiply(random.pick(leaves), random.pick(leaves))
                let term = random.chance(1, of: 5) ? random.pick(leaves) : product
                sum = random.chance(1, of: 3) ? graph.subtract(sum, term) : graph.add(sum, term)
                parts += [term, sum]
            }
            leaves.append(sum)
        }
        return (leaves[leaves.count - 1], parts)
    }

    private func check<E: Enclosure>(_: E.Type, bits: Int, _ random: inout TestRandom, _ count: inout Int) throws -> String? {
        let graph = Graph()
        let (sum, parts) = makeSum(graph, &random)
        let order = random.pick([0, 1, 2, 3, 6, 20])
        let varying: Set<Symbol> = [.state(0), .state(1), .state(2), .time]
        let fused = try graph.compile(outputs: [sum], inputs: Self.symbols, varying: varying)
        let apart = try graph.compile(outputs: [sum] + parts, inputs: Self.symbols, varying: varying)
        func isContraction(_ i: Tape.Instruction) -> Bool { if case .contraction = i { true } else { false } }
        if fused.instructions.contains(where: isContraction) { count += 1 }
        let machines = [fused, apart].map { tape in
            Machine<E>(tape, order: order, bits: bits, policy: random.chance(1, of: 2) ? .hull : .smooth, plans: LawPlans())
        }
        var values: [(Rational) -> Rational] = []
        for input in Self.symbols.indices {
            // The parameter does not vary.
            let last = input == 4 ? 0 : order
            let width = random.pick([Rational(0), 0, .powerOfTwo(-40), Rational(1, 10)])
            var coefficients: [Rational] = []
            for j in 0...last {
                let middle = random.fraction()
                let ball = E.interval(middle - width, middle + width, bits: bits)
                for machine in machines { machine.setInput(input, coefficient: j, ball) }
                coefficients.append(random.inside(middle - width, middle + width))
            }
            let remainders = last == 0 ? [0, 0] : (0..<2).map { _ in random.pick([Rational(0), 0, .powerOfTwo(-45), Rational(1, 50)]) }
            for machine in machines {
                machine.setInput(input, weighted: Magnitude(remainders[0]), uniform: Magnitude(remainders[1]))
            }
            let shares = (random.signed(), random.signed())
            values.append { tau in
                let polynomial = coefficients.reversed().reduce(Rational.zero) { $0 * tau + $1 }
                return polynomial + shares.0 * remainders[0] * (tau.power(order + 1) ?? 0) + shares.1 * remainders[1]
            }
        }
        for machine in machines { machine.run() }
        let models = machines.map { machine in
            let slot = machine.output(0)
            return PolynomialModel(
                coefficients: (0...(machine.program.varies[slot] ? order : 0)).map { machine.span[machine.position(slot) + $0] },
                weighted: machine.weighted[slot], uniform: machine.uniform[slot])
        }
        for tau in [Rational(0), 1, random.unit()] {
            let point = Dictionary(uniqueKeysWithValues: zip(Self.symbols, values.map { $0(tau) }))
            guard let truth = graph.exactValue(of: sum, at: point) else { continue }
            for (name, model) in zip(["contraction", "single operations"], models) {
                let ball = model.value(tau, bits: bits)
                guard let low = ball.lowerBound, let high = ball.upperBound else { return "\(name): no information" }
                if truth < low || truth > high {
                    return "\(E.self), order \(order): the model of \(graph.description(of: sum) { "\($0)" }) (\(name)) at tau = \(tau) is [\(low), \(high)], but the value at \(point) is \(truth)"
                }
            }
        }
        return nil
    }

    @Test func doubles() throws {
        var count = 0
        let complaint = try complaints(cases: 1000, suite: "ContractionModelTests") {
            try check(DoubleBall.self, bits: 53, &$0, &count)
        }
        #expect(complaint == nil, "\(complaint ?? "")")
        #expect(count > 500)
    }

    @Test func balls() throws {
        var count = 0
        let complaint = try complaints(cases: 400, suite: "ContractionModelTests") {
            try check(Ball.self, bits: 128, &$0, &count)
        }
        #expect(complaint == nil, "\(complaint ?? "")")
        #expect(count > 200)
    }

    /// The jets of a contraction are the coefficients of its model where nothing has a remainder.
    @Test func recurrencesAgree() throws {
        var random = TestRandom(seed: TestSettings.seed)
        for _ in 0..<50 {
            let graph = Graph()
            let sum = makeSum(graph, &random).sum
            let tape = try graph.compile(outputs: [sum], inputs: Self.symbols, varying: Set(Self.symbols.dropLast()))
            let (jets, models) = (
                Machine<Ball>(tape, order: 6, bits: 128, policy: .hull, plans: LawPlans()),
                Machine<Ball>(tape, order: 6, bits: 128, policy: .hull, plans: LawPlans())
            )
            for input in Self.symbols.indices {
                for j in 0...(input == 4 ? 0 : 6) {
                    let value = Ball(random.fraction(), bits: 128)
                    jets.setInput(input, coefficient: j, value)
                    models.setInput(input, coefficient: j, value)
                }
            }
            for j in 0...6 { jets.advance(j) }
            models.run()
            let slot = jets.output(0)
            for j in 0...(jets.program.varies[slot] ? 6 : 0) {
                let (a, b) = (jets.span[jets.position(slot) + j].interval, models.span[models.position(slot) + j].interval)
                #expect(meet(a, b), "\(j): \(shown(a)), \(shown(b))")
            }
        }
    }
}
