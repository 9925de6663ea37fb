import Arithmetic
import Exact
import Symbolic

/// Encloses formulas of the environment's symbols (no states, no time) at one precision.
func evaluate<E: Enclosure>(
    _ expressions: [Expression], of graph: Graph, environment: Environment, bits: Int, plans: LawPlans
) throws(IntegrationFailure) -> [E] {
    let inputs = graph.symbols(inAny: expressions).sorted { "\($0)" < "\($1)" }
    let tape: Tape
    do {
        tape = try graph.compile(outputs: expressions, inputs: inputs, varying: [])
    } catch {
        throw IntegrationFailure(.undefined, "a formula cannot be compiled: \(error)")
    }
    let machine = Machine<E>(tape, order: 0, bits: bits, policy: .hull, plans: plans)
    for (index, symbol) in inputs.enumerated() {
        machine.setInput(index, coefficient: 0, environment.value(of: symbol, bits: bits))
    }
    machine.run()
    return expressions.indices.map { machine.span[machine.output($0)] }
}

/// Encloses formulas of the environment's symbols: doubles up to 53 bits, balls of any precision above.
public func enclose(
    _ expressions: [Expression], of graph: Graph, environment: Environment, bits: Int
) throws(IntegrationFailure) -> [RationalInterval] {
    if bits <= 53 {
        let balls: [DoubleBall] = try evaluate(
            expressions, of: graph, environment: environment, bits: 53, plans: LawPlans())
        return balls.map(\.interval)
    }
    let balls: [Ball] = try evaluate(
        expressions, of: graph, environment: environment, bits: bits, plans: LawPlans())
    return balls.map(\.interval)
}
