import Arithmetic
import Exact
import Symbolic

/// The logarithmic norm from all n x n partial derivatives.
///
/// - Source: mu(A) = lambda_max((A + A^T)/2); the matrix is modelled to degree 2 in tau, lambda_max is convex, so its
///   integral is at most the mean over the Bernstein controls plus the norm of the remainder.
final class JacobianNorm {
    private let field: VectorField
    private let metric: Metric
    private let machine: Machine<DoubleBall>

    init(_ field: VectorField, _ tape: Tape, _ metric: Metric, _ plans: LawPlans) {
        self.field = field
        self.metric = metric
        machine = Machine(tape, order: 2, bits: 53, policy: .smooth, plans: plans)
    }

    func bound(_ piece: TubePiece, rho: Magnitude) -> LogarithmicNorm.Bound? {
        let n = field.dimension
        piece.setInputs(of: machine, field, rho: rho, metric: metric)
        machine.run()
        for output in 0..<(n * n + n) where !machine.isFinite(machine.output(output)) { return nil }
        return integrate(n, length: piece.length)
    }

    private func integrate(_ n: Int, length: DoubleBall) -> LogarithmicNorm.Bound? {
        let half = DoubleBall(Rational(1, 2), bits: 53)
        var controls = Array(repeating: Array(repeating: 0.0, count: n * n), count: 3)
        var remainder = Magnitude.zero
        for i in 0..<n {
            for k in 0..<n {
                let (first, second) = (machine.output(i * n + k), machine.output(k * n + i))
                let (up, down) = (ratio(k, i), ratio(i, k))
                let c = (0...2).map { j in
                    (coefficient(first, j, up) + coefficient(second, j, down)) * half
                }
                let bernstein = [c[0], c[0] + c[1] * half, c[0] + c[1] + c[2]]
                var widest = Magnitude.zero
                for (index, control) in bernstein.enumerated() {
                    controls[index][i * n + k] = control.midpoint.approximation
                    widest = Swift.max(widest, control.radius)
                }
                let both = spread(first, up) + spread(second, down)
                let entry = widest + both.scaled(byPowerOfTwo: -1)
                remainder = remainder + entry * entry
            }
        }
        // The Frobenius norm bounds the 2-norm of the remainder.
        let spread = DoubleBall(exactly: remainder.squareRoot().upperDouble, bits: 53)
        var (sum, positive) = (DoubleBall(0, bits: 53), DoubleBall(0, bits: 53))
        for control in controls {
            let top = largestEigenvalueBound(ofSymmetric: control, size: n)
            guard top < .infinity else { return nil }
            sum = sum + DoubleBall(exactly: top, bits: 53)
            positive = positive + DoubleBall(exactly: Swift.max(top, 0), bits: 53)
        }
        let third = DoubleBall(Rational(1, 3), bits: 53)
        let integral = length * (sum * third + spread)
        let positivePart = length * (positive * third + spread)
        guard integral.isFinite && positivePart.isFinite else { return nil }
        return LogarithmicNorm.Bound(
            integral: integral.upperEndpoint, positivePart: positivePart.upperEndpoint, dense: integral.upperEndpoint)
    }

    /// sqrt(rate_k/rate_i), what takes entry (i, k) to the metric's coordinates; nil for 1.
    private func ratio(_ k: Int, _ i: Int) -> DoubleBall? {
        let (above, below) = (metric.rateOfState[k], metric.rateOfState[i])
        return above == below ? nil : metric.roots[above] / metric.roots[below]
    }

    private func coefficient(_ slot: Int, _ j: Int, _ factor: DoubleBall?) -> DoubleBall {
        let value = machine.program.varies[slot] || j == 0
            ? machine.span[machine.position(slot) + j] : DoubleBall(0, bits: 53)
        return factor.map { $0 * value } ?? value
    }

    private func spread(_ slot: Int, _ factor: DoubleBall?) -> Magnitude {
        let size = machine.weighted[slot] + machine.uniform[slot]
        return factor.map { $0.magnitude * size } ?? size
    }
}
