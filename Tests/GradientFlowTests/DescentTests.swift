import Exact
import Testing

@testable import GradientFlow
@testable import Symbolic

/// Long descents of many states.
struct DescentTests {
    /// x - eta grad/|grad| over all states (or x - eta grad).
    private func descent(_ g: Graph, _ loss: Expression, _ n: Int, eta: Rational, normalised: Bool) throws -> StepMap {
        let slopes = g.gradient(of: loss, by: (0..<n).map(Symbol.state))
        let square = slopes.map { g.power($0, 2) }.reduce(g.zero) { g.add($0, $1) }
        let norm = normalised ? g.apply(.sqrt, square) : g.one
        let map = slopes.enumerated().map { index, slope in
            g.subtract(g.symbol(.state(index)), g.multiply(g.constant(eta), g.divide(slope, norm)))
        }
        return try StepMap(
            graph: g, map: map,
            divisors: normalised ? [StepMap.Divisor(square, name: "the gradient", consequence: "no direction")] : [])
    }

    private func follow(_ map: StepMap, _ start: [Rational], bits: Int) throws -> any Trajectory {
        try makeTrajectory(map, start: start.map(map.graph.constant), environment: Environment(), bits: bits)
    }

    /// Every enclosure of the coarse run holds every enclosure of the fine one.
    private func expectContained(
        _ coarse: any Trajectory, _ fine: any Trajectory, _ map: StepMap, steps: [Int], width limit: Rational
    ) throws {
        for step in steps {
            let time = Rational(step)...Rational(step)
            for index in map.map.indices {
                let x = map.graph.symbol(.state(index))
                let (outer, inner) = (try coarse.range(of: x, at: time), try fine.range(of: x, at: time))
                let contained = outer.lower.flatMap { low in inner.lower.map { low <= $0 } } ?? false
                let below = outer.upper.flatMap { high in inner.upper.map { $0 <= high } } ?? false
                #expect(contained && below, "state \(index), step \(step): \(shown(inner)) is not in \(shown(outer))")
                #expect(width(outer).map { $0 <= limit } ?? false, "state \(index), step \(step): \(shown(outer))")
            }
        }
    }

    /// Softmax scores of two sentences over `tokens` tokens in a matrix of which one column moves.
    private func scores(_ g: Graph, tokens: Int) -> Expression {
        func w(_ k: Int) -> Expression { g.symbol(.state(k * tokens + tokens - 1)) }
        func loss(_ best: Int, _ others: [Int]) -> Expression {
            let odds = others.map { g.apply(.exp, g.subtract(w($0), w(best))) }
            return g.apply(.log1p, odds.reduce(g.zero) { g.add($0, $1) })
        }
        return g.add(loss(0, [tokens - 1]), loss(1, [2, tokens - 1]))
    }

    /// 16 states, four of which move.
    @Test(arguments: [53, 128])
    func aNormalisedDescentHoldsAFinerRun(bits: Int) throws {
        let g = Graph()
        let map = try descent(g, scores(g, tokens: 4), 16, eta: Rational(1, 10), normalised: true)
        #expect(map.isKept.filter { $0 }.count == 12)
        let start = Array(repeating: Rational.zero, count: 16)
        var random = TestRandom(seed: 11)
        try expectContained(
            follow(map, start, bits: bits), follow(map, start, bits: 400), map,
            steps: (0..<12).map { _ in random.below(1200) } + [1, 2, 1200], width: .powerOfTwo(-30))
    }

    /// At step 9000 the gradient is exp(-900), far below what a double holds.
    @Test func aGradientBelowTheRangeOfDoubles() throws {
        let g = Graph()
        let map = try descent(g, scores(g, tokens: 4), 16, eta: Rational(1, 10), normalised: true)
        let start = Array(repeating: Rational.zero, count: 16)
        try expectContained(
            follow(map, start, bits: 128), follow(map, start, bits: 256), map, steps: [3600, 7200, 9000], width: .powerOfTwo(-90))
    }

    /// A kept state that is no point in balls, and one whose formula ends.
    @Test func statesThatStay() throws {
        let g = Graph()
        let (x, y) = (g.symbol(.state(0)), g.symbol(.state(1)))
        let ends = g.add(x, g.divide(g.multiply(g.zero, y), g.subtract(y, g.constant(3))))
        let map = try StepMap(graph: g, map: [ends, g.add(y, g.one)])
        #expect(map.isKept == [true, false])
        for start in [Rational(1, 3), 1] {
            for bits in [53, 128] {
                let orbit = try makeTrajectory(
                    map, start: [g.constant(start), g.zero], environment: Environment(), bits: bits)
                #expect(contains(try orbit.range(of: x, at: 3...3), start))
                #expect(throws: IntegrationFailure.self) { try orbit.cover(4) }
            }
        }
    }

    // MARK: Quadratic losses, where everything is known

    /// sum of h_i x_i^2/2, turned by reflections with rational entries, so that the Hessian is full.
    private func quadratic(_ g: Graph, _ eigenvalues: [Rational]) -> (loss: Expression, hessian: [[Rational]]) {
        let n = eigenvalues.count
        // I - 2 v v^T / (v^T v)
        let v = (0..<n).map { Rational($0 % 3 + 1) }
        let square = v.reduce(Rational.zero) { $0 + $1 * $1 }
        func turn(_ i: Int, _ j: Int) -> Rational {
            let reflected: Rational = 2 * v[i] * v[j] / square
            return (i == j ? Rational(1) : 0) - reflected
        }
        var hessian = Array(repeating: Array(repeating: Rational.zero, count: n), count: n)
        for i in 0..<n {
            for j in 0..<n {
                for k in 0..<n { hessian[i][j] += turn(i, k) * eigenvalues[k] * turn(j, k) }
            }
        }
        var loss = g.zero
        for i in 0..<n {
            for j in 0..<n {
                let term = g.multiply(g.symbol(.state(i)), g.symbol(.state(j)))
                loss = g.add(loss, g.multiply(g.constant(hessian[i][j] / 2), term))
            }
        }
        return (loss, hessian)
    }

    /// x - eta H x
    private func moved(_ x: [Rational], _ hessian: [[Rational]], _ eta: Rational) -> [Rational] {
        x.indices.map { i in
            var slope: Rational = 0
            for j in x.indices { slope += hessian[i][j] * x[j] }
            return x[i] - eta * slope
        }
    }

    /// eta on both sides of 2/lambda_max = 1/2: the radius shrinks with the slowest mode, or grows like the fastest.
    @Test(arguments: [8, 14])
    func theRadiusOfAQuadraticDescent(n: Int) throws {
        let g = Graph()
        let eigenvalues = (0..<n).map { Rational($0 % 4 + 1) }
        let (loss, hessian) = quadratic(g, eigenvalues)
        for (eta, factor) in [(Rational(2, 5), Rational(3, 5)), (Rational(9, 20), Rational(4, 5)), (Rational(3, 5), Rational(7, 5))] {
            let map = try descent(g, loss, n, eta: eta, normalised: false)
            var environment = Environment()
            let radius = Rational.powerOfTwo(-20)
            let center = (0..<n).map { Rational(1) / Rational($0 + 2) }
            for index in 0..<n {
                environment[.parameter("p\(index)")] = RationalInterval(center[index] - radius, center[index] + radius)
            }
            let orbit = try makeTrajectory(
                map, start: (0..<n).map { g.symbol(.parameter("p\($0)")) }, environment: environment, bits: 53)
            // Two corners of the box, followed exactly.
            var ends = [center.map { $0 - radius }, center.enumerated().map { $1 + ($0 % 2 == 0 ? radius : -radius) }]
            for step in 0...12 {
                let time = Rational(step)...Rational(step)
                var squares = Rational.zero
                for index in 0..<n {
                    let range = try orbit.range(of: g.symbol(.state(index)), at: time)
                    for end in ends { #expect(contains(range, end[index]), "eta \(eta), state \(index), step \(step)") }
                    let half = (width(range) ?? 1) / 2
                    squares += half * half
                }
                // No coordinate is wider than the ball: |I - eta H|^step times its first radius.
                let ball = (factor.power(step) ?? 0) * radius
                #expect(squares <= Rational(n * n) * ball * ball * Rational(21, 20), "eta \(eta), step \(step)")
                ends = ends.map { moved($0, hessian, eta) }
            }
        }
    }

    /// Rates 1 and 100: in the plain norm a step stretches some errors by 1.7, which would cost 0.7 bits in each of 1000
    /// steps; in the norm of the rates none.
    @Test func ratesHaveTheirOwnNorm() throws {
        let g = Graph()
        let (x, y) = (g.symbol(.state(0)), g.symbol(.state(1)))
        let coupling = g.constant(Rational(9, 10))
        let slopes = [g.add(x, g.multiply(coupling, y)), g.add(g.multiply(coupling, x), y)]
        let steps = [Rational(3, 200), Rational(3, 2)]
        let map = try StepMap(
            graph: g, map: zip([x, y], zip(slopes, steps)).map { g.subtract($0, g.multiply(g.constant($1.1), $1.0)) })
        let orbit = try follow(map, [Rational(1, 3), Rational(1, 7)], bits: 53)
        var exact: [Rational] = [Rational(1, 3), Rational(1, 7)]
        for step in 0..<40 {
            for (index, state) in [x, y].enumerated() {
                #expect(contains(try orbit.range(of: state, at: Rational(step)...Rational(step)), exact[index]))
            }
            let first: Rational = exact[0] + Rational(9, 10) * exact[1]
            let second: Rational = Rational(9, 10) * exact[0] + exact[1]
            exact = [exact[0] - steps[0] * first, exact[1] - steps[1] * second]
        }
        for state in [x, y] {
            let range = try orbit.range(of: state, at: 3000...3000)
            #expect(width(range).map { $0 < .powerOfTwo(-30) } ?? false, "\(shown(range))")
        }
    }

    /// Thirteen coupled maps with quotients: the exact orbits of points of a box stay inside.
    @Test func manyStatesContainExactOrbits() throws {
        let g = Graph()
        let n = 13
        let states = (0..<n).map { g.symbol(.state($0)) }
        let map = (0..<n).map { i in
            let (x, y, z) = (states[i], states[(i + 1) % n], states[(i + 5) % n])
            let quotient = g.divide(g.multiply(x, y), g.add(g.constant(2), g.power(z, 2)))
            return g.add(g.multiply(g.constant(Rational(9, 10)), x), g.subtract(quotient, g.multiply(g.constant(Rational(1, 7)), z)))
        }
        var environment = Environment()
        let radius = Rational.powerOfTwo(-12)
        let center = (0..<n).map { Rational($0 + 1) / 11 }
        for i in 0..<n { environment[.parameter("p\(i)")] = RationalInterval(center[i] - radius, center[i] + radius) }
        for bits in [53, 128] {
            let orbit = try makeTrajectory(
                StepMap(graph: g, map: map), start: (0..<n).map { g.symbol(.parameter("p\($0)")) }, environment: environment,
                bits: bits)
            var points = [center.map { $0 - radius }, center.enumerated().map { $0 % 2 == 0 ? $1 : $1 + radius }]
            for step in 0...4 {
                for i in 0..<n {
                    let range = try orbit.range(of: states[i], at: Rational(step)...Rational(step))
                    for point in points { #expect(contains(range, point[i]), "state \(i), step \(step), \(bits) bits") }
                }
                points = points.map { point in
                    var values: [Symbol: Rational] = [:]
                    for (i, value) in point.enumerated() { values[.state(i)] = value }
                    return map.map { g.exactValue(of: $0, at: values)! }
                }
            }
        }
    }

    // MARK: Roots

    /// sqrt of a sum of squares that vanishes has a value; sqrt of a difference that may be negative has none.
    @Test(arguments: [53, 128])
    func theNormOfAVanishingVector(bits: Int) throws {
        let g = Graph()
        let (x, y) = (g.symbol(.state(0)), g.symbol(.state(1)))
        // 1/3 and 2/3 - 1/3: equal, which no ball knows.
        let difference = g.subtract(x, g.multiply(g.constant(Rational(1, 2)), y))
        let map = try StepMap(graph: g, map: [x, g.multiply(g.constant(2), x)])
        let orbit = try makeTrajectory(
            map, start: [g.constant(Rational(1, 3)), g.constant(Rational(2, 3))], environment: Environment(), bits: bits)
        let norm = g.apply(.sqrt, g.add(g.power(difference, 2), g.power(difference, 2)))
        let range = try orbit.range(of: norm, at: 5...5)
        #expect(contains(range, 0) && (width(range).map { $0 < .powerOfTwo(-20) } ?? false), "\(shown(range))")
        let open = try orbit.range(of: g.apply(.sqrt, difference), at: 5...5)
        #expect(open.lower == nil && open.upper == nil)
    }
}
