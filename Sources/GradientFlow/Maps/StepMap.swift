import Exact
import Symbolic

/// The right-hand side of x(t + 1) = g(t, x(t)), compiled, with its derivatives where the system is small.
///
/// All tapes have the same inputs: the states in order, the time, then every other symbol whose value the run's
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
    /// Whether a state keeps its value at every point where its formula has one.
    let isKept: [Bool]
    /// Numbers >= 0 whose roots every step divides by.
    let divisors: [Divisor]

    private let inputs: [Symbol]

    /// What a message says where the number is 0: `name` is 0 before step 7: `consequence`.
    public struct Divisor {
        let value: Expression
        let name: String
        let consequence: String

        public init(_ value: Expression, name: String, consequence: String) {
            self.value = value
            self.name = name
            self.consequence = consequence
        }
    }

    /// Beyond this many moving states n^2 formulas cost more than derivatives taken on the tape.
    private static let largestSymbolic = 12

    public init(
        graph: Graph, map: [Expression], names: [String]? = nil,
        divisors: [Divisor] = []
    ) throws(IntegrationFailure) {
        self.graph = graph
        self.map = map
        self.names = names ?? map.indices.map { "state \($0 + 1)" }
        self.divisors = divisors
        let states = map.indices.map(Symbol.state)
        let others = map.reduce(into: Set<Symbol>()) { $0.formUnion(graph.symbols(in: $1)) }
        parameters = others.subtracting(states).subtracting([.time]).sorted { "\($0)" < "\($1)" }
        inputs = states + [.time] + parameters
        isKept = map.enumerated().map { graph.keeps(.state($0), $1) }
        do {
            tape = try graph.compile(outputs: map, inputs: inputs, varying: [], contracts: false)
        } catch {
            throw IntegrationFailure(.undefined, "the map cannot be compiled: \(error)")
        }
    }

    /// The outputs are the partial derivatives of the moving components by the moving states, row by row, then the whole
    /// map: what must be defined on a box. Nil for large systems.
    func jacobianTape(moving: [Int]) -> Tape? {
        guard moving.count <= Self.largestSymbolic else { return nil }
        let derivatives = moving.flatMap { i in moving.map { graph.derivative(of: map[i], by: .state($0)) } }
        return try? graph.compile(outputs: derivatives + map, inputs: inputs, varying: [], contracts: false)
    }

    /// A tape for one formula over the same inputs.
    func tape(of e: Expression) -> Tape? { try? graph.compile(outputs: [e], inputs: inputs, varying: [], contracts: false) }
}

extension Graph {
    /// Whether the formula is the symbol plus terms that are 0 wherever they have a value.
    fileprivate func keeps(_ symbol: Symbol, _ e: Expression) -> Bool {
        switch node(e) {
        case .symbol(let found): found == symbol
        case .add(let a, let b): keeps(symbol, a) && vanishes(b) || keeps(symbol, b) && vanishes(a)
        default: false
        }
    }

    /// Whether the formula is 0 wherever it has a value, by its form: 0/|g|.
    private func vanishes(_ e: Expression) -> Bool {
        switch node(e) {
        case .constant(let value): value.isZero
        case .add(let a, let b): vanishes(a) && vanishes(b)
        case .multiply(let a, let b): vanishes(a) || vanishes(b)
        case .divide(let a, _): vanishes(a)
        default: false
        }
    }
}
