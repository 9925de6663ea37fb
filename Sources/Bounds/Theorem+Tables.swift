import Exact
import Symbolic
import Syntax

/// A data table, for those who choose its entries.
public struct TableDescription: Sendable {
    public let name: String
    /// Whether its rows are lists of any length.
    public let holdsLists: Bool
    /// Whether its entries have a finite set to come from.
    public let hasFiniteRange: Bool
    /// The parameters that its size, or that set, depends on.
    public let sizedBy: Set<String>
}

extension Theorem {
    public var tables: [TableDescription] {
        elaboration.contents.data.map { data in
            var (holdsLists, hasFiniteRange) = (false, false)
            switch data.type {
            case .real: break
            case .integer(let set): hasFiniteRange = set != nil
            case .list: (holdsLists, hasFiniteRange) = (true, true)
            }
            return TableDescription(
                name: data.name.text, holdsLists: holdsLists, hasFiniteRange: hasFiniteRange,
                sizedBy: parametersRead(by: data.dimensions.map(\.set) + data.type.formulas))
        }
    }

    private func parametersRead(by formulas: [ExpressionSyntax]) -> Set<String> {
        let names = elaboration.names
        var pending = formulas.flatMap { $0.mentionedNames.filter { names[$0] != nil } }
        var seen: Set<String> = []
        while let name = pending.popLast() {
            guard seen.insert(name).inserted else { continue }
            pending += elaboration.dependencies.references[name] ?? []
        }
        return seen.filter { names[$0]?.kind == .parameter }
    }

    /// The length of each level of lists, and the numbers that entries come from; nil if the parameters do not say.
    public func shape(
        of table: String, on parameters: [Instance.Parameter]
    ) -> (lengths: [Int], entries: [Rational]?)? {
        guard let data = elaboration.contents.data.first(where: { $0.name.text == table }) else { return nil }
        let elaborator = Elaborator(names: elaboration.names, dependencies: elaboration.dependencies)
        for parameter in parameters { elaborator.parameters[parameter.name] = elaborator.graph.constant(parameter.value) }
        let scope = Scope(file: data.place.file)
        guard let axes = try? elaborator.axes(data.dimensions, scope) else { return nil }
        switch data.type {
        case .real, .integer(within: nil):
            return (axes.map(\.count), nil)
        case .integer(let set?):
            guard let entries = try? elaborator.numbers(in: set, scope) else { return nil }
            return (axes.map(\.count), entries)
        case .list(let set):
            guard let entries = try? elaborator.numbers(in: ExpressionSyntax(.name(set.text), set.span), scope) else { return nil }
            return (axes.map(\.count), entries)
        }
    }

    /// The data of an instance of the file, as exact numbers.
    public func data(of instance: Instance) -> [String: Table] {
        guard !elaboration.contents.data.isEmpty else { return [:] }
        let elaborator = Elaborator(names: elaboration.names, dependencies: elaboration.dependencies)
        for parameter in instance.parameters { elaborator.parameters[parameter.name] = elaborator.graph.constant(parameter.value) }
        _ = DataTables(elaborator: elaborator, elaboration: elaboration, instance: instance).read()
        return elaborator.tables.compactMapValues(elaborator.table)
    }
}
