import Exact

public struct ClaimSyntax: Sendable {
    public let id: Identifier
    /// The sentence as the paper words it.
    public let wording: String
    public let provenance: Provenance?
    public let given: ExpressionSyntax?
    public let body: Body
    public let bodySpan: Span
    public let quantifiers: [QuantifierSyntax]

    public init(
        id: Identifier, wording: String, provenance: Provenance?, given: ExpressionSyntax?, body: Body, bodySpan: Span,
        quantifiers: [QuantifierSyntax]
    ) {
        self.id = id
        self.wording = wording
        self.provenance = provenance
        self.given = given
        self.body = body
        self.bodySpan = bodySpan
        self.quantifiers = quantifiers
    }

    public enum Body: Sendable {
        case condition(ExpressionSyntax)
        case identity(ExpressionSyntax)
        case solution(ExpressionSyntax, ExpressionSyntax)
        case symmetry([(ExpressionSyntax, ExpressionSyntax)])
        case always(ScopeSyntax?, while: ExpressionSyntax?, ExpressionSyntax)
        case sometime(ScopeSyntax?, while: ExpressionSyntax?, ExpressionSyntax)
        case monotone(increasing: Bool, ExpressionSyntax, ScopeSyntax?)
        case at(moment: ExpressionSyntax, ExpressionSyntax)
        case everywhere(ExpressionSyntax)
        case growth(of: ExpressionSyntax, in: Identifier, over: Identifier, low: ExpressionSyntax, high: ExpressionSyntax)
    }
}

public enum ScopeSyntax: Sendable {
    case interval(ExpressionSyntax, ExpressionSyntax, openStart: Bool, openEnd: Bool, Span)
    case stage(Identifier)
}

public enum QuantifierSyntax: Sendable {
    /// `for some C where C <= 3/2`, one per name.
    case some(Identifier, where: ExpressionSyntax?)
    /// `for all a in [1, 2]`
    case all(Identifier, low: ExpressionSyntax, high: ExpressionSyntax)
    /// `for at least 9 of seeds 1..10`
    case seeds(atLeast: Rational, set: ExpressionSyntax, Span)
}
