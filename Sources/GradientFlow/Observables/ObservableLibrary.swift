import Arithmetic
import Exact
import Symbolic

/// Models of formulas along a tube, made when first asked for and kept.
///
/// Per step there is a coarse model of low degree, made for all prepared formulas in one run of a common tape, and fine
/// models, close to the tube's accuracy, on windows of the step.
final class ObservableLibrary<E: Enclosure> {
    private final class Entry {
        let tape: Tape
        let symbols: [Symbol]
        var machines: [Int: Machine<E>] = [:]
        /// Output of each formula.
        let outputs: [Expression: Int]
        var models: [Window: [PolynomialModel<E>]] = [:]

        init(tape: Tape, symbols: [Symbol], outputs: [Expression: Int]) {
            self.tape = tape
            self.symbols = symbols
            self.outputs = outputs
        }
    }

    /// A piece of a step: [number, number + 2] times 8^-level of it, cut at its end. Level 0 is the whole step.
    struct Window: Hashable {
        let step: Int
        let level: Int
        let number: BigInt
    }

    private let field: VectorField
    private let fineOrder: Int
    private let coarseOrder: Int
    private let bits: Int
    private let plans: LawPlans
    private var shared: [Expression: Entry] = [:]
    private var single: [Expression: Entry] = [:]
    private var bases: [Int: BernsteinBasis<E>] = [:]

    init(field: VectorField, order: Int, bits: Int, plans: LawPlans) {
        self.field = field
        self.bits = bits
        self.plans = plans
        fineOrder = order
        coarseOrder = Swift.min(order, 5)
    }

    func basis(_ degree: Int) -> BernsteinBasis<E> {
        if let known = bases[degree] { return known }
        let basis = BernsteinBasis<E>(degree: degree, bits: bits)
        bases[degree] = basis
        return basis
    }

    /// Symbols of a formula beyond the states and the time.
    private func parameters(_ expression: Expression) -> [Symbol] {
        field.graph.symbols(in: expression).filter { symbol in
            switch symbol {
            case .state, .time: false
            case .parameter, .moment, .open, .bound: true
            }
        }.sorted { "\($0)" < "\($1)" }
    }

    /// Formulas that read the environment are left to themselves: its moments become known during the run.
    func prepare(_ expressions: [Expression]) {
        var seen: Set<Expression> = []
        let common = expressions.filter { parameters($0).isEmpty && seen.insert($0).inserted }
        guard common.count > 1, let entry = try? compile(common) else { return }
        for expression in common { shared[expression] = entry }
    }

    /// Forgets what was computed with old values of the environment.
    func environmentChanged() {
        single = single.filter { $0.value.symbols.isEmpty }
    }

    private func compile(_ expressions: [Expression]) throws(IntegrationFailure) -> Entry {
        let symbols = Array(Set(expressions.flatMap(parameters))).sorted { "\($0)" < "\($1)" }
        let states = field.field.indices.map(Symbol.state)
        do {
            let tape = try field.graph.compile(
                outputs: expressions, inputs: states + [.time] + symbols, varying: Set(states + [.time]))
            let outputs = Dictionary(uniqueKeysWithValues: expressions.enumerated().map { ($1, $0) })
            return Entry(tape: tape, symbols: symbols, outputs: outputs)
        } catch {
            throw IntegrationFailure(.undefined, "a formula cannot be compiled: \(error)")
        }
    }

    private func entry(_ expression: Expression) throws(IntegrationFailure) -> Entry {
        if let known = single[expression] { return known }
        let entry = try compile([expression])
        single[expression] = entry
        return entry
    }

    // MARK: Models

    func coarseModel(
        of expression: Expression, on step: Step<E>, index: Int, environment: Environment
    ) throws(IntegrationFailure) -> PolynomialModel<E> {
        var entry = shared[expression]
        if entry == nil { entry = try self.entry(expression) }
        guard let entry, let output = entry.outputs[expression] else {
            throw IntegrationFailure(.undefined, "a formula has no model")
        }
        let window = Window(step: index, level: 0, number: 0)
        let known = entry.models[window]
        let models = known ?? run(entry, coarseOrder, step, from: 0, to: 1, environment)
        if known == nil { entry.models[window] = models }
        return models[output]
    }

    /// `scale` is 8^level.
    func fineModel(
        of expression: Expression, on step: Step<E>, window: Window, scale: Rational, environment: Environment
    ) throws(IntegrationFailure) -> PolynomialModel<E> {
        let entry = try self.entry(expression)
        if let known = entry.models[window] { return known[0] }
        let low = Rational(window.number) / scale
        let to = low + width(of: window, scale: scale)
        // A shorter window reaches the tube's accuracy with fewer terms.
        let order = Swift.max(coarseOrder, window.level == 1 ? fineOrder * 3 / 5 : fineOrder * 2 / 5)
        let model = run(entry, order, step, from: low, to: to, environment)[0].classified(basis(order - 1))
        entry.models[window] = [model]
        return model
    }

    /// Twice 1/scale, less at the end of the step.
    func width(of window: Window, scale: Rational) -> Rational {
        Swift.min(2 / scale, 1 - Rational(window.number) / scale)
    }

    /// Models of an entry's formulas on the part [from, to] of a step.
    private func run(
        _ entry: Entry, _ order: Int, _ step: Step<E>, from: Rational, to: Rational, _ environment: Environment
    ) -> [PolynomialModel<E>] {
        let states = field.field.indices.map { component in
            step.model(component, radius: step.wholeRadius).restricted(from, to, bits: bits)
        }
        return run(
            entry, order, states: states, radii: states.indices.map { step.metric.reach(step.wholeRadius, of: $0) },
            start: step.start + from * step.length, length: (to - from) * step.length, environment)
    }

    /// Models of an entry's formulas on states given as polynomials in tau in [0, 1], t = start + length tau.
    private func run(
        _ entry: Entry, _ order: Int, states: [[E]], radii: [Magnitude], start: Rational, length: Rational,
        _ environment: Environment
    ) -> [PolynomialModel<E>] {
        let machine = machine(entry, order)
        let n = field.dimension
        for (i, coefficients) in states.enumerated() {
            var tail = Magnitude.zero
            for (j, coefficient) in coefficients.enumerated() {
                if j <= order {
                    machine.setInput(i, coefficient: j, coefficient)
                } else {
                    tail = tail + coefficient.magnitude
                }
            }
            machine.setInput(i, weighted: tail, uniform: radii[i])
        }
        machine.setInput(n, coefficient: 0, E(start, bits: bits))
        machine.setInput(n, coefficient: 1, E(length, bits: bits))
        setParameters(machine, entry, environment)
        machine.run()
        return entry.tape.outputs.indices.map { output in
            let slot = machine.output(output)
            let last = machine.program.varies[slot] ? order : 0
            return PolynomialModel(
                coefficients: (0...last).map { machine.span[machine.position(slot) + $0] },
                weighted: machine.weighted[slot], uniform: machine.uniform[slot])
        }
    }

    private func machine(_ entry: Entry, _ order: Int) -> Machine<E> {
        if let known = entry.machines[order] { return known }
        let machine = Machine<E>(entry.tape, order: order, bits: bits, policy: .hull, plans: plans)
        entry.machines[order] = machine
        return machine
    }

    private func setParameters(_ machine: Machine<E>, _ entry: Entry, _ environment: Environment) {
        for (index, symbol) in entry.symbols.enumerated() {
            machine.setInput(field.dimension + 1 + index, coefficient: 0, environment.value(of: symbol, bits: bits))
        }
    }

    /// The formula in ball arithmetic.
    func pointValue(
        of expression: Expression, states: [E], time: E, environment: Environment
    ) throws(IntegrationFailure) -> E {
        let entry = try entry(expression)
        let machine = machine(entry, 0)
        for (i, state) in states.enumerated() { machine.setInput(i, coefficient: 0, state) }
        machine.setInput(field.dimension, coefficient: 0, time)
        setParameters(machine, entry, environment)
        machine.run()
        return machine.span[machine.output(0)]
    }
}
