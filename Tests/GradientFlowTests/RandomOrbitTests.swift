import Exact
import Testing

@testable import GradientFlow
@testable import Symbolic

/// Random maps of one to three states that start in a box: every enclosure contains the exact orbit of its points.
struct RandomOrbitTests {
    /// A sum of a few products and quotients of states and the time, with a kink now and then.
    private func formula(_ g: Graph, _ states: [Expression], _ random: inout TestRandom) -> Expression {
        var sum = g.constant(random.fraction(3))
        for _ in 0..<random.within(1...3) {
            let (x, y) = (random.pick(states), random.pick(states))
            let factor = g.constant(random.fraction(4, over: 3...9))
            let term =
                switch random.below(7) {
                case 0, 1: x
                case 2: g.multiply(x, y)
                case 3: g.divide(x, g.add(g.constant(2), g.power(y, 2)))
                case 4: g.apply(.abs, g.subtract(x, y))
                case 5: g.minimum(x, g.multiply(y, g.constant(random.fraction())))
                default: g.divide(x, g.add(g.symbol(.time), g.constant(2)))
                }
            sum = g.add(sum, g.multiply(factor, term))
        }
        return sum
    }

    @Test func everyPointOfTheStartIsFollowed() throws {
        let found = try complaints(cases: 300, suite: "RandomOrbitTests") { random in
            let g = Graph()
            let n = random.within(1...3)
            let states = (0..<n).map { g.symbol(.state($0)) }
            let map = (0..<n).map { _ in formula(g, states, &random) }
            var environment = Environment()
            var (start, point): ([Expression], [Rational]) = ([], [])
            for index in 0..<n {
                let center = random.fraction()
                let radius = random.chance(1, of: 4) ? 0 : random.unit() * .powerOfTwo(-random.within(1...40))
                environment[.parameter("p\(index)")] = RationalInterval(center - radius, center + radius)
                start.append(g.symbol(.parameter("p\(index)")))
                point.append(random.inside(center - radius, center + radius))
            }
            for bits in [53, 128] {
                let orbit = try makeTrajectory(StepMap(graph: g, map: map), start: start, environment: environment, bits: bits)
                var exact = point
                for step in 0..<6 {
                    // A wide box may reach beyond what has a value.
                    guard (try? orbit.cover(Rational(step))) != nil else { break }
                    for index in 0..<n {
                        let range = try orbit.range(of: states[index], at: Rational(step)...Rational(step))
                        if !contains(range, exact[index]) {
                            return """
                                state \(index) at step \(step), \(bits) bits, from \(point): \(exact[index]) is not in \
                                \(shown(range)); map \(map.map { g.description(of: $0) })
                                """
                        }
                    }
                    var values: [Symbol: Rational] = [.time: Rational(step)]
                    for (index, value) in exact.enumerated() { values[.state(index)] = value }
                    let next = map.compactMap { g.exactValue(of: $0, at: values) }
                    guard next.count == n else { break }
                    exact = next
                }
            }
            return nil
        }
        #expect(found == nil, "\(found ?? "")")
    }
}
