import Arithmetic
import Exact
import Testing

@testable import GradientFlow
@testable import Symbolic

/// Derivatives on the tape against derivatives as formulas.
struct TangentsTests {
    /// Over a box the entries enclose the symbolic derivative at each of its points: here evaluated at 200 bits.
    @Test func entriesEncloseTheDerivativesOfFormulas() throws {
        var compared = 0
        let found = try complaints(cases: 400, suite: "TangentsTests") { random in
            let g = Graph()
            let states = [g.symbol(.state(0)), g.symbol(.state(1))]
            var maker = RandomFormula(graph: g, leaves: states)
            let e = maker.make(random.within(2...4), &random)
            let inputs: [Symbol] = [.state(0), .state(1)]
            let tape = try g.compile(outputs: [e], inputs: inputs, varying: [])
            let center = [random.fraction(), random.fraction()]
            let radius = random.chance(1, of: 3) ? Rational.zero : .powerOfTwo(-random.within(3...40))
            let point = center.map { random.inside($0 - radius, $0 + radius) }
            for bits in [53, 128] {
                let box = center.map { RationalInterval($0 - radius, $0 + radius) }
                let entries =
                    bits == 53 ? Self.gradient(tape, box, bits, as: DoubleBall.self) : Self.gradient(tape, box, bits, as: Ball.self)
                guard let entries else { continue }
                for (column, entry) in entries.enumerated() {
                    let slope = g.derivative(of: e, by: .state(column))
                    let value = try enclose(
                        [g.substitute(slope, [.state(0): g.constant(point[0]), .state(1): g.constant(point[1])])], of: g,
                        environment: Environment(), bits: 200)[0]
                    // At the tie of a gate the formula says nothing.
                    guard value.lower != nil, entry.lower != nil else { continue }
                    compared += 1
                    if !meet(entry, value) {
                        return "d/dx\(column) of \(g.description(of: e)) at \(point), \(bits) bits: \(shown(value)), not in \(shown(entry))"
                    }
                }
            }
            return nil
        }
        #expect(found == nil, "\(found ?? "")")
        #expect(compared > 200, "\(compared)")
    }

    private static func gradient<E: Enclosure>(
        _ tape: Tape, _ box: [RationalInterval], _ bits: Int, as _: E.Type
    ) -> [RationalInterval]? {
        let program = Program(tape, order: 0)
        guard let tangents = Tangents<E>(program, by: [0, 1], bits: bits) else { return nil }
        let machine = Machine<E>(program, order: 0, bits: bits, policy: .hull, plans: LawPlans())
        for (i, range) in box.enumerated() {
            machine.setInput(i, coefficient: 0, .interval(range.lower!, range.upper!, bits: bits))
        }
        machine.run()
        guard machine.isFinite(machine.output(0)), tangents.run(machine) else { return nil }
        return (0..<2).map { tangents.entry(0, $0).interval }
    }

    /// A kink inside the box has no derivative; on its border one side's does.
    @Test func kinks() throws {
        let g = Graph()
        let (x, y) = (g.symbol(.state(0)), g.symbol(.state(1)))
        for (e, low, high, expected) in [
            (g.apply(.abs, x), -1, 1, nil), (g.apply(.abs, x), 0, 1, 1), (g.apply(.abs, x), -1, 0, -1),
            (g.apply(.relu, x), -1, 1, nil), (g.apply(.relu, x), -1, 0, 0), (g.apply(.relu, x), 0, 2, 1),
            (g.minimum(x, g.constant(1)), 0, 2, nil), (g.minimum(x, g.constant(2)), 0, 1, 1),
            (g.maximum(x, g.constant(2)), 0, 1, 0), (g.apply(.floor, x), 0, 1, nil),
            (g.cases(g.compare(.less, x, g.zero), g.negate(x), g.multiply(g.constant(3), x)), -1, 1, nil),
            (g.cases(g.compare(.less, x, g.zero), g.negate(x), g.multiply(g.constant(3), x)), 0, 1, 3),
            (g.divide(y, x), -1, 1, nil),
        ] as [(Expression, Int, Int, Int?)] {
            let tape = try g.compile(outputs: [e], inputs: [.state(0), .state(1)], varying: [])
            let box = [RationalInterval(Rational(low), Rational(high)), RationalInterval(1)]
            for bits in [53, 128] {
                let found = bits == 53
                    ? Self.gradient(tape, box, bits, as: DoubleBall.self) : Self.gradient(tape, box, bits, as: Ball.self)
                let text = "\(g.description(of: e)) on \(low)...\(high): \(String(describing: found))"
                guard let expected else {
                    #expect(found == nil, "\(text)")
                    continue
                }
                let isSharp = found.flatMap { width($0[0]) }.map { $0 < .powerOfTwo(-40) } ?? false
                #expect(isSharp && found.map { contains($0[0], Rational(expected)) } ?? false, "\(text)")
            }
        }
    }
}
