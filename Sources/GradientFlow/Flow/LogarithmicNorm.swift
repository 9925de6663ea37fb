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
        /// How much of `integral` is the modelling of the matrix to degree 2, which shorter parts of the step make 8 times
        /// smaller for each halving.
        var modelling = 0.0

        /// The bound over both parts of a step.
        static func + (a: Bound, b: Bound) -> Bound {
            func sum(_ x: Double, _ y: Double) -> Double { (DoubleBall(exactly: x) + DoubleBall(exactly: y)).upperEndpoint }
            func sum(_ x: Double?, _ y: Double?) -> Double? { x.flatMap { x in y.map { sum(x, $0) } } }
            return Bound(
                integral: sum(a.integral, b.integral), positivePart: sum(a.positivePart, b.positivePart),
                dense: sum(a.dense, b.dense), node: sum(a.node, b.node), modelling: a.modelling + b.modelling)
        }
    }

    /// From here on a step is halved for the bound: its share e^(1/4) of an error costs more than a second matrix.
    private static let mostModelling = 0.25
    private static let shortestPart = Rational(1, 8)

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
        bound(p, order: order, start: start, length: length, rho: rho, environment, part: (0, 1))
    }

    private func bound<E: Enclosure>(
        _ p: borrowing BallVector<E>, order: Int, start: Rational, length: Rational, rho: Magnitude,
        _ environment: Environment, part: (offset: Rational, width: Rational)
    ) -> Bound? {
        let piece = TubePiece(p, order: order, start: start, length: length, environment: environment, part: part)
        let found: Bound? =
            switch method {
            case .jacobian(let norm): norm.bound(piece, rho: rho)
            case .tangents(let norm): norm.bound(piece, rho: rho)
            case .curvature(let norm): norm.bound(piece, rho: rho)
            }
        guard let whole = found, whole.modelling > Self.mostModelling, part.width > Self.shortestPart else { return found }
        let width = part.width / 2
        guard
            let first = bound(
                p, order: order, start: start, length: length, rho: rho, environment, part: (part.offset, width)),
            let second = bound(
                p, order: order, start: start, length: length, rho: rho, environment, part: (part.offset + width, width))
        else { return whole }
        let halves = first + second
        return halves.integral < whole.integral ? halves : whole
    }
}

/// A step of a tube, or a part of it, in doubles, to degree 2.
struct TubePiece {
    /// Coefficients 0, 1 and 2 of each state in tau, which is 0 at `start` and 1 at `start` + `length`.
    let coefficients: [DoubleBall]
    /// The sum of the sizes of the higher ones.
    let tails: [Magnitude]
    let start: DoubleBall
    let length: DoubleBall
    let environment: Environment

    /// The part of the step [start, start + length] that begins at the share `part.offset` of it.
    init<E: Enclosure>(
        _ p: borrowing BallVector<E>, order: Int, start: Rational, length: Rational, environment: Environment,
        part: (offset: Rational, width: Rational) = (0, 1)
    ) {
        let span = p.span
        let states = span.count / (order + 1)
        let zero = DoubleBall(exactly: 0)
        var coefficients: [DoubleBall] = []
        var tails: [Magnitude] = []
        coefficients.reserveCapacity(3 * states)
        tails.reserveCapacity(states)
        for state in 0..<states {
            if part.width == 1 {
                for j in 0..<3 { coefficients.append(j <= order ? span[state * (order + 1) + j].asDoubleBall : zero) }
                var tail = Magnitude.zero
                for j in Swift.min(3, order + 1)..<(order + 1) { tail += span.magnitude(state * (order + 1) + j) }
                tails.append(tail)
            } else {
                let list = Self.moved((0...order).map { span[state * (order + 1) + $0].asDoubleBall }, to: part)
                for j in 0..<3 { coefficients.append(j <= order ? list[j] : zero) }
                tails.append(list.dropFirst(3).reduce(.zero) { $0 + $1.magnitude })
            }
        }
        self.coefficients = coefficients
        self.tails = tails
        self.start = DoubleBall(start + part.offset * length, bits: 53)
        self.length = DoubleBall(part.width * length, bits: 53)
        self.environment = environment
    }

    /// The coefficients of p(offset + width tau), by Horner's scheme.
    private static func moved(_ p: [DoubleBall], to part: (offset: Rational, width: Rational)) -> [DoubleBall] {
        var list = p
        let (offset, width) = (DoubleBall(part.offset, bits: 53), DoubleBall(part.width, bits: 53))
        for first in 0..<(list.count - 1) {
            for j in stride(from: list.count - 2, through: first, by: -1) { list[j] = list[j] + offset * list[j + 1] }
        }
        var power = DoubleBall(exactly: 1)
        for j in list.indices {
            list[j] = list[j] * power
            power = power * width
        }
        return list
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
