import Exact

/// A matrix below the Hessian of a loss, in a form whose size grows with the formula, not with the square of the number
/// of states.
///
/// The loss is Phi(c_1(x), ..., c_r(x)), where every *cut* c_k is a polynomial of degree at most 2 in the states, with
/// coefficients that are constant in time. The matrix is
///
///     B = sum over k of adjoint_k D^2 c_k  +  sum over j, k of value_jk Dc_j Dc_k^T.
///
/// At every point at which the loss is defined and smooth, H - B is positive semidefinite, so -H <= -B.
///
/// *Proof.* The loss is a graph of nodes v = phi_v(arguments). By the chain rule, twice, its Hessian is exactly the sum
/// over all nodes of J_v^T (a_v D^2 phi_v) J_v, where a_v is the derivative of the loss by v and J_v the Jacobian of v's
/// arguments by the states. Left out are only nodes with one moving argument whose number a_v phi_v'' is >= 0 at every
/// point (by ``Certainty``), and logarithms of sums of exponentials, taken as one node: log(sum of w_i exp(z_i)) with
/// w_i >= 0 is convex in z, and its negative plus one z_i is concave. Each term left out is J^T (something positive
/// semidefinite) J. Nothing else is changed: adjoints and Jacobians are those of the loss itself. The terms that are kept
/// are collected at the cuts, in whose variables Phi and its derivatives are written. QED.
///
/// - Source: the second derivatives of Phi by edge pushing, Gower and Mello, A new framework for the computation of
///   Hessians, Optimization Methods and Software 27 (2012).
public struct CurvatureForm {
    /// coefficient * x_first * x_second, or coefficient * x_first.
    public struct Term: Hashable, Sendable {
        /// Position in ``CurvatureForm/coefficients``.
        public let coefficient: Int
        public let first: Int
        public let second: Int?
    }

    public struct Cut {
        /// The cut, up to a constant.
        public let terms: [Term]
        /// The derivative of Phi by the cut.
        public let adjoint: Expression
    }

    /// value * (Dc_first Dc_second^T + Dc_second Dc_first^T); for first = second value * Dc Dc^T, once.
    public struct Interaction {
        public let first: Int
        public let second: Int
        public let value: Expression
    }

    /// Formulas without states and time.
    public let coefficients: [Expression]
    public let cuts: [Cut]
    /// first <= second, each pair once.
    public let interactions: [Interaction]
}

extension Graph {
    /// Nil if a sum over a law or an `if` moves with the states, or if too many cuts interact.
    ///
    /// The form speaks of points at which the loss and all the form's formulas are defined, and no gate of the loss is at
    /// a tie.
    public func curvature(of loss: Expression) -> CurvatureForm? {
        var sweep = CurvatureSweep(graph: self, root: loss)
        return sweep.run()
    }

    /// Whether the formula is a number > 0, or undefined, whatever the values of its symbols.
    public func isCertainlyPositive(_ e: Expression) -> Bool { certainty(e).isPositive }
}
