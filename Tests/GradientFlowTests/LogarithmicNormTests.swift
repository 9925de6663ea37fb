import Arithmetic
import Exact
import Testing

@testable import GradientFlow
@testable import Symbolic

/// The bound of the logarithmic norm over a step is at least the integral of the largest eigenvalue of the symmetric part of
/// the Jacobian, along every path within the tube.
struct LogarithmicNormTests {
    /// Plain floating point: a sample of the truth, good to about 1e-12.
    private func value(_ g: Graph, _ e: Expression, _ point: [Symbol: Double]) throws -> Double {
        let exact = point.mapValues { g.constant(Rational(exactly: $0) ?? 0) }
        let interval = try enclose([g.substitute(e, exact)], of: g, environment: Environment(), bits: 53)[0]
        return interval.lower.flatMap { low in interval.upper.map { ((low + $0) * Rational(1, 2)).approximation } } ?? .nan
    }

    /// The largest eigenvalue of a symmetric matrix of size 1, 2 or 3.
    private func largest(_ a: [[Double]]) -> Double {
        if a.count == 1 { return a[0][0] }
        if a.count == 2 {
            let difference = (a[0][0] - a[1][1]) / 2
            return (a[0][0] + a[1][1]) / 2 + (difference * difference + a[0][1] * a[0][1]).squareRoot()
        }
        // Power iteration on a shifted matrix: a lower bound that converges to the largest.
        let n = a.count
        let shift = a.flatMap { $0 }.reduce(0) { $0 + Swift.abs($1) } + 1
        var v = (0..<n).map { 1 + 0.37 * Double($0) }
        var quotient = 0.0
        for _ in 0..<2000 {
            let w = (0..<n).map { i in (0..<n).reduce(shift * v[i]) { $0 + a[i][$1] * v[$1] } }
            let norm = w.reduce(0) { $0 + $1 * $1 }.squareRoot()
            v = w.map { $0 / norm }
            quotient = (0..<n).reduce(0) { sum, i in sum + v[i] * (0..<n).reduce(0) { $0 + a[i][$1] * v[$1] } }
        }
        return quotient
    }

    private func check(_ problem: Run, bits: Int, _ random: inout TestRandom) throws -> String? {
        let g = problem.graph
        let n = problem.field.count
        let field = try VectorField(graph: g, field: problem.field)
        let norm = try LogarithmicNorm(
            field, metric: Metric(field, environment: Environment(), plans: LawPlans()), plans: LawPlans())
        let order = random.within(2...6)
        let p = BallVector<DoubleBall>(count: n * (order + 1), bits: 53)
        var coefficients: [[Rational]] = []
        for i in 0..<n {
            let start = problem.start[i] + random.fraction(3)
            coefficients.append([start] + (0..<order).map { _ in random.fraction() * Rational(1, 20) })
            for j in 0...order { p.span[i * (order + 1) + j] = DoubleBall(coefficients[i][j], bits: 53).midpoint }
        }
        let (start, length) = (Rational(BigInt(random.within(0...9)), 4), Rational(BigInt(random.within(1...8)), 16))
        let rho = random.pick([0.0, 1e-9, 0.01, 0.1])
        guard let bound = norm.bound(
            p, order: order, start: start, length: length, rho: Magnitude(rho), environment: Environment())
        else { return nil }

        // One constant displacement inside the ball.
        var displacement = (0..<n).map { _ in Double(random.within(-100...100)) }
        let size = displacement.reduce(0) { $0 + $1 * $1 }.squareRoot()
        displacement = displacement.map { size > 0 ? $0 / size * rho * 0.999 : 0 }
        let nodes = 33
        var (integral, positive) = (0.0, 0.0)
        for k in 0..<nodes {
            let tau = Double(k) / Double(nodes - 1)
            var point: [Symbol: Double] = [.time: start.approximation + length.approximation * tau]
            for i in 0..<n {
                point[.state(i)] = coefficients[i].reversed().reduce(0) { $0 * tau + $1.approximation } + displacement[i]
            }
            let jacobian = try (0..<n).map { i in
                try (0..<n).map { k in try value(g, g.derivative(of: problem.field[i], by: .state(k)), point) }
            }
            let symmetric = (0..<n).map { i in (0..<n).map { (jacobian[i][$0] + jacobian[$0][i]) / 2 } }
            // Simpson's rule.
            let weight = (k == 0 || k == nodes - 1 ? 1.0 : k % 2 == 1 ? 4 : 2) / (3 * Double(nodes - 1))
            let top = largest(symmetric)
            integral += weight * top * length.approximation
            positive += weight * Swift.max(top, 0) * length.approximation
        }
        // Simpson's error on these smooth fields; kinks of max(mu, 0) cost more.
        let tolerance = 1e-6 * (1 + Swift.abs(integral))
        if !(bound.integral >= integral - tolerance) || !(bound.positivePart >= positive - 100 * tolerance) {
            return """
                \(problem.name): bound \(bound) is below \(integral) (positive part \(positive))
                  p = \(coefficients), t = \(start) + \(length) tau, rho = \(rho), displaced by \(displacement)
                """
        }
        if !(bound.positivePart >= bound.integral) || bound.positivePart < 0 { return "\(problem.name): \(bound)" }
        return nil
    }

    @Test(arguments: Run.all().indices)
    func theBoundIsAboveTheEigenvalue(index: Int) throws {
        let complaint = try complaints(cases: 12, suite: "LogarithmicNormTests") {
            try check(Run.all()[index], bits: 53, &$0)
        }
        #expect(complaint == nil, "\(complaint ?? "")")
    }

    /// x' = c x: the norm is c, exactly but for rounding. x' = A x with A symmetric, likewise.
    @Test(arguments: [Rational(-7, 3), Rational(0), Rational(1, 1000), Rational(41, 5)])
    func linearFieldsAreSharp(slope: Rational) throws {
        let g = Graph()
        let (x, y) = (g.symbol(.state(0)), g.symbol(.state(1)))
        let scalar = [g.multiply(g.constant(slope), x)]
        // Eigenvalues slope and slope - 2.
        let (d, o) = (g.constant(slope - 1), g.one)
        let plane = [g.add(g.multiply(d, x), g.multiply(o, y)), g.add(g.multiply(o, x), g.multiply(d, y))]
        for field in [scalar, plane] {
            let flow = try VectorField(graph: g, field: field)
            let norm = try LogarithmicNorm(
                flow, metric: Metric(flow, environment: Environment(), plans: LawPlans()), plans: LawPlans())
            let p = BallVector<DoubleBall>(count: 3 * field.count, bits: 53)
            let length = Rational(3, 8)
            let found = norm.bound(
                p, order: 2, start: 0, length: length, rho: Magnitude(0.5), environment: Environment())
            let bound = try #require(found)
            let truth = (slope * length).approximation
            #expect(bound.integral >= truth && bound.integral - truth < 1e-13, "\(bound.integral), not \(truth)")
            #expect(bound.positivePart >= Swift.max(truth, 0) && bound.positivePart - Swift.max(truth, 0) < 1e-13)
        }
    }
}
