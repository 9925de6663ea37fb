import Exact
import Symbolic

/// The right-hand side of x' = f(t, x), compiled, with what bounds its derivative.
///
/// Every tape of a run has the same inputs: the states in order, the time, then every other symbol whose value the
/// run's environment supplies.
public final class VectorField {
    public let graph: Graph
    public let field: [Expression]
    public var dimension: Int { field.count }
    /// The other symbols: parameters that range over a box.
    let parameters: [Symbol]
    let inputs: [Symbol]
    let varying: Set<Symbol>
    let fieldTape: Tape
    private let potential: Potential?
    private let largest: Int
    private var known: Linearisation?
    /// What symbols are called in messages.
    private let name: (Symbol) -> String
    /// The rates of a gradient flow, each formula once; 1 for any other field.
    let rates: [Expression]
    /// By state: the position of its rate.
    let rateOfState: [Int]

    /// What makes a field a gradient flow: field_i = -rates_i dloss/dx_i.
    public struct Potential {
        public let loss: Expression
        public let rates: [Expression]

        public init(loss: Expression, rates: [Expression]) {
            self.loss = loss
            self.rates = rates
        }
    }

    /// The formulas from which the logarithmic norm is bounded.
    enum Linearisation {
        /// The outputs are the n x n partial derivatives, row by row, then the field again: what must be defined on the
        /// whole tube.
        case jacobian(Tape)
        /// The outputs are the rule's slopes, then the field.
        case tangents(ChainRule, Tape)
        /// The outputs are the form's coefficients, then the loss (what must be defined and smooth), the adjoints of the
        /// cuts and the interactions.
        case curvature(CurvatureForm, Tape)
    }

    /// Up to here the n^2 derivatives are cheap, and keep a negative norm sharp.
    static let largestJacobian = 24
    /// Beyond this n^2 formulas are too many.
    static let mostDerived = 2000

    public convenience init(
        graph: Graph, field: [Expression], potential: Potential? = nil,
        name: @escaping (Symbol) -> String = Graph.defaultName
    ) throws(IntegrationFailure) {
        try self.init(
            graph: graph, field: field, potential: potential, derivedUpTo: Self.largestJacobian, name: name)
    }

    /// A gradient flow of more than `derivedUpTo` states is bounded by the curvature of its loss.
    init(
        graph: Graph, field: [Expression], potential: Potential?, derivedUpTo largest: Int,
        name: @escaping (Symbol) -> String = Graph.defaultName
    ) throws(IntegrationFailure) {
        self.graph = graph
        self.field = field
        self.largest = largest
        self.name = name
        let states = field.indices.map(Symbol.state)
        let others = graph.symbols(inAny: field + (potential.map { [$0.loss] + $0.rates } ?? []))
        parameters = others.subtracting(states).subtracting([.time]).sorted { "\($0)" < "\($1)" }
        inputs = states + [.time] + parameters
        varying = Set(states + [.time])
        self.potential = potential.flatMap { $0.hasMetric(in: graph, dimension: field.count) ? $0 : nil }
        guard field.count <= Self.mostDerived || self.potential != nil else { throw Self.tooLarge }
        (rates, rateOfState) = Self.grouped(self.potential?.rates ?? field.map { _ in graph.one })
        do {
            fieldTape = try graph.compile(outputs: field, inputs: inputs, varying: varying)
        } catch {
            throw IntegrationFailure(.undefined, "the vector field cannot be compiled: \(error)")
        }
    }

    private static var tooLarge: IntegrationFailure {
        IntegrationFailure(
            .undefined, "a flow of more than \(mostDerived) states has to be the gradient flow of a loss without 'if' and sums over laws")
    }

    /// Made when first asked for: a field with gates is followed on one side of them at a time.
    func linearisation() throws(IntegrationFailure) -> Linearisation {
        if let known { return known }
        let made = try linearise()
        known = made
        return made
    }

    private func linearise() throws(IntegrationFailure) -> Linearisation {
        do {
            if field.count > largest, let potential, let form = graph.curvature(of: potential.loss) {
                let outputs = form.coefficients + [potential.loss] + form.cuts.map(\.adjoint) + form.interactions.map(\.value)
                return .curvature(form, try graph.compile(outputs: outputs, inputs: inputs, varying: varying))
            }
            guard field.count <= Self.mostDerived else { throw Self.tooLarge }
            if field.count > largest, let rule = graph.chainRule(of: field) {
                return .tangents(rule, try graph.compile(outputs: rule.slopes + field, inputs: inputs, varying: varying))
            }
            let states = field.indices.map(Symbol.state)
            let derivatives = field.flatMap { component in states.map { graph.derivative(of: component, by: $0) } }
            return .jacobian(try graph.compile(outputs: derivatives + field, inputs: inputs, varying: varying))
        } catch let failure as IntegrationFailure {
            throw failure
        } catch {
            throw IntegrationFailure(.undefined, "the vector field cannot be compiled: \(error)")
        }
    }

    // MARK: Gates

    /// The gates that the field, or its loss, reads where those of `signs` have that sign.
    func gates(given signs: [Gate: Bool] = [:]) -> [Gate] { graph.gates(in: roots, given: signs) }

    private var roots: [Expression] { field + (potential.map { [$0.loss] } ?? []) }

    /// The field on one side of those gates, smooth across them.
    func onSide(of signs: [Gate: Bool]) throws(IntegrationFailure) -> VectorField {
        if signs.isEmpty { return self }
        let side = graph.onSide(roots, of: signs)
        let potential = potential.map { Potential(loss: side[field.count], rates: $0.rates) }
        return try VectorField(
            graph: graph, field: Array(side.prefix(field.count)), potential: potential, derivedUpTo: largest, name: name)
    }

    /// A formula that is 0 where the gate ties, for a message: of a long one the beginning.
    func description(of gate: Gate) -> String {
        let formula = gate.second == graph.zero ? gate.first : graph.difference(of: gate)
        let text = graph.description(of: formula, name: name)
        return text.count <= 160 ? text : "\(text.prefix(150)) ..."
    }

    private static func grouped(_ list: [Expression]) -> ([Expression], [Int]) {
        var found: [Expression] = []
        var positions: [Expression: Int] = [:]
        let places = list.map { e in
            let position = positions[e] ?? found.count
            if position == found.count {
                found.append(e)
                positions[e] = position
            }
            return position
        }
        return (found, places)
    }
}

extension VectorField.Potential {
    /// Whether the rates make a norm: certainly positive numbers, constant in time.
    fileprivate func hasMetric(in graph: Graph, dimension: Int) -> Bool {
        guard rates.count == dimension else { return false }
        return Set(rates).allSatisfy { rate in
            graph.isCertainlyPositive(rate)
                && graph.symbols(in: rate).allSatisfy { if case .parameter = $0 { true } else { false } }
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
        /// The field does not say where the run goes on from a kink.
        case sliding
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
