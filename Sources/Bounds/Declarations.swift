import Syntax

/// The file and the statement that something is written in.
struct Placement: Hashable, Sendable {
    /// Position in ``Contents/files``.
    let file: Int
    let statement: Span
}

/// Something written at a place, with the span that messages about it point at.
struct Placed<Value: Sendable>: Sendable {
    let value: Value
    let place: Placement
    let span: Span

    init(_ value: Value, _ place: Placement, _ span: Span) {
        self.value = value
        self.place = place
        self.span = span
    }
}

/// A name and what it was declared as.
struct Declaration: Sendable {
    enum Kind: String, Sendable {
        case parameter, set, data, draw, state, schedule, stage, minimiser, constraint, event
        case define = "let"
    }

    let kind: Kind
    let name: Identifier
    let place: Placement
}

struct ParameterDeclaration: Sendable {
    let name: Identifier
    let isInteger: Bool
    let initial: ExpressionSyntax?
    let condition: ExpressionSyntax?
    let place: Placement
}

struct StateDeclaration: Sendable {
    let name: Identifier
    let dimensions: [Dimension]
    /// Nil if the start is missing or a box.
    let start: ExpressionSyntax?
    /// `in [lo, hi]`: every start between.
    let box: StartBox?
    let place: Placement
}

struct StartBox: Sendable {
    let low: ExpressionSyntax
    let high: ExpressionSyntax
}

/// A table that every instance gives.
struct DataDeclaration: Sendable {
    let name: Identifier
    let dimensions: [Dimension]
    let type: StatementSyntax.DataType
    let place: Placement
}

/// `draw Z[1..m] ~ normal`
struct DrawDeclaration: Sendable {
    let name: Identifier
    let dimensions: [Dimension]
    let law: Identifier
    let place: Placement
}

/// `minimiser w[k in S] of q subject to con[i in I] : a >= b`
struct MinimiserDeclaration: Sendable {
    let name: Identifier
    let dimensions: [Dimension]
    let objective: ExpressionSyntax
    let constraints: [ConstraintSyntax]
    let place: Placement

    var formulas: [ExpressionSyntax] { dimensions.map(\.set) + [objective] + constraints.flatMap(\.formulas) }
}

/// `let name(arguments) = body`
struct Definition: Sendable {
    let name: Identifier
    let arguments: [Identifier]
    let body: ExpressionSyntax
    let place: Placement
}

struct SetDeclaration: Sendable {
    let name: Identifier
    let set: ExpressionSyntax
    let place: Placement
}

struct EventDeclaration: Sendable {
    let name: Identifier
    let definition: StatementSyntax.EventSyntax
    let place: Placement
}

struct ExpectationSyntax: Sendable {
    let claim: Identifier
    let verdict: ExpectedVerdict
    let members: [MemberSyntax]
}

struct InstanceSyntax: Sendable {
    let name: Identifier
    let isFamily: Bool
    let bindings: [BindingSyntax]
}

/// `flow x[i in I]' = e`, `map next(x[i in I]) = e`
struct EquationSyntax: Sendable {
    let state: Identifier
    let dimensions: [Dimension]
    let value: ExpressionSyntax
}

/// `schedule eta = eta1 during a, eta2 during b`
struct ScheduleDeclaration: Sendable {
    let name: Identifier
    let values: [(value: ExpressionSyntax, stage: Identifier)]
    let place: Placement
}

struct StageSyntax: Sendable {
    let name: Identifier
    let dynamics: StatementSyntax.StageDynamics?
    let end: StatementSyntax.StageEnd
}
