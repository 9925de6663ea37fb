import Arithmetic
import Exact
import Testing

@testable import GradientFlow
@testable import Symbolic

/// Parts of a step: they follow the same polynomial, and bounds over them add up to a bound over the step.
struct TubePieceTests {
    @Test func aPartContainsThePolynomial() throws {
        let complaint = try complaints(cases: 400, suite: "TubePieceTests") { random in
            let order = random.within(0...9)
            let p = BallVector<DoubleBall>(count: order + 1, bits: 53)
            let exact: [Rational] = (0...order).map { j in
                p.span[j] = DoubleBall(random.signed(), bits: 53).midpoint
                return p.span[j].lowerBound ?? 0
            }
            let parts = 1 << random.within(0...3)
            let width = Rational(1, BigInt(parts))
            let offset = Rational(BigInt(random.below(parts))) * width
            let piece = TubePiece(
                p, order: order, start: 0, length: 1, environment: Environment(), part: (offset, width))
            let tau = random.unit()
            let truth = exact.reversed().reduce(Rational.zero) { $0 * (offset + width * tau) + $1 }
            // The model, with exact ends.
            var (low, high) = (Rational.zero, Rational.zero)
            for (j, power) in [1, tau, tau * tau].enumerated() {
                let coefficient = piece.coefficients[j]
                low += power * (coefficient.lowerBound ?? 0)
                high += power * (coefficient.upperBound ?? 0)
            }
            let tail = (Rational(exactly: piece.tails[0].upperDouble) ?? 0) * tau * tau * tau
            return low - tail <= truth && truth <= high + tail
                ? nil : "p = \(exact), part \(offset) + \(width) tau, tau = \(tau): \(truth) is not in \(low)...\(high) +- \(tail)"
        }
        #expect(complaint == nil, "\(complaint ?? "")")
    }

    /// x' = sin(x) along x = speed * tau: the integral of the slope cos(x) is sin(speed)/speed. A fast path is halved.
    @Test(arguments: [1, 4, 10, 25])
    func halvesBoundTheWhole(speed: Int) throws {
        let g = Graph()
        let field = try VectorField(
            graph: g, field: [g.apply(.sin, g.symbol(.state(0)))], potential: nil, derivedUpTo: 0)
        let norm = try LogarithmicNorm(
            field, metric: Metric(field, environment: Environment(), plans: LawPlans()), plans: LawPlans())
        let p = BallVector<DoubleBall>(count: 2, bits: 53)
        p.span[1] = DoubleBall(exactly: Double(speed))
        let found = norm.bound(p, order: 1, start: 0, length: 1, rho: Magnitude(1e-9), environment: Environment())
        let bound = try #require(found)
        let truth = try enclose(
            [g.divide(g.apply(.sin, g.constant(Rational(speed))), g.constant(Rational(speed)))], of: g, environment: Environment(),
            bits: 100)[0]
        let integral = try #require(Rational(exactly: bound.integral))
        #expect(try integral >= #require(truth.lower))
        #expect(bound.positivePart >= Swift.max(bound.integral, 0))
        // Of a path of length 4 two halves know the integral to a tenth; of any path it is at most some times the step.
        if speed <= 4 { #expect(bound.integral <= (truth.upper ?? 0).approximation + 0.3, "\(bound)") }
        #expect(bound.integral < 50, "\(bound)")
    }
}
