import Syntax

extension StaticChecks {
    func checkDynamics() {
        for equation in contents.equations {
            checkTarget(equation.value.state, file: equation.place.file)
            let facts = check(file: equation.place.file) { (formula) throws(Diagnostic) in
                try formula.bind(equation.value.dimensions)
                try formula.number(equation.value.value)
            }
            requireWithoutMoments(facts, file: equation.place.file)
        }
        for map in contents.maps {
            checkTarget(map.value.state, file: map.place.file)
            let facts = check(file: map.place.file) { (formula) throws(Diagnostic) in
                try formula.bind(map.value.dimensions)
                try formula.number(map.value.value)
            }
            requireWithoutMoments(facts, file: map.place.file)
        }
        for gradient in contents.gradients { checkGradient(gradient) }
        for descent in contents.descents { checkGradient(descent) }
        for stage in contents.stages {
            switch stage.value.dynamics {
            case .flow(let gradient), .descent(let gradient):
                checkGradient(Placed(gradient, stage.place, gradient.span))
            case nil: break
            }
        }
        for item in contents.conserved {
            require(check(file: item.place.file) { (formula) throws(Diagnostic) in try formula.number(item.value) })
            if motion == .none {
                error("E0605", "'conserved' needs dynamics", file: item.place.file, item.span, remedy: "add 'flow ...'")
            }
        }
        for item in contents.assumptions {
            let facts = check(file: item.place.file) { (formula) throws(Diagnostic) in
                try formula.condition(item.value.condition)
            }
            require(facts)
            checkHypothesis(facts, "assume", file: item.place.file)
        }
        if !incomplete { checkMotions() }
    }

    private func requireWithoutMoments(_ facts: Facts?, file: Int) {
        require(facts)
        if let moment = facts?.moment {
            collector.add(Feature(name: "the moment '\(moment.name)' in the dynamics", file: file, span: moment.span))
        }
    }

    private func checkTarget(_ state: Identifier, file: Int) {
        guard let declaration = names[state.text] else {
            if !names.broken.contains(state.text) {
                collector.add(names.unknown(state.text, span: state.span, file: file, local: [], call: false))
            }
            return
        }
        if declaration.kind != .state {
            error(
                "E0402", "expected a state, found \(declaration.kind.withArticle)", file: file, state.span,
                remedy: "declare it as a state")
        }
    }

    private func checkGradient(_ gradient: Placed<GradientSyntax>) {
        let file = gradient.place.file
        for state in gradient.value.moving + gradient.value.rates.compactMap(\.state) { checkTarget(state, file: file) }
        requireWithoutMoments(
            check(file: file) { (formula) throws(Diagnostic) in try formula.number(gradient.value.loss) }, file: file)
        for part in [gradient.value.step, gradient.value.decay].compactMap({ $0 }) {
            requireWithoutMoments(
                check(file: file) { (formula) throws(Diagnostic) in try formula.number(part) }, file: file)
        }
        for rate in gradient.value.rates {
            let facts = check(file: file) { (formula) throws(Diagnostic) in try formula.number(rate.rate) }
            checkConstant(facts, "a rate", file: file)
        }
    }

    /// E0706: hypotheses read parameters, constants and events.
    func checkHypothesis(_ facts: Facts?, _ word: String, file: Int) {
        guard let moving = facts?.moving else { return }
        error(
            "E0706", "'\(word)' reads \(moving.text)", file: file, moving.span,
            remedy: "write 'always while ...', or 'implies'")
    }

    // MARK: What moves

    private func checkMotions() {
        var flows = contents.equations.map { ($0.place, $0.span) } + contents.gradients.map { ($0.place, $0.span) }
        var steps = contents.maps.map { ($0.place, $0.span) } + contents.descents.map { ($0.place, $0.span) }
        for stage in contents.stages {
            switch stage.value.dynamics {
            case .flow: flows.append((stage.place, stage.span))
            case .descent: steps.append((stage.place, stage.span))
            case nil: break
            }
        }
        if motion == .unclear, let second = (flows + steps).max(by: { ($0.0.file, $0.1.start) < ($1.0.file, $1.1.start) }) {
            error(
                "E0603", "flow and \(contents.stepsWord) in one theorem", file: second.0.file, second.1,
                remedy: "split the file")
        }
        let dynamics = flows + steps
        if motion == .flow || motion == .steps {
            checkMovers()
            if contents.stops.isEmpty && contents.stages.isEmpty, let first = dynamics.first {
                error(
                    "E0604", "the run has no end", file: first.0.file, first.1,
                    remedy: "add 'stop at ...' or 'stop when ..., at latest ...'")
            }
        }
        for extra in contents.stops.dropFirst() {
            error("E0608", "the run has two ends", file: extra.place.file, extra.span, remedy: "keep one 'stop'")
        }
        if motion == .none, let stop = contents.stops.first {
            error("E0605", "'stop' needs dynamics", file: stop.place.file, stop.span, remedy: "add 'flow ...'")
        }
    }

    /// E0601 and E0602. A stage with dynamics of its own may move any states.
    private func checkMovers() {
        guard contents.stages.allSatisfy({ $0.value.dynamics == nil }) else { return }
        var movers: [String: [(place: Placement, span: Span)]] = [:]
        var restricted = false
        for mover in contents.equations.map({ ($0.value.state.text, $0.place, $0.value.state.span) })
            + contents.maps.map({ ($0.value.state.text, $0.place, $0.value.state.span) })
        {
            movers[mover.0, default: []].append((mover.1, mover.2))
        }
        for gradient in contents.gradients + contents.descents {
            restricted = restricted || !gradient.value.moving.isEmpty
            let moved = gradient.value.moving.isEmpty ? contents.states.map(\.name.text) : gradient.value.moving.map(\.text)
            for name in moved { movers[name, default: []].append((gradient.place, gradient.span)) }
        }
        for state in contents.states {
            let name = state.name.text
            let found = (movers[name] ?? []).sorted { ($0.place.file, $0.span.start) < ($1.place.file, $1.span.start) }
            if found.isEmpty && !restricted {
                error(
                    "E0601", "nothing moves the state '\(name)'", file: state.place.file, state.name.span,
                    remedy: motion == .flow
                        ? "add \"flow \(name)' = ...\", or make it a parameter or a let"
                        : "add 'map next(\(name)) = ...', or make it a parameter or a let")
            }
            if found.count > 1 {
                let lines = found.prefix(2).map { "\(contents.source($0.place.file).line(of: $0.span.start))" }
                error(
                    "E0602", "state '\(name)' is moved twice (lines \(lines.joined(separator: " and ")))",
                    file: found[1].place.file, found[1].span, remedy: "keep one")
            }
        }
    }

    // MARK: Durations

    func checkDurations() {
        for stop in contents.stops { checkEnd(stop.value, place: stop.place, "stop at") }
        for stage in contents.stages { checkEnd(stage.value.end, place: stage.place, "for") }
    }

    private func checkEnd(_ end: StatementSyntax.StageEnd, place: Placement, _ words: String) {
        switch end {
        case .duration(let duration):
            checkDuration(duration, words, "'\(words)'", file: place.file)
        case .condition(let condition, let cap):
            let facts = check(file: place.file) { (formula) throws(Diagnostic) in try formula.condition(condition) }
            require(facts)
            if let moment = facts?.moment {
                collector.add(
                    Feature(name: "the moment '\(moment.name)' in the end of the run", file: place.file, span: moment.span))
            }
            if let cap { checkDuration(cap, "at latest", "'at latest'", file: place.file) }
        }
    }

    private func checkDuration(_ duration: Duration, _ words: String, _ what: String, file: Int) {
        let facts = check(file: file) { (formula) throws(Diagnostic) in try formula.number(duration.value) }
        checkConstant(facts, what, file: file)
        checkUnit(duration, "\(words) \(inUnit(duration, isMoment: false, file: file))", file: file)
    }

    /// E0501 and E0504: a flow is timed by numbers, a descent is counted in steps.
    /// - Parameter written: what to write instead.
    func checkUnit(_ duration: Duration, _ written: String, file: Int) {
        let value = text(duration.value, file)
        if motion == .steps && !duration.inSteps {
            error(
                "E0501", "a \(contents.stepsWord) is counted in steps, \(value) is a time", file: file,
                duration.value.span, remedy: "write '\(written)'")
        }
        if motion == .flow && duration.inSteps {
            error(
                "E0504", "a flow is timed by a number, not by steps", file: file, duration.span,
                remedy: "write '\(written)'")
        }
    }

    /// The duration in the unit of the file; a moment has none.
    func inUnit(_ duration: Duration, isMoment: Bool, file: Int) -> String {
        text(duration.value, file) + (motion == .steps && !isMoment ? " steps" : "")
    }
}
