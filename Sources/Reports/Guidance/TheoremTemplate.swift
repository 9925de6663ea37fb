/// A theorem file to start from: it verifies as it stands, and its comments say what each statement does.
public enum TheoremTemplate: String, CaseIterable, Sendable {
    case flow, descent, map, check

    /// One line for those who choose.
    public var summary: String {
        switch self {
        case .flow: "gradient flow, or other equations in continuous time"
        case .descent: "gradient descent, counted in steps"
        case .map: "an explicit recursion, counted in steps"
        case .check: "identities and exact facts, without a run"
        }
    }

    public var text: String {
        switch self {
        case .flow: Self.flowText
        case .descent: Self.descentText
        case .map: Self.mapText
        case .check: Self.checkText
        }
    }
}
