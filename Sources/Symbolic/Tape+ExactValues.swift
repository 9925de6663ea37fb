import Exact

extension Tape {
    /// The exact value of every slot, nil where it is not found by rational arithmetic (see
    /// ``Graph/exactValue(of:at:)``). An input that is nil, and a loop, make everything that reads them nil.
    public func exactValues(inputs: [Rational?]) -> [Rational?] {
        exactValues(of: Array(instructions.indices), inputs: inputs)
    }

    /// Whether a gate is open, decided exactly; nil if the known inputs do not decide it.
    ///
    /// For many points use ``ExactGates``, which does the preparation once.
    public func exactTruth(ofGate position: Int, inputs: [Rational?]) -> Bool? {
        let slots = slotsNeeded(by: [gates[position]])
        let values = exactValues(of: slots, inputs: inputs)
        return truth(of: gates[position], values)
    }

    func exactValues(of slots: [Int], inputs: [Rational?]) -> [Rational?] {
        var values = [Rational?](repeating: nil, count: instructions.count)
        for slot in slots { values[slot] = exactValue(of: instructions[slot], inputs, values) }
        return values
    }

    func truth(of gate: Gate, _ values: [Rational?]) -> Bool? {
        switch gate {
        case .truth(let holds): holds
        case .compare(let relation, let slot): ExactArithmetic.holds(relation, difference: values[slot])
        case .not(let g): ThreeValued.not(truth(of: g, values))
        case .and(let list): ThreeValued.and(list.map { truth(of: $0, values) })
        case .or(let list): ThreeValued.or(list.map { truth(of: $0, values) })
        case .implies(let a, let b): ThreeValued.implies(truth(of: a, values), truth(of: b, values))
        }
    }

    private func exactValue(of instruction: Instruction, _ inputs: [Rational?], _ values: [Rational?]) -> Rational? {
        switch instruction {
        case .constant(let value): value
        case .pi, .loopOutput: nil
        case .input(let position): position < inputs.count ? inputs[position] : nil
        case .add(let a, let b): ExactArithmetic.add(values[a], values[b])
        case .subtract(let a, let b): ExactArithmetic.subtract(values[a], values[b])
        case .negate(let a): values[a].map { -$0 }
        case .multiply(let a, let b): ExactArithmetic.multiply(values[a], values[b])
        case .scale(let factor, let a): ExactArithmetic.multiply(factor, values[a])
        case .square(let a): ExactArithmetic.power(values[a], 2)
        case .divide(let a, let b): ExactArithmetic.divide(values[a], values[b])
        case .reciprocal(let a): ExactArithmetic.power(values[a], -1)
        case .integerPower(let a, let n): ExactArithmetic.power(values[a], Rational(n))
        case .power(let a, let exponent): ExactArithmetic.power(values[a], exponent)
        case .apply(let function, let a): ExactArithmetic.apply(function, values[a])
        case .minimum(let a, let b): ExactArithmetic.minimum(values[a], values[b])
        case .maximum(let a, let b): ExactArithmetic.maximum(values[a], values[b])
        case .select(let gate, let a, let b): truth(of: gates[gate], values).flatMap { $0 ? values[a] : values[b] }
        case .contraction(let terms):
            terms.reduce(Rational.zero) { sum, term in
                let value = term.right.map { ExactArithmetic.multiply(values[term.left], values[$0]) } ?? values[term.left]
                return term.isNegative ? ExactArithmetic.subtract(sum, value) : ExactArithmetic.add(sum, value)
            }
        }
    }

    /// The slots that the gates depend on, in order of execution.
    func slotsNeeded(by gates: [Gate]) -> [Int] {
        var needed = [Bool](repeating: false, count: instructions.count)
        for gate in gates { gate.forEachSlot { needed[$0] = true } }
        for slot in instructions.indices.reversed() where needed[slot] {
            forEachOperand(of: instructions[slot]) { needed[$0] = true }
        }
        return instructions.indices.filter { needed[$0] }
    }

    /// Calls `visit` with the slots that an instruction reads; a loop's captured slots are not among them.
    func forEachOperand(of instruction: Instruction, _ visit: (Int) -> Void) {
        switch instruction {
        case .constant, .pi, .input, .loopOutput:
            break
        case .negate(let a), .scale(_, let a), .square(let a), .reciprocal(let a), .integerPower(let a, _), .power(let a, _),
            .apply(_, let a):
            visit(a)
        case .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b), .divide(let a, let b), .minimum(let a, let b),
            .maximum(let a, let b):
            visit(a)
            visit(b)
        case .select(let gate, let a, let b):
            gates[gate].forEachSlot(visit)
            visit(a)
            visit(b)
        case .contraction(let terms):
            for term in terms {
                visit(term.left)
                if let right = term.right { visit(right) }
            }
        }
    }
}

extension Tape.Gate {
    /// Calls `visit` with the slot of every difference.
    public func forEachSlot(_ visit: (Int) -> Void) {
        switch self {
        case .truth: break
        case .compare(_, let slot): visit(slot)
        case .not(let g): g.forEachSlot(visit)
        case .and(let list), .or(let list): for g in list { g.forEachSlot(visit) }
        case .implies(let a, let b):
            a.forEachSlot(visit)
            b.forEachSlot(visit)
        }
    }
}

/// Decides the gates of a tape exactly at many points, such as the values of a law's variable.
///
/// Only the slots that gates read are evaluated. A gate that depends on an unknown input stays nil.
public struct ExactGates: Sendable {
    private let tape: Tape
    private let slots: [Int]

    public init(_ tape: Tape) {
        self.tape = tape
        slots = tape.gates.isEmpty ? [] : tape.slotsNeeded(by: tape.gates)
    }

    /// The truth of every gate, in the order of ``Tape/gates``.
    public func truths(inputs: [Rational?]) -> [Bool?] {
        if tape.gates.isEmpty { return [] }
        let values = tape.exactValues(of: slots, inputs: inputs)
        return tape.gates.map { tape.truth(of: $0, values) }
    }
}
