import Exact
import Testing

@testable import GradientFlow
@testable import Symbolic

/// Runs through kinks of their field: enclosed where they cross, and ended where the field does not say how to go on.
struct CrossingTests {
    private let g = Graph()
    private var x: Expression { g.symbol(.state(0)) }
    private var y: Expression { g.symbol(.state(1)) }
    private var z: Expression { g.symbol(.state(2)) }
    private var t: Expression { g.symbol(.time) }

    private func number(_ value: Rational) -> Expression { g.constant(value) }
    private func step(_ e: Expression, _ below: Rational, _ above: Rational) -> Expression {
        g.cases(g.compare(.less, g.zero, e), number(above), number(below))
    }

    private func follow(_ field: [Expression], from start: [Rational], bits: Int) throws -> any Trajectory {
        try makeTrajectory(
            VectorField(graph: g, field: field), start: start.map(g.constant), environment: Environment(), bits: bits)
    }

    private func expect(
        _ run: any Trajectory, _ e: Expression, at time: Rational, is value: Rational, within most: Rational, _ name: String
    ) throws {
        let range = try run.range(of: e, at: time...time)
        #expect(contains(range, value), "\(name) at \(time) at \(run.bits) bits: \(shown(range)) excludes \(value)")
        let found = try #require(width(range), "\(name) at \(time)")
        #expect(found < most, "\(name) at \(time) at \(run.bits) bits: \(found.approximation) wide")
    }

    private func failure(_ field: [Expression], from start: [Rational], to end: Rational, bits: Int) -> IntegrationFailure? {
        do {
            try follow(field, from: start, bits: bits).cover(end)
            return nil
        } catch { return error as? IntegrationFailure }
    }

    /// x = 1/2 - t passes 0 at 1/2; y' = kink, y(0) = 1.
    @Test(arguments: [53, 128, 256])
    func everyKindOfGate(bits: Int) throws {
        let half = number(Rational(1, 2))
        let kinks: [(String, Expression, Rational)] = [
            ("abs", g.apply(.abs, x), Rational(5, 4)), ("relu", g.apply(.relu, x), Rational(9, 8)),
            ("relu below", g.apply(.relu, g.negate(x)), Rational(9, 8)), ("min", g.minimum(x, g.zero), Rational(7, 8)),
            ("max", g.maximum(x, g.multiply(g.constant(2), x)), Rational(9, 8)),
            ("if", g.cases(g.compare(.less, x, g.zero), g.one, g.constant(2)), Rational(5, 2)),
            ("if <=", g.cases(g.compare(.lessOrEqual, g.zero, x), x, g.negate(x)), Rational(5, 4)),
            ("if =", g.cases(g.compare(.equal, x, g.zero), g.constant(7), g.one), 2),
            ("if not", g.cases(.not(g.compare(.less, x, g.zero)), g.constant(2), g.one), Rational(5, 2)),
            ("time", g.cases(g.compare(.less, t, half), x, g.constant(5)), Rational(29, 8)),
            ("derivative", g.derivative(of: g.apply(.relu, x), by: .state(0)), Rational(3, 2)),
            ("nested", g.apply(.relu, g.subtract(g.apply(.abs, x), number(Rational(1, 4)))), Rational(17, 16)),
        ]
        for (name, kink, value) in kinks {
            let run = try follow([g.constant(-1), kink], from: [Rational(1, 2), 1], bits: bits)
            try expect(run, y, at: 1, is: value, within: .powerOfTwo(12 - bits), name)
            try expect(run, x, at: 1, is: Rational(-1, 2), within: .powerOfTwo(12 - bits), name)
        }
    }

    /// The speed changes with the side, also by much, also of another state.
    @Test(arguments: [53, 128])
    func speedsThatJump(bits: Int) throws {
        let shifted = g.subtract(x, g.one)
        for (below, above) in [(Rational(1), Rational(1, 2)), (1, 100), (1, Rational(1, 1000)), (100, 1)] {
            let run = try follow([step(shifted, below, above), step(shifted, 0, 50)], from: [0, 0], bits: bits)
            let after = 3 - 1 / below
            try expect(run, x, at: 3, is: 1 + above * after, within: .powerOfTwo(24 - bits), "\(below), \(above)")
            try expect(run, y, at: 3, is: 50 * after, within: .powerOfTwo(24 - bits), "\(below), \(above)")
        }
    }

    /// z' = [x > 0] + 2[y > 0], x and y pass 0 together, or one shortly after the other.
    @Test(arguments: [53, 128])
    func gatesThatPassTogether(bits: Int) throws {
        for delay in [Rational(0), .powerOfTwo(-20), .powerOfTwo(-51), .powerOfTwo(-120)] {
            let field = [g.one, g.one, g.add(step(x, 0, 1), step(y, 0, 2))]
            let run = try follow(field, from: [-1, -1 - delay, 0], bits: bits)
            try expect(run, z, at: 3, is: 6 - 2 * delay, within: .powerOfTwo(12 - bits), "delay \(delay)")
        }
        // The same gate in several places, and on both sides of a comparison.
        let gate = g.subtract(x, g.multiply(y, y))
        let field = [g.one, g.zero, g.add(step(gate, 0, 1), g.apply(.relu, gate))]
        let run = try follow(field, from: [0, 1, 0], bits: bits)
        try expect(run, z, at: 3, is: 4, within: .powerOfTwo(12 - bits), "one gate")
        // Five gates at once.
        let five = (0..<5).map { g.add(g.multiply(g.constant($0 + 1), x), g.multiply(g.constant($0), g.zero)) }
        let sum = five.reduce(g.zero) { g.add($0, step($1, 0, 1)) }
        let together = try follow([g.one, sum], from: [-1, 0], bits: bits)
        try expect(together, y, at: 3, is: 10, within: .powerOfTwo(12 - bits), "five gates")
    }

    @Test(arguments: [53, 128])
    func slidingIsAnObstacle(bits: Int) throws {
        let cases: [(String, [Expression], [Rational])] = [
            ("sign", [step(x, 1, -1)], [1]),
            ("slow towards", [step(x, 1, Rational(-1, 1000))], [Rational(1, 1000)]),
            ("descent on abs", [g.negate(g.derivative(of: g.apply(.abs, x), by: .state(0)))], [1]),
            ("along the other state", [g.one, g.add(step(y, 3, -3), g.apply(.sin, x))], [0, 1]),
        ]
        for (name, field, start) in cases {
            let found = try #require(failure(field, from: start, to: 3, bits: bits), "\(name)")
            #expect(found.kind == .sliding && found.reason.contains("slides along"), "\(name): \(found)")
        }
    }

    @Test(arguments: [53, 128])
    func tiesAtTheStart(bits: Int) throws {
        let field = [g.one, step(x, 5, 1)]
        try expect(follow(field, from: [0, 0], bits: bits), y, at: 2, is: 2, within: .powerOfTwo(12 - bits), "upwards")
        let falling = [g.constant(-1), step(x, 5, 1)]
        try expect(follow(falling, from: [0, 0], bits: bits), y, at: 2, is: 10, within: .powerOfTwo(12 - bits), "downwards")
        let away = try #require(failure([step(x, -1, 1)], from: [0], to: 1, bits: bits))
        #expect(away.kind == .sliding && away.reason.contains("either side"), "\(away)")
        let towards = try #require(failure([step(x, 1, -1)], from: [0], to: 1, bits: bits))
        #expect(towards.kind == .sliding, "\(towards)")
        // relu'(0) of a gate that stays 0.
        let loss = g.power(g.subtract(g.one, g.apply(.relu, g.multiply(x, y))), 2)
        let slopes = g.gradient(of: loss, by: [.state(0), .state(1)]).map(g.negate)
        #expect(failure(slopes, from: [0, 0], to: 1, bits: bits) != nil)
    }

    /// x = (t - 1)^2 + c over the kink at 0.
    @Test(arguments: [53, 128])
    func grazing(bits: Int) throws {
        let slope = g.multiply(g.constant(2), g.subtract(t, g.one))
        let field = [slope, step(x, 2, 1)]
        let touching = try #require(failure(field, from: [1, 0], to: 2, bits: bits))
        #expect(touching.kind == .precision && touching.reason.contains("not certain that it crosses"), "\(touching)")
        let above = try follow(field, from: [1 + Rational(1, 1_000_000), 0], bits: bits)
        try expect(above, y, at: 2, is: 2, within: .powerOfTwo(12 - bits), "above")
        // Below 0 for |t - 1| < 1/10.
        let below = try follow(field, from: [Rational(99, 100), 0], bits: bits)
        try expect(below, y, at: 2, is: Rational(11, 5), within: .powerOfTwo(20 - bits), "below")
    }

    /// x'' = -x - y/2 [y > 0] and x'' = -x + (1/3 if x > 1/4 else -1/5), from (1, 0): Taylor series of 45 digits from
    /// crossing to crossing (mpmath).
    @Test(arguments: [53, 128])
    func spirals(bits: Int) throws {
        let damped = [y, g.subtract(g.negate(x), g.cases(g.compare(.less, g.zero, y), g.multiply(y, number(Rational(1, 2))), g.zero))]
        let pushed = [y, g.subtract(step(g.subtract(x, number(Rational(1, 4))), Rational(-1, 5), Rational(1, 3)), x)]
        let known: [(String, [Expression], Rational, [Rational])] = try [
            ("damped", damped, 10, [decimal("-0.39931865524312486368077311898"), decimal("0.18002526115371670089853630735")]),
            ("pushed", pushed, 10, [decimal("-0.18225395376118769762779269359"), decimal("-0.79980314943296512111443542726")]),
        ]
        let unknown = try #require(Rational(1, 10).power(26))
        for (name, field, time, values) in known {
            let run = try follow(field, from: [1, 0], bits: bits)
            for (state, value) in zip([x, y], values) {
                let range = try run.range(of: state, at: time...time)
                let digits = RationalInterval(value - unknown, value + unknown)
                #expect(meet(range, digits), "\(name) at \(bits) bits: \(shown(range)), not \(value.approximation)")
                #expect(try #require(width(range)) < .powerOfTwo(20 - bits), "\(name) at \(bits) bits: \(shown(range))")
            }
        }
    }

    /// What is asked inside a crossing: both sides of a derivative, the tie itself, events.
    @Test(arguments: [53, 128])
    func questionsAcrossAKink(bits: Int) throws {
        let run = try follow([step(g.subtract(x, g.one), 1, Rational(1, 2))], from: [0], bits: bits)
        let all = Rational(0)...3
        func holds(_ condition: Condition) throws -> Bool {
            if case .always = try run.truth(of: condition, outer: all, inner: all) { true } else { false }
        }
        let slope = g.lieDerivative(of: x, along: [step(g.subtract(x, g.one), 1, Rational(1, 2))])
        #expect(try holds(g.compare(.lessOrEqual, number(Rational(1, 2)), slope)))
        #expect(try !holds(g.compare(.lessOrEqual, number(Rational(2, 3)), slope)))
        #expect(try !holds(g.compare(.less, number(Rational(1, 2)), slope)))
        // True of both sides, false at the tie.
        let atTie = g.cases(g.compare(.equal, x, g.one), g.constant(5), g.zero)
        #expect(try !holds(g.compare(.less, atTie, g.one)))
        #expect(try !holds(g.compare(.notEqual, x, g.one)))
        // A jump is not a slope.
        let jump = g.lieDerivative(of: g.cases(g.compare(.less, g.one, x), g.zero, x), along: [g.one])
        #expect(try !holds(g.compare(.lessOrEqual, g.zero, jump)))
        // |x - 1| has slopes -1 and 1/2.
        let distance = g.lieDerivative(of: g.apply(.abs, g.subtract(x, g.one)), along: [slope])
        #expect(try holds(g.compare(.lessOrEqual, g.constant(-1), distance)))
        #expect(try !holds(g.compare(.less, g.zero, distance)))
        let zero: Rational = 0
        guard case .reached(let time) = try run.firstTime(of: g.compare(.lessOrEqual, g.one, x), from: zero...zero, limit: 3) else {
            Issue.record("x >= 1 is reached")
            return
        }
        #expect(contains(time, 1), "\(shown(time))")
        #expect(try #require(width(time)) < .powerOfTwo(16 - bits), "\(shown(time))")
        guard case .reached(let last) = try run.lastTime(of: g.compare(.lessOrEqual, x, g.one), from: zero...zero, to: 3...3) else {
            Issue.record("x <= 1 has a last time")
            return
        }
        #expect(contains(last, 1), "\(shown(last))")
        #expect(try #require(width(last)) < .powerOfTwo(16 - bits), "\(shown(last))")
    }

    /// Starts in a box: every one of them crosses.
    @Test func boxesCross() throws {
        let problem = Run(name: "box", graph: g, field: [], start: [], horizon: 3)
        let box = [RationalInterval(Rational(-1, 100), Rational(1, 100))]
        let run = try problem.follow([step(g.subtract(x, g.one), 1, 2)], from: box, bits: 53)
        let range = try run.range(of: x, at: 2...2)
        // x = 1 + 2 (t - 1 + x(0)).
        #expect(contains(range, 3 - Rational(1, 50)) && contains(range, 3 + Rational(1, 50)), "\(shown(range))")
        #expect(try #require(width(range)) < Rational(1, 5), "\(shown(range))")
    }

    private func decimal(_ text: String) throws -> Rational {
        let value = try #require(Rational(decimal: text.drop { $0 == "-" }))
        return text.hasPrefix("-") ? -value : value
    }
}
