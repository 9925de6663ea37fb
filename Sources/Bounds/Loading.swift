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

extension Theorem {
    /// Reads, parses and checks the file and the models it uses. `overrides` replaces parameters in every instance
    /// (values that other bindings depend on are computed anew).
    public init(path: String, overrides: [String: Rational] = [:]) throws(InvalidTheorem) {
        let reading = FileReading(path: path)
        let loader = TheoremLoader(reading)
        try loader.check(overrides: overrides)
        let table = try loader.instances(overrides: overrides)
        let elaboration = loader.elaboration
        try loader.checkProblems(of: table.instances, elaboration, overridden: !overrides.isEmpty)
        try self.init(loader, table)
    }

    private init(_ loader: TheoremLoader, _ table: InstanceTable) throws(InvalidTheorem) {
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
        elaboration = loader.elaboration
    }

    /// The theorem on the instance. Parameters in `free` stay symbols (`.parameter`), for claims over boxes.
    public func problem(on instance: Instance, free: Set<String> = []) throws(InvalidTheorem) -> Problem {
        let builder = ProblemBuilder(elaboration, instance, free: free)
        if let problem = builder.build() { return problem }
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
