import Arithmetic
import Symbolic

/// The norm in which a tube measures distances: |e|^2 = sum over j of e_j^2/rate_j, the 2-norm in the gradient
/// coordinates v_j = x_j/sqrt(rate_j). In them a gradient flow x_j' = -rate_j dL/dx_j has a symmetric Jacobian,
/// -sqrt(rate_i rate_j) H_ij. Without rates it is the 2-norm.
struct Metric {
    /// By state: the position of its rate.
    let rateOfState: [Int]
    /// Enclosures of the square roots of the rates.
    let roots: [DoubleBall]
    private let upperRoots: [Magnitude]
    private let inverses: [Magnitude]

    init(_ field: VectorField, environment: Environment, plans: LawPlans) throws(IntegrationFailure) {
        let rates: [DoubleBall] = try evaluate(
            field.rates, of: field.graph, environment: environment, bits: 53, plans: plans)
        guard rates.allSatisfy(\.isCertainlyPositive) else {
            throw IntegrationFailure(.undefined, "a rate of the gradient flow is not certainly positive")
        }
        rateOfState = field.rateOfState
        roots = rates.map { $0.sqrt() }
        upperRoots = roots.map(\.magnitude)
        inverses = rates.map { Magnitude(1.0) / Magnitude($0.lowerEndpoint) }
    }

    /// An upper bound of the share that a component of at most this size has in the squared norm.
    func square(_ size: Magnitude, of state: Int) -> Magnitude { size * size * inverses[rateOfState[state]] }

    /// How far a component can be from 0 in a vector of this norm.
    func reach(_ radius: Magnitude, of state: Int) -> Magnitude { upperRoots[rateOfState[state]] * radius }

    /// How long a vector of this norm can be in the 2-norm.
    func reach(_ radius: Magnitude) -> Magnitude { upperRoots.reduce(.zero) { Swift.max($0, $1) } * radius }
}
