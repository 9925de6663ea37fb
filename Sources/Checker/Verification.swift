import Bounds
import Exact
import Foundation

/// How to verify a theorem.
public struct VerificationOptions: Sendable {
    /// Ids of claims to decide; nil: all. An id also selects the claims below it (`lem.bal` selects `lem.bal.I`).
    public var only: [String]?
    /// Names of instances or families; nil: all.
    public var instances: [String]?
    /// The first rung of the precision ladder; nil: 53.
    public var bits: Int?
    /// The last rung. With `bits` alone, that rung only.
    public var maximumBits = 1024
    public var jobs = 2
    /// Seconds for the whole call; nil: no limit.
    public var timeout: Double?

    public init() {}
}

/// What a long run tells while it goes. Called from any task.
public struct Progress: Sendable {
    public let theorem: String
    public let instance: String
    public let time: Double
    public let horizon: Double
    public let bits: Int
    public let step: Double
    public let decided: Int
    public let obligations: Int
}

