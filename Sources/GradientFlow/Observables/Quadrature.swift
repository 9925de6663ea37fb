import Arithmetic
import Exact
import Symbolic

/// Hitting times of a flow of one scalar, x' = g(x): the time from a to b is the integral of dx/g(x), a quadrature that
/// needs no differential equation. It knows nothing of the tube, so it also checks it.
///
/// - Error: the integral of a Taylor model of 1/g in x over each piece; the weighted remainder enters divided by
///   order + 2.
final class Quadrature<E: Enclosure> {
    private let bits: Int
    private let machine: Machine<E>
    /// Exact points along the run and the times at which the solution reaches them.
    private var milestones: [(point: E, time: E)]

    /// Nil unless the field is one scalar's and reads that alone.
    init?(_ field: VectorField, start: E, order: Int, bits: Int, environment: Environment, plans: LawPlans) {
        let graph = field.graph
        guard field.dimension == 1, !graph.symbols(in: field.field[0]).contains(.time) else { return nil }
        let inverse = graph.divide(graph.one, field.field[0])
        guard let tape = try? graph.compile(
            outputs: [inverse], inputs: [.state(0)] + field.parameters, varying: [.state(0)])
        else { return nil }
        self.bits = bits
        machine = Machine(tape, order: order, bits: bits, policy: .smooth, plans: plans)
        for (index, symbol) in field.parameters.enumerated() {
            machine.setInput(1 + index, coefficient: 0, environment.value(of: symbol, bits: bits))
        }
        milestones = [(start, E(Rational.zero, bits: bits))]
    }

    /// The time from a to b, negative against the flow; nil where 1/g carries no information in between.
    private func duration(from a: E, to b: E) -> E? {
        let distance = b - a
        machine.setInput(0, coefficient: 0, a)
        machine.setInput(0, coefficient: 1, distance)
        machine.run()
        let slot = machine.output(0)
        guard machine.isFinite(slot) else { return nil }
        let at = machine.position(slot)
        let last = machine.program.varies[slot] ? machine.order : 0
        var sum = E(Rational.zero, bits: bits)
        for j in 0...last { sum = sum + machine.span[at + j] * E(Rational(1, BigInt(j + 1)), bits: bits) }
        let remainder = machine.weighted[slot] / Magnitude(Double(machine.order + 2)) + machine.uniform[slot]
        return distance * sum.widened(by: remainder)
    }

    /// The time at which the solution reaches `point`, which lies after the tube's steps before `index`.
    func time(at point: E, after index: Int, of tube: Tube<E>) -> E? {
        while milestones.count <= index {
            let next = tube.steps[milestones.count].coefficients.span[0]
            let last = milestones[milestones.count - 1]
            guard let duration = duration(from: last.point, to: next) else { return nil }
            milestones.append((next, last.time + duration))
        }
        let last = milestones[index]
        return duration(from: last.point, to: point).map { last.time + $0 }
    }
}

extension TubeTrajectory {
    /// A first time known from the tube, narrowed by quadrature where the flow is one scalar's and the condition is one
    /// comparison of functions of it.
    ///
    /// c fails just before lo > `start` and holds at hi, and on [lo, hi] the state stays in X. If the comparison's difference d has a derivative of one sign on X, the condition
    /// changes where d vanishes, at one x in X, and the first time is the time at which the solution reaches it.
    func narrowed(
        _ time: RationalInterval, of condition: Condition, after start: Rational
    ) throws(IntegrationFailure) -> RationalInterval {
        guard let lower = time.lower, let upper = time.upper, start < lower, lower < upper,
            case .compare(let comparison, let left, let right) = condition,
            comparison == .less || comparison == .lessOrEqual
        else { return time }
        let graph = field.graph
        let difference = graph.subtract(right, left)
        let symbols = graph.symbols(in: difference)
        let index = stepIndex(at: lower)
        guard symbols.contains(.state(0)), !symbols.contains(.time), field.dimension == 1,
            upper <= tube.steps[index].end, let quadrature
        else { return time }
        let slope = graph.derivative(of: difference, by: .state(0))
        let range = state(0, tube.steps[index], lower, upper)
        let unused = E(Rational.zero, bits: bits)
        func value(_ expression: Expression, _ x: E) throws(IntegrationFailure) -> E {
            try library.pointValue(of: expression, time: unused, environment: environment) { _ in x }
        }
        // The difference grows along the flow from below 0 to above, so its slope has one sign on all of X.
        let steepness = try value(slope, range)
        guard steepness.isCertainlyPositive || steepness.isCertainlyNegative else { return time }
        let middle = range.midpoint
        let root = middle - (try value(difference, middle)) / steepness
        guard root.isFinite, let found = quadrature.time(at: root, after: index, of: tube),
            let a = found.lowerBound, let b = found.upperBound
        else { return time }
        let (low, high) = (Swift.max(a, lower), Swift.min(b, upper))
        guard low <= high else {
            throw IntegrationFailure(.undefined, "the tube and the quadrature disagree about a hitting time: one of them is wrong")
        }
        return RationalInterval(low, high)
    }
}
