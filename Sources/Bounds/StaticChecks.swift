import Syntax

/// The checks that need no instance. Each statement gets at most one error.
final class StaticChecks {
    let names: NameTable
    let dependencies: Dependencies
    let collector: DiagnosticCollector
    /// Whether some statement could not be parsed: then nothing is said about what is missing.
    let incomplete: Bool
    let motion: Motion
    /// Facts of lets and sets.
    private(set) var known: [String: Facts] = [:]
    /// What the claims, events and shows need and this version does not have, by position.
    var claimFeatures: [Int: Feature] = [:]
    var eventFeatures: [Int: Feature] = [:]
    /// By position of the statement and of the formula in it.
    var showFeatures: [[Int]: Feature] = [:]

    var contents: Contents { names.contents }

    init(names: NameTable, dependencies: Dependencies, collector: DiagnosticCollector, incomplete: Bool) {
        self.names = names
        self.dependencies = dependencies
        self.collector = collector
        self.incomplete = incomplete
        motion = names.contents.motion(incomplete: incomplete)
    }

    func run() {
        for problem in dependencies.cycleDiagnostics(names) { collector.add(problem) }
        checkDefinitions()
        checkParameters()
        checkDraws()
        checkMinimisers()
        checkStates()
        checkDynamics()
        checkStages()
        checkDurations()
        checkEvents()
        checkClaims()
        checkExpectations()
        checkInstances()
        checkShows()
        for item in contents.unsupported {
            collector.add(Feature(name: item.value, file: item.place.file, span: item.span))
        }
        if !incomplete { checkUnused() }
    }

    func error(_ id: String, _ text: String, file: Int, _ span: Span, remedy: String? = nil) {
        collector.add(Diagnostic(id, text, file: contents.source(file).name, span: span, remedy: remedy))
    }

    func text(_ e: ExpressionSyntax, _ file: Int) -> String { contents.source(file).text(e.span) }

    /// Checks one formula; nil if it has an error, which is reported then.
    @discardableResult
    func check(
        file: Int, open: Set<String> = [], _ body: (inout FormulaCheck) throws(Diagnostic) -> Void
    ) -> Facts? {
        var formula = FormulaCheck(names: names, motion: motion, file: file, known: known)
        formula.openConstants = open
        do throws(Diagnostic) {
            try body(&formula)
            return formula.facts
        } catch {
            collector.add(error)
            return nil
        }
    }

    /// E0901 for a formula that the model cannot do without.
    func require(_ facts: Facts?) {
        if let feature = facts?.feature { collector.add(feature) }
    }

    /// A formula of parameters alone.
    func checkConstant(_ facts: Facts?, _ what: String, file: Int, moments: Bool = false) {
        guard let facts else { return }
        require(facts)
        if let moving = facts.moving {
            error("E0707", "\(what) reads \(moving.text)", file: file, moving.span, remedy: "use parameters only")
        } else if !moments, let moment = facts.moment {
            error("E0707", "\(what) reads the moment '\(moment.name)'", file: file, moment.span, remedy: "use parameters only")
        }
    }

    // MARK: Declarations

    /// Lets and sets, each after what it reads.
    private func checkDefinitions() {
        for name in dependencies.order {
            if let definition = dependencies.definitions[name] {
                known[name] = check(file: definition.place.file) { (formula) throws(Diagnostic) in
                    for argument in definition.arguments {
                        try formula.introduce(argument.text, argument.span, .any) { (_) throws(Diagnostic) in }
                        if formula.local[argument.text] != nil {
                            throw formula.error("E0302", "'\(argument.text)' is already an argument", argument.span, remedy: "choose another name")
                        }
                        formula.local[argument.text] = .any
                    }
                    formula.facts.kind = try formula.kind(of: definition.body)
                } ?? Facts()
            } else if let set = dependencies.sets[name] {
                let facts = check(file: set.place.file) { (formula) throws(Diagnostic) in try formula.set(set.set) }
                checkConstant(facts, "the set '\(name)'", file: set.place.file)
                known[name] = facts ?? Facts()
            }
        }
    }

    private func checkParameters() {
        for parameter in contents.parameters {
            let file = parameter.place.file
            if let initial = parameter.initial {
                let facts = check(file: file) { (formula) throws(Diagnostic) in try formula.number(initial) }
                checkConstant(facts, "the default of '\(parameter.name.text)'", file: file)
            }
            if let condition = parameter.condition {
                let facts = check(file: file) { (formula) throws(Diagnostic) in try formula.condition(condition) }
                checkConstant(facts, "'where' of '\(parameter.name.text)'", file: file)
            }
        }
    }

    private func checkStates() {
        for state in contents.states {
            let file = state.place.file
            if let start = state.start {
                let facts = check(file: file) { (formula) throws(Diagnostic) in
                    try formula.bind(state.dimensions)
                    try formula.number(start)
                }
                if state.dimensions.isEmpty { checkConstant(facts, "the start of '\(state.name.text)'", file: file) }
            } else if let box = state.box {
                for end in [box.low, box.high] {
                    let facts = check(file: file) { (formula) throws(Diagnostic) in
                        try formula.bind(state.dimensions)
                        try formula.number(end)
                    }
                    checkConstant(facts, "the box of '\(state.name.text)'", file: file)
                }
            } else if motion != .none {
                error("E0607", "the state '\(state.name.text)' has no start", file: file, state.name.span, remedy: "write 'state \(state.name.text) = 0'")
            }
        }
    }

    // MARK: Unused names

    private func checkUnused() {
        var used: Set<String> = []
        for file in contents.files {
            for statement in file.statements {
                var mentioned: Set<String> = []
                for formula in statement.formulas { mentioned.formUnion(formula.mentionedNames) }
                // Its own condition is no use of a parameter.
                if case .parameter(let name, _, _, _, _) = statement.kind { mentioned.remove(name.text) }
                used.formUnion(mentioned)
                if case .claim(let claim) = statement.kind, case .growth(_, let parameter, _, _, _) = claim.body {
                    used.insert(parameter.text)
                }
            }
        }
        for parameter in contents.parameters where !used.contains(parameter.name.text) {
            if contents.isModel(parameter.place.file) && parameter.initial != nil { continue }
            error(
                "E0303", "parameter '\(parameter.name.text)' is never used", file: parameter.place.file,
                parameter.name.span,
                remedy: "delete the line, or use '\(parameter.name.text)' in the model or in a claim")
        }
        for definition in contents.definitions
        where !used.contains(definition.name.text) && !contents.isModel(definition.place.file) {
            error(
                "W0303", "let '\(definition.name.text)' is never used", file: definition.place.file,
                definition.name.span, remedy: "delete the line, or use '\(definition.name.text)' in a claim")
        }
        let claims = contents.claims.filter { $0.value.provenance == nil }
        if let first = claims.first, !contents.citesSource {
            error(
                "W0701", "claim '\(first.value.id.text)' has no provenance", file: first.place.file,
                first.value.id.span, remedy: "add a 'source', or write 'derived' after the sentence")
        }
    }
}

extension Contents {
    /// What moves the states.
    func motion(incomplete: Bool) -> Motion {
        let stageFlows = stages.contains { if case .flow = $0.value.dynamics { true } else { false } }
        let stageDescents = stages.contains { if case .descent = $0.value.dynamics { true } else { false } }
        let flows = !equations.isEmpty || !gradients.isEmpty || stageFlows
        let steps = !maps.isEmpty || !descents.isEmpty || stageDescents
        switch (flows, steps) {
        case (true, true): return .unclear
        case (true, false): return .flow
        case (false, true): return .steps
        case (false, false): return incomplete ? .unclear : .none
        }
    }

    /// What counts in steps: "map", or "descent".
    var stepsWord: String { descents.isEmpty && stages.isEmpty ? "map" : "descent" }

    var citesSource: Bool {
        files[theoremFile].statements.contains { if case .source = $0.kind { true } else { false } }
    }
}
