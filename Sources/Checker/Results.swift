import Bounds
import Exact
import Syntax

/// The verdict on one claim and one instance (or one family), with all that a report needs.
public struct ObligationResult: Sendable {
    public let claim: ClaimDescription
    /// `condition`, `identity`, `always`, ...
    public var kind: String { claim.kind }
    public let verdict: Verdict
    /// What the file expects; nil: proved, consistent, or vacuous by `given`.
    public let expected: ExpectedVerdict?
    /// Whether the verdict is the expected one.
    public let isAsExpected: Bool
    /// The precision at which it was decided; 0 where no arithmetic was needed.
    public let bits: Int
    /// Both sides over time, if plots were asked for.
    public var series: [ComparisonSeries] = []
    /// Comparisons of the claim for which there is no series, to keep the result small.
    public var comparisonsWithoutSeries = 0
    /// What a growth claim rests on.
    public var growth: GrowthSeries?
    /// What was found on each seed, if the claim counts seeds.
    public let seeds: SeedTally?

    public init(
        claim: ClaimDescription, verdict: Verdict, expected: ExpectedVerdict?, isAsExpected: Bool, bits: Int,
        seeds: SeedTally? = nil
    ) {
        self.claim = claim
        self.verdict = verdict
        self.expected = expected
        self.isAsExpected = isAsExpected
        self.bits = bits
        self.seeds = seeds
    }
}

/// How many runs of a claim that counts seeds got which verdict.
public struct SeedTally: Hashable, Sendable {
    /// The claim needs so many proved ones.
    public let atLeast: Int
    public var proved = 0
    public var refuted = 0
    public var undecided = 0
    public var vacuous = 0

    public var runs: Int { proved + refuted + undecided + vacuous }

    public init(atLeast: Int) { self.atLeast = atLeast }
}

public struct EventResult: Sendable {
    public enum Status: String, Sendable {
        case reached
        /// Certified not to happen up to the end of what was run.
        case notReached = "not reached"
        case undecided
    }

    public let name: String
    public let status: Status
    /// The enclosure of the time, if reached; the instants at which it certainly has not happened end at `lower` else.
    public let time: RationalInterval?
    /// Why it is not decided.
    public let obstacle: Obstacle?

    public init(name: String, status: Status, time: RationalInterval?, obstacle: Obstacle? = nil) {
        self.name = name
        self.status = status
        self.time = time
        self.obstacle = obstacle
    }
}

/// One enclosure asked for with `show`.
public struct Observation: Sendable {
    public let quantity: String
    /// The moment as written; nil for a quantity without time.
    public let at: String?
    public let value: RationalInterval
    public let obstacle: Obstacle?

    public init(quantity: String, at: String?, value: RationalInterval, obstacle: Obstacle? = nil) {
        self.quantity = quantity
        self.at = at
        self.value = value
        self.obstacle = obstacle
    }
}

/// One rung of the precision ladder: what was run and why it was not enough.
public struct RungLog: Sendable {
    public let bits: Int
    public let steps: Int
    /// The largest certified radius of the tube, as an upper bound.
    public let radius: RationalInterval
    public let undecided: Int
    public let reason: String?

    public init(bits: Int, steps: Int, radius: RationalInterval, undecided: Int, reason: String?) {
        self.bits = bits
        self.steps = steps
        self.radius = radius
        self.undecided = undecided
        self.reason = reason
    }
}

/// One instance, or one family (its growth claims and what serves all members).
public struct InstanceResult: Sendable {
    public let id: String
    public let isFamily: Bool
    public let parameters: [Instance.Parameter]
    public let seed: Int?
    /// What the run's instants are.
    public var clock = Clock.time
    /// Number of moving states; 0 for a finite check or a family.
    public var dimension = 0
    public var steps = 0
    public var bits = 0
    /// The end of the run.
    public var horizon: RationalInterval?
    public var events: [EventResult] = []
    public var observations: [Observation] = []
    public var obligations: [ObligationResult] = []
    public var rungs: [RungLog] = []
    /// Violated invariants and the like: something is wrong with us or with the file.
    public var alarms: [String] = []
    /// How well the run is known, from step to step, if plots were asked for.
    public var profile: [RunPiece] = []
    /// Its path in the plane of two quantities, if plots were asked for.
    public var portrait: PhasePortrait?
    /// The `assume` that is certainly false here, so that every claim is vacuous.
    public var failedAssumption: String?

    public init(id: String, isFamily: Bool, parameters: [Instance.Parameter], seed: Int?) {
        self.id = id
        self.isFamily = isFamily
        self.parameters = parameters
        self.seed = seed
    }
}

public struct TheoremResult: Sendable {
    public let id: String
    public let title: String
    public let file: String
    public let sources: [SourceReference]
    public let notes: [String]
    public let instances: [InstanceResult]
    public let warnings: [Diagnostic]
    /// "every instance makes 'assume small' false", "claim x is vacuous on every instance": the file verifies less
    /// than it says, and its status is not 0.
    public let emptiness: [String]
    /// The files that the warnings point into, by name.
    public var files: [String: SourceFile] = [:]

    public init(
        id: String, title: String, file: String, sources: [SourceReference], notes: [String],
        instances: [InstanceResult], warnings: [Diagnostic], emptiness: [String]
    ) {
        self.id = id
        self.title = title
        self.file = file
        self.sources = sources
        self.notes = notes
        self.instances = instances
        self.warnings = warnings
        self.emptiness = emptiness
    }
}
