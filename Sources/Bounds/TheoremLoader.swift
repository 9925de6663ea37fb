import Exact
import Symbolic
import Syntax

/// Takes a file and its models from syntax trees to a checked theorem.
final class TheoremLoader {
    let contents: Contents
    let names: NameTable
    let dependencies: Dependencies
    let collector: DiagnosticCollector
    let checks: StaticChecks
    private let reading: FileReading
    private var expectations: [Expectation] = []

    init(_ reading: FileReading) {
        self.reading = reading
        contents = Contents(files: reading.files)
        let collector = DiagnosticCollector(reading.files)
        for problem in reading.diagnostics { collector.add(problem) }
        names = NameTable(contents, broken: reading.broken) { collector.add($0) }
        dependencies = Dependencies(names)
        self.collector = collector
        checks = StaticChecks(
            names: names, dependencies: dependencies, collector: collector,
            incomplete: !reading.diagnostics.isEmpty || reading.files.last?.header?.isModel != false)
    }

    /// Whether the file is a whole theorem but for its instances.
    var lacksInstance: Bool {
        reading.diagnostics.isEmpty && contents.instances.isEmpty && dependencies.cycles.isEmpty
            && contents.files.last?.header?.isModel == false
    }

    /// The same file with an instance that is drawn from the ranges of its parameters.
    func withDrawnInstance() throws(InvalidTheorem) -> TheoremLoader {
        do throws(Diagnostic) {
            var whole = reading
            whole.add(try DrawnInstance(names: names, dependencies: dependencies).statement())
            return TheoremLoader(whole)
        } catch {
            throw invalid([error])
        }
    }

    var elaboration: Elaboration {
        Elaboration(
            names: names, dependencies: dependencies, claimFeatures: checks.claimFeatures,
            eventFeatures: checks.eventFeatures, showFeatures: checks.showFeatures, expectations: expectations,
            sources: reading.sources)
    }

    func invalid(_ diagnostics: [Diagnostic]) -> InvalidTheorem {
        InvalidTheorem(diagnostics: diagnostics, sources: reading.sources)
    }

    /// All static checks, and the instances as the file gives them.
    func check(replacing replacements: Replacements) throws(InvalidTheorem) {
        guard !reading.files.isEmpty else { throw invalid(reading.diagnostics) }
        checkHeader()
        checks.run()
        if dependencies.cycles.isEmpty {
            // Without values a file with errors would only show what follows from them.
            let secondary: Set<String> = collector.errors.isEmpty ? [] : ["E0406", "E0308"]
            let table = InstanceTable(names, dependencies, replacing: Replacements())
            for problem in table.diagnostics where !secondary.contains(problem.id) { collector.add(problem) }
            if collector.errors.isEmpty { resolveExpectations(table) }
        }
        if !collector.report.isEmpty { throw invalid(collector.report) }
        try checkNames(of: replacements)
    }

    private func checkHeader() {
        let file = contents.files[contents.theoremFile]
        guard let header = file.header else { return }
        if header.isModel {
            collector.add(
                Diagnostic(
                    "E0311", "'\(header.id.text)' is a model, not a theorem", file: file.source.name, span: header.id.span,
                    remedy: "name a file that uses it"))
        } else if contents.instances.isEmpty && reading.diagnostics.isEmpty {
            collector.add(
                Diagnostic(
                    "E0805", "the file has no instance: nothing is verified", file: file.source.name, span: header.id.span,
                    remedy: "add 'instance one'"))
        }
    }

    private func checkNames(of replacements: Replacements) throws(InvalidTheorem) {
        let known = contents.parameters.map(\.name.text)
        let tables = contents.data.map(\.name.text)
        let file = contents.files[contents.theoremFile]
        let unknown = replacements.parameters.keys.sorted().filter { !known.contains($0) }
            + replacements.tables.keys.sorted().filter { !tables.contains($0) }
        if replacements.seed != nil, !readsSeed {
            throw invalid([
                Diagnostic(
                    "E0301", "nothing is drawn, so the seed cannot be set", file: file.source.name,
                    span: file.header?.id.span ?? Span(0, 0), remedy: "leave out the seed, or add a 'draw'")
            ])
        }
        guard !unknown.isEmpty else { return }
        throw invalid(
            unknown.map { name in
                let near = closestName(to: name, in: known).map { "did you mean '\($0)'? " } ?? ""
                return Diagnostic(
                    "E0301", "no parameter is called '\(name)', so it cannot be set", file: file.source.name,
                    span: file.header?.id.span ?? Span(0, 0),
                    remedy: near + (known.isEmpty ? "the theorem has no parameters" : "parameters: \(known.listed)"))
            })
    }

    /// Whether an instance may have a seed.
    private var readsSeed: Bool {
        !contents.draws.isEmpty || contents.instances.contains { $0.value.bindings.contains { $0.name.text == "seed" } }
    }

    /// The instances with the replacements on those `selected`; nil: on all.
    func instances(
        replacing replacements: Replacements, on selected: [String]?
    ) throws(InvalidTheorem) -> InstanceTable {
        let table = InstanceTable(names, dependencies, replacing: replacements, on: selected)
        if !table.diagnostics.isEmpty { throw invalid(table.diagnostics) }
        return table
    }

    // MARK: Expectations

    private func resolveExpectations(_ table: InstanceTable) {
        for expectation in contents.expectations {
            var targets: [Expectation.Target] = []
            for member in expectation.value.members {
                var selectors: [String: Rational] = [:]
                for selector in member.selectors {
                    let elaborator = Elaborator(names: names, dependencies: dependencies)
                    let value = try? elaborator.number(selector.value, Scope(file: expectation.place.file))
                    selectors[selector.name.text] = value.flatMap(elaborator.exactValue) ?? Rational(-1)
                    if value.flatMap(elaborator.exactValue) == nil { selectors[""] = .zero }
                }
                let target = Expectation.Target(name: member.name.text, selectors: selectors)
                if !table.instances.contains(where: target.matches) {
                    let text = member.selectors.map { "\($0.name.text)=\(contents.source(expectation.place.file).text($0.value.span))" }
                    let members = table.instances.filter { $0.family == member.name.text }.map(\.id)
                    collector.add(
                        Diagnostic(
                            "E0306", "no instance or family is called '\(member.name.text)[\(text.joined(separator: ","))]'",
                            file: contents.source(expectation.place.file).name, span: member.name.span,
                            remedy: members.isEmpty ? nil : "instances: \(members.listed)"))
                }
                targets.append(target)
            }
            expectations.append(
                Expectation(claim: expectation.value.claim.text, verdict: expectation.value.verdict, targets: targets))
        }
    }

    // MARK: Problems

    /// What only formulas with numbers show: on every instance, so that no run starts in vain. Returns the most terms that
    /// the finite sums of one instance have.
    func checkProblems(
        of instances: [Instance], _ elaboration: Elaboration, overridden: Bool, _ isStopped: @escaping () -> Bool
    ) throws(InvalidTheorem) -> Int {
        var truths: [[Bool?]] = []
        var terms = 0
        for instance in instances {
            do throws(Diagnostic) {
                _ = try elaboration.seedCounts(on: instance)
            } catch {
                collector.add(error)
            }
            let builder = ProblemBuilder(elaboration, instance, free: [])
            builder.elaborator.isStopped = isStopped
            guard let problem = builder.build() else {
                for diagnostic in builder.diagnostics { collector.add(diagnostic) }
                continue
            }
            terms = max(terms, builder.elaborator.expandedTerms)
            truths.append(problem.assumptions.map { problem.graph.exactTruth(of: $0.condition, at: [:]) })
        }
        let isComplete = truths.count == instances.count
        if collector.errors.isEmpty && isComplete && !overridden && !elaboration.expectsNothing(of: instances) {
            for (position, assumption) in contents.assumptions.enumerated()
            where !truths.isEmpty && truths.allSatisfy({ $0[position] == false }) {
                collector.add(
                    Diagnostic(
                        "E0804",
                        "every instance makes 'assume \(assumption.value.name.text)' false: nothing is verified",
                        file: contents.source(assumption.place.file).name, span: assumption.span,
                        remedy: "add an instance that meets it, or 'expect' every claim to be vacuous"))
            }
        }
        if !collector.report.isEmpty { throw invalid(collector.report) }
        return terms
    }
}
