import Exact
import Symbolic
import Syntax

/// Builds the problem of one instance from the checked statements.
final class ProblemBuilder {
    let elaboration: Elaboration
    let instance: Instance
    let elaborator: Elaborator
    /// Whatever the model, the dynamics or a start cannot do without and does not have.
    private(set) var diagnostics: [Diagnostic] = []
    private var startBoxes: [Claim.ParameterBox] = []

    var contents: Contents { elaboration.contents }
    var graph: Graph { elaborator.graph }

    init(_ elaboration: Elaboration, _ instance: Instance, free: Set<String>) {
        self.elaboration = elaboration
        self.instance = instance
        elaborator = Elaborator(names: elaboration.names, dependencies: elaboration.dependencies)
        elaborator.seed = instance.seed
        for parameter in instance.parameters {
            elaborator.parameters[parameter.name] =
                free.contains(parameter.name)
                ? graph.symbol(.parameter(parameter.name)) : graph.constant(parameter.value)
        }
    }

    /// - Returns: nil if ``diagnostics`` says why not, or if the elaborator was stopped.
    func build() -> Problem? {
        let problem = buildAll()
        guard elaborator.wasStopped else { return problem }
        diagnostics = []
        return nil
    }

    private func buildAll() -> Problem? {
        for problem in DataTables(elaborator: elaborator, elaboration: elaboration, instance: instance).read() {
            diagnostics.append(problem)
        }
        guard diagnostics.isEmpty else { return nil }
        if !contents.draws.isEmpty && instance.seed == nil {
            let place = elaboration.place(of: instance)
            diagnostics.append(
                Diagnostic(
                    "E0803", "a draw needs a seed (instance \(instance.id))", file: place.file, span: place.span,
                    remedy: "add seed = 1"))
            return nil
        }
        do throws(Failure) {
            try elaborator.draw(seed: instance.seed ?? 0)
            try elaborator.minimise()
            try elaborator.layStates()
        } catch {
            report(error)
            return nil
        }
        let starts = starts()
        let states = zip(elaborator.stateNames, starts).map { StateVariable(name: $0, start: $1) }
        elaborator.starts = starts
        let flow = buildFlow()
        let steps = buildSteps()
        elaborator.field = flow?.field
        elaborator.map = steps?.map
        let horizon = buildHorizon()
        let events = buildEvents()
        let assumptions = contents.assumptions.compactMap { item in
            condition(item.value.condition, item.place.file).map { NamedCondition(name: item.value.name.text, condition: $0) }
        }
        let conserved = contents.conserved.compactMap { item in
            number(item.value, item.place.file).map {
                NamedExpression(name: contents.source(item.place.file).text(item.span), expression: $0)
            }
        }
        let claims = buildClaims(assumptions)
        let (shows, unsupportedShows) = buildShows()
        let stages = buildStages()
        guard diagnostics.isEmpty else { return nil }
        // Claims may have asked for integrals and sums.
        let totals = elaborator.totals.map { StateVariable(name: $0.name, start: graph.zero) }
        return Problem(
            graph: graph, instance: instance, states: states + totals, declaredStates: states.count,
            startBoxes: startBoxes, stages: stages,
            flow: flow.map { flow in
                FlowEquations(
                    field: elaborator.field ?? flow.field, potential: totals.isEmpty ? flow.potential : nil,
                    rates: totals.isEmpty ? flow.rates : [])
            },
            steps: steps.map { StepEquations(map: elaborator.map ?? $0.map, squaredNorms: $0.squaredNorms) }, horizon: horizon,
            events: events, momentValues: elaborator.momentValues, assumptions: assumptions, conserved: conserved,
            claims: claims, shows: shows, unsupportedShows: unsupportedShows)
    }

    /// What is wrong with a claim's text is an error of the file, unless the instance is none of the theorem's.
    private func buildClaims(_ assumptions: [NamedCondition]) -> [Claim] {
        let isExcluded = assumptions.contains { elaborator.exactTruth($0.condition) == false }
        return contents.claims.enumerated().map { position, syntax in
            let (claim, mistake) = ClaimBuilder(self, syntax, elaboration.claimFeatures[position]).build()
            if let mistake, !isExcluded { report(mistake) }
            return claim
        }
    }

    // MARK: States

    /// The starts in the order of the positions; without one it is 0, which only a finite check may leave out.
    private func starts() -> [Expression] {
        contents.states.flatMap { state in
            let positions = elaborator.positions(of: state.name.text)
            let scopes = entries(state.dimensions, of: state.name.text, state.place.file)
            return zip(scopes, positions).map { scope, position in
                if let box = state.box { return start(in: box, elaborator.stateNames[position], state.name.span, scope) }
                return state.start.flatMap { number($0, scope) } ?? graph.zero
            }
        }
    }

    /// A start that is anywhere in a box: a parameter of its own.
    private func start(in box: StartBox, _ state: String, _ span: Span, _ scope: Scope) -> Expression {
        guard let low = number(box.low, scope), let high = number(box.high, scope) else { return graph.zero }
        guard let lower = elaborator.exactValue(low), let upper = elaborator.exactValue(high) else {
            report(elaborator.unsupported("a box of starts whose ends are not exact constants", span, scope))
            return graph.zero
        }
        guard lower <= upper else {
            let text = "the box of '\(state)' is empty: [\(lower.shortText), \(upper.shortText)]"
            report(elaborator.wrong(text, "E0406", span, scope, remedy: "write [lo, hi] with lo <= hi"))
            return graph.zero
        }
        startBoxes.append(Claim.ParameterBox(parameter: "\(state)(0)", lower: lower, upper: upper))
        return graph.symbol(.parameter("\(state)(0)"))
    }

    /// A scope for each entry that an equation moves, in the order of the state's positions. An equation runs over the
    /// index sets of its state: one over fewer would leave entries without a meaning.
    func entries(of equation: Placed<EquationSyntax>) -> [Scope] {
        let (state, dimensions) = (equation.value.state, equation.value.dimensions)
        let scope = Scope(file: equation.place.file)
        let axes: [[Rational]]
        if case .array(let array)? = elaborator.states[state.text] { axes = array.axes } else { axes = [] }
        do throws(Failure) {
            var sets: [[Rational]] = []
            for dimension in dimensions { sets.append(try elaborator.numbers(in: dimension.set, scope)) }
            guard sets == axes else {
                let text = axes.isEmpty
                    ? "the state '\(state.text)' has no indices"
                    : "an equation of '\(state.text)' runs over the index sets of the state, and names its indices"
                throw elaborator.wrong(
                    text, "E0401", state.span, scope,
                    remedy: axes.isEmpty ? "write \(state.text) without []" : "repeat the sets of the state: \(state.text)[i in I]")
            }
        } catch {
            report(error)
            return []
        }
        return entries(dimensions, of: state.text, equation.place.file)
    }

    /// A scope for each entry of a state, in the order of its positions, with the names of the indices bound.
    private func entries(_ dimensions: [Dimension], of state: String, _ file: Int) -> [Scope] {
        guard case .array(let array)? = elaborator.states[state] else { return [Scope(file: file)] }
        return array.indices.map { index in
            var scope = Scope(file: file)
            for (dimension, value) in zip(dimensions, index) {
                if let name = dimension.name { scope.local[name.text] = .number(graph.constant(value)) }
            }
            return scope
        }
    }

    // MARK: Formulas of the model

    private func report(_ failure: Failure) {
        switch failure {
        case .unsupported(let feature):
            diagnostics.append(
                Diagnostic(
                    "E0901", feature.text, file: contents.source(feature.file).name, span: feature.span,
                    remedy: Feature.remedy))
        case .invalid(let text, let id, let file, let span, let remedy):
            let place = elaboration.place(of: instance)
            // What is wrong with a formula is shown at the formula, what is wrong with a value at the instance.
            diagnostics.append(
                id == "E0406" || id == "E0409"
                    ? Diagnostic(id, "\(text) (instance \(instance.id))", file: place.file, span: place.span, remedy: remedy)
                    : Diagnostic(
                        id, "\(text) (instance \(instance.id))", file: contents.source(file).name, span: span,
                        remedy: remedy))
        }
    }

    func number(_ e: ExpressionSyntax, _ file: Int) -> Expression? { number(e, Scope(file: file)) }

    func number(_ e: ExpressionSyntax, _ scope: Scope) -> Expression? {
        do throws(Failure) {
            return try elaborator.number(e, scope)
        } catch {
            report(error)
            return nil
        }
    }

    private func condition(_ e: ExpressionSyntax, _ file: Int) -> Condition? {
        do throws(Failure) {
            return try elaborator.condition(e, Scope(file: file))
        } catch {
            report(error)
            return nil
        }
    }

    // MARK: Dynamics

    private func buildFlow() -> FlowEquations? {
        if let field = stagedField() { return FlowEquations(field: field, potential: nil, rates: []) }
        guard !contents.equations.isEmpty || !contents.gradients.isEmpty else { return nil }
        var field = Array(repeating: graph.zero, count: elaborator.stateNames.count)
        for equation in contents.equations {
            let state = equation.value.state.text
            for (position, scope) in zip(elaborator.positions(of: state), entries(of: equation)) {
                if let value = number(equation.value.value, scope) { field[position] = value }
            }
        }
        var potential: Expression?
        var rates: [Expression] = []
        for gradient in contents.gradients {
            for (position, value) in flow(along: gradient) { field[position] = value }
            if contents.gradients.count == 1 && contents.equations.isEmpty && gradient.value.moving.isEmpty
                && !gradient.value.normalised && contents.stages.isEmpty
            {
                potential = number(gradient.value.loss, gradient.place.file)
                rates = self.rates(of: Array(field.indices), gradient)
            }
        }
        return FlowEquations(field: field, potential: potential, rates: rates)
    }

    /// The rate of each position: those of one state's entries are one formula.
    private func rates(of positions: [Int], _ gradient: Placed<GradientSyntax>) -> [Expression] {
        if gradient.value.rates.isEmpty { return positions.map { _ in graph.one } }
        var known: [String: Expression] = [:]
        return positions.map { position in
            let name = elaborator.owner(of: position)
            if let rate = known[name] { return rate }
            let rate = rate(of: position, gradient)
            known[name] = rate
            return rate
        }
    }

    /// -grad of the states that move.
    func flow(along gradient: Placed<GradientSyntax>) -> [(position: Int, value: Expression)] {
        guard let loss = number(gradient.value.loss, gradient.place.file) else { return [] }
        let moving = gradient.value.moving.flatMap { elaborator.positions(of: $0.text) }
        let positions = moving.isEmpty ? Array(elaborator.stateNames.indices) : moving
        let speeds = rates(of: positions, gradient)
        return zip(zip(positions, speeds), slopes(of: loss, by: positions, gradient.value).slopes).map { moving, slope in
            (moving.0, graph.multiply(moving.1, graph.negate(slope)))
        }
    }

    func rate(of position: Int, _ gradient: Placed<GradientSyntax>) -> Expression {
        let name = elaborator.owner(of: position)
        let own = gradient.value.rates.filter { $0.state?.text == name }
        let rates = own.isEmpty ? gradient.value.rates.filter { $0.state == nil } : own
        if rates.count > 1 {
            report(.unsupported(Feature(name: "a second rate of one state", file: gradient.place.file, span: rates[1].rate.span)))
        }
        return rates.first.flatMap { number($0.rate, gradient.place.file) } ?? graph.one
    }

    private func buildHorizon() -> Horizon? {
        contents.stops.first.flatMap { horizon($0.value, $0.place.file) }
    }

    func horizon(_ end: StatementSyntax.StageEnd, _ file: Int) -> Horizon? {
        switch end {
        case .duration(let duration):
            return number(duration.value, file).map { .time($0) }
        case .condition(let syntax, let cap):
            guard let condition = condition(syntax, file) else { return nil }
            return .first(condition, atLatest: cap.flatMap { number($0.value, file) })
        }
    }

    private func buildEvents() -> [Event] {
        contents.events.enumerated().map { position, event in
            let name = event.name.text
            if let feature = elaboration.eventFeatures[position] { return Event(name: name, definition: .unsupported(feature.text)) }
            do throws(Failure) {
                let scope = Scope(file: event.place.file)
                switch event.definition {
                case .search(let isFirst, let after, let condition):
                    var start: Expression?
                    if let after { start = try elaborator.number(after, scope) }
                    let condition = try elaborator.condition(condition, scope)
                    return Event(
                        name: name,
                        definition: isFirst ? .first(after: start, condition) : .last(after: start, condition))
                case .moment(let moment):
                    return Event(name: name, definition: .moment(try elaborator.number(moment, scope)))
                }
            } catch {
                return Event(name: name, definition: .unsupported(error.text))
            }
        }
    }

    // MARK: Shows

    private func buildShows() -> ([Show], [UnsupportedShow]) {
        var shows: [Show] = []
        var unsupported: [UnsupportedShow] = []
        for (position, show) in contents.shows.enumerated() {
            let source = contents.source(show.place.file)
            let scope = Scope(file: show.place.file)
            for (index, e) in show.value.expressions.enumerated() {
                let text = source.text(e.span)
                if let feature = elaboration.showFeatures[[position, index]] {
                    unsupported.append(UnsupportedShow(text: text, obstacle: feature.text))
                    continue
                }
                do throws(Failure) {
                    var times: [NamedExpression] = []
                    for time in show.value.times {
                        times.append(
                            NamedExpression(name: source.text(time.span), expression: try elaborator.number(time.value, scope)))
                    }
                    let value = try elaborator.number(e, scope)
                    shows.append(Show(text: text, expression: value, times: times.isEmpty ? nil : times))
                } catch {
                    unsupported.append(UnsupportedShow(text: text, obstacle: error.text))
                }
            }
        }
        return (shows, unsupported)
    }
}
