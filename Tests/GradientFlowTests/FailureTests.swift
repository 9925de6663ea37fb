import Exact
import Testing

@testable import GradientFlow
@testable import Symbolic

/// Runs that cannot go on end with a failure, before the place where they stop being true.
struct FailureTests {
    private let g = Graph()
    private var x: Expression { g.symbol(.state(0)) }
    private var y: Expression { g.symbol(.state(1)) }
    private var t: Expression { g.symbol(.time) }

    /// The run covers no time after `last`, and asking for it ends with a failure.
    private func fails(
        _ field: [Expression], from start: [Rational], notBeyond last: Rational, _ name: String, bits: Int
    ) throws {
        let run: any Trajectory
        do {
            run = try makeTrajectory(
                VectorField(graph: g, field: field), start: start.map(g.constant), environment: Environment(), bits: bits)
        } catch { return }
        #expect(throws: IntegrationFailure.self, "\(name) at \(bits) bits: covered \(run.end)") {
            try run.cover(last + Rational(1, 100))
        }
        #expect(run.end <= last, "\(name) at \(bits) bits covers \(run.end)")
        // What was covered is still there.
        if run.end.isPositive {
            let before = run.end * Rational(1, 2)
            #expect(try width(run.range(of: x, at: before...before)) != nil)
        }
    }

    @Test(arguments: [53, 128])
    func blowUpIsNotPassed(bits: Int) throws {
        // x = 1/(1 - t); x = tan t; x = 1/sqrt(1 - 2t); x = -log(1 - t).
        try fails([g.power(x, 2)], from: [1], notBeyond: 1, "x' = x^2", bits: bits)
        try fails([g.add(g.one, g.power(x, 2))], from: [0], notBeyond: Rational(1_570_797, 1_000_000), "x' = 1 + x^2", bits: bits)
        try fails([g.power(x, 3)], from: [1], notBeyond: Rational(1, 2), "x' = x^3", bits: bits)
        try fails([g.apply(.exp, x)], from: [0], notBeyond: 1, "x' = exp x", bits: bits)
    }

    @Test func aDeadRunDiesOnce() throws {
        // x = 1/(1 - t), asked for beyond 1 again and again.
        let run = try makeTrajectory(
            VectorField(graph: g, field: [g.power(x, 2)]), start: [g.one], environment: Environment(), bits: 53)
        var reasons: Set<String> = []
        for time in 2...20 {
            do {
                try run.cover(Rational(time))
                Issue.record("covered \(time)")
            } catch {
                reasons.insert(error.reason)
            }
        }
        #expect(reasons.count == 1, "\(reasons)")
        #expect(run.end < 1)
        let half = Rational(1, 2)
        #expect(try run.range(of: x, at: half...half).upper.map { $0 >= 2 } == true)
    }

    @Test(arguments: [53, 128])
    func theEndOfADomainIsNotPassed(bits: Int) throws {
        // x = (1 - t/2)^2 is not continued uniquely; x = sqrt(1 - 2t); x' = log x falls to 0 in finite time.
        try fails([g.negate(g.apply(.sqrt, x))], from: [1], notBeyond: 2, "x' = -sqrt x", bits: bits)
        try fails([g.negate(g.divide(g.one, x))], from: [1], notBeyond: Rational(1, 2), "x' = -1/x", bits: bits)
        try fails([g.apply(.log, x)], from: [Rational(1, 2)], notBeyond: 1, "x' = log x", bits: bits)
        try fails([g.divide(g.one, g.subtract(g.one, t))], from: [0], notBeyond: 1, "x' = 1/(1 - t)", bits: bits)
    }

    @Test(arguments: [53, 128])
    func kinksThatDoNotSayHowToGoOnAreNotPassed(bits: Int) throws {
        // x = 1/2 - t: no derivative of floor, none of x^(3/2) below 0, and a tie that lasts.
        let half = Rational(1, 2)
        let kinks: [(String, Expression)] = [
            ("floor", g.apply(.floor, x)), ("power 3/2", g.power(x, Rational(3, 2))),
            ("log beyond its tie", g.cases(g.compare(.less, x, g.zero), g.apply(.log, x), g.one)),
        ]
        for (name, kink) in kinks {
            try fails([g.constant(-1), kink], from: [half, 1], notBeyond: half, name, bits: bits)
        }
        try fails(
            [g.cases(g.compare(.less, g.zero, x), g.constant(-1), g.one)], from: [half], notBeyond: half, "sliding", bits: bits)
    }

    @Test(arguments: [53, 128])
    func kinksThatAreNotMetDoNoHarm(bits: Int) throws {
        let run = try makeTrajectory(
            VectorField(graph: g, field: [g.negate(g.apply(.abs, x)), g.minimum(x, g.constant(2))]),
            start: [g.one, g.zero], environment: Environment(), bits: bits)
        try run.cover(5)
        // x = exp(-t), y = 1 - exp(-t).
        let sum = try run.range(of: g.add(x, y), at: 5...5)
        #expect(contains(sum, 1), "\(shown(sum))")
        #expect(try #require(width(sum)) < Rational(1, 1_000_000))
    }

    @Test func aStoppedRunSaysSo() throws {
        let problem = Run.vanDerPol()
        let run = try problem.follow(bits: 53)
        var steps = 0
        run.monitor = { _, _ in
            steps += 1
            return steps < 3
        }
        #expect(throws: IntegrationFailure.self) { try run.cover(7) }
        #expect(steps == 3 && run.end < 7)
    }

    @Test func anUndefinedStartIsNoRun() throws {
        #expect(throws: IntegrationFailure.self) {
            try makeTrajectory(
                VectorField(graph: g, field: [x]), start: [g.apply(.log, g.constant(-1))], environment: Environment(), bits: 53)
        }
    }
}
