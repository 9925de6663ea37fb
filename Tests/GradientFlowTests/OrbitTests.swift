import Exact
import Testing

@testable import GradientFlow
@testable import Symbolic

/// A map with a start, whose orbit is also followed in exact rationals.
private struct ExactMap {
    let name: String
    let graph: Graph
    let map: [Expression]
    let start: [Rational]

    func follow(bits: Int, start: [Expression]? = nil, environment: Environment = .init()) throws -> any Trajectory {
        try makeTrajectory(
            StepMap(graph: graph, map: map), start: start ?? self.start.map(graph.constant), environment: environment, bits: bits)
    }

    /// x(0), x(1), ... as rationals.
    func exactOrbit(_ steps: Int) -> [[Rational]] {
        var orbit = [start]
        for step in 0..<steps {
            var point: [Symbol: Rational] = [.time: Rational(step)]
            for (index, value) in orbit[step].enumerated() { point[.state(index)] = value }
            orbit.append(map.map { graph.exactValue(of: $0, at: point)! })
        }
        return orbit
    }

    func state(_ index: Int) -> Expression { graph.symbol(.state(index)) }

    /// r x (1 - x)
    static func logistic(_ r: Rational, from x: Rational) -> ExactMap {
        let g = Graph()
        let x0 = g.symbol(.state(0))
        return ExactMap(
            name: "logistic \(r)", graph: g, map: [g.multiply(g.constant(r), g.multiply(x0, g.subtract(g.one, x0)))], start: [x])
    }

    static func all() -> [ExactMap] {
        let henon = Graph(), mixed = Graph(), kinked = Graph(), newton = Graph()
        let (x, y) = (henon.symbol(.state(0)), henon.symbol(.state(1)))
        let square = henon.multiply(henon.constant(Rational(7, 5)), henon.power(x, 2))
        let (a, b, t) = (mixed.symbol(.state(0)), mixed.symbol(.state(1)), mixed.symbol(.time))
        let u = kinked.symbol(.state(0))
        let v = newton.symbol(.state(0))
        return [
            logistic(Rational(19, 5), from: Rational(1, 3)), logistic(Rational(5, 2), from: Rational(1, 7)),
            ExactMap(
                name: "Henon", graph: henon,
                map: [henon.add(henon.subtract(henon.one, square), y), henon.multiply(henon.constant(Rational(3, 10)), x)],
                start: [Rational(1, 10), Rational(1, 7)]),
            ExactMap(
                name: "time and a quotient", graph: mixed,
                map: [
                    mixed.divide(mixed.add(b, mixed.one), mixed.add(t, mixed.add(mixed.power(a, 2), mixed.one))),
                    mixed.subtract(a, mixed.divide(b, mixed.constant(3))),
                ], start: [Rational(2, 3), Rational(-1, 5)]),
            ExactMap(
                name: "tent", graph: kinked,
                map: [kinked.multiply(kinked.constant(Rational(9, 5)), kinked.minimum(u, kinked.subtract(kinked.one, u)))],
                start: [Rational(2, 7)]),
            ExactMap(
                name: "Newton's iteration for sqrt(2)", graph: newton,
                map: [newton.divide(newton.add(v, newton.divide(newton.constant(2), v)), newton.constant(2))], start: [1]),
        ]
    }
}

/// Enclosures of maps x(t + 1) = g(t, x(t)).
struct OrbitTests {
    @Test(arguments: [53, 128, 256])
    func everyStepContainsTheExactOrbit(bits: Int) throws {
        for map in ExactMap.all() {
            let orbit = try map.follow(bits: bits)
            for (step, point) in map.exactOrbit(9).enumerated() {
                let time = Rational(step)
                for (index, value) in point.enumerated() {
                    let range = try orbit.range(of: map.state(index), at: time...time)
                    #expect(contains(range, value), "\(map.name), state \(index), step \(step), \(bits) bits: \(shown(range))")
                    #expect(width(range).map { $0 < .powerOfTwo(20 - bits) } ?? false, "\(map.name) \(step): \(shown(range))")
                }
            }
        }
    }

    @Test func exactArithmeticForTwelveSteps() throws {
        let map = ExactMap.logistic(Rational(19, 5), from: Rational(1, 3))
        let exact = map.exactOrbit(12)
        for bits in [53, 128, 1024] {
            let orbit = try map.follow(bits: bits)
            for (step, point) in exact.enumerated() {
                let range = try orbit.range(of: map.state(0), at: Rational(step)...Rational(step))
                #expect(contains(range, point[0]), "step \(step), \(bits) bits: \(shown(range))")
            }
        }
    }

    /// One bit of precision is lost per step at most; both enclosures hold the same orbit.
    @Test(arguments: [Rational(39, 10), Rational(7, 2), Rational(4)])
    func aThousandStepsAgreeWithFourTimesThePrecision(r: Rational) throws {
        let map = ExactMap.logistic(r, from: Rational(1, 3))
        let (coarse, fine) = (try map.follow(bits: 1200), try map.follow(bits: 4800))
        for step in stride(from: 0, through: 1000, by: 50) {
            let a = try coarse.range(of: map.state(0), at: Rational(step)...Rational(step))
            let b = try fine.range(of: map.state(0), at: Rational(step)...Rational(step))
            #expect(meet(a, b), "step \(step): \(shown(a)) and \(shown(b))")
            #expect(width(a).map { $0 < .powerOfTwo(-100) } ?? false, "step \(step): \(shown(a))")
            #expect(width(b)! <= width(a)!, "step \(step)")
        }
    }

    /// A contraction forgets the width of its start; a rotation keeps it, although no box does.
    @Test func radiiFollowTheMap() throws {
        let g = Graph()
        let (x, y) = (g.symbol(.state(0)), g.symbol(.state(1)))
        let (c, s) = (g.constant(Rational(3, 5)), g.constant(Rational(4, 5)))
        let rotated = [g.subtract(g.multiply(c, x), g.multiply(s, y)), g.add(g.multiply(s, x), g.multiply(c, y))]
        var environment = Environment()
        environment[.parameter("p")] = RationalInterval(Rational(99, 100), Rational(101, 100))
        let start = [g.symbol(.parameter("p")), g.zero]
        let radius = try ExactMap(name: "rotation", graph: g, map: rotated, start: [])
            .follow(bits: 53, start: start, environment: environment)
        let last = try radius.range(of: x, at: 1000...1000)
        #expect(width(last).map { $0 < Rational(3, 100) } ?? false, "\(shown(last))")
        let half = g.constant(Rational(1, 2))
        let halved = try ExactMap(name: "contraction", graph: g, map: rotated.map { g.multiply(half, $0) }, start: [])
            .follow(bits: 53, start: start, environment: environment)
        let end = try halved.range(of: x, at: 40...40)
        #expect(width(end).map { $0 < .powerOfTwo(-35) } ?? false, "\(shown(end))")
    }

    /// x - eta grad of a convex quadratic form with strongly coupled states: the enclosure shrinks as the orbit does.
    @Test func aDescentOnAConvexLossContracts() throws {
        let g = Graph()
        let (x, y) = (g.symbol(.state(0)), g.symbol(.state(1)))
        // Eigenvalues 2 +- sqrt(3.25): the rows of |I - eta H| sum up to more than 1.
        let slopes = [
            g.add(x, g.multiply(g.constant(Rational(3, 2)), y)),
            g.add(g.multiply(g.constant(Rational(3, 2)), x), g.multiply(g.constant(3), y)),
        ]
        let eta = g.constant(Rational(1, 10))
        let map = ExactMap(
            name: "descent", graph: g, map: zip([x, y], slopes).map { g.subtract($0, g.multiply(eta, $1)) },
            start: [Rational(1, 3), Rational(1, 7)])
        let orbit = try map.follow(bits: 53)
        let range = try orbit.range(of: x, at: 2000...2000)
        #expect(width(range).map { $0 < .powerOfTwo(-40) } ?? false, "\(shown(range))")
    }

    // MARK: Searches

    /// x = 1, 2, 4, ...
    private func doubling() -> ExactMap {
        let g = Graph()
        return ExactMap(name: "doubling", graph: g, map: [g.multiply(g.constant(2), g.symbol(.state(0)))], start: [1])
    }

    @Test func theFirstStepIsExact() throws {
        let map = doubling()
        let g = map.graph
        let orbit = try map.follow(bits: 53)
        let reached = g.compare(.lessOrEqual, g.constant(1000), map.state(0))
        guard case .reached(let time) = try orbit.firstTime(of: reached, from: 0...0, limit: 50) else {
            Issue.record("not reached")
            return
        }
        #expect(time.lower == 10 && time.upper == 10)
        guard case .notUntil(let last) = try orbit.firstTime(of: reached, from: 0...0, limit: Rational(19, 2)) else {
            Issue.record("reached")
            return
        }
        #expect(last == 9)
        // From a start known as [8, 12] the first step may be 10, 11 or 12.
        guard case .reached(let late) = try orbit.firstTime(of: reached, from: 8...12, limit: 50) else {
            Issue.record("not reached")
            return
        }
        #expect(late.lower == 10 && late.upper == 12)
    }

    @Test func conditionsHoldAtStepsOnly() throws {
        let map = doubling()
        let g = map.graph
        let orbit = try map.follow(bits: 53)
        // 2^t differs from 3 at every step, not between them.
        let apart = g.compare(.notEqual, map.state(0), g.constant(3))
        guard case .always = try orbit.truth(of: apart, outer: 0...20, inner: 0...20) else {
            Issue.record("fails")
            return
        }
        let small = g.compare(.less, map.state(0), g.constant(100))
        guard case .failsOn(let time) = try orbit.truth(of: small, outer: 0...20, inner: Rational(13, 2)...20) else {
            Issue.record("holds")
            return
        }
        #expect(time.lower == 7 && time.upper == 7)
        // A failure that may lie outside the interval refutes nothing.
        guard case .unknown(_, .atUncertainEnd) = try orbit.truth(of: small, outer: 0...8, inner: 0...6) else {
            Issue.record("decided")
            return
        }
    }

    @Test func suprema() throws {
        let map = ExactMap.logistic(Rational(19, 5), from: Rational(1, 3))
        let orbit = try map.follow(bits: 256)
        let values = map.exactOrbit(9).map { $0[0] }
        let found = try orbit.supremum(of: map.state(0), outer: 0...9, inner: 0...9, relativeBits: 12)
        let top = values.max()!
        #expect(contains(found.value, top) && width(found.value)! < .powerOfTwo(-200))
        #expect(contains(found.time, Rational(values.firstIndex(of: top)!)))
        #expect(found.time.lower == found.time.upper)
    }

    @Test func aMomentBetweenStepsIsRefused() throws {
        let map = doubling()
        let orbit = try map.follow(bits: 53)
        for time: ClosedRange<Rational> in [Rational(5, 2)...Rational(5, 2), -1...(-1), 1...Rational(3, 2)] {
            #expect(throws: IntegrationFailure.self) { try orbit.range(of: map.state(0), at: time) }
        }
    }

    @Test(arguments: [53, 128])
    func aStepWithoutAValueIsNamed(bits: Int) throws {
        let g = Graph()
        let x = g.symbol(.state(0))
        // 3, 2, 1, 0, and then 1/0.
        let map = g.subtract(g.subtract(x, g.one), g.multiply(g.zero, g.divide(g.one, x)))
        let orbit = try makeTrajectory(
            StepMap(graph: g, map: [map]), start: [g.constant(3)], environment: Environment(), bits: bits)
        try orbit.cover(3)
        do {
            try orbit.cover(4)
            Issue.record("1/0 has a value")
        } catch {
            #expect(error.reason.contains("step 4"), "\(error.reason)")
            // In doubles it could be a number that is only too large.
            #expect(error.kind == (bits == 53 ? .precision : .undefined))
        }
    }

    @Test func aNumberBeyondDoublesHasAValue() throws {
        let map = doubling()
        #expect(throws: IntegrationFailure.self) { try map.follow(bits: 53).cover(2000) }
        let range = try map.follow(bits: 128).range(of: map.state(0), at: 2000...2000)
        #expect(contains(range, .powerOfTwo(2000)))
    }
}
