import Exact
import Symbolic
import Syntax

/// A theorem file that cannot be used: every error of it and of its models, in order, and the sources to print them.
public struct InvalidTheorem: Error, Sendable {
    public let diagnostics: [Diagnostic]
    /// The files that the diagnostics point into, by name.
    public let sources: [String: SourceFile]

    public init(diagnostics: [Diagnostic], sources: [String: SourceFile]) {
        self.diagnostics = diagnostics
        self.sources = sources
    }
}

extension InvalidTheorem: CustomStringConvertible {
    /// The messages, each with its line of the file.
    public var description: String {
        diagnostics.map { sources[$0.file]?.render($0) ?? "\($0.file): \($0.message)" }.joined(separator: "\n")
    }
}

extension Theorem {
    /// Reads, parses and checks the file and the models it uses. `overrides` replaces parameters in every instance
    /// (values that other bindings depend on are computed anew).
    public init(path: String, overrides: [String: Rational] = [:]) throws(InvalidTheorem) {
        try self.init(path: path, replacing: Replacements(parameters: overrides))
    }

    /// Replaces parameters, the seed and data in the instances, families or members of families called `selected`;
    /// nil: in all. A file without instances is an error, unless `drawing` allows to draw one from the ranges of its
    /// parameters. Once `isStopped` says so, what only formulas with numbers show is no longer looked at.
    public init(
        path: String, replacing replacements: Replacements, on selected: [String]? = nil, drawing: Bool = false,
        isStopped: @escaping () -> Bool = { false }
    ) throws(InvalidTheorem) {
        try self.init(FileReading(path: path), replacements, selected, drawing, isStopped)
    }

    /// A theorem that stands in no file yet, under the name that messages call it by. Models and tables that it names are
    /// looked for beside a file of that name.
    public init(text: String, name: String, drawing: Bool = false) throws(InvalidTheorem) {
        try self.init(source: SourceFile(name: name, utf8: Array(text.utf8)), drawing: drawing)
    }

    /// The same for bytes, with models that stand in no file either, by the paths that `use` names.
    public init(source: SourceFile, beside models: [String: SourceFile] = [:], drawing: Bool = false) throws(InvalidTheorem) {
        try self.init(FileReading(source, beside: models), Replacements(), nil, drawing)
    }

    private init(
        _ reading: FileReading, _ replacements: Replacements, _ selected: [String]?, _ drawing: Bool,
        _ isStopped: @escaping () -> Bool = { false }
    ) throws(InvalidTheorem) {
        var loader = TheoremLoader(reading)
        let isDrawn = drawing && loader.lacksInstance
        if isDrawn { loader = try loader.withDrawnInstance() }
        try loader.check(replacing: replacements)
        let table = try loader.instances(replacing: replacements, on: selected)
        let elaboration = loader.elaboration
        let terms = try loader.checkProblems(
            of: table.instances, elaboration, overridden: isDrawn || !replacements.isEmpty, isStopped)
        try self.init(loader, table, terms)
    }

    private init(_ loader: TheoremLoader, _ table: InstanceTable, _ terms: Int) throws(InvalidTheorem) {
        let contents = loader.contents
        let file = contents.files[contents.theoremFile]
        guard let header = file.header else { throw loader.invalid([]) }
        id = header.id.text
        title = header.title
        self.file = file.source.name
        sources = contents.references
        notes = contents.fileNotes
        claims = contents.claimDescriptions
        instances = table.instances
        families = table.families
        warnings = loader.collector.sortedWarnings
        mostTerms = terms
        elaboration = loader.elaboration
    }

    /// The theorem on the instance. Parameters in `free` stay symbols (`.parameter`), for claims over boxes.
    /// - Throws: an ``InvalidTheorem`` without diagnostics if `isStopped` came true first.
    public func problem(
        on instance: Instance, free: Set<String> = [], isStopped: @escaping () -> Bool = { false }
    ) throws(InvalidTheorem) -> Problem {
        try problem(on: instance, free: free, mostTerms: nil, isStopped: isStopped)
    }

    /// The theorem on an instance whose finite sums have `mostTerms` terms at most.
    public func problem(
        on instance: Instance, free: Set<String> = [], mostTerms: Int?, isStopped: @escaping () -> Bool = { false }
    ) throws(InvalidTheorem) -> Problem {
        let builder = ProblemBuilder(elaboration, instance, free: free)
        builder.elaborator.isStopped = isStopped
        if let mostTerms { builder.elaborator.termLimit = mostTerms }
        let problem = builder.build()
        if let mostTerms, builder.elaborator.expandedTerms > mostTerms {
            let place = elaboration.place(of: instance)
            let text = "its finite sums have more than \(mostTerms) terms"
            throw InvalidTheorem(
                diagnostics: [Diagnostic("E0901", text, file: place.file, span: place.span)], sources: elaboration.sources)
        }
        if let problem { return problem }
        throw InvalidTheorem(diagnostics: builder.diagnostics, sources: elaboration.sources)
    }

    /// What the file expects of the claim on the instance; nil without an `expect` (then: proved or consistent).
    /// Of several, the one that names the instance most closely counts, and of those the last.
    public func expectation(of claim: String, on instance: Instance) -> ExpectedVerdict? {
        elaboration.expectation(of: claim, on: instance)
    }

    /// What the file expects of a `growth` claim on its family.
    public func expectation(of claim: String, onFamily family: String) -> ExpectedVerdict? {
        elaboration.expectations.last { expectation in
            expectation.claim == claim
                && (expectation.targets.isEmpty || expectation.targets.contains { $0.name == family && $0.selectors.isEmpty })
        }?.verdict
    }
}
