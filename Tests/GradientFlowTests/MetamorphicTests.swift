import Arithmetic
import Exact
import Testing

@testable import GradientFlow
@testable import Symbolic

/// Enclosures of one solution that were made in different ways have to agree.
struct MetamorphicTests {
    private let seed = TestSettings.seed

    private func states(_ run: any Trajectory, _ problem: Run, at time: Rational) throws -> [RationalInterval] {
        try problem.states().map { try run.range(of: $0, at: time...time) }
    }

    /// Some reals of [0, horizon]: the ends, dyadic ones and others.
    private func times(_ horizon: Rational, count: Int) -> [Rational] {
        var random = TestRandom(seed: seed)
        return [0, horizon] + (0..<count).map { _ in horizon * random.unit() }
    }

    private func agree(_ a: [RationalInterval], _ b: [RationalInterval], _ what: String) {
        for (index, (left, right)) in zip(a, b).enumerated() {
            #expect(meet(left, right), "\(what), state \(index): \(shown(left)) and \(shown(right)); seed \(seed)")
        }
    }

    @Test(arguments: Run.all().indices)
    func moreBitsMeetFewerBits(index: Int) throws {
        let problem = Run.all()[index]
        let coarse = try problem.follow(bits: 53)
        let middle = try problem.follow(bits: 100)
        let fine = try problem.follow(bits: 160)
        for time in times(problem.horizon, count: 12) {
            let a = try states(coarse, problem, at: time)
            let b = try states(middle, problem, at: time)
            let c = try states(fine, problem, at: time)
            agree(a, b, "\(problem.name) at \(time), 53 and 100 bits")
            agree(a, c, "\(problem.name) at \(time), 53 and 160 bits")
            agree(b, c, "\(problem.name) at \(time), 100 and 160 bits")
            for interval in c {
                #expect(try #require(width(interval)) < .powerOfTwo(-90), "\(problem.name) at \(time): \(shown(interval))")
            }
        }
    }

    /// Values of a 200-bit run at interior times lie inside the ranges over whole pieces of a step, and inside the
    /// values at the time itself, of the 53-bit run.
    @Test(arguments: Run.all().indices)
    func wholeStepsContainTheirInstants(index: Int) throws {
        let problem = Run.all()[index]
        let coarse = try problem.follow(bits: 53)
        let fine = try problem.follow(bits: 200)
        let g = problem.graph
        let states = problem.states()
        let first = states[0]
        let last = states[states.count - 1]
        let quantities = states + [
            g.multiply(first, last), g.apply(.exp, g.apply(.tanh, first)), g.divide(last, g.add(g.one, g.power(first, 2))),
        ]
        coarse.prepare(quantities)
        var random = TestRandom(seed: seed &+ UInt64(index))
        for _ in 0..<40 {
            let size = random.pick([Rational(1), Rational(1, 10), Rational(1, 1000), .powerOfTwo(-40)])
            let a = problem.horizon * random.unit()
            let b = Swift.min(problem.horizon, a + size * random.unit())
            let time = random.inside(a, b)
            let quantity = random.pick(quantities)
            let truth = try fine.range(of: quantity, at: time...time)
            let range = try coarse.range(of: quantity, at: a...b)
            let place = "\(problem.name), \(g.description(of: quantity)) at \(time) in [\(a), \(b)]; seed \(seed)"
            let low = try #require(truth.lower)
            #expect(width(range) != nil && meet(range, truth), "range \(shown(range)) without \(shown(truth)): \(place)")
            let value = try coarse.range(of: quantity, at: time...time)
            #expect(meet(value, truth), "value \(shown(value)) without \(shown(truth)): \(place)")
            let extremum = try coarse.supremum(of: quantity, outer: a...b, inner: a...b, relativeBits: 12)
            #expect(try low <= #require(extremum.value.upper), "supremum \(shown(extremum.value)) below \(shown(truth)): \(place)")
        }
    }

    /// A run restarted from its own enclosure contains what the unbroken run contains.
    @Test(arguments: Run.all().indices)
    func timeSplit(index: Int) throws {
        let problem = Run.all()[index]
        let g = problem.graph
        let whole = try problem.follow(bits: 53)
        let fine = try problem.follow(bits: 160)
        let split = problem.horizon * Rational(2, 7)
        let shift: [Symbol: Expression] = [.time: g.add(g.symbol(.time), g.constant(split))]
        let field = problem.field.map { g.substitute($0, shift) }
        let second = try problem.follow(field, from: states(whole, problem, at: split), bits: 53)
        // The box of a restart is wider than a tube: a part of the rest will do.
        for part in [Rational(0), Rational(1, 5), Rational(1, 2)] {
            let time = split + (problem.horizon - split) * part
            let direct = try states(whole, problem, at: time)
            let restarted = try states(second, problem, at: time - split)
            agree(restarted, direct, "\(problem.name) at \(time), restarted at \(split)")
            agree(restarted, try states(fine, problem, at: time), "\(problem.name) at \(time), restarted, and 160 bits")
        }
    }

    /// Forward, then along the negated field from the enclosure: the start comes back.
    @Test(arguments: Run.all().indices)
    func forwardAndBackward(index: Int) throws {
        let problem = Run.all()[index]
        let g = problem.graph
        let duration = problem.horizon * Rational(1, 4)
        let forward = try problem.follow(bits: 100)
        let end = try states(forward, problem, at: duration)
        let reversed: [Symbol: Expression] = [.time: g.subtract(g.constant(duration), g.symbol(.time))]
        let field = problem.field.map { g.negate(g.substitute($0, reversed)) }
        let backward = try problem.follow(field, from: end, bits: 100)
        for (index, interval) in try states(backward, problem, at: duration).enumerated() {
            #expect(contains(interval, problem.start[index]), "\(problem.name), state \(index): \(shown(interval)) without \(problem.start[index])")
            #expect(try #require(width(interval)) < .powerOfTwo(-40), "\(problem.name): \(shown(interval))")
        }
    }

    /// The field times c at time t/c is the field at time t.
    @Test(arguments: Run.all().indices, [Rational(3), Rational(1, 7), Rational(1000)])
    func rescaledTime(index: Int, factor: Rational) throws {
        let problem = Run.all()[index]
        let g = problem.graph
        let scaled: [Symbol: Expression] = [.time: g.multiply(g.constant(factor), g.symbol(.time))]
        let field = problem.field.map { g.multiply(g.constant(factor), g.substitute($0, scaled)) }
        let original = try problem.follow(bits: 53)
        let fast = try problem.follow(field, from: problem.start.map { RationalInterval($0) }, bits: 53)
        for time in times(problem.horizon, count: 3) {
            agree(
                try states(original, problem, at: time), try states(fast, problem, at: time / factor),
                "\(problem.name) at \(time), \(factor) times faster")
        }
    }

    @Test(arguments: Run.all().indices)
    func permutedCoordinates(index: Int) throws {
        let problem = Run.all()[index]
        let g = problem.graph
        let n = problem.field.count
        // State i becomes state n - 1 - i.
        let images = (0..<n).map { g.symbol(.state(n - 1 - $0)) }
        let map = Dictionary(uniqueKeysWithValues: (0..<n).map { (Symbol.state($0), images[$0]) })
        let field = (0..<n).map { g.substitute(problem.field[n - 1 - $0], map) }
        let original = try problem.follow(bits: 53)
        let mirrored = try problem.follow(field, from: problem.start.reversed().map { RationalInterval($0) }, bits: 53)
        for time in times(problem.horizon, count: 4) {
            agree(
                try states(original, problem, at: time), try states(mirrored, problem, at: time).reversed(),
                "\(problem.name) at \(time), permuted")
        }
    }

    /// A box of starts contains the run from every point of it.
    @Test(arguments: Run.all().indices)
    func aBoxContainsItsPoints(index: Int) throws {
        let problem = Run.all()[index]
        var random = TestRandom(seed: seed &+ UInt64(index))
        let box = problem.start.map { RationalInterval($0 - Rational(1, 10_000), $0 + Rational(1, 10_000)) }
        let run = try problem.follow(problem.field, from: box, bits: 53)
        let time = problem.horizon * Rational(1, 10)
        let wide = try states(run, problem, at: time)
        for _ in 0..<4 {
            let point = problem.start.map { RationalInterval($0 + random.signed() * Rational(1, 10_000)) }
            let inner = try problem.follow(problem.field, from: point, bits: 53)
            agree(wide, try states(inner, problem, at: time), "\(problem.name) at \(time) from \(point)")
        }
    }
}
