import Symbolic
import Syntax

extension StaticChecks {
    func checkEvents() {
        for (position, event) in contents.events.enumerated() {
            let file = event.place.file
            if motion == .none {
                error("E0605", "an event needs dynamics", file: file, event.name.span, remedy: "add 'flow ...'")
                continue
            }
            switch event.definition {
            case .search(_, let after, let condition):
                let facts = check(file: file) { (formula) throws(Diagnostic) in
                    if let after {
                        try formula.number(after)
                        if let moving = formula.facts.moving {
                            throw formula.error(
                                "E0707", "'after' reads \(moving.text)", moving.span, remedy: "use parameters and events")
                        }
                    }
                    try formula.condition(condition)
                }
                eventFeatures[position] = facts?.feature
            case .moment(let moment):
                let facts = check(file: file) { (formula) throws(Diagnostic) in
                    try formula.number(moment)
                    if let moving = formula.facts.moving {
                        throw formula.error(
                            "E0707", "the event reads \(moving.text)", moving.span, remedy: "use parameters and events")
                    }
                }
                eventFeatures[position] = facts?.feature
            }
        }
    }

    func checkClaims() {
        var ids: [String: Placed<ClaimSyntax>] = [:]
        for (position, claim) in contents.claims.enumerated() {
            let id = claim.value.id
            if contents.isModel(claim.place.file) {
                error("E0310", "a model has no claims", file: claim.place.file, id.span, remedy: "move it to a theorem that uses the model")
            } else if let first = ids[id.text] {
                let line = contents.source(first.place.file).line(of: first.span.start)
                error("E0302", "'\(id.text)' is already a claim (line \(line))", file: claim.place.file, id.span, remedy: "choose another id")
            } else {
                ids[id.text] = claim
            }
            let open = checkQuantifiers(claim, position)
            let facts = check(file: claim.place.file, open: open) { (formula) throws(Diagnostic) in
                for name in open.sorted() { try self.checkOpenName(name, claim, formula) }
                try self.checkBody(claim, &formula)
            }
            claimFeatures[position] = facts?.feature ?? claimFeatures[position]
            if facts != nil {
                if let problem = OpenConstantCheck(claim, source: contents.source(claim.place.file)).problem(open) {
                    collector.add(problem)
                }
            }
        }
    }

    // MARK: Quantifiers

    /// Checks the quantifiers; returns the names of the open constants.
    private func checkQuantifiers(_ claim: Placed<ClaimSyntax>, _ position: Int) -> Set<String> {
        let file = claim.place.file
        var open: Set<String> = []
        var features: [Feature] = []
        for quantifier in claim.value.quantifiers {
            switch quantifier {
            case .some(let name, _):
                if !open.insert(name.text).inserted {
                    error("E0302", "'\(name.text)' is already an open constant of this claim", file: file, name.span, remedy: "choose another name")
                }
            case .all(let name, let low, let high):
                guard let known = names[name.text] else {
                    if !names.broken.contains(name.text) {
                        collector.add(names.unknown(name.text, span: name.span, file: file, local: [], call: false))
                    }
                    continue
                }
                if known.kind != .parameter || names.isInteger(name.text) {
                    error(
                        "E0704", "'\(name.text)' in 'for all' is not a real parameter", file: file, name.span,
                        remedy: "declare 'parameter \(known.kind == .parameter ? name.text : "a") : real'")
                }
                for end in [low, high] {
                    let facts = check(file: file) { (formula) throws(Diagnostic) in try formula.number(end) }
                    if let feature = facts?.feature { features.append(feature) }
                    if let moving = facts?.moving ?? facts?.moment.map({ ("the moment '\($0.name)'", $0.span) }) {
                        error("E0707", "'for all' reads \(moving.text)", file: file, moving.span, remedy: "use parameters only")
                    }
                }
            case .seeds(_, let set, let span):
                let facts = check(file: file) { (formula) throws(Diagnostic) in try formula.set(set) }
                checkConstant(facts, "the set of seeds", file: file)
                if case .growth = claim.value.body {
                    features.append(Feature(name: "counting seeds under 'growth'", file: file, span: span))
                }
            }
        }
        let counts = claim.value.quantifiers.filter { if case .seeds = $0 { true } else { false } }
        if counts.count > 1 {
            error("E0302", "the seeds of '\(claim.value.id.text)' are counted twice", file: file, claim.value.id.span, remedy: "keep one 'for at least'")
        }
        checkConditions(of: claim, open, &features)
        claimFeatures[position] = features.first
        return open
    }

    /// The `where` of open constants reads its own constant and parameters.
    private func checkConditions(of claim: Placed<ClaimSyntax>, _ open: Set<String>, _ features: inout [Feature]) {
        let file = claim.place.file
        for case .some(let name, let condition?) in claim.value.quantifiers {
            guard
                let facts = check(file: file, open: open, { (formula) throws(Diagnostic) in
                    try formula.condition(condition)
                })
            else { continue }
            if let feature = facts.feature { features.append(feature) }
            if let moving = facts.moving ?? facts.moment.map({ ("the moment '\($0.name)'", $0.span) }) {
                error("E0707", "'where' of '\(name.text)' reads \(moving.text)", file: file, moving.span, remedy: "use parameters only")
            } else if let other = open.subtracting([name.text]).sorted().first(where: { condition.occurrences(of: $0) > 0 }) {
                error("E0702", "'where' of '\(name.text)' reads the open constant '\(other)'", file: file, condition.span, remedy: "bound each constant by parameters")
            }
        }
    }

    private func checkOpenName(_ name: String, _ claim: Placed<ClaimSyntax>, _ formula: FormulaCheck) throws(Diagnostic) {
        for case .some(let identifier, _) in claim.value.quantifiers where identifier.text == name {
            if let problem = names.collision(identifier, file: claim.place.file) { throw problem }
        }
    }

    // MARK: Bodies

    private func checkBody(_ claim: Placed<ClaimSyntax>, _ formula: inout FormulaCheck) throws(Diagnostic) {
        let file = claim.place.file
        if let given = claim.value.given {
            var hypothesis = FormulaCheck(names: names, motion: motion, file: file, known: known)
            hypothesis.openConstants = formula.openConstants
            try hypothesis.condition(given)
            if let moving = hypothesis.facts.moving {
                throw formula.error(
                    "E0706", "'given' reads \(moving.text)", moving.span, remedy: "write 'always while ...', or 'implies'")
            }
            formula.facts.absorb(hypothesis.facts, at: given.span)
            formula.facts.state = nil
            formula.facts.time = nil
        }
        let start = claim.value.bodySpan.start
        func needDynamics(_ word: String, remedy: String) throws(Diagnostic) {
            guard motion == .none else { return }
            throw formula.error("E0605", "'\(word)' needs dynamics", Span(start, start + word.utf8.count), remedy: remedy)
        }
        let plain = "write 'everywhere', or a plain condition"
        switch claim.value.body {
        case .condition(let c):
            try formula.condition(c)
            if let moving = formula.facts.moving {
                throw formula.error(
                    "E0708", "a plain condition reads \(moving.text)", moving.span,
                    remedy: motion == .none ? "write 'everywhere' before it" : "write 'always' or 'at T :' before it")
            }
        case .identity(let c):
            try formula.condition(c)
            try checkEquations(c, formula)
        case .solution(let state, let e):
            try needDynamics("solution", remedy: "write 'identity'")
            _ = try formula.kind(of: state)
            _ = try formula.kind(of: e)
        case .symmetry(let pairs):
            try needDynamics("symmetry", remedy: "write 'identity'")
            for (state, e) in pairs {
                let outer = formula.local
                // The indices on the left stand for all of them.
                if case .subscripted(_, let indices) = state.kind {
                    for case .name(let index) in indices.map(\.kind) where names[index] == nil { formula.local[index] = .any }
                }
                _ = try formula.kind(of: state)
                _ = try formula.kind(of: e)
                formula.local = outer
            }
        case .always(let scope, let condition, let c):
            try needDynamics("always", remedy: plain)
            try checkScope(scope, &formula)
            if let condition { try formula.condition(condition) }
            try formula.condition(c)
        case .sometime(let scope, let condition, let c):
            try needDynamics("sometime", remedy: plain)
            try checkScope(scope, &formula)
            if let condition { try formula.condition(condition) }
            try formula.condition(c)
        case .monotone(let increasing, let q, let scope):
            try needDynamics(increasing ? "increasing" : "decreasing", remedy: plain)
            try checkScope(scope, &formula)
            try formula.number(q)
        case .at(let moment, let c):
            try needDynamics("at", remedy: plain)
            try checkMoment(moment, "'at'", &formula)
            try formula.condition(c)
        case .everywhere(let c):
            try formula.condition(c)
            if let total = formula.facts.total { formula.unsupported("'\(total.name)' under 'everywhere'", total.span) }
        case .growth(let q, let parameter, let family, let low, let high):
            try checkGrowth(q, parameter, family, [low, high], &formula)
        }
    }

    /// A moment or the end of an interval: a formula of parameters and events.
    private func checkMoment(_ e: ExpressionSyntax, _ what: String, _ formula: inout FormulaCheck) throws(Diagnostic) {
        let before = formula.facts
        formula.facts.state = nil
        formula.facts.time = nil
        try formula.number(e)
        if let moving = formula.facts.moving {
            throw formula.error("E0707", "\(what) reads \(moving.text)", moving.span, remedy: "use parameters and events")
        }
        formula.facts.state = before.state
        formula.facts.time = before.time
    }

    private func checkScope(_ scope: ScopeSyntax?, _ formula: inout FormulaCheck) throws(Diagnostic) {
        switch scope {
        case .interval(let low, let high, _, _, _):
            try checkMoment(low, "the scope", &formula)
            try checkMoment(high, "the scope", &formula)
        case .stage(let name):
            try names.checkStage(name, file: formula.file)
        case nil:
            break
        }
    }

    /// `identity` takes equations, under `and` and `all`.
    private func checkEquations(_ e: ExpressionSyntax, _ formula: FormulaCheck) throws(Diagnostic) {
        switch e.kind {
        case .relation(_, let relations):
            if let other = relations.first(where: { $0 != .equal }) {
                throw formula.error("E0402", "'identity' needs equations, found '\(other.rawValue)'", e.span, remedy: "write 'always' or 'everywhere'")
            }
        case .and(let parts):
            for part in parts { try checkEquations(part, formula) }
        case .quantified(true, _, let body):
            try checkEquations(body, formula)
        default:
            throw formula.error("E0402", "'identity' needs equations", e.span, remedy: "write a = b")
        }
    }

    private func checkGrowth(
        _ q: ExpressionSyntax, _ parameter: Identifier, _ family: Identifier, _ bounds: [ExpressionSyntax],
        _ formula: inout FormulaCheck
    ) throws(Diagnostic) {
        try formula.number(q)
        if let moving = formula.facts.moving {
            throw formula.error("E0707", "'growth' reads \(moving.text)", moving.span, remedy: "use parameters and events")
        }
        for bound in bounds { try checkMoment(bound, "'within'", &formula) }
        if names[parameter.text] == nil && !names.broken.contains(parameter.text) {
            throw names.unknown(parameter.text, span: parameter.span, file: formula.file, local: [], call: false)
        }
        guard let syntax = contents.instances.first(where: { $0.value.name.text == family.text }) else {
            if incomplete { return }
            throw unknownMember(family, file: formula.file)
        }
        let count = syntax.value.bindings.first { $0.name.text == parameter.text }.map(listedValues) ?? 0
        if !syntax.value.isFamily || count < 3 {
            throw formula.error(
                "E0705", "growth needs a family with at least 3 values of '\(parameter.text)'", family.span,
                remedy: "write 'family \(syntax.value.isFamily ? family.text : "f") \(parameter.text) in [5, 10, 20]'")
        }
    }

    /// How many values a binding lists, as far as the text shows it; a range may have any number.
    private func listedValues(_ binding: BindingSyntax) -> Int {
        guard case .members(let set) = binding.value else { return 1 }
        switch set.kind {
        case .vector(let parts), .set(let parts): return Set(parts.map { text($0, contents.theoremFile) }).count
        default: return .max
        }
    }
}
