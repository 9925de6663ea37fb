import Exact
import Testing

@testable import GradientFlow
@testable import Symbolic

/// Extrema, conserved quantities and events, against closed forms and samples.
struct ObservableTests {
    private let g = Graph()
    private var x: Expression { g.symbol(.state(0)) }
    private var y: Expression { g.symbol(.state(1)) }
    private var t: Expression { g.symbol(.time) }

    /// x = cos t, y = sin t.
    private func circle(bits: Int) throws -> any Trajectory {
        try makeTrajectory(
            VectorField(graph: g, field: [g.negate(y), x]), start: [g.one, g.zero], environment: Environment(), bits: bits)
    }

    /// x = 0 for ever: observables are formulas of time alone.
    private func clock(bits: Int) throws -> any Trajectory {
        try makeTrajectory(VectorField(graph: g, field: [x]), start: [g.zero], environment: Environment(), bits: bits)
    }

    private func value(_ formula: Expression, at time: Rational) throws -> RationalInterval {
        let inside: [Symbol: Expression] = [
            .time: g.constant(time), .state(0): g.apply(.cos, g.constant(time)), .state(1): g.apply(.sin, g.constant(time)),
        ]
        return try enclose([g.substitute(formula, inside)], of: g, environment: Environment(), bits: 250)[0]
    }

    // MARK: Extrema

    @Test(arguments: [(53, 15), (100, 4)])
    func extremaContainEverySample(bits: Int, cases: Int) throws {
        let run = try circle(bits: bits)
        let formulas = [
            x, g.multiply(x, y), g.apply(.exp, g.multiply(g.constant(2), x)), g.power(g.add(x, y), 3),
            g.divide(g.one, g.add(g.constant(Rational(9, 8)), y)), g.apply(.abs, y), g.maximum(x, y),
            g.subtract(g.apply(.log1p, t), g.multiply(x, y)), g.cases(g.compare(.less, x, y), x, g.negate(y)),
        ]
        let complaint = try complaints(cases: cases, suite: "ObservableTests") { random in
            let formula = random.pick(formulas)
            let a = 10 * random.unit()
            let b = Swift.min(10, a + random.pick([Rational(1, 100), 1, 7]) * random.unit())
            let inner = a + (b - a) * Rational(1, 5)
            for sign in [1, -1] {
                let quantity = g.multiply(g.constant(sign), formula)
                let extremum = try run.supremum(of: quantity, outer: a...b, inner: inner...b, relativeBits: 10)
                let place = "sup of \(g.description(of: quantity)) over [\(a), \(b)] at \(bits) bits"
                guard let lower = extremum.value.lower, let upper = extremum.value.upper else { return "\(place) has no end" }
                var best: Rational?
                for k in 0...12 {
                    let time = a + (b - a) * (k < 9 ? Rational(BigInt(k), 8) : random.unit())
                    let sample = try value(quantity, at: time)
                    guard let low = sample.lower, let high = sample.upper else { continue }
                    if low > upper { return "\(place) is at most \(upper), but \(low.approximation) at \(time)" }
                    best = Swift.max(best ?? high, high)
                }
                // The lower end is a value that is taken inside: it is not above the true supremum of a fine grid by much.
                if lower > upper { return "\(place) in [\(lower), \(upper)]" }
                if let time = extremum.time.lower, let last = extremum.time.upper, !(a <= time && last <= b) {
                    return "\(place) at [\(time), \(last)]"
                }
            }
            return nil
        }
        #expect(complaint == nil, "\(complaint ?? "")")
    }

    @Test(arguments: [53, 128])
    func knownExtremaAreEnclosed(bits: Int) throws {
        let run = try circle(bits: bits)
        // sup cos = 1 at 2 pi; sup sin cos = 1/2; sup of exp(2 cos) = exp(2); inf cos = -1.
        let cases: [(Expression, Expression)] = [
            (x, g.one), (g.multiply(x, y), g.constant(Rational(1, 2))), (g.negate(x), g.one),
            (g.apply(.exp, g.multiply(g.constant(2), x)), g.apply(.exp, g.constant(2))),
        ]
        for (quantity, truth) in cases {
            let extremum = try run.supremum(of: quantity, outer: 1...8, inner: 1...8, relativeBits: 12)
            let exact = try enclose([truth], of: g, environment: Environment(), bits: 250)[0]
            #expect(meet(extremum.value, exact), "\(g.description(of: quantity)): \(shown(extremum.value)), not \(shown(exact))")
            #expect(try #require(width(extremum.value)) < Rational(1, 1000))
        }
    }

    /// A supremum over an interval that may be empty has no lower end; one over a known interval is not above it.
    @Test func anUncertainIntervalBoundsFromAboveOnly() throws {
        let run = try circle(bits: 53)
        #expect(try run.supremum(of: x, outer: 0...1, inner: nil, relativeBits: 8).value.lower == nil)
        let value = try run.supremum(of: x, outer: 0...3, inner: 1...2, relativeBits: 8).value
        // Over [1, 2] the supremum is cos 1 = 0.54, over [0, 3] it is 1.
        let (low, high) = (try #require(value.lower), try #require(value.upper))
        #expect(low <= Rational(5_404, 10_000) && high >= 1, "\(shown(value))")
    }

    // MARK: Conserved quantities

    @Test(arguments: [53, 128])
    func conservedQuantitiesContainTheirStart(bits: Int) throws {
        let (pendulum, layers) = (Run.pendulum(), Run.twoLayer())
        let energy = { (run: Run) in
            let (g, s) = (run.graph, run.states())
            return g.subtract(g.multiply(g.constant(Rational(1, 2)), g.power(s[1], 2)), g.apply(.cos, s[0]))
        }
        let balance = { (run: Run) in
            let (g, s) = (run.graph, run.states())
            return g.subtract(g.power(s[0], 2), g.power(s[1], 2))
        }
        for (problem, quantity) in [(pendulum, energy(pendulum)), (layers, balance(layers))] {
            let run = try problem.follow(bits: bits)
            let start = try run.range(of: quantity, at: 0...0)
            var random = TestRandom(seed: TestSettings.seed)
            for _ in 0..<20 {
                let time = problem.horizon * random.unit()
                let now = try run.range(of: quantity, at: time...time)
                #expect(meet(start, now), "\(problem.name) at \(time), \(bits) bits: \(shown(now)), at the start \(shown(start))")
            }
        }
    }

    // MARK: Events

    /// The first time is enclosed: the condition fails at samples before it and holds at its end.
    private func check(
        _ run: any Trajectory, _ condition: Condition, after start: Rational, is truth: Expression, _ name: String, bits: Int
    ) throws {
        let exact = try enclose([truth], of: g, environment: Environment(), bits: 300)[0]
        guard case .reached(let time) = try run.firstTime(of: condition, from: start...start, limit: 12) else {
            Issue.record("\(name) is not reached at \(bits) bits")
            return
        }
        #expect(meet(time, exact), "\(name) at \(bits) bits: \(shown(time)), not \(shown(exact))")
        #expect(try #require(width(time)) < .powerOfTwo(20 - bits), "\(name) at \(bits) bits: \(shown(time))")
    }

    @Test(arguments: [53, 128])
    func firstTimesOfKnownCrossings(bits: Int) throws {
        let run = try circle(bits: bits)
        let zero = g.zero
        let fraction = { (p: Int, q: Int) in self.g.multiply(self.g.constant(Rational(BigInt(p), BigInt(q))), self.g.pi) }
        try check(run, g.compare(.lessOrEqual, x, zero), after: 0, is: fraction(1, 2), "cos <= 0", bits: bits)
        try check(run, g.compare(.less, x, zero), after: 0, is: fraction(1, 2), "cos < 0", bits: bits)
        try check(run, g.compare(.less, y, zero), after: 1, is: g.pi, "sin < 0", bits: bits)
        try check(run, g.compare(.lessOrEqual, zero, x), after: 2, is: fraction(3, 2), "cos >= 0 after 2", bits: bits)
        try check(run, g.compare(.less, x, zero), after: 5, is: fraction(5, 2), "cos < 0 after 5", bits: bits)
        try check(run, g.compare(.lessOrEqual, x, zero), after: 2, is: g.constant(2), "cos <= 0 after 2", bits: bits)
        try check(
            run, g.compare(.less, x, g.constant(Rational(-1, 2))), after: 0, is: fraction(2, 3), "cos < -1/2", bits: bits)
        let both = Condition.and([g.compare(.less, x, zero), g.compare(.less, y, zero)])
        try check(run, both, after: 0, is: g.pi, "cos < 0 and sin < 0", bits: bits)
        let either = Condition.or([g.compare(.less, y, zero), g.compare(.less, y, g.multiply(g.constant(-1), x))])
        try check(run, either, after: Rational(1, 10), is: fraction(3, 4), "sin < 0 or sin < -cos", bits: bits)
        try check(run, .not(g.compare(.less, zero, x)), after: 0, is: fraction(1, 2), "not cos > 0", bits: bits)
    }

    @Test(arguments: [53, 128])
    func touchingIsNotReached(bits: Int) throws {
        let run = try circle(bits: bits)
        let top = g.compare(.lessOrEqual, g.one, x)
        let twoPi = try enclose([g.multiply(g.constant(2), g.pi)], of: g, environment: Environment(), bits: 300)[0]
        // cos t >= 1 touches at 0 and 2 pi, t (2 - t) >= 1 at 1: never "not until" a later time, never reached elsewhere.
        let square = g.compare(.lessOrEqual, g.one, g.multiply(t, g.subtract(g.constant(2), t)))
        for (condition, start, touch, name) in [
            (top, Rational(0), RationalInterval(0), "cos >= 1 from 0"), (top, Rational(1, 2), twoPi, "cos >= 1 from 1/2"),
            (square, Rational(0), RationalInterval(1), "t (2 - t) >= 1"),
        ] {
            switch try run.firstTime(of: condition, from: start...start, limit: 10) {
            case .reached(let time), .undecided(let time, _):
                #expect(meet(time, touch), "\(name) at \(bits) bits: \(shown(time))")
                #expect(try #require(touch.upper) - #require(time.lower) < Rational(1, 1000), "\(name): \(shown(time))")
            case .notUntil(let time):
                #expect(try time <= #require(touch.upper), "\(name) at \(bits) bits: not until \(time)")
            }
        }
        // Strictly above the maximum: certainly not, or in doubt at the touching, never reached.
        for condition in [g.compare(.less, g.one, x), g.compare(.less, g.constant(Rational(1_000_001, 1_000_000)), x)] {
            let zero: Rational = 0
            if case .reached(let time) = try run.firstTime(of: condition, from: zero...zero, limit: 10) {
                Issue.record("\(g.description(of: condition)) at \(bits) bits reached at \(shown(time))")
            }
        }
        guard case .notUntil(10) = try run.firstTime(
            of: g.compare(.less, g.constant(Rational(1_000_001, 1_000_000)), x), from: Rational(0)...0, limit: 10)
        else {
            Issue.record("cos > 1.000001 is excluded up to 10")
            return
        }
    }

    /// Random conditions: they fail at every sample before the enclosure and hold at its end; where they are certified not
    /// to happen, they fail at every sample.
    @Test(arguments: [53, 100])
    func firstTimesOfRandomConditions(bits: Int) throws {
        let run = try circle(bits: bits)
        var reached = 0
        let complaint = try complaints(cases: 80, suite: "ObservableTests") { random in
            let angle = g.multiply(g.constant(random.fraction()), t)
            let left = g.add(
                g.multiply(g.constant(random.fraction()), random.pick([x, y, g.multiply(x, y)])),
                g.multiply(g.constant(random.fraction(4)), random.pick([g.apply(.sin, angle), g.power(x, 3), angle])))
            let relation = random.pick([Comparison.less, .lessOrEqual])
            var condition = g.compare(relation, left, g.constant(random.fraction(4)))
            if random.chance(1, of: 3) {
                let other = g.compare(.less, random.pick([x, y]), g.constant(random.fraction(3)))
                condition = random.chance(1, of: 2) ? .and([condition, other]) : .or([condition, .not(other)])
            }
            let low = 3 * random.unit()
            let start = low...(low + (random.chance(1, of: 2) ? 0 : Rational(1, 50)))
            let place = "\(g.description(of: condition)) from \(start) at \(bits) bits"
            func holds(_ time: Rational) throws -> Truth {
                let parts = try g.comparisons(in: condition).map { comparison, a, b in
                    comparison.truth(ofDifference: try value(g.subtract(b, a), at: time))
                }
                if case .or = condition.negationNormalForm() { return .any(parts) }
                return .all(parts)
            }
            func fails(before end: Rational) throws -> String? {
                for _ in 0..<8 where low < end {
                    let time = low + (end - low) * random.unit()
                    if time < end, case .yes = try holds(time) { return "\(place) holds at \(time), before \(end)" }
                }
                return nil
            }
            switch try run.firstTime(of: condition, from: start, limit: 8) {
            case .reached(let time):
                reached += 1
                guard let lower = time.lower, let upper = time.upper, lower <= upper, upper >= start.upperBound else {
                    return "\(place) reached at \(time)"
                }
                if case .no = try holds(upper) { return "\(place) reached by \(upper), but fails there" }
                return try fails(before: lower)
            case .notUntil(let time):
                if time != 8 { return "\(place): not until \(time)" }
                if case .yes = try holds(8) { return "\(place) holds at 8, not until \(time)" }
                return try fails(before: time)
            case .undecided(let time, _):
                return try time.lower.flatMap { try fails(before: $0) }
            }
        }
        #expect(complaint == nil, "\(complaint ?? "")")
        #expect(reached > 20)
    }

    // MARK: Conditions on intervals

    /// `always` and `failsOn` agree with samples.
    @Test(arguments: [53, 100])
    func decisionsAgreeWithSamples(bits: Int) throws {
        let run = try circle(bits: bits)
        var decided = 0
        let complaint = try complaints(cases: 120, suite: "ObservableTests") { random in
            let quantity = random.pick([x, y, g.multiply(x, y), g.apply(.exp, x), g.power(y, 2), g.divide(x, g.add(y, g.constant(2)))])
            let level = random.chance(1, of: 5) ? Rational(random.within(-1...1)) : random.fraction(8, over: 5...9)
            let condition = g.compare(random.pick([.less, .lessOrEqual]), quantity, g.constant(level))
            let a = 7 * random.unit(), b = a + random.pick([0, Rational(1, 100), 2]) * random.unit()
            let inner = random.chance(1, of: 3) ? nil : Optional((a + (b - a) * Rational(1, 4))...b)
            let place = "\(g.description(of: condition)) on [\(a), \(b)] at \(bits) bits"
            func difference(_ time: Rational) throws -> RationalInterval {
                try value(g.subtract(g.constant(level), quantity), at: time)
            }
            switch try run.truth(of: condition, outer: a...b, inner: inner) {
            case .always:
                decided += 1
                for _ in 0..<6 {
                    let time = random.inside(a, b)
                    if let high = try difference(time).upper, high.isNegative { return "\(place) fails at \(time)" }
                }
            case .failsOn(let piece):
                decided += 1
                guard let inner, let low = piece.lower, let high = piece.upper, inner.lowerBound <= low, high <= inner.upperBound
                else { return "\(place) fails on \(piece), outside the interval" }
                for _ in 0..<6 {
                    let time = random.inside(low, high)
                    if let least = try difference(time).lower, least.isPositive { return "\(place) holds at \(time), fails on \(piece)" }
                }
            case .unknown:
                break
            }
            return nil
        }
        #expect(complaint == nil, "\(complaint ?? "")")
        #expect(decided > 60)
    }

    @Test func definednessIsCertifiedOnly() throws {
        let run = try circle(bits: 53)
        let cases: [(Expression, Rational, Rational, Bool)] = [
            (g.apply(.log, g.add(x, g.constant(2))), 0, 8, true), (g.divide(g.one, x), 0, 2, false),
            (g.divide(g.one, x), 0, 1, true), (g.apply(.sqrt, y), 3, 4, false),
        ]
        for (formula, a, b, defined) in cases {
            let found = try run.isDefined(formula, over: a...b)
            #expect(found == defined, "\(g.description(of: formula)) on [\(a), \(b)]")
        }
    }
}
