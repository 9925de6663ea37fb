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
        /// The states that the formulas read.
        let states: [Int]
        var machines: [Int: Machine<E>] = [:]
        /// Output of each formula.
        let outputs: [Expression: Int]
        var models: [Window: [PolynomialModel<E>]] = [:]

        init(tape: Tape, dimension: Int, symbols: [Symbol], outputs: [Expression: Int]) {
            self.tape = tape
            states = tape.inputsRead.filter { $0 < dimension }
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
    /// The states' polynomials on windows, which all formulas share.
    private var pieces: [Window: [Int: [E]]] = [:]
    /// More windows than this are forgotten together: neighbouring formulas look at the same ones.
    private let mostPieces = 256

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
        let common = expressions.filter { shared[$0] == nil && parameters($0).isEmpty && seen.insert($0).inserted }
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
            return Entry(tape: tape, dimension: field.dimension, symbols: symbols, outputs: outputs)
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
        let models = known ?? run(entry, coarseOrder, step, window, from: 0, to: 1, environment)
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
        let model = run(entry, order, step, window, from: low, to: to, environment)[0].classified(basis(order - 1))
        entry.models[window] = [model]
        return model
    }

    /// Twice 1/scale, less at the end of the step.
    func width(of window: Window, scale: Rational) -> Rational {
        Swift.min(2 / scale, 1 - Rational(window.number) / scale)
    }

    /// Models of an entry's formulas on the window [from, to] of a step, in tau in [0, 1] over the window.
    private func run(
        _ entry: Entry, _ order: Int, _ step: Step<E>, _ window: Window, from: Rational, to: Rational,
        _ environment: Environment
    ) -> [PolynomialModel<E>] {
        let machine = machine(entry, order)
        let n = field.dimension
        if pieces.count > mostPieces { pieces = [:] }
        for i in entry.states {
            let radius = step.metric.reach(step.wholeRadius, of: i)
            let known = pieces[window]?[i]
            let coefficients = known ?? step.model(i, radius: step.wholeRadius).restricted(from, to, bits: bits)
            if known == nil { pieces[window, default: [:]][i] = coefficients }
            var tail = Magnitude.zero
            for (j, coefficient) in coefficients.enumerated() {
                if j <= order {
                    machine.setInput(i, coefficient: j, coefficient)
                } else {
                    tail = tail + coefficient.magnitude
                }
            }
            machine.setInput(i, weighted: tail, uniform: radius)
        }
        machine.setInput(n, coefficient: 0, E(step.start + from * step.length, bits: bits))
        machine.setInput(n, coefficient: 1, E((to - from) * step.length, bits: bits))
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

    /// The formula in ball arithmetic, on the values that `state` gives.
    func pointValue(
        of expression: Expression, time: E, environment: Environment, state: (Int) -> E
    ) throws(IntegrationFailure) -> E {
        let entry = try entry(expression)
        let machine = machine(entry, 0)
        for i in entry.states { machine.setInput(i, coefficient: 0, state(i)) }
        machine.setInput(field.dimension, coefficient: 0, time)
        setParameters(machine, entry, environment)
        machine.run()
        return machine.span[machine.output(0)]
    }
}
