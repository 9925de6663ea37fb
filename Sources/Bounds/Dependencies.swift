import Syntax

/// Which definitions read which: `let`s, defaults of parameters, sets, minimisers and events.
struct Dependencies: Sendable {
    /// Definitions by name.
    let definitions: [String: Definition]
    let sets: [String: SetDeclaration]
    let events: [String: EventDeclaration]
    let parameters: [String: ParameterDeclaration]
    let minimisers: [String: MinimiserDeclaration]
    /// Direct references of each defined name, in no particular meaning but a fixed order.
    let references: [String: [String]]
    /// All defined names, each after what it reads.
    let order: [String]
    /// Definitions that use themselves.
    let cycles: [[String]]

    init(_ names: NameTable) {
        let contents = names.contents
        func first<Value>(_ values: [Value], _ name: (Value) -> String) -> [String: Value] {
            Dictionary(values.map { (name($0), $0) }, uniquingKeysWith: { kept, _ in kept })
        }
        definitions = first(contents.definitions) { $0.name.text }
        sets = first(contents.sets) { $0.name.text }
        events = first(contents.events) { $0.name.text }
        parameters = first(contents.parameters) { $0.name.text }
        minimisers = first(contents.minimisers) { $0.name.text }

        var references: [String: [String]] = [:]
        func record(_ name: String, _ formulas: [ExpressionSyntax], hiding hidden: [Identifier] = []) {
            var mentioned: Set<String> = []
            for formula in formulas { mentioned.formUnion(formula.mentionedNames) }
            for name in hidden { mentioned.remove(name.text) }
            references[name] = mentioned.filter { names[$0] != nil }.sorted()
        }
        for definition in definitions.values {
            record(definition.name.text, [definition.body], hiding: definition.arguments)
        }
        for set in sets.values { record(set.name.text, [set.set]) }
        for event in events.values { record(event.name.text, event.definition.formulas) }
        for parameter in parameters.values { record(parameter.name.text, parameter.initial.map { [$0] } ?? []) }
        for minimiser in minimisers.values {
            record(minimiser.name.text, minimiser.formulas, hiding: [minimiser.name])
            // A multiplier is known with its minimiser.
            for constraint in minimiser.constraints { references[constraint.name.text] = [minimiser.name.text] }
        }
        self.references = references
        let sorted = Ordering.sort(contents.declarations.map(\.name.text)) { references[$0] ?? [] }
        order = sorted.order
        cycles = sorted.cycles
    }

    /// E0308 for every cycle, at the first of its names in the file.
    func cycleDiagnostics(_ names: NameTable) -> [Diagnostic] {
        cycles.compactMap { cycle in
            let declarations = cycle.compactMap { names[$0] }
            guard let first = declarations.min(by: { ($0.place.file, $0.name.span.start) < ($1.place.file, $1.name.span.start) })
            else { return nil }
            return Diagnostic(
                "E0308", "the definition of '\(first.name.text)' uses itself",
                file: names.contents.source(first.place.file).name, span: first.name.span,
                remedy: first.kind == .define ? "write it as a state" : nil)
        }
    }
}

extension StatementSyntax.EventSyntax {
    var formulas: [ExpressionSyntax] {
        switch self {
        case .search(_, let after, let condition): (after.map { [$0] } ?? []) + [condition]
        case .moment(let moment): [moment]
        }
    }
}
