import Arithmetic
import Exact
import Symbolic

/// The partial derivatives of a map's moving components by its moving states, over boxes, at one precision: as formulas
/// for a few states, on the tape for more.
final class JacobianOnBox<E: Enclosure> {
    private let map: StepMap
    private let moving: [Int]
    let bits: Int
    private let machine: Machine<E>
    /// Nil where the machine's first outputs are the derivatives.
    private let tangents: Tangents<E>?

    /// Nil if there are no derivatives to be had: a large system with means over laws.
    init?(_ map: StepMap, moving: [Int], bits: Int, environment: Environment, plans: LawPlans) {
        self.map = map
        self.moving = moving
        self.bits = bits
        if let tape = map.jacobianTape(moving: moving) {
            tangents = nil
            machine = Machine(tape, order: 0, bits: bits, policy: .hull, plans: plans)
        } else {
            let program = Program(map.tape, order: 0)
            guard let rules = Tangents<E>(program, by: moving, bits: bits) else { return nil }
            tangents = rules
            machine = Machine(program, order: 0, bits: bits, policy: .hull, plans: plans)
        }
        for (index, symbol) in map.parameters.enumerated() {
            machine.setInput(map.dimension + 1 + index, coefficient: 0, environment.value(of: symbol, bits: bits))
        }
    }

    /// The entries row by row, in doubles.
    /// - Domain: nil unless the map is certainly defined and differentiable on the whole box.
    @specialized(where E == DoubleBall)
    @specialized(where E == Ball)
    func entries(_ box: [E], time: Int) -> [DoubleBall]? {
        for (i, range) in box.enumerated() { machine.setInput(i, coefficient: 0, range) }
        machine.setInput(map.dimension, coefficient: 0, E(exactly: Double(time), bits: bits))
        machine.run()
        for output in machine.program.outputs where !machine.isFinite(output) { return nil }
        let n = moving.count
        var entries: [DoubleBall] = []
        entries.reserveCapacity(n * n)
        if let tangents {
            guard tangents.run(machine) else { return nil }
            for i in moving {
                for j in moving { entries.append(tangents.entry(i, j).inDoubles) }
            }
        } else {
            for output in 0..<(n * n) {
                entries.append(machine.span[machine.position(machine.output(output))].inDoubles)
            }
        }
        return entries.allSatisfy(\.isFinite) ? entries : nil
    }
}
