import Arithmetic
import Exact
import Symbolic

/// Bounds of the logarithmic norm of the Jacobian over one step of a tube, in the tube's norm and in doubles at every
/// rung.
final class LogarithmicNorm {
    private enum Method {
        case jacobian(JacobianNorm)
        case tangents(TangentNorm)
        case curvature(CurvatureNorm)
    }

    private let method: Method

    struct Bound {
        /// Upper bounds of the integrals of mu and of max(mu, 0) over the step.
        let integral: Double
        let positivePart: Double
        /// The two upper bounds of the integral of mu from which `integral` is the better one, where they were computed:
        /// from eigenvalues of the whole matrix, and from norms along the nodes of the loss.
        var dense: Double?
        var node: Double?
    }

    init(_ field: VectorField, metric: Metric, plans: LawPlans) throws(IntegrationFailure) {
        switch try field.linearisation() {
        case .jacobian(let tape):
            method = .jacobian(JacobianNorm(field, tape, metric, plans))
        case .tangents(let rule, let tape):
            method = .tangents(TangentNorm(field, rule, tape, metric, plans))
        case .curvature(let form, let tape):
            method = .curvature(CurvatureNorm(field, form, tape, metric, plans))
        }
    }

    /// Nil if the derivative, or the field itself, is undefined or not smooth somewhere on the tube of radius `rho`.
    func bound<E: Enclosure>(
        _ p: borrowing BallVector<E>, order: Int, start: Rational, length: Rational, rho: Magnitude,
        environment: Environment
    ) -> Bound? {
        let piece = TubePiece(p, order: order, start: start, length: length, environment: environment)
        switch method {
        case .jacobian(let norm): return norm.bound(piece, rho: rho)
        case .tangents(let norm): return norm.bound(piece, rho: rho)
        case .curvature(let norm): return norm.bound(piece, rho: rho)
        }
    }
}

/// One step of a tube in doubles, to degree 2.
struct TubePiece {
    /// Coefficients 0, 1 and 2 of each state in tau = (t - start)/length.
    let coefficients: [DoubleBall]
    /// The sum of the sizes of the higher ones.
    let tails: [Magnitude]
    let start: DoubleBall
    let length: DoubleBall
    let environment: Environment

    init<E: Enclosure>(
        _ p: borrowing BallVector<E>, order: Int, start: Rational, length: Rational, environment: Environment
    ) {
        let span = p.span
        let states = span.count / (order + 1)
        coefficients = (0..<3 * states).map { position in
            let (state, j) = (position / 3, position % 3)
            return j <= order ? span[state * (order + 1) + j].asDoubleBall : DoubleBall(exactly: 0)
        }
        tails = (0..<states).map { state in
            var tail = Magnitude.zero
            for j in Swift.min(3, order + 1)..<(order + 1) { tail += span.magnitude(state * (order + 1) + j) }
            return tail
        }
        self.start = DoubleBall(start, bits: 53)
        self.length = DoubleBall(length, bits: 53)
        self.environment = environment
    }

    /// Sets the inputs of a machine of order 2 over a tape of the field to the tube of radius `rho`.
    func setInputs(of machine: Machine<DoubleBall>, _ field: VectorField, rho: Magnitude, metric: Metric) {
        let n = field.dimension
        for i in 0..<n {
            for j in 0..<3 { machine.setInput(i, coefficient: j, coefficients[3 * i + j]) }
            machine.setInput(i, weighted: tails[i], uniform: metric.reach(rho, of: i))
        }
        machine.setInput(n, coefficient: 0, start)
        machine.setInput(n, coefficient: 1, length)
        for (index, symbol) in field.parameters.enumerated() {
            machine.setInput(n + 1 + index, coefficient: 0, environment.value(of: symbol, bits: 53))
        }
    }
}
