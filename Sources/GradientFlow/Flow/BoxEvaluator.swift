import Arithmetic
import Exact
import Symbolic

/// Encloses formulas on a box of states over a time interval, in ball arithmetic.
struct BoxEvaluator<E: Enclosure> {
    let field: VectorField
    let environment: Environment
    let bits: Int
    let plans: LawPlans

    /// Per formula a ball around its values; a gate that the box does not decide gives both branches.
    func values(of expressions: [Expression], states: [E], time: E) throws(IntegrationFailure) -> [E] {
        let inputs = field.inputs
        let tape: Tape
        do {
            tape = try field.graph.compile(outputs: expressions, inputs: inputs, varying: [])
        } catch {
            throw IntegrationFailure(.undefined, "a formula cannot be compiled: \(error)")
        }
        let machine = Machine<E>(tape, order: 0, bits: bits, policy: .hull, plans: plans)
        for (index, symbol) in inputs.enumerated() {
            let value: E =
                switch symbol {
                case .state(let position): states[position]
                case .time: time
                case .parameter, .moment, .open, .bound: environment.value(of: symbol, bits: bits)
                }
            machine.setInput(index, coefficient: 0, value)
        }
        machine.run()
        return expressions.indices.map { machine.span[machine.output($0)] }
    }

    /// Per formula a ball around the values of all its sides.
    func values(
        of roots: [Expression], given signs: [Gate: Bool], passing passed: [Gate], states: [E], time: E
    ) throws(IntegrationFailure) -> [E] {
        let sides = field.graph.sides(of: roots, given: signs, passing: passed, atTies: false)
        let all = try values(of: sides.flatMap { $0 }, states: states, time: time)
        return roots.indices.map { index in
            var hull = all[index]
            for side in 1..<sides.count where sides.count > 1 { hull = hull.hull(all[side * roots.count + index]) }
            return hull
        }
    }
}
