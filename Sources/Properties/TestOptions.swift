/// How a theorem is tested.
public struct TestOptions: Sendable {
    /// Of the draws.
    public var seed = 1
    /// Instances to decide.
    public var cases = 100
    /// Seconds for the whole call; nil: no limit.
    public var budget: Double?
    public var jobs = 2
    /// Whether runs in plain doubles rank the draws before any is decided.
    public var simulates = true
    /// Ids of claims to decide; nil: all.
    public var only: [String]?
    /// Ids of claims to leave out, with those below them.
    public var except: [String] = []

    public init() {}
}
