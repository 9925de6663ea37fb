import Syntax

extension StatementSyntax {
    /// Every formula of the statement, in which names may be used. The values that instances give are no uses.
    var formulas: [ExpressionSyntax] {
        switch kind {
        case .source, .use, .note, .expect, .instance: []
        case .parameter(_, _, let initial, let condition, _): [initial, condition].compactMap { $0 }
        case .set(_, let set, _): [set]
        case .data(_, let dimensions, let type, _): dimensions.map(\.set) + type.formulas
        case .draw(_, let dimensions, _, _): dimensions.map(\.set)
        case .state(_, let dimensions, let start, _): dimensions.map(\.set) + (start?.formulas ?? [])
        case .define(_, _, let body, _): [body]
        case .conserved(let e, _): [e]
        case .flowEquation(_, let dimensions, let e), .mapEquation(_, let dimensions, let e): dimensions.map(\.set) + [e]
        case .flowGradient(let gradient), .descent(let gradient): gradient.formulas
        case .schedule(_, let values): values.map(\.value)
        case .stage(_, let dynamics, let end): (dynamics?.gradient.formulas ?? []) + end.formulas
        case .stop(let end): end.formulas
        case .minimiser(_, let dimensions, let objective, let constraints, _):
            dimensions.map(\.set) + [objective] + constraints.flatMap(\.formulas)
        case .assume(_, let condition, _): [condition]
        case .event(_, let event, _): event.formulas
        case .claim(let claim): claim.conditions.solved + claim.conditions.other + claim.quantifiers.flatMap(\.formulas)
        case .show(let expressions, let times): expressions + times.map(\.value)
        }
    }
}

extension StatementSyntax.DataType {
    var formulas: [ExpressionSyntax] {
        switch self {
        case .integer(let set): set.map { [$0] } ?? []
        case .list(let set): [ExpressionSyntax(.name(set.text), set.span)]
        case .real: []
        }
    }
}

extension StatementSyntax.StartSyntax {
    var formulas: [ExpressionSyntax] {
        switch self {
        case .value(let e): [e]
        case .box(let low, let high): [low, high]
        }
    }
}

extension StatementSyntax.StageDynamics {
    var gradient: GradientSyntax {
        switch self {
        case .flow(let gradient), .descent(let gradient): gradient
        }
    }
}

extension StatementSyntax.StageEnd {
    var formulas: [ExpressionSyntax] {
        switch self {
        case .duration(let duration): [duration.value]
        case .condition(let condition, let cap): [condition] + (cap.map { [$0.value] } ?? [])
        }
    }
}

extension GradientSyntax {
    var formulas: [ExpressionSyntax] {
        [loss] + [step, decay].compactMap { $0 } + rates.map(\.rate)
    }
}

extension ConstraintSyntax {
    var formulas: [ExpressionSyntax] {
        dimensions.map(\.set) + (condition.map { [$0] } ?? []) + [relation]
    }
}

extension QuantifierSyntax {
    /// With the parameter of `for all` as a formula.
    var formulas: [ExpressionSyntax] {
        switch self {
        case .some(_, let condition): condition.map { [$0] } ?? []
        case .all(let name, let low, let high): [ExpressionSyntax(.name(name.text), name.span), low, high]
        case .seeds(_, let set, _): [set]
        }
    }
}
