import Exact
import Symbolic
import Syntax

/// One theorem on one instance: exact formulas in one graph, ready to be run and decided.
///
/// Parameters are substituted; lets are expanded; `gradient` and primes are differentiated. Formulas may read states,
/// the time, moments (events and `end`, by name), parameters named in `free`, and open constants.
public final class Problem {
    public let graph: Graph
    public let instance: Instance
    /// The declared ones, then an integral or sum for each `total`.
    public let states: [StateVariable]
    public let declaredStates: Int
    /// Parameters in the starts that range over a box: what is claimed of the run, is claimed for all of their values.
    public let startBoxes: [Claim.ParameterBox]
    /// In file order; empty for a run with one dynamics. With stages ``flow`` and ``steps`` read ``Symbolic/Symbol/stage``.
    public let stages: [Stage]
    /// Nil unless the states flow.
    public let flow: FlowEquations?
    /// Nil unless the states move in steps. A file with neither is a finite check.
    public let steps: StepEquations?
    public let horizon: Horizon?
    public let events: [Event]
    /// Formulas at moments that the others read, each after those that it reads itself.
    public let momentValues: [MomentValue]
    public private(set) var assumptions: [NamedCondition]
    public let conserved: [NamedExpression]
    /// In file order, `growth` claims included.
    public private(set) var claims: [Claim]
    public let shows: [Show]
    /// Quantities that were asked for and cannot be computed by this version.
    public let unsupportedShows: [UnsupportedShow]

    init(
        graph: Graph, instance: Instance, states: [StateVariable], declaredStates: Int,
        startBoxes: [Claim.ParameterBox], stages: [Stage],
        flow: FlowEquations?, steps: StepEquations?,
        horizon: Horizon?,
        events: [Event], momentValues: [MomentValue], assumptions: [NamedCondition], conserved: [NamedExpression], claims: [Claim], shows: [Show],
        unsupportedShows: [UnsupportedShow]
    ) {
        self.graph = graph
        self.instance = instance
        self.states = states
        self.declaredStates = declaredStates
        self.startBoxes = startBoxes
        self.stages = stages
        self.flow = flow
        self.steps = steps
        self.horizon = horizon
        self.events = events
        self.momentValues = momentValues
        self.assumptions = assumptions
        self.conserved = conserved
        self.claims = claims
        self.shows = shows
        self.unsupportedShows = unsupportedShows
    }
}

extension Problem {
    /// What formulas read at the start of the run.
    public var origin: [Symbol: Expression] { graph.origin(states.map(\.start)) }

    /// Whether the run ends where it starts, as in `stop at 0`.
    public var endsAtStart: Bool {
        guard case .time(let end)? = horizon else { return false }
        return graph.constant(end)?.isZero ?? false
    }
}

/// A moving quantity; its symbol is `.state(position)`.
public struct StateVariable {
    public let name: String
    /// The start: a formula without states, time or moments.
    public let start: Expression
}

/// x' = field(t, x), one formula per state.
public struct FlowEquations {
    public let field: [Expression]
    /// The loss whose gradient flow this is, if the file says so and every state moves: field_i = -rates_i dloss/dx_i.
    public let potential: Expression?
    /// One per state; empty without a potential.
    public let rates: [Expression]
}

/// x(t + 1) = map(t, x(t)), one formula per state, all updated at once; t is the number of the step.
public struct StepEquations {
    public let map: [Expression]
    /// The squares of the 2-norms by which normalised descents divide.
    public let squaredNorms: [Expression]
}

/// One phase of the dynamics.
public struct Stage {
    public let name: String
    /// The field, or the map, of all states during it.
    public let equations: [Expression]
    /// Counted from its start.
    public let end: Horizon
}

/// When the run, or a stage of it, ends. Formulas of parameters alone, but for the condition.
public enum Horizon {
    case time(Expression)
    case first(Condition, atLatest: Expression?)
}

/// A stopping time; its symbol is `.moment(name)`.
public struct Event {
    public let name: String
    public let definition: Definition

    public enum Definition {
        /// `first t after a where c`: the infimum of the instants t >= a at which c holds.
        case first(after: Expression?, Condition)
        /// `last t after a where c`: the supremum of the instants from a to the end of the run at which c holds.
        case last(after: Expression?, Condition)
        /// Another name for a moment: formulas read the moment itself.
        case moment(Expression)
        /// The language has it, this version does not decide it.
        case unsupported(String)
    }
}

public struct NamedCondition {
    public let name: String
    public let condition: Condition
}

public struct NamedExpression {
    public let name: String
    public let expression: Expression
}

public struct Show {
    /// As written in the file.
    public let text: String
    public let expression: Expression
    /// Nil without `at`; the moments are formulas of parameters and moments, with their text.
    public let times: [NamedExpression]?
}

public struct UnsupportedShow {
    /// As written in the file.
    public let text: String
    /// `'softmax' is not supported yet`
    public let obstacle: String
}

public struct Claim {
    public let id: String
    public internal(set) var given: Condition?
    public let body: Body
    /// `for some C where ...`
    public let open: [OpenConstant]
    /// `for all a in [lo, hi]`
    public let boxes: [ParameterBox]

    public struct OpenConstant {
        public let name: String
        /// The whole `where`, chained relations as a conjunction; reads `.open(name)` and parameters.
        public let condition: Condition?
    }

    public struct ParameterBox {
        public let parameter: String
        public let lower: Rational
        public let upper: Rational
    }

    public enum Body {
        case condition(Condition)
        /// a = b for every state; several for a chain or an `all`.
        case identity([(Expression, Expression)])
        case always(Interval, while: Condition?, Condition)
        case sometime(Interval, while: Condition?, Condition)
        case monotone(increasing: Bool, Expression, Interval)
        case at(Expression, Condition)
        case growth(Growth)
        /// For all real values of the states, reached by the run or not.
        case everywhere(Condition)
        /// The named states, by position, are these functions of time on the whole run.
        case solution([Replacement])
        /// Every state listed is replaced by a formula of states, all at once: start and dynamics stay the same.
        case symmetry([Replacement])
        /// The language has it, this version does not decide it: the obstacle's text.
        case unsupported(String)
    }

    /// A formula for the state at a position.
    public struct Replacement {
        public let position: Int
        public let value: Expression
    }

    /// A time interval whose ends are formulas of parameters and moments. Without a scope it is [0, end].
    public struct Interval {
        public let start: Expression
        public let end: Expression
        public let openStart: Bool
        public let openEnd: Bool
        /// The number of the stage, where it is all of one.
        public var stage: Int?
    }

    /// Local exponents of `quantity` in the parameter over the members of a family.
    public struct Growth {
        public let quantity: Expression
        public let parameter: String
        public let family: String
        public let lower: Expression
        public let upper: Expression
    }
}

/// A hypothesis of a theorem.
public enum Hypothesis: Hashable, Sendable {
    /// `assume NAME`, of the whole file.
    case assumption(String)
    /// `given`, of one claim.
    case given(claim: String)
}

extension Problem {
    /// Forgets hypotheses: what is decided from here on is a stronger theorem.
    public func drop(_ hypotheses: Set<Hypothesis>) {
        assumptions.removeAll { hypotheses.contains(.assumption($0.name)) }
        for index in claims.indices where hypotheses.contains(.given(claim: claims[index].id)) { claims[index].given = nil }
    }
}
