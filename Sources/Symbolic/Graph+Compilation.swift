import Exact

extension Graph {
    /// A straight-line program for the outputs and conditions.
    ///
    /// `inputs` names every free symbol that the caller will supply, in order; symbols that nothing reads are
    /// allowed. Common subexpressions are computed once. Expectations over one law that do not wait for each other
    /// run in one loop; what does not depend on the law's variable is computed before the loop and captured.
    /// (Exact constants are repeated inside the body: there they stay exact, and conditions on the law's variable can
    /// be decided without a captured value.) Work does not grow with the number of trials of a law.
    ///
    /// - Parameter contracts: whether chains of sums become contractions, one instruction each.
    public func compile(
        outputs: [Expression], conditions: [Condition] = [], inputs: [Symbol], varying: Set<Symbol>, contracts: Bool = true
    ) throws(TapeError) -> Tape {
        var scope: Set<Int> = []
        for case .bound(let variable) in inputs { scope.insert(variable) }
        let compiler = TapeCompiler(graph: self, inputs: inputs, varying: varying, contracts: contracts)
        let unit = try compiler.compile(
            outputs: machineForms(of: outputs), conditions: conditions.map(machineForm),
            own: nil, scope: scope, outerVaries: { _ in false })
        return unit.tape
    }
}

/// Compiles one scope (the whole program, or the body of a loop) after the other.
private struct TapeCompiler {
    let graph: Graph
    let inputs: [Symbol]
    let positions: [Symbol: Int]
    let varying: Set<Symbol>
    let contracts: Bool

    init(graph: Graph, inputs: [Symbol], varying: Set<Symbol>, contracts: Bool) {
        self.contracts = contracts
        self.graph = graph
        self.inputs = inputs
        self.varying = varying
        positions = Dictionary(zip(inputs, inputs.indices), uniquingKeysWith: { first, _ in first })
    }

    /// A program and the outer nodes that it takes as inputs 1, 2, ...
    struct Unit {
        let tape: Tape
        let captured: [Expression]
    }

    /// - Parameters:
    ///   - own: the law's variable if this is the body of a loop.
    ///   - scope: the variables that have a value here, `own` included.
    ///   - outerVaries: whether a captured node varies.
    func compile(
        outputs: [Expression], conditions: [Condition], own: Int?, scope: Set<Int>, outerVaries: (Expression) -> Bool
    ) throws(TapeError) -> Unit {
        let plan = try TapePlan(
            graph: graph, roots: outputs + conditions.flatMap(\.differences), own: own, scope: scope, contracts: contracts)
        var emitter = Emitter(inputs: own == nil ? inputs : [])
        for (position, e) in plan.captured.enumerated() {
            emitter.append(.input(position + 1), for: e, varies: outerVaries(e))
        }
        for e in plan.order where emitter.slots[e] == nil {
            if case .mean(let law, let variable, _) = plan.steps[e] {
                let members = plan.group(of: e)
                try emitLoop(law, variable, members, scope, &emitter)
            } else if let step = plan.steps[e] {
                try emit(step, for: e, own, &emitter)
            }
        }
        emitter.finish(outputs: outputs, conditions: conditions)
        return Unit(tape: emitter.tape, captured: plan.captured)
    }

    private func emit(_ step: Step, for e: Expression, _ own: Int?, _ emitter: inout Emitter) throws(TapeError) {
        guard case .input(let symbol) = step else {
            emitter.append(step, for: e)
            return
        }
        if let own, symbol == .bound(own) {
            emitter.append(.input(0), for: e, varies: false)
        } else if let position = positions[symbol] {
            emitter.append(.input(position), for: e, varies: varying.contains(symbol))
        } else {
            throw .missingInput(symbol)
        }
    }

    private func emitLoop(
        _ law: Law, _ variable: Int, _ members: [Expression], _ scope: Set<Int>, _ emitter: inout Emitter
    ) throws(TapeError) {
        let bodies = members.compactMap { member -> Expression? in
            if case .expectation(_, _, let body) = graph.node(member) { return body }
            return nil
        }
        let outer = emitter
        let unit = try compile(
            outputs: bodies, conditions: [], own: variable, scope: scope.union([variable]),
            outerVaries: { outer.varies($0) })
        emitter.appendLoop(law, unit.tape, captured: unit.captured, outputs: members)
    }
}
