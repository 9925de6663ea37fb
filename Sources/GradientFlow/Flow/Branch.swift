import Arithmetic
import Exact
import Symbolic

/// The field on one side of each of its gates, smooth across them, with the machines that follow it; and the watch over
/// the gates, since it is the field of the run only as long as they keep their signs.
final class Branch<E: Enclosure> {
    let sides: Sides?
    let jets: Machine<E>
    let defect: Defect<E>
    let norm: LogarithmicNorm

    private let whole: VectorField
    private let field: VectorField
    private let metric: Metric
    private let order: Int
    private let environment: Environment
    private let plans: LawPlans
    private let gates: [Gate]
    /// Outputs: the gates' differences.
    private let watch: Machine<E>?
    /// The derivatives in time of gates that were asked for.
    private var slopes: [Gate: Machine<E>] = [:]
    private let basis: BernsteinBasis<E>
    private let bits: Int

    /// `signs` has every gate that the field reads with them, and no other.
    init(
        _ whole: VectorField, signs: [Gate: Bool], metric: Metric, order: Int, bits: Int, environment: Environment,
        plans: LawPlans
    ) throws(IntegrationFailure) {
        self.whole = whole
        self.metric = metric
        self.order = order
        self.bits = bits
        self.environment = environment
        self.plans = plans
        field = try whole.onSide(of: signs)
        gates = whole.gates(given: signs)
        sides = signs.isEmpty ? nil : Sides(whole.graph, signs: signs)
        jets = Machine(field.fieldTape, order: order, bits: bits, policy: .hull, plans: plans)
        for (index, symbol) in field.parameters.enumerated() {
            jets.setInput(field.dimension + 1 + index, coefficient: 0, environment.value(of: symbol, bits: bits))
        }
        defect = Defect(
            field.fieldTape, dimension: field.dimension, metric: metric, parameters: field.parameters, order: order,
            bits: bits, environment: environment, plans: plans)
        norm = try LogarithmicNorm(field, metric: metric, plans: plans)
        basis = BernsteinBasis(degree: order, bits: bits)
        watch = gates.isEmpty
            ? nil
            : try Self.machine(
                whole.graph.onSide(gates.map(whole.graph.difference), of: signs), whole, order, bits, environment, plans)
    }

    private static func machine(
        _ formulas: [Expression], _ field: VectorField, _ order: Int, _ bits: Int, _ environment: Environment,
        _ plans: LawPlans
    ) throws(IntegrationFailure) -> Machine<E> {
        let tape: Tape
        do {
            tape = try field.graph.compile(outputs: formulas, inputs: field.inputs, varying: field.varying)
        } catch {
            throw IntegrationFailure(.undefined, "a gate of the field cannot be compiled: \(error)")
        }
        let machine = Machine<E>(tape, order: order, bits: bits, policy: .smooth, plans: plans)
        for (index, symbol) in field.parameters.enumerated() {
            machine.setInput(field.dimension + 1 + index, coefficient: 0, environment.value(of: symbol, bits: bits))
        }
        return machine
    }

    // MARK: The watch

    /// How long every gate certainly keeps its sign.
    struct Clearance {
        /// tau in [0, 1]: up to here no gate is 0 at any time but perhaps the start.
        var share: Rational
        /// What ends it before the step's end.
        var gate: Gate?
    }

    /// How much of a step of this branch's own field is the run's: until a gate may change. At the start of the step
    /// every gate has its sign, though the tube there may be too wide to show it.
    ///
    /// The polynomial's distance from the solution is at most the step's radius. A gate whose sign the tube does not show
    /// near the start keeps it there if its derivative along the field has that sign.
    func clearance(_ step: Step<E>) throws(IntegrationFailure) -> Clearance {
        var result = Clearance(share: 1, gate: nil)
        guard let watch, let signs = sides?.signs else { return result }
        run(watch, on: step)
        for (index, gate) in gates.enumerated() {
            let sign = signs[gate] ?? false
            let slot = watch.output(index)
            if has(sign, watch.range(slot)) { continue }
            let model = model(watch, slot)
            if model.isFinite && model.hasSign(sign, 0, result.share, basis) { continue }
            let clear = try clearance(model, gate, sign, step, limit: result.share)
            if clear < result.share { result = Clearance(share: clear, gate: gate) }
        }
        return result
    }

    private func clearance(
        _ model: PolynomialModel<E>, _ gate: Gate, _ sign: Bool, _ step: Step<E>, limit: Rational
    ) throws(IntegrationFailure) -> Rational {
        guard model.isFinite else { return 0 }
        var low = Rational.zero
        if !has(sign, model.value(0, bits: bits)) {
            let leaving = try slopeModel(gate, step)
            guard leaving.isFinite else { return 0 }
            var start = limit
            while !leaving.hasSign(sign, 0, start, basis) {
                start = start * Rational(1, 2)
                if start < .powerOfTwo(-bits - 8) { return 0 }
            }
            low = start
            if low == limit || model.hasSign(sign, low, limit, basis) { return limit }
        }
        // Where the sign is lost, from values at points; then as much less as makes it certain on the whole piece.
        var (first, last) = (low, limit)
        for _ in 0..<(bits + 8) {
            let middle = (first + last) * Rational(1, 2)
            if has(sign, model.value(middle, bits: bits)) { first = middle } else { last = middle }
        }
        var margin = Rational.powerOfTwo(-bits)
        while first - margin > low {
            if model.hasSign(sign, low, first - margin, basis) { return first - margin }
            margin = 8 * margin
        }
        return low
    }

    /// The derivative in time of a gate's difference along this branch, on a step.
    private func slopeModel(_ gate: Gate, _ step: Step<E>) throws(IntegrationFailure) -> PolynomialModel<E> {
        var machine = slopes[gate]
        if machine == nil {
            let graph = whole.graph
            let slope = graph.lieDerivative(of: graph.difference(of: gate), along: whole.field)
            machine = try Self.machine(
                graph.onSide([slope], of: sides?.signs ?? [:]), whole, order, bits, environment, plans)
            slopes[gate] = machine
        }
        guard let machine else { return PolynomialModel(coefficients: [], weighted: .infinity, uniform: .infinity) }
        run(machine, on: step)
        return model(machine, machine.output(0))
    }

    private func has(_ sign: Bool, _ value: E) -> Bool {
        sign ? value.isCertainlyPositive : value.isCertainlyNegative
    }

    private func run(_ machine: Machine<E>, on step: Step<E>) {
        let n = whole.dimension
        for i in 0..<n {
            for j in 0...order { machine.setInput(i, coefficient: j, from: step.coefficients.span, step.position(i) + j) }
            machine.setInput(i, weighted: .zero, uniform: metric.reach(step.wholeRadius, of: i))
        }
        machine.setInput(n, coefficient: 0, E(step.start, bits: bits))
        machine.setInput(n, coefficient: 1, E(step.length, bits: bits))
        machine.run()
    }

    private func model(_ machine: Machine<E>, _ slot: Int) -> PolynomialModel<E> {
        let zero = E(Rational.zero, bits: bits)
        let at = machine.position(slot)
        return PolynomialModel(
            coefficients: (0...order).map { $0 == 0 || machine.program.varies[slot] ? machine.span[at + $0] : zero },
            weighted: machine.weighted[slot], uniform: machine.uniform[slot])
    }
}
