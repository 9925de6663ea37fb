import Exact

@testable import GradientFlow
@testable import Symbolic

/// A field with a start, and what tests need to follow it at several precisions.
struct Run {
    let name: String
    let graph: Graph
    let field: [Expression]
    let start: [Rational]
    /// How far every precision gets.
    let horizon: Rational

    func states() -> [Expression] { field.indices.map { graph.symbol(.state($0)) } }

    func follow(bits: Int) throws -> any Trajectory {
        try makeTrajectory(
            VectorField(graph: graph, field: field), start: start.map(graph.constant), environment: Environment(), bits: bits)
    }

    /// A run from an enclosure of its start.
    func follow(_ field: [Expression], from box: [RationalInterval], bits: Int) throws -> any Trajectory {
        var environment = Environment()
        let symbols = box.indices.map { Symbol.parameter("start\($0)") }
        for (symbol, interval) in zip(symbols, box) { environment[symbol] = interval }
        return try makeTrajectory(
            VectorField(graph: graph, field: field), start: symbols.map(graph.symbol), environment: environment, bits: bits)
    }
}

extension Run {
    static func vanDerPol() -> Run {
        let g = Graph()
        let (x, y) = (g.symbol(.state(0)), g.symbol(.state(1)))
        let damping = g.multiply(y, g.subtract(g.one, g.power(x, 2)))
        return Run(
            name: "Van der Pol", graph: g, field: [y, g.subtract(damping, x)], start: [Rational(7, 5), Rational(12, 5)],
            horizon: 7)
    }

    static func lorenz() -> Run {
        let g = Graph()
        let (x, y, z) = (g.symbol(.state(0)), g.symbol(.state(1)), g.symbol(.state(2)))
        return Run(
            name: "Lorenz", graph: g,
            field: [
                g.multiply(g.constant(10), g.subtract(y, x)),
                g.subtract(g.multiply(x, g.subtract(g.constant(28), z)), y),
                g.subtract(g.multiply(x, y), g.multiply(g.constant(Rational(8, 3)), z)),
            ],
            start: [Rational(-2_147_367_631, 1_000_000_000), Rational(2_078_048_211, 1_000_000_000), 27], horizon: 1)
    }

    /// Three weights of a small logistic regression: the gradient flow of a mean of two softplus losses.
    static func logistic() -> Run {
        let g = Graph()
        let w = (0..<3).map { g.symbol(.state($0)) }
        let samples: [[Rational]] = [[1, Rational(1, 2), -1], [Rational(-1, 3), 2, 1]]
        var field = Array(repeating: g.zero, count: 3)
        for sample in samples {
            let score = zip(w, sample).reduce(g.zero) { g.add($0, g.multiply(g.constant($1.1), $1.0)) }
            let weight = g.apply(.sigmoid, g.negate(score))
            for k in 0..<3 { field[k] = g.add(field[k], g.multiply(g.constant(sample[k] * Rational(1, 2)), weight)) }
        }
        return Run(name: "logistic", graph: g, field: field, start: [0, Rational(1, 10), -1], horizon: 20)
    }

    /// Two layers: u' = v(1 - uv), v' = u(1 - uv). u^2 - v^2 is conserved.
    static func twoLayer() -> Run {
        let g = Graph()
        let (u, v) = (g.symbol(.state(0)), g.symbol(.state(1)))
        let error = g.subtract(g.one, g.multiply(u, v))
        return Run(
            name: "two layers", graph: g, field: [g.multiply(v, error), g.multiply(u, error)],
            start: [Rational(1, 2), Rational(1, 100)], horizon: 12)
    }

    /// x' = sin(t) cos(x) - x/(2 + y^2), y' = tanh(x) - log(1 + y^2): functions, quotients and the time.
    static func driven() -> Run {
        let g = Graph()
        let (x, y, t) = (g.symbol(.state(0)), g.symbol(.state(1)), g.symbol(.time))
        let first = g.subtract(
            g.multiply(g.apply(.sin, t), g.apply(.cos, x)), g.divide(x, g.add(g.constant(2), g.power(y, 2))))
        let second = g.subtract(g.apply(.tanh, x), g.apply(.log1p, g.power(y, 2)))
        return Run(name: "driven", graph: g, field: [first, second], start: [Rational(1, 3), -1], horizon: 8)
    }

    /// The pendulum; y^2/2 - cos x is conserved.
    static func pendulum() -> Run {
        let g = Graph()
        let (x, y) = (g.symbol(.state(0)), g.symbol(.state(1)))
        return Run(
            name: "pendulum", graph: g, field: [y, g.negate(g.apply(.sin, x))], start: [1, Rational(1, 5)], horizon: 10)
    }

    /// One scalar of an in-context flow: a rolled sum over a binomial law.
    static func inContext() -> Run {
        let g = Graph()
        let (s, index) = (g.symbol(.state(0)), g.makeBoundVariable())
        let n = g.symbol(.bound(index))
        let trials = 12
        let total = g.subtract(g.constant(trials), n)
        let scaled = g.multiply(n, g.apply(.exp, s))
        let mass = g.add(scaled, total)
        let body = g.multiply(g.divide(scaled, mass), g.power(g.divide(total, mass), 2))
        return Run(
            name: "in context", graph: g,
            field: [g.expectation(.binomial(trials: trials, probability: Rational(1, 4)), variable: index, body)],
            start: [0], horizon: 30)
    }

    static func all() -> [Run] { [vanDerPol(), lorenz(), logistic(), twoLayer(), driven(), pendulum(), inContext()] }
}

/// Whether two enclosures of one number have a point in common. An enclosure without an end excludes nothing there.
func meet(_ a: RationalInterval, _ b: RationalInterval) -> Bool {
    if let low = a.lower, let high = b.upper, low > high { return false }
    if let low = b.lower, let high = a.upper, low > high { return false }
    return true
}

func contains(_ interval: RationalInterval, _ value: Rational) -> Bool { meet(interval, RationalInterval(value)) }

func width(_ interval: RationalInterval) -> Rational? {
    guard let lower = interval.lower, let upper = interval.upper else { return nil }
    return upper - lower
}

/// An interval in a message: rounded to doubles, then the exact ends.
func shown(_ interval: RationalInterval) -> String {
    let low = interval.lower, high = interval.upper
    return "[\(low?.approximation ?? -.infinity), \(high?.approximation ?? .infinity)] (exactly \(low.map { "\($0)" } ?? "-inf"), \(high.map { "\($0)" } ?? "inf"))"
}
