import Exact
import Syntax

/// One claim of a theorem on one instance, as a theorem file of its own.
public struct Excerpt: Sendable {
    public let claim: String
    /// Its parameters are written out, with its data.
    public let instance: Instance
    public var title: String
    public var notes: [String] = []
    /// The run ends here at the latest, a time or a number of steps; nil: where the file says.
    public var horizon: Rational?
    public var expectation: ExpectedVerdict
    /// Leaves out what moves the states, for a claim that is not about the run.
    public var isWithoutRun = false

    public init(claim: String, instance: Instance, title: String, expectation: ExpectedVerdict) {
        self.claim = claim
        self.instance = instance
        self.title = title
        self.expectation = expectation
    }
}

extension Theorem {
    /// The text of a file that holds this and nothing that it does without: models are written out, declarations that
    /// neither the run nor the claim reads are left out.
    public func text(of excerpt: Excerpt) -> String {
        let contents = elaboration.contents
        let kept = needed(for: excerpt.claim, withRun: !excerpt.isWithoutRun)
        var lines = ["theorem \(id).counterexample \"\(Self.quotable(excerpt.title))\""]
        let own = contents.files[contents.theoremFile]
        for statement in own.statements {
            if case .source = statement.kind { lines.append(own.source.text(statement.span)) }
        }
        for file in contents.files {
            for statement in file.statements {
                if excerpt.isWithoutRun, statement.isOfRun { continue }
                switch statement.kind {
                case .source, .use, .note, .show, .instance, .expect, .conserved:
                    continue
                case .claim(let claim):
                    guard claim.id.text == excerpt.claim else { continue }
                    lines.append(file.source.text(statement.span))
                    lines += excerpt.notes.map { "note \"\(Self.quotable($0))\"" }
                case .stop(let end):
                    lines.append(stop(end, excerpt.horizon, file.source) ?? file.source.text(statement.span))
                case .state(let name, _, _, _):
                    if kept.contains(name.text) { lines.append(file.source.text(statement.span)) }
                case .parameter, .set, .data, .draw, .define, .flowEquation, .flowGradient, .mapEquation, .descent,
                    .schedule, .stage, .minimiser, .assume, .event:
                    if statement.declaredName.map(kept.contains) ?? true { lines.append(file.source.text(statement.span)) }
                }
            }
        }
        lines.append(instanceLine(excerpt.instance, kept))
        if excerpt.expectation != .proved { lines.append("expect \(excerpt.claim) \(excerpt.expectation.rawValue)") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Whether what the claim means depends on the end of the run: it, or a formula that it reads, names the end, or is a
    /// last time, which is sought until the end.
    public func mentionsEnd(_ claim: String) -> Bool {
        let read = needed(for: claim, withRun: false)
        return elaboration.contents.files.flatMap(\.statements).contains { statement in
            switch statement.kind {
            case .claim(let other): if other.id.text != claim { return false }
            case .define(let name, _, _, _): if !read.contains(name.text) { return false }
            case .event(let name, let event, _):
                if !read.contains(name.text) { return false }
                if case .search(first: false, _, _) = event { return true }
            default: return false
            }
            return statement.formulas.contains { $0.mentionedNames.contains("end") }
        }
    }

    private func instanceLine(_ instance: Instance, _ kept: Set<String>) -> String {
        let parameters = instance.parameters.filter { kept.contains($0.name) }.map { "\($0.name) = \($0.value)" }
        let tables = data(of: instance).merging(instance.tables) { $1 }.filter { kept.contains($0.key) }
            .sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
        let draws = elaboration.contents.draws.contains { kept.contains($0.name.text) }
        let seed = draws ? instance.seed.map { ["seed = \($0)"] } ?? [] : []
        return withoutTrailingBlank("instance found " + (parameters + tables + seed).joined(separator: ", "))
    }

    private func withoutTrailingBlank(_ text: String) -> String { text.hasSuffix(" ") ? String(text.dropLast()) : text }

    private func stop(_ end: StatementSyntax.StageEnd, _ horizon: Rational?, _ source: SourceFile) -> String? {
        guard let horizon else { return nil }
        switch end {
        case .duration(let duration):
            return "stop at \(horizon)\(duration.inSteps ? " steps" : "")"
        case .condition(let condition, let cap):
            return "stop when \(source.text(condition.span)), at latest \(horizon)\(cap?.inSteps == true ? " steps" : "")"
        }
    }

    /// The declared names that the run, the hypotheses and the claim read, directly or not.
    private func needed(for claim: String, withRun: Bool) -> Set<String> {
        let names = elaboration.names
        var pending: [String] = []
        var formulas: [String: [ExpressionSyntax]] = [:]
        for statement in elaboration.contents.files.flatMap(\.statements) {
            var isRoot = false
            switch statement.kind {
            case .claim(let other): isRoot = other.id.text == claim
            case .assume: isRoot = true
            case .state(let name, _, _, _):
                isRoot = withRun
                formulas[name.text] = statement.formulas
                if withRun { pending.append(name.text) }
            case .event: break
            default: isRoot = withRun && statement.isOfRun
            }
            if let name = statement.declaredName { formulas[name] = statement.formulas }
            if isRoot {
                pending += statement.formulas.flatMap(\.mentionedNames)
                pending += statement.declaredName.map { [$0] } ?? []
            }
            if case .minimiser(let name, _, _, let constraints, _) = statement.kind {
                for constraint in constraints { formulas[constraint.name.text] = [ExpressionSyntax(.name(name.text), name.span)] }
            }
        }
        var needed: Set<String> = []
        while let name = pending.popLast() {
            guard names[name] != nil, needed.insert(name).inserted else { continue }
            pending += (formulas[name] ?? []).flatMap(\.mentionedNames)
        }
        return needed
    }

    /// Strings have no escapes and end on their line.
    private static func quotable(_ text: String) -> String {
        String(text.map { $0 == "\"" ? "'" : $0.isNewline ? " " : $0 })
    }
}

extension StatementSyntax {
    /// Whether it moves the states, or ends the run.
    fileprivate var isOfRun: Bool {
        switch kind {
        case .flowEquation, .flowGradient, .mapEquation, .descent, .schedule, .stage, .stop, .event: true
        case .source, .use, .note, .parameter, .set, .data, .draw, .state, .define, .conserved, .minimiser, .assume, .claim,
            .expect, .instance, .show:
            false
        }
    }

    /// The name of a declaration that may be left out if nothing reads it.
    fileprivate var declaredName: String? {
        switch kind {
        case .parameter(let name, _, _, _, _), .set(let name, _, _), .data(let name, _, _, _), .draw(let name, _, _, _),
            .define(let name, _, _, _), .minimiser(let name, _, _, _, _), .event(let name, _, _):
            name.text
        case .source, .use, .note, .state, .conserved, .flowEquation, .flowGradient, .mapEquation, .descent, .schedule,
            .stage, .stop, .assume, .claim, .expect, .instance, .show:
            nil
        }
    }
}

extension Theorem {
    /// The bytes of the file and of the models that it uses, models first.
    public var sourceTexts: [[UInt8]] { elaboration.contents.files.map(\.source.utf8) }
}
