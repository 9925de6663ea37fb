import Exact

/// Appends instructions to a tape and remembers the slot of each node.
struct Emitter {
    private(set) var tape = Tape()
    private(set) var slots: [Expression: Int] = [:]
    private var gates: [Condition: Int] = [:]

    init(inputs: [Symbol]) {
        tape.inputs = inputs
    }

    func varies(_ e: Expression) -> Bool { tape.varies[slot(e)] }

    mutating func append(_ instruction: Tape.Instruction, for e: Expression, varies: Bool) {
        slots[e] = tape.instructions.count
        tape.instructions.append(instruction)
        tape.varies.append(varies)
    }

    /// - Precondition: the step is neither an input nor a mean, and its operands have slots.
    mutating func append(_ step: Step, for e: Expression) {
        append(instruction(for: step), for: e, varies: step.operands.contains { varies($0) })
    }

    mutating func appendLoop(_ law: Law, _ body: Tape, captured: [Expression], outputs: [Expression]) {
        let loop = tape.loops.count
        tape.loops.append(Tape.Loop(law: law, captured: captured.map(slot), body: body))
        for (position, e) in outputs.enumerated() {
            append(.loopOutput(loop: loop, output: position), for: e, varies: body.varies[body.outputs[position]])
        }
    }

    mutating func finish(outputs: [Expression], conditions: [Condition]) {
        tape.outputs = outputs.map(slot)
        tape.conditions = conditions.map(gate)
    }

    private func slot(_ e: Expression) -> Int {
        guard let slot = slots[e] else { preconditionFailure("a node is emitted before everything that reads it") }
        return slot
    }

    private mutating func gatePosition(_ condition: Condition) -> Int {
        if let known = gates[condition] { return known }
        gates[condition] = tape.gates.count
        tape.gates.append(gate(condition))
        return tape.gates.count - 1
    }

    private func gate(_ condition: Condition) -> Tape.Gate {
        switch condition {
        case .truth(let holds): .truth(holds)
        case .compare(let relation, _, let difference): .compare(relation, difference: slot(difference))
        case .not(let c): .not(gate(c))
        case .and(let list): .and(list.map(gate))
        case .or(let list): .or(list.map(gate))
        case .implies(let a, let b): .implies(gate(a), gate(b))
        }
    }

    private mutating func instruction(for step: Step) -> Tape.Instruction {
        switch step {
        case .constant(let value): .constant(value)
        case .pi: .pi
        case .add(let a, let b): .add(slot(a), slot(b))
        case .subtract(let a, let b): .subtract(slot(a), slot(b))
        case .negate(let a): .negate(slot(a))
        case .multiply(let a, let b): .multiply(slot(a), slot(b))
        case .scale(let factor, let a): .scale(factor, slot(a))
        case .square(let a): .square(slot(a))
        case .divide(let a, let b): .divide(slot(a), slot(b))
        case .reciprocal(let a): .reciprocal(slot(a))
        case .integerPower(let a, let n): .integerPower(slot(a), n)
        case .power(let a, let exponent): .power(slot(a), exponent)
        case .apply(let function, let a): .apply(function, slot(a))
        case .minimum(let a, let b): .minimum(slot(a), slot(b))
        case .maximum(let a, let b): .maximum(slot(a), slot(b))
        case .select(let condition, let a, let b): .select(gate: gatePosition(condition), slot(a), slot(b))
        case .contraction(let terms): .contraction(terms.map { $0.map(slot) })
        case .input, .mean: preconditionFailure("inputs and means are emitted by the compiler")
        }
    }
}
