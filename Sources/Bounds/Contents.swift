import Syntax

/// The statements of a theorem and its models, gathered by what they declare. Models come before what uses them.
struct Contents: Sendable {
    /// The theorem's own file is the last one.
    let files: [FileSyntax]

    private(set) var parameters: [ParameterDeclaration] = []
    private(set) var states: [StateDeclaration] = []
    private(set) var data: [DataDeclaration] = []
    private(set) var draws: [DrawDeclaration] = []
    private(set) var minimisers: [MinimiserDeclaration] = []
    private(set) var definitions: [Definition] = []
    private(set) var sets: [SetDeclaration] = []
    private(set) var events: [EventDeclaration] = []
    private(set) var equations: [Placed<EquationSyntax>] = []
    private(set) var gradients: [Placed<GradientSyntax>] = []
    private(set) var maps: [Placed<EquationSyntax>] = []
    private(set) var descents: [Placed<GradientSyntax>] = []
    private(set) var stages: [Placed<StageSyntax>] = []
    private(set) var schedules: [ScheduleDeclaration] = []
    private(set) var stops: [Placed<StatementSyntax.StageEnd>] = []
    private(set) var assumptions: [Placed<(name: Identifier, condition: ExpressionSyntax)>] = []
    private(set) var conserved: [Placed<ExpressionSyntax>] = []
    private(set) var claims: [Placed<ClaimSyntax>] = []
    private(set) var expectations: [Placed<ExpectationSyntax>] = []
    private(set) var instances: [Placed<InstanceSyntax>] = []
    private(set) var shows: [Placed<(expressions: [ExpressionSyntax], times: [Duration])>] = []
    /// Declarations that the language has and this version does not run, with the name of the construction.
    private(set) var unsupported: [Placed<String>] = []
    /// Everything that takes a name.
    private(set) var declarations: [Declaration] = []

    init(files: [FileSyntax]) {
        self.files = files
        for (position, file) in files.enumerated() {
            for statement in file.statements {
                gather(statement, Placement(file: position, statement: statement.span))
            }
        }
    }

    /// Position of the theorem's own file.
    var theoremFile: Int { files.count - 1 }

    func source(_ file: Int) -> SourceFile { files[file].source }

    func isModel(_ file: Int) -> Bool { files[file].header?.isModel ?? false }

    private mutating func declare(_ kind: Declaration.Kind, _ name: Identifier, _ place: Placement) {
        declarations.append(Declaration(kind: kind, name: name, place: place))
    }

    private mutating func gather(_ statement: StatementSyntax, _ place: Placement) {
        switch statement.kind {
        case .source, .use, .note:
            break
        case .parameter(let name, let isInteger, let initial, let condition, _):
            declare(.parameter, name, place)
            parameters.append(
                ParameterDeclaration(
                    name: name, isInteger: isInteger, initial: initial, condition: condition, place: place))
        case .set(let name, let set, _):
            declare(.set, name, place)
            sets.append(SetDeclaration(name: name, set: set, place: place))
        case .data(let name, let dimensions, let type, _):
            declare(.data, name, place)
            data.append(DataDeclaration(name: name, dimensions: dimensions, type: type, place: place))
        case .draw(let name, let dimensions, let law, _):
            declare(.draw, name, place)
            draws.append(DrawDeclaration(name: name, dimensions: dimensions, law: law, place: place))
        case .state(let name, let dimensions, let start, _):
            declare(.state, name, place)
            gatherState(name, dimensions, start, place)
        case .define(let name, let arguments, let body, _):
            declare(.define, name, place)
            definitions.append(Definition(name: name, arguments: arguments, body: body, place: place))
        case .event(let name, let definition, _):
            declare(.event, name, place)
            events.append(EventDeclaration(name: name, definition: definition, place: place))
        case .schedule(let name, let values):
            declare(.schedule, name, place)
            schedules.append(ScheduleDeclaration(name: name, values: values, place: place))
        case .stage(let name, let dynamics, let end):
            declare(.stage, name, place)
            stages.append(Placed(StageSyntax(name: name, dynamics: dynamics, end: end), place, name.span))
        case .minimiser(let name, let dimensions, let objective, let constraints, _):
            declare(.minimiser, name, place)
            for constraint in constraints { declare(.constraint, constraint.name, place) }
            minimisers.append(
                MinimiserDeclaration(
                    name: name, dimensions: dimensions, objective: objective, constraints: constraints, place: place))
        case .flowEquation(let state, let dimensions, let value):
            equations.append(Placed(EquationSyntax(state: state, dimensions: dimensions, value: value), place, state.span))
        case .flowGradient(let gradient):
            gradients.append(Placed(gradient, place, gradient.span))
        case .mapEquation(let state, let dimensions, let value):
            maps.append(Placed(EquationSyntax(state: state, dimensions: dimensions, value: value), place, state.span))
        case .descent(let gradient):
            descents.append(Placed(gradient, place, gradient.span))
        case .conserved, .stop, .assume, .claim, .expect, .instance, .show:
            gatherStatement(statement, place)
        }
    }

    private mutating func gatherState(
        _ name: Identifier, _ dimensions: [Dimension], _ start: StatementSyntax.StartSyntax?, _ place: Placement
    ) {
        var value: ExpressionSyntax?
        var box: StartBox?
        switch start {
        case .value(let formula): value = formula
        case .box(let low, let high): box = StartBox(low: low, high: high)
        case nil: break
        }
        states.append(StateDeclaration(name: name, dimensions: dimensions, start: value, box: box, place: place))
    }

    private mutating func gatherStatement(_ statement: StatementSyntax, _ place: Placement) {
        switch statement.kind {
        case .conserved(let expression, _):
            conserved.append(Placed(expression, place, expression.span))
        case .stop(let end):
            stops.append(Placed(end, place, place.statement))
        case .assume(let name, let condition, _):
            assumptions.append(Placed((name, condition), place, name.span))
        case .claim(let claim):
            claims.append(Placed(claim, place, claim.id.span))
        case .expect(let claim, let verdict, let members):
            expectations.append(
                Placed(ExpectationSyntax(claim: claim, verdict: verdict, members: members), place, claim.span))
        case .instance(let name, let isFamily, let bindings):
            instances.append(
                Placed(InstanceSyntax(name: name, isFamily: isFamily, bindings: bindings), place, name.span))
        case .show(let expressions, let times):
            shows.append(Placed((expressions, times), place, place.statement))
        case .source, .use, .note, .parameter, .set, .data, .draw, .state, .define, .event, .schedule, .stage, .minimiser,
            .flowEquation, .flowGradient, .mapEquation, .descent:
            break
        }
    }
}
