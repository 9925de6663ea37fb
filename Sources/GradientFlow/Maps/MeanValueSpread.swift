import Arithmetic
import Exact
import Symbolic

/// How far g(x) can lie from g(m), for a point x near the midpoint m: by the derivatives on the box of all such points,
/// in doubles at every rung.
///
/// - Source: mean value theorem along the segment from m to x, which stays in the box: g(x) - g(m) = A (x - m) with the
///   entries of A in the ranges of the partial derivatives over the box.
final class MeanValueSpread {
    struct Bound {
        /// |g_i(x) - g_i(m)| is at most this.
        let components: [Magnitude]
        /// |g(x) - g(m)| in the 2-norm is at most this.
        let distance: Magnitude
    }

    private let machine: Machine<DoubleBall>
    private let dimension: Int

    /// Nil if the map has no derivatives.
    init?(_ map: StepMap, environment: Environment, plans: LawPlans) {
        guard let tape = map.jacobianTape else { return nil }
        dimension = map.dimension
        machine = Machine(tape, order: 0, bits: 53, policy: .hull, plans: plans)
        for (index, symbol) in map.parameters.enumerated() {
            machine.setInput(dimension + 1 + index, coefficient: 0, environment.value(of: symbol, bits: 53))
        }
    }

    /// The box holds x and m; |x_i - m_i| is at most `radii[i]`, and |x - m| in the 2-norm at most `distance`.
    /// - Domain: nil unless the map is certainly defined and differentiable on the whole box.
    func bound(_ box: [DoubleBall], radii: [Magnitude], distance: Magnitude, time: DoubleBall) -> Bound? {
        let n = dimension
        for (i, range) in box.enumerated() { machine.setInput(i, coefficient: 0, range) }
        machine.setInput(n, coefficient: 0, time)
        machine.run()
        for output in 0..<(n * n + n) where !machine.isFinite(machine.output(output)) { return nil }
        let entries = (0..<(n * n)).map { machine.span[machine.position(machine.output($0))] }
        var components: [Magnitude] = []
        for i in 0..<n {
            var (sum, squares) = (Magnitude.zero, Magnitude.zero)
            for j in 0..<n {
                let slope = entries[i * n + j].magnitude
                sum += slope * radii[j]
                squares += slope * slope
            }
            components.append(.min(sum, squares.squareRoot() * distance))
        }
        return Bound(components: components, distance: spectralNormBound(entries, size: n) * distance)
    }
}

extension Enclosure {
    /// The same set in doubles, without exact fractions.
    /// - Error: one rounding of the midpoint.
    var inDoubles: DoubleBall {
        if let ball = self as? DoubleBall { return ball }
        let center = approximation
        return DoubleBall(exactly: center).widened(by: (Self(exactly: center, bits: bits) - self).magnitude)
    }
}
