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

    var contents: Contents { elaboration.contents }
    var graph: Graph { elaborator.graph }

    init(_ elaboration: Elaboration, _ instance: Instance, free: Set<String>) {
        self.elaboration = elaboration
        self.instance = instance
        elaborator = Elaborator(names: elaboration.names, dependencies: elaboration.dependencies)
        for parameter in instance.parameters {
            elaborator.parameters[parameter.name] =
                free.contains(parameter.name)
                ? graph.symbol(.parameter(parameter.name)) : graph.constant(parameter.value)
        }
    }

    /// - Returns: nil if ``diagnostics`` says why not.
    func build() -> Problem? {
        let states = contents.states.map { state in
            StateVariable(name: state.name.text, start: state.start.flatMap { number($0, state.place.file) } ?? graph.zero)
        }
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
        let claims = contents.claims.enumerated().map { ClaimBuilder(self, $0.element, elaboration.claimFeatures[$0.offset]).build() }
        let (shows, unsupportedShows) = buildShows()
        guard diagnostics.isEmpty else { return nil }
        return Problem(
            graph: graph, instance: instance, states: states, flow: flow, steps: steps, horizon: horizon, events: events,
            assumptions: assumptions, conserved: conserved, claims: claims, shows: shows, unsupportedShows: unsupportedShows)
    }

    // MARK: Formulas of the model

    private func report(_ failure: Failure) {
        switch failure {
        case .unsupported(let feature):
            diagnostics.append(
                Diagnostic("E0901", feature.text, file: contents.source(feature.file).name, span: feature.span))
        case .invalid(let text, _, _):
            let place = elaboration.place(of: instance)
            diagnostics.append(
                Diagnostic("E0406", "\(text) (instance \(instance.id))", file: place.file, span: place.span))
        }
    }

    private func number(_ e: ExpressionSyntax, _ file: Int) -> Expression? {
        do throws(Failure) {
            return try elaborator.number(e, Scope(file: file))
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
        guard !contents.equations.isEmpty || !contents.gradients.isEmpty else { return nil }
        var field = Array(repeating: graph.zero, count: contents.states.count)
        for equation in contents.equations {
            guard let position = elaborator.statePositions[equation.value.state.text],
                let value = number(equation.value.value, equation.place.file)
            else { continue }
            field[position] = value
        }
        var potential: Expression?
        for gradient in contents.gradients {
            guard let loss = number(gradient.value.loss, gradient.place.file) else { continue }
            let moving = gradient.value.moving.compactMap { elaborator.statePositions[$0.text] }
            let positions = moving.isEmpty ? Array(field.indices) : moving
            let partials = graph.gradient(of: loss, by: positions.map { .state($0) })
            for (position, partial) in zip(positions, partials) {
                let slope = graph.restrict(partial, toDomainOf: loss)
                field[position] = graph.multiply(rate(of: position, gradient), graph.negate(slope))
            }
            if contents.gradients.count == 1 && contents.equations.isEmpty && moving.isEmpty && gradient.value.rates.isEmpty {
                potential = loss
            }
        }
        return FlowEquations(field: field, potential: potential)
    }

    /// States that nothing moves keep their values.
    private func buildSteps() -> StepEquations? {
        guard !contents.maps.isEmpty || !contents.descents.isEmpty else { return nil }
        var map = contents.states.indices.map { graph.symbol(.state($0)) }
        for equation in contents.maps {
            guard let position = elaborator.statePositions[equation.value.state.text],
                let value = number(equation.value.value, equation.place.file)
            else { continue }
            map[position] = value
        }
        for descent in contents.descents {
            for (position, value) in step(of: descent) { map[position] = value }
        }
        return StepEquations(map: map)
    }

    /// x - eta grad, with `decay lam` (1 - eta lam) x - eta grad; a normalised gradient is divided by the 2-norm of the
    /// plain one, over all moving states.
    private func step(of descent: Placed<GradientSyntax>) -> [(position: Int, value: Expression)] {
        let (syntax, file) = (descent.value, descent.place.file)
        guard let loss = number(syntax.loss, file), let size = syntax.step.flatMap({ number($0, file) }) else { return [] }
        let decay = syntax.decay.flatMap { number($0, file) }
        let moving = syntax.moving.compactMap { elaborator.statePositions[$0.text] }
        let positions = moving.isEmpty ? Array(contents.states.indices) : moving
        let slopes = graph.gradient(of: loss, by: positions.map { .state($0) }).map { graph.restrict($0, toDomainOf: loss) }
        var divisor = graph.one
        if syntax.normalised {
            let squares = slopes.map { graph.power($0, 2) }
            divisor = graph.apply(.sqrt, squares.dropFirst().reduce(squares.first ?? graph.zero) { graph.add($0, $1) })
        }
        return zip(positions, slopes).map { position, slope in
            let state = graph.symbol(.state(position))
            let kept = decay.map { graph.multiply(graph.subtract(graph.one, graph.multiply(size, $0)), state) } ?? state
            let direction = syntax.normalised ? graph.divide(slope, divisor) : slope
            let move = graph.multiply(size, graph.multiply(rate(of: position, descent), direction))
            return (position, graph.subtract(kept, move))
        }
    }

    private func rate(of position: Int, _ gradient: Placed<GradientSyntax>) -> Expression {
        let name = contents.states[position].name.text
        let own = gradient.value.rates.filter { $0.state?.text == name }
        let rates = own.isEmpty ? gradient.value.rates.filter { $0.state == nil } : own
        if rates.count > 1 {
            report(.unsupported(Feature(name: "a second rate of one state", file: gradient.place.file, span: rates[1].rate.span)))
        }
        return rates.first.flatMap { number($0.rate, gradient.place.file) } ?? graph.one
    }

    private func buildHorizon() -> Horizon? {
        guard let stop = contents.stops.first else { return nil }
        switch stop.value {
        case .duration(let duration):
            return number(duration.value, stop.place.file).map { .time($0) }
        case .condition(let syntax, let cap):
            guard let condition = condition(syntax, stop.place.file) else { return nil }
            return .first(condition, atLatest: cap.flatMap { number($0.value, stop.place.file) })
        }
    }

    private func buildEvents() -> [Event] {
        contents.events.enumerated().map { position, event in
            let name = event.name.text
            if let feature = elaboration.eventFeatures[position] { return Event(name: name, definition: .unsupported(feature.text)) }
            guard case .search(true, let after, let condition) = event.definition else {
                return Event(name: name, definition: .unsupported("this event is not supported yet"))
            }
            do throws(Failure) {
                let scope = Scope(file: event.place.file)
                var start: Expression?
                if let after { start = try elaborator.number(after, scope) }
                return Event(name: name, definition: .first(after: start, try elaborator.condition(condition, scope)))
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
