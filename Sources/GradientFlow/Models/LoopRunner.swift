import Arithmetic
import Exact
import Symbolic

/// Runs the body of a rolled sum for every kept value of the law's variable and for the cut ranges.
///
/// A cut range enters as [0, mass] times the body's enclosure over the *whole range that was cut*; where that carries no
/// information (a denominator that vanishes at the range's end), the range is halved, down to single values.
final class LoopRunner<E: Enclosure> {
    private let loop: Program.Loop
    private let plan: LawPlan
    private let plans: LawPlans
    private let order: Int
    private let bits: Int
    private let body: Machine<E>
    private let weights: [E]
    private var cuts: [LawPlan.Cut]
    /// Truth of each of the body's gates per kept value, where the gate reads the variable and constants alone.
    private let gates: [[Truth?]]
    /// Per kept value a machine of its own, for recurrences order by order.
    private var lanes: [Machine<E>] = []
    /// The sums: a series and remainders per output.
    private let sums: BallVector<E>
    private var weighted: [Magnitude]
    private var uniform: [Magnitude]

    init(_ loop: Program.Loop, order: Int, bits: Int, policy: Machine<E>.GatePolicy, plans: LawPlans) {
        self.loop = loop
        self.order = order
        self.bits = bits
        self.plans = plans
        let plan = plans.plan(for: loop.law, bits: bits)
        self.plan = plan
        cuts = plan.cuts
        body = Machine(loop.body, order: order, bits: bits, policy: policy, plans: plans)
        weights = plan.probabilities.map { E.interval($0.lowerBound, $0.upperBound, bits: bits) }
        gates = plan.probabilities.indices.map { loop.gateTruths(at: Rational(plan.first + $0)) }
        let outputs = loop.body.outputs.count
        // One more series, for a weight and a product.
        sums = BallVector(count: (outputs + 1) * (order + 1) + 1, bits: bits)
        weighted = Array(repeating: .zero, count: outputs)
        uniform = Array(repeating: .zero, count: outputs)
    }

    // MARK: Whole models

    func run(from outer: Machine<E>) {
        capture(outer, into: body)
        clear()
        for index in weights.indices {
            body.setInput(0, coefficient: 0, E(Rational(plan.first + index), bits: bits))
            body.knownGates = gates[index]
            body.run()
            accumulate(weights[index])
        }
        var pending = cuts
        var used: [LawPlan.Cut] = []
        while let cut = pending.popLast() {
            let values = E.interval(Rational(cut.lower), Rational(cut.upper), bits: bits)
            body.setInput(0, coefficient: 0, values)
            body.knownGates = cut.lower == cut.upper
                ? loop.gateTruths(at: Rational(cut.lower)) : Array(repeating: nil, count: loop.body.gates.count)
            body.run()
            let informative = loop.body.outputs.allSatisfy { body.isFinite($0) }
            if !informative && cut.lower < cut.upper {
                let middle = cut.lower + (cut.upper - cut.lower) / 2
                pending.append(LawPlan.Cut(lower: cut.lower, upper: middle, mass: cut.mass))
                pending.append(LawPlan.Cut(lower: middle + 1, upper: cut.upper, mass: cut.mass))
                continue
            }
            used.append(cut)
            accumulate(E.interval(0, cut.mass, bits: bits))
        }
        cuts = used
    }

    private func capture(_ outer: Machine<E>, into machine: Machine<E>) {
        for (index, slot) in loop.captured.enumerated() {
            let last = outer.program.varies[slot] ? order : 0
            for j in 0...last {
                machine.setInput(index + 1, coefficient: j, from: outer.span, outer.position(slot) + j)
            }
            machine.setInput(index + 1, weighted: outer.weighted[slot], uniform: outer.uniform[slot])
        }
    }

    private func clear() {
        for position in 0..<(loop.body.outputs.count * (order + 1)) { sums.span.setZero(position) }
        for output in loop.body.outputs.indices {
            weighted[output] = .zero
            uniform[output] = .zero
        }
    }

    private func accumulate(_ weight: E) {
        let span = sums.span
        let scratch = loop.body.outputs.count * (order + 1)
        span[scratch + 1] = weight
        let size = span.magnitude(scratch + 1)
        for (output, slot) in loop.body.outputs.enumerated() {
            let last = loop.body.varies[slot] ? order : 0
            for j in 0...last {
                span.copy(scratch, from: body.span, body.position(slot) + j)
                span.multiply(scratch, scratch, scratch + 1)
                span.add(output * (order + 1) + j, output * (order + 1) + j, scratch)
            }
            weighted[output] = weighted[output] + size * body.weighted[slot]
            uniform[output] = uniform[output] + size * body.uniform[slot]
        }
    }

    /// Hands output `output` to a slot of the outer machine.
    func copy(_ output: Int, to outer: Machine<E>, _ slot: Int) {
        let last = outer.program.varies[slot] ? order : 0
        for j in 0...last {
            outer.span.copy(outer.position(slot) + j, from: sums.span, output * (order + 1) + j)
        }
        outer.setRemainder(slot, weighted: weighted[output], uniform: uniform[output])
    }

    // MARK: Order by order

    /// Coefficient j of every output, without the cut ranges: a guess.
    func advance(_ j: Int, from outer: Machine<E>) {
        if lanes.isEmpty {
            lanes = weights.indices.map { index in
                let lane = Machine<E>(loop.body, order: order, bits: bits, policy: .hull, plans: plans)
                lane.setInput(0, coefficient: 0, E(Rational(plan.first + index), bits: bits))
                lane.knownGates = gates[index]
                return lane
            }
        }
        let span = sums.span
        let scratch = loop.body.outputs.count * (order + 1)
        for output in loop.body.outputs.indices { span.setZero(output * (order + 1) + j) }
        for (index, lane) in lanes.enumerated() {
            for (input, slot) in loop.captured.enumerated() where j == 0 || outer.program.varies[slot] {
                lane.setInput(input + 1, coefficient: j, from: outer.span, outer.position(slot) + j)
            }
            lane.advance(j)
            span[scratch + 1] = weights[index]
            for (output, slot) in loop.body.outputs.enumerated() where j == 0 || loop.body.varies[slot] {
                span.copy(scratch, from: lane.span, lane.position(slot) + j)
                span.multiply(scratch, scratch, scratch + 1)
                span.add(output * (order + 1) + j, output * (order + 1) + j, scratch)
            }
        }
    }

    func copyCoefficient(_ j: Int, _ output: Int, to outer: Machine<E>, _ slot: Int) {
        outer.span.copy(outer.position(slot) + j, from: sums.span, output * (order + 1) + j)
    }
}

extension Program.Loop {
    /// The truth of every gate of the body that reads the law's variable and constants alone, decided exactly.
    func gateTruths(at value: Rational) -> [Truth?] {
        var inputs: [Rational?] = Array(repeating: nil, count: body.inputs)
        if !inputs.isEmpty { inputs[0] = value }
        return body.gates.indices.map { gate in
            tape.exactTruth(ofGate: gate, inputs: inputs).map(Truth.init)
        }
    }
}
