import Syntax

/// What every name of a theorem and its models means.
struct NameTable: Sendable {
    let contents: Contents
    private(set) var declarations: [String: Declaration] = [:]
    /// Names that statements with a syntax error may have declared: nothing is said about their uses.
    let broken: Set<String>
    private let definitions: [String: Definition]
    private let integerParameters: Set<String>
    private let arrays: Set<String>

    /// A name declared twice keeps its first meaning; `report` gets the error.
    init(_ contents: Contents, broken: Set<String>, report: (Diagnostic) -> Void) {
        self.contents = contents
        self.broken = broken
        definitions = Dictionary(contents.definitions.map { ($0.name.text, $0) }, uniquingKeysWith: { kept, _ in kept })
        integerParameters = Set(contents.parameters.filter(\.isInteger).map(\.name.text))
        arrays = Set(contents.states.filter { !$0.dimensions.isEmpty }.map(\.name.text))
        for declaration in contents.declarations {
            if let problem = collision(declaration.name, file: declaration.place.file) {
                report(problem)
            } else {
                declarations[declaration.name.text] = declaration
            }
        }
    }

    subscript(name: String) -> Declaration? { declarations[name] }

    /// The error of giving `name` a second meaning, if it has one.
    func collision(_ name: Identifier, file: Int) -> Diagnostic? {
        if let known = declarations[name.text] {
            return Diagnostic(
                "E0302", "'\(name.text)' is already \(known.kind.withArticle) (\(position(of: known, from: file)))",
                file: contents.source(file).name, span: name.span, remedy: "choose another name")
        }
        guard Vocabulary.isReserved(name.text) else { return nil }
        return Diagnostic(
            "E0302", "'\(name.text)' is a word of the language", file: contents.source(file).name, span: name.span,
            remedy: "choose another name")
    }

    /// `line 4`, or `balanced.thm, line 7` from another file.
    func position(of declaration: Declaration, from file: Int) -> String {
        let source = contents.source(declaration.place.file)
        let line = "line \(source.line(of: declaration.name.span.start))"
        return declaration.place.file == file ? line : "\(source.shortName), \(line)"
    }

    /// `unknown name 'los'`, with the nearest name that is meant here.
    func unknown(_ name: String, span: Span, file: Int, local: [String], call: Bool) -> Diagnostic {
        var candidates = Array(declarations.keys) + local
        if call { candidates += Vocabulary.functionNames }
        var remedy = "declare it with \(call ? "'let \(name)(x) = ...'" : "'parameter', 'state', 'let' or 'event'")"
        if let near = closestName(to: name, in: candidates.sorted()) {
            if let known = declarations[near] {
                remedy = "did you mean '\(near)'? (\(known.kind.rawValue), \(position(of: known, from: file)))"
            } else {
                remedy = "did you mean '\(near)'?"
            }
        }
        return Diagnostic(
            "E0301", "unknown name '\(name)'", file: contents.source(file).name, span: span, remedy: remedy)
    }
}

extension Declaration.Kind {
    /// `a state`, `an event`
    var withArticle: String { (self == .event ? "an " : "a ") + rawValue }
}

extension NameTable {
    func definition(_ name: String) -> Definition? { definitions[name] }
    func isInteger(_ parameter: String) -> Bool { integerParameters.contains(parameter) }
    func isArray(_ state: String) -> Bool { arrays.contains(state) }
}
