import Exact

/// One theorem or model file as written.
public struct FileSyntax: Sendable {
    public let source: SourceFile
    public let header: Header?
    public let statements: [StatementSyntax]

    public struct Header: Sendable {
        public let isModel: Bool
        public let id: Identifier
        public let title: String
        public init(isModel: Bool, id: Identifier, title: String) {
            self.isModel = isModel
            self.id = id
            self.title = title
        }
    }

    public init(source: SourceFile, header: Header?, statements: [StatementSyntax]) {
        self.source = source
        self.header = header
        self.statements = statements
    }
}

/// A name or id with its place.
public struct Identifier: Hashable, Sendable {
    public let text: String
    public let span: Span

    public init(_ text: String, _ span: Span) {
        self.text = text
        self.span = span
    }
}

public enum Provenance: String, Hashable, Sendable, CaseIterable {
    case stated, abstract, recalled, reconstructed, derived
}

public enum ExpectedVerdict: String, Hashable, Sendable, CaseIterable {
    case proved, refuted, undecided, vacuous, consistent
}

/// `[i in 1..m, token]`: one index of an array; the name is nil where only the set is written.
public struct Dimension: Hashable, Sendable {
    public let name: Identifier?
    public let set: ExpressionSyntax

    public init(name: Identifier?, set: ExpressionSyntax) {
        self.name = name
        self.set = set
    }
}

/// A time (`100`) or a number of steps (`100 steps`).
public struct Duration: Hashable, Sendable {
    public let value: ExpressionSyntax
    public let inSteps: Bool
    public let span: Span

    public init(value: ExpressionSyntax, inSteps: Bool, span: Span) {
        self.value = value
        self.inSteps = inSteps
        self.span = span
    }
}

/// `normalised gradient of loss in W step eta decay lam with rate r on u`
public struct GradientSyntax: Hashable, Sendable {
    public let normalised: Bool
    public let loss: ExpressionSyntax
    public let moving: [Identifier]
    public let step: ExpressionSyntax?
    public let decay: ExpressionSyntax?
    public let rates: [Rate]
    public let span: Span

    public struct Rate: Hashable, Sendable {
        public let rate: ExpressionSyntax
        public let state: Identifier?
        public init(rate: ExpressionSyntax, state: Identifier?) {
            self.rate = rate
            self.state = state
        }
    }

    public init(
        normalised: Bool, loss: ExpressionSyntax, moving: [Identifier], step: ExpressionSyntax?,
        decay: ExpressionSyntax?, rates: [Rate], span: Span
    ) {
        self.normalised = normalised
        self.loss = loss
        self.moving = moving
        self.step = step
        self.decay = decay
        self.rates = rates
        self.span = span
    }
}

public struct StatementSyntax: Sendable {
    public let kind: Kind
    /// The whole statement.
    public let span: Span

    public init(_ kind: Kind, _ span: Span) {
        self.kind = kind
        self.span = span
    }

    public enum Kind: Sendable {
        case source(work: String, place: String, Provenance)
        case use(path: String, pathSpan: Span)
        case note(String)
        case parameter(name: Identifier, isInteger: Bool, initial: ExpressionSyntax?, condition: ExpressionSyntax?, doc: String?)
        case set(name: Identifier, ExpressionSyntax, doc: String?)
        case data(name: Identifier, [Dimension], DataType, doc: String?)
        case draw(name: Identifier, [Dimension], law: Identifier, doc: String?)
        case state(name: Identifier, [Dimension], StartSyntax?, doc: String?)
        case define(name: Identifier, parameters: [Identifier], ExpressionSyntax, doc: String?)
        case conserved(ExpressionSyntax, doc: String?)
        /// `flow x' = e`
        case flowEquation(state: Identifier, [Dimension], ExpressionSyntax)
        case flowGradient(GradientSyntax)
        /// `map next(x) = e`
        case mapEquation(state: Identifier, [Dimension], ExpressionSyntax)
        case descent(GradientSyntax)
        case schedule(name: Identifier, [(value: ExpressionSyntax, stage: Identifier)])
        case stage(name: Identifier, StageDynamics?, StageEnd)
        case stop(StageEnd)
        case minimiser(name: Identifier, [Dimension], objective: ExpressionSyntax, [ConstraintSyntax], doc: String?)
        case assume(name: Identifier, ExpressionSyntax, doc: String?)
        case event(name: Identifier, EventSyntax, doc: String?)
        case claim(ClaimSyntax)
        case expect(claim: Identifier, ExpectedVerdict, members: [MemberSyntax])
        case instance(name: Identifier, isFamily: Bool, [BindingSyntax])
        case show([ExpressionSyntax], at: [Duration])
    }

    public enum DataType: Sendable {
        case integer(within: ExpressionSyntax?)
        case real
        case list(of: Identifier)
    }

    public enum StartSyntax: Sendable {
        case value(ExpressionSyntax)
        case box(ExpressionSyntax, ExpressionSyntax)
    }

    public enum StageDynamics: Sendable {
        case flow(GradientSyntax)
        case descent(GradientSyntax)
    }

    public enum StageEnd: Sendable {
        /// `stop at 100`, `for 100 steps`
        case duration(Duration)
        /// `stop when c, at latest 100`, `until c`
        case condition(ExpressionSyntax, atLatest: Duration?)
    }

    public enum EventSyntax: Sendable {
        /// `first t after T0 where c`, `last t where c`
        case search(first: Bool, after: ExpressionSyntax?, ExpressionSyntax)
        case moment(ExpressionSyntax)
    }
}

public struct ConstraintSyntax: Sendable {
    public let name: Identifier
    public let dimensions: [Dimension]
    public let condition: ExpressionSyntax?
    public let relation: ExpressionSyntax

    public init(name: Identifier, dimensions: [Dimension], condition: ExpressionSyntax?, relation: ExpressionSyntax) {
        self.name = name
        self.dimensions = dimensions
        self.condition = condition
        self.relation = relation
    }
}

/// `scaling[K = 5]`: an instance, a family, or one member of a family.
public struct MemberSyntax: Sendable {
    public let name: Identifier
    public let selectors: [(name: Identifier, value: ExpressionSyntax)]

    public init(name: Identifier, selectors: [(name: Identifier, value: ExpressionSyntax)]) {
        self.name = name
        self.selectors = selectors
    }
}

public struct BindingSyntax: Sendable {
    public enum Value: Sendable {
        case value(ExpressionSyntax)
        case table(String, Span)
        /// `K in [3, 5, 7]`: family only.
        case members(ExpressionSyntax)
    }

    public let name: Identifier
    public let value: Value

    public init(name: Identifier, value: Value) {
        self.name = name
        self.value = value
    }
}
