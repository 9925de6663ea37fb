import Exact
import Symbolic

/// The right-hand side of x(t + 1) = g(t, x(t)), compiled, with its derivatives where the system is small.
///
/// Both tapes have the same inputs: the states in order, the time, then every other symbol whose value the run's
/// environment supplies.
public final class StepMap {
    public let graph: Graph
    public let map: [Expression]
    public var dimension: Int { map.count }
    /// What the states are called in messages.
    let names: [String]
    /// The map's other symbols: parameters that range over a box.
    let parameters: [Symbol]
    let tape: Tape
    /// The outputs are the n x n partial derivatives, row by row, then the map again: what must be defined on a whole
    /// box. Nil for large systems: n^2 formulas cost more there than the digits that they save.
    let jacobianTape: Tape?

    private static let largestDerived = 12

    public init(graph: Graph, map: [Expression], names: [String]? = nil) throws(IntegrationFailure) {
        self.graph = graph
        self.map = map
        self.names = names ?? map.indices.map { "state \($0 + 1)" }
        let states = map.indices.map(Symbol.state)
        let others = map.reduce(into: Set<Symbol>()) { $0.formUnion(graph.symbols(in: $1)) }
        parameters = others.subtracting(states).subtracting([.time]).sorted { "\($0)" < "\($1)" }
        let inputs = states + [.time] + parameters
        do {
            tape = try graph.compile(outputs: map, inputs: inputs, varying: [])
        } catch {
            throw IntegrationFailure(.undefined, "the map cannot be compiled: \(error)")
        }
        guard map.count <= Self.largestDerived else {
            jacobianTape = nil
            return
        }
        let derivatives = map.flatMap { component in states.map { graph.derivative(of: component, by: $0) } }
        jacobianTape = try? graph.compile(outputs: derivatives + map, inputs: inputs, varying: [])
    }
}
