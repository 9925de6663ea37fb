import Exact
import Symbolic
import Syntax

/// Reads formulas that stand alone, outside any theorem, into one graph.
///
/// A name in them means what ``define(_:as:)`` said; an exact integer may also be the end of a range, as in
/// `sum(i in 1..n) x^i`.
public final class FormulaReader {
    /// A formula and what is known about its text.
    public struct Formula {
        public let expression: Expression
        /// The defined names that occur in it.
        public let names: Set<String>
        /// Where each part of it is first written, for messages; empty unless asked for.
        public let spans: [Expression: Span]
    }

    /// Parts that finite sums may expand to: one formula must not use up the memory.
    private static let mostNodes = 500_000
    /// About half a second of exact arithmetic.
    private static let foldingBudget = 10_000_000
    /// Every value of a law may have to be visited.
    private static let mostTrials = 20_000

    private let elaborator: Elaborator
    private var kinds: [String: Kind] = [:]
    private var values: [String: Expression] = [:]

    public init() {
        let names = Self.emptyTable(SourceFile(name: "", utf8: []))
        elaborator = Elaborator(names: names, dependencies: Dependencies(names))
        elaborator.mostNodes = Self.mostNodes
        elaborator.mostTrials = Self.mostTrials
        elaborator.graph.foldingBudget = Self.foldingBudget
    }

    /// A reader into the same graph, without names.
    public init(sharing other: FormulaReader) {
        elaborator = other.elaborator
    }

    public var graph: Graph { elaborator.graph }

    /// In alphabetical order.
    public var definedNames: [String] { values.keys.sorted() }

    /// Gives a name a meaning in the formulas that are read from now on.
    public func define(_ name: String, as value: Expression) {
        kinds[name] = graph.constant(value)?.isInteger == true ? .integer : .real
        values[name] = value
    }

    /// The name that a text is, in its ASCII spelling: `alpha` for `α`. The words of the language are none, but for `t`,
    /// which is the time only in a theorem.
    public static func name(_ source: SourceFile) throws(Diagnostic) -> String {
        let syntax = try parseFormula(source)
        let span = Span(0, source.utf8.count)
        guard case .name(let name) = syntax.kind else {
            throw Diagnostic("E0410", "this is not a name", file: source.name, span: span, remedy: "a name is a letter, then letters, digits, _")
        }
        if name != "t", isReservedWord(name) || Vocabulary.isReserved(name) {
            throw Diagnostic("E0410", "'\(name)' is a word of the language", file: source.name, span: span, remedy: "choose another name")
        }
        return name
    }

    /// A formula whose value is a number.
    public func number(_ source: SourceFile, recordingSpans: Bool = false) throws(Diagnostic) -> Formula {
        let syntax = try parseFormula(source)
        let mentioned = try checkNames(syntax, source)
        var check = FormulaCheck(names: Self.emptyTable(source), motion: .none, file: 0, known: [:])
        check.local = kinds
        try check.number(syntax)
        if let feature = check.facts.feature {
            throw Diagnostic("E0901", feature.text, file: source.name, span: feature.span, remedy: Feature.remedy)
        }
        elaborator.spans = recordingSpans ? [:] : nil
        do throws(Failure) {
            let expression = try elaborator.number(syntax, Scope(file: 0, local: values.mapValues(Value.number)))
            return Formula(expression: expression, names: mentioned, spans: elaborator.spans ?? [:])
        } catch {
            switch error {
            case .unsupported(let feature):
                throw Diagnostic("E0901", feature.text, file: source.name, span: feature.span, remedy: Feature.remedy)
            case .invalid(let text, let id, _, let span, let remedy):
                throw Diagnostic(id, text, file: source.name, span: span, remedy: remedy)
            }
        }
    }

    /// A name without a meaning, and one that gets a second meaning from a sum; returns the defined names that occur.
    private func checkNames(_ syntax: ExpressionSyntax, _ source: SourceFile) throws(Diagnostic) -> Set<String> {
        var used: [(name: String, span: Span)] = []
        var bound: [(name: String, span: Span)] = []
        syntax.visit { part in
            switch part.kind {
            case .name(let name): used.append((name, part.span))
            case .binder(_, let binder, _), .quantified(_, let binder, _): bound += binder.boundNames
            case .comprehension(let name, _, _): bound.append((name, part.span))
            default: break
            }
        }
        if let twice = bound.first(where: { values[$0.name] != nil }) {
            throw Diagnostic(
                "E0302", "'\(twice.name)' is already given a value", file: source.name, span: twice.span,
                remedy: "choose another name")
        }
        let known = Set(bound.map(\.name)).union(["pi"])
        if let unknown = used.first(where: { values[$0.name] == nil && !known.contains($0.name) }) {
            let near = closestName(to: unknown.name, in: definedNames + ["pi"]).map { "did you mean '\($0)'? " } ?? ""
            let given = definedNames.isEmpty ? "no name is given a value" : "given: \(definedNames.joined(separator: ", "))"
            throw Diagnostic(
                "E0301", "'\(unknown.name)' has no value", file: source.name, span: unknown.span, remedy: near + given)
        }
        return Set(used.map(\.name)).intersection(values.keys)
    }

    /// The names of a formula that no file declares: none.
    private static func emptyTable(_ source: SourceFile) -> NameTable {
        NameTable(Contents(files: [FileSyntax(source: source, header: nil, statements: [])]), broken: []) { _ in }
    }
}

extension Binder {
    var boundNames: [(name: String, span: Span)] {
        generators.flatMap { generator in
            switch generator {
            case .member(let name, let span, _): [(name, span)]
            case .law(let names, let span, _): names.map { ($0, span) }
            }
        }
    }
}
