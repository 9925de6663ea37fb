import Exact
import Symbolic

/// The right-hand side of x' = f(t, x) with its derivatives, compiled.
///
/// Every tape of a run has the same inputs: the states in order, the time, then every other symbol whose value the
/// run's environment supplies.
public final class VectorField {
    public let graph: Graph
    public let field: [Expression]
    public var dimension: Int { field.count }
    /// The field's other symbols: parameters that range over a box.
    let parameters: [Symbol]
    let fieldTape: Tape
    /// The outputs are the n x n partial derivatives, row by row, then the field again: what must be defined on the
    /// whole tube.
    let jacobianTape: Tape

    public init(graph: Graph, field: [Expression]) throws(IntegrationFailure) {
        self.graph = graph
        self.field = field
        var others: Set<Symbol> = []
        for component in field { others.formUnion(graph.symbols(in: component)) }
        let states = field.indices.map(Symbol.state)
        parameters = others.subtracting(states).subtracting([.time]).sorted { "\($0)" < "\($1)" }
        let varying = Set(states + [.time])
        let inputs = states + [.time] + parameters
        let derivatives = field.flatMap { component in states.map { graph.derivative(of: component, by: $0) } }
        do {
            fieldTape = try graph.compile(outputs: field, inputs: inputs, varying: varying)
            jacobianTape = try graph.compile(outputs: derivatives + field, inputs: inputs, varying: varying)
        } catch {
            throw IntegrationFailure(.undefined, "the vector field cannot be compiled: \(error)")
        }
    }
}

/// Why a run could not be continued, or a quantity not be enclosed.
public struct IntegrationFailure: Error, Sendable {
    public enum Kind: Sendable {
        /// More bits may help.
        case precision
        /// The field or a quantity is undefined, or may be.
        case undefined
        /// The step size went to 0, or the number of steps is beyond the limit.
        case stepUnderflow
        case cancelled
    }

    public let kind: Kind
    /// A sentence without a full stop.
    public let reason: String

    public init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }
}
