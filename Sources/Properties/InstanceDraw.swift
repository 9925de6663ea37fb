import Bounds
import Exact

/// Draws instances of a theorem near those of its file.
struct InstanceDraw {
    let theorem: Theorem
    let seed: Int
    /// Hypotheses that draws need not meet.
    let dropped: Set<Hypothesis>
    private let parameters: [ParameterDescription]
    private let tables: [TableDescription]
    /// Whether seeds are drawn: claims that count seeds bring their own.
    private let drawsSeeds: Bool

    /// What every drawn instance is called.
    static let name = "draw"

    init(_ theorem: Theorem, seed: Int, without dropped: Set<Hypothesis> = []) {
        self.theorem = theorem
        self.dropped = dropped
        self.seed = seed
        parameters = theorem.parameters
        tables = theorem.tables
        let counts = theorem.instances.first.map(theorem.seedCounts) ?? [:]
        drawsSeeds = theorem.drawsConstants && theorem.claims.contains { counts[$0.id] == nil }
    }

    /// Parameters that no draw changes, with the reason.
    func held() -> [(parameter: String, reason: String)] {
        parameters.compactMap { parameter in
            if let table = keptTables.first(where: { $0.sizedBy.contains(parameter.name) }) {
                return (
                    parameter.name,
                    "it sizes the table '\(table.name)', whose entries have no range: write 'integer in S', or add instances"
                )
            }
            if parameter.isConstant {
                return (parameter.name, "it has a default and no 'where': give it a range to vary it")
            }
            let draws = theorem.instances.compactMap { base -> ParameterDraw? in
                let known = values(of: base)
                guard let near = known[parameter.name] else { return nil }
                let range = theorem.range(
                    of: parameter.name, given: known.filter { $0.key != parameter.name }, without: dropped)
                return ParameterDraw(range: range, isInteger: parameter.isInteger, near: near, reach: 1)
            }
            if draws.contains(where: \.isUsable) { return nil }
            return draws.contains(where: \.isEmpty)
                ? (parameter.name, "no value meets its 'where' and every 'assume': correct one of them")
                : (parameter.name, "it has one value only: give it a range with 'where'")
        }
    }

    /// Whether a draw can differ from the file's instances at all.
    var isPossible: Bool {
        drawsSeeds || tables.contains(where: \.hasFiniteRange) || held().count < parameters.count
    }

    /// Tables that keep the entries of the file.
    private var keptTables: [TableDescription] { tables.filter { !$0.hasFiniteRange } }

    /// Parameters that keep their values.
    private var fixed: Set<String> {
        Set(keptTables.flatMap(\.sizedBy)).union(parameters.filter(\.isConstant).map(\.name))
    }

    private func values(of instance: Instance) -> [String: Rational] {
        Dictionary(instance.parameters.map { ($0.name, $0.value) }) { first, _ in first }
    }

    /// The instance of draw `number`, or why it is none. With `focus` it is drawn near that one and differs less.
    func instance(_ number: Int, near focus: Candidate? = nil, reach: Int) throws(UnusableValues) -> Candidate {
        var choices = Choices(seed: seed, name: "test/\(theorem.id)/\(number)")
        let base = focus?.base ?? choices.pick(theorem.instances)
        let near = values(of: focus?.instance ?? base)
        let held = fixed
        let followsFormulas = choices.chance(1, of: 2)
        let dependent = followsFormulas ? theorem.dependentParameters(of: base) : []
        let free = parameters.map(\.name).filter { !held.contains($0) && !dependent.contains($0) }
        // One parameter moves for certain, or the draw would often be the instance that it starts from.
        let moving = free.isEmpty ? nil : choices.pick(free)
        var replacements = Replacements()
        for parameter in parameters where !dependent.contains(parameter.name) {
            guard let old = near[parameter.name] else { continue }
            let range = theorem.range(of: parameter.name, given: replacements.parameters, without: dropped)
            let stays =
                held.contains(parameter.name)
                || (parameter.name != moving && range.contains(old) && choices.chance(focus == nil ? 1 : 2, of: 3))
            var value = old
            if !stays {
                let draw = ParameterDraw(range: range, isInteger: parameter.isInteger, near: old, reach: reach)
                value = draw.value(&choices) ?? old
            }
            replacements.parameters[parameter.name] = value
        }
        if drawsSeeds { replacements.seed = 1 + choices.below(1000) }
        let plain = try theorem.instance(like: base, replacing: replacements, id: Self.name)
        for table in tables where table.hasFiniteRange {
            let old = plain.tables[table.name]
            guard let shape = theorem.shape(of: table.name, on: plain.parameters) else { continue }
            if let old, choices.chance(1, of: 3), old.fits(shape.lengths) { continue }
            replacements.tables[table.name] = draw(shape, table, &choices)
        }
        let instance = try theorem.instance(like: base, replacing: replacements, id: Self.name)
        return Candidate(number: number, base: base, instance: instance)
    }

    private func draw(
        _ shape: (lengths: [Int], entries: [Rational]?), _ table: TableDescription, _ choices: inout Choices
    ) -> Table {
        guard let entries = shape.entries, !entries.isEmpty else { return .list([]) }
        func rows(_ lengths: ArraySlice<Int>) -> Table {
            guard let length = lengths.first else {
                guard table.holdsLists else { return .number(choices.pick(entries)) }
                return .list((0..<1 + choices.below(2 * entries.count)).map { _ in .number(choices.pick(entries)) })
            }
            return .list((0..<length).map { _ in rows(lengths.dropFirst()) })
        }
        return rows(shape.lengths[...])
    }
}

/// An instance to be tried, and the one of the file that it replaces values of.
public struct Candidate: Sendable {
    public let number: Int
    public let base: Instance
    public let instance: Instance

    init(number: Int, base: Instance, instance: Instance) {
        self.number = number
        self.base = base
        self.instance = instance
    }

    /// An instance of the file, with its data.
    public init(of instance: Instance, in theorem: Theorem) {
        var whole = instance
        whole.tables = theorem.data(of: instance).merging(instance.tables) { $1 }
        self.init(number: 0, base: instance, instance: whole)
    }

    /// A guess of how long it takes: the sizes of its numbers.
    var cost: Double {
        func size(_ x: Rational) -> Double {
            Double(x.numerator.magnitude.bitWidth + x.denominator.bitWidth)
                + min(x.magnitude.approximation.squareRoot(), 1e6)
        }
        return instance.parameters.reduce(0) { $0 + size($1.value) }
            + Double(instance.tables.values.reduce(0) { $0 + $1.count })
    }

    /// What tells candidates apart: everything but the name.
    var key: Key {
        Key(parameters: instance.parameters, seed: instance.seed, tables: instance.tables)
    }

    struct Key: Hashable {
        let parameters: [Instance.Parameter]
        let seed: Int?
        let tables: [String: Table]
    }
}

extension Table {
    var count: Int {
        switch self {
        case .number: 1
        case .list(let rows): rows.reduce(0) { $0 + $1.count }
        }
    }

    /// Whether the levels of lists have these lengths.
    func fits(_ lengths: [Int]) -> Bool {
        guard let length = lengths.first else { return true }
        guard case .list(let rows) = self, rows.count == length else { return false }
        return rows.allSatisfy { $0.fits(Array(lengths.dropFirst())) }
    }
}
