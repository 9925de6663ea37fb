import Arithmetic
import Exact
import Symbolic

/// Bounds of the logarithmic norm of the Jacobian (2-norm) over one step of a tube, in doubles at every rung.
///
/// - Source: mu(A) = lambda_max((A + A^T)/2); the matrix is modelled to degree 2 in tau, lambda_max is convex, so its
///   integral is at most the mean over the Bernstein controls plus the norm of the remainder.
final class LogarithmicNorm {
    private let field: VectorField
    private let machine: Machine<DoubleBall>

    struct Bound {
        /// Upper bounds of the integrals of mu and of max(mu, 0) over the step.
        let integral: Double
        let positivePart: Double
    }

    init(_ field: VectorField, plans: LawPlans) {
        self.field = field
        machine = Machine(field.jacobianTape, order: 2, bits: 53, policy: .smooth, plans: plans)
    }

    /// Nil if the Jacobian, or the field itself, is undefined or not smooth somewhere on the tube of radius `rho`.
    func bound<E: Enclosure>(
        _ p: borrowing BallVector<E>, order: Int, start: Rational, length: Rational, rho: Magnitude,
        environment: Environment
    ) -> Bound? {
        let n = field.dimension
        for i in 0..<n {
            var tail = Magnitude.zero
            for j in 0...order {
                let at = i * (order + 1) + j
                if j <= 2 {
                    machine.setInput(i, coefficient: j, p.span[at].asDoubleBall)
                } else {
                    tail = tail + p.span.magnitude(at)
                }
            }
            machine.setInput(i, weighted: tail, uniform: rho)
        }
        machine.setInput(n, coefficient: 0, DoubleBall(start, bits: 53))
        machine.setInput(n, coefficient: 1, DoubleBall(length, bits: 53))
        for (index, symbol) in field.parameters.enumerated() {
            machine.setInput(n + 1 + index, coefficient: 0, environment.value(of: symbol, bits: 53))
        }
        machine.run()
        for output in 0..<(n * n + n) where !machine.isFinite(machine.output(output)) { return nil }
        return integrate(n, length: DoubleBall(length, bits: 53))
    }

    private func integrate(_ n: Int, length: DoubleBall) -> Bound? {
        let half = DoubleBall(Rational(1, 2), bits: 53)
        var controls = Array(repeating: Array(repeating: 0.0, count: n * n), count: 3)
        var remainder = Magnitude.zero
        for i in 0..<n {
            for k in 0..<n {
                let (first, second) = (machine.output(i * n + k), machine.output(k * n + i))
                let c = (0...2).map { j in
                    (coefficient(first, j) + coefficient(second, j)) * half
                }
                let bernstein = [c[0], c[0] + c[1] * half, c[0] + c[1] + c[2]]
                var widest = Magnitude.zero
                for (index, control) in bernstein.enumerated() {
                    controls[index][i * n + k] = control.midpoint.approximation
                    widest = Swift.max(widest, control.radius)
                }
                let both =
                    machine.weighted[first] + machine.weighted[second] + machine.uniform[first]
                    + machine.uniform[second]
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
        return Bound(integral: integral.upperEndpoint, positivePart: positivePart.upperEndpoint)
    }

    private func coefficient(_ slot: Int, _ j: Int) -> DoubleBall {
        machine.program.varies[slot] || j == 0
            ? machine.span[machine.position(slot) + j] : DoubleBall(0, bits: 53)
    }
}
