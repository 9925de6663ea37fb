import Arithmetic
import Exact
import Symbolic

/// Values of formulas along an orbit, made when first asked for and kept.
///
/// All prepared formulas run on one tape, so that they share their common parts; formulas that read the environment are
/// left to themselves.
final class OrbitValues<E: Enclosure> {
    /// Formulas that are evaluated together.
    final class Group {
        fileprivate let machine: Machine<E>
        fileprivate let symbols: [Symbol]
        fileprivate let table: EnclosureTable<E>

        fileprivate init(_ tape: Tape, symbols: [Symbol], count: Int, bits: Int, plans: LawPlans) {
            machine = Machine(tape, order: 0, bits: bits, policy: .hull, plans: plans)
            self.symbols = symbols
            table = EnclosureTable(width: count, bits: bits)
        }
    }

    /// Where the values of one formula are.
    struct Column {
        let group: Group
        let index: Int
    }

    private let map: StepMap
    private let orbit: Orbit<E>
    private let bits: Int
    private let plans: LawPlans
    private var columns: [Expression: Column] = [:]

    init(_ map: StepMap, orbit: Orbit<E>, bits: Int, plans: LawPlans) {
        self.map = map
        self.orbit = orbit
        self.bits = bits
        self.plans = plans
    }

    func prepare(_ expressions: [Expression]) {
        var seen: Set<Expression> = []
        let common = expressions.filter { environmentSymbols($0).isEmpty && seen.insert($0).inserted }
        guard !common.isEmpty, let group = try? group(of: common) else { return }
        for (index, expression) in common.enumerated() { columns[expression] = Column(group: group, index: index) }
    }

    /// Forgets what was computed with old values of the environment.
    func environmentChanged() {
        columns = columns.filter { $0.value.group.symbols.isEmpty }
    }

    func column(of expression: Expression) throws(IntegrationFailure) -> Column {
        if let known = columns[expression] { return known }
        let column = Column(group: try group(of: [expression]), index: 0)
        columns[expression] = column
        return column
    }

    private func environmentSymbols(_ expression: Expression) -> [Symbol] {
        map.graph.symbols(in: expression).filter { symbol in
            switch symbol {
            case .state, .time: false
            case .parameter, .moment, .open, .bound: true
            }
        }.sorted { "\($0)" < "\($1)" }
    }

    private func group(of expressions: [Expression]) throws(IntegrationFailure) -> Group {
        let symbols = Array(Set(expressions.flatMap(environmentSymbols))).sorted { "\($0)" < "\($1)" }
        do {
            let tape = try map.graph.compile(
                outputs: expressions, inputs: map.map.indices.map(Symbol.state) + [.time] + symbols, varying: [])
            return Group(tape, symbols: symbols, count: expressions.count, bits: bits, plans: plans)
        } catch {
            throw IntegrationFailure(.undefined, "a formula cannot be compiled: \(error)")
        }
    }

    /// Encloses the formula's value at a step that the orbit has reached.
    func value(_ column: Column, at step: Int, _ environment: Environment) -> E {
        let (group, machine) = (column.group, column.group.machine)
        if !group.table.isFilled(step) {
            orbit.states.load(step, into: machine)
            machine.setInput(map.dimension, coefficient: 0, E(exactly: Double(step), bits: bits))
            for (index, symbol) in group.symbols.enumerated() {
                machine.setInput(map.dimension + 1 + index, coefficient: 0, environment.value(of: symbol, bits: bits))
            }
            machine.run()
            group.table.fill(step) { span, first in
                for output in 0..<group.table.width {
                    span.copy(first + output, from: machine.span, machine.position(machine.output(output)))
                }
            }
        }
        return group.table[step, column.index]
    }
}
