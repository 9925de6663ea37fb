import Exact

/// What is known about an obligation. There is no Boolean form.
public enum Verdict: Sendable {
    case proved(Evidence)
    case refuted(Counterexample)
    case undecided(Obstacle)
    /// A hypothesis is certainly false here: nothing was to prove. The reason is a sentence.
    case vacuous(String)
    /// Over a family: the statement fits every member. Never `proved`.
    case consistent(Evidence)
}

/// What a `proved` or `consistent` rests on.
public struct Evidence: Sendable {
    /// Certified enclosures of the best open constants.
    public var constants: [ConstantEnclosure]
    /// The smallest certified right side minus left side, where one was computed.
    public var margin: Margin?
    /// "the normal forms are equal where S != 0": a sentence, if there is something to add.
    public var remark: String?
    /// All limits of every open constant, for what is said about a family.
    var admissible: [String: Admissible] = [:]

    public init(constants: [ConstantEnclosure] = [], margin: Margin? = nil, remark: String? = nil) {
        self.constants = constants
        self.margin = margin
        self.remark = remark
    }
}

/// The best constant lies in the interval; the claim is certified with its outward end.
public struct ConstantEnclosure: Sendable {
    public let name: String
    public let value: RationalInterval
    /// Whether the claim holds for every constant from the best one upward (else: downward).
    public let holdsAbove: Bool

    public init(name: String, value: RationalInterval, holdsAbove: Bool = true) {
        self.name = name
        self.value = value
        self.holdsAbove = holdsAbove
    }
}

/// An enclosure of the smallest right side minus left side, and the time interval where it is attained.
public struct Margin: Sendable {
    public let value: RationalInterval
    public let time: RationalInterval?

    public init(value: RationalInterval, time: RationalInterval?) {
        self.value = value
        self.time = time
    }
}

/// The negation, enclosed: what fails, where, and by how much.
public struct Counterexample: Sendable {
    /// "at t in [4, 4.1] the left side is at least 2.3, the right side at most 2.1": a sentence.
    public let sentence: String
    public let time: RationalInterval?
    public var constants: [ConstantEnclosure]

    public init(sentence: String, time: RationalInterval? = nil, constants: [ConstantEnclosure] = []) {
        self.sentence = sentence
        self.time = time
        self.constants = constants
    }
}

/// Why nothing could be decided, and what to try.
public struct Obstacle: Error, Hashable, Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        /// The enclosures are too wide; more bits may help.
        case precision
        /// An event or the end of the run was not reached.
        case notReached
        /// A term is undefined or may be: a division by an interval with 0, the logarithm of one, a tie of a gate.
        case undefined
        /// The run could not be continued.
        case integration
        /// Part of the language that this version does not decide.
        case unsupported
        /// Digits agree, but the normal forms are not known to be equal; equality inside the run; and the like.
        case equality
        /// The time given with --timeout is used up, or the run was interrupted.
        case timeout
    }

    public let kind: Kind
    /// Which quantity, where: a sentence without a full stop.
    public let reason: String
    /// What to try next.
    public let remedy: String?

    public init(_ kind: Kind, _ reason: String, remedy: String? = nil) {
        self.kind = kind
        self.reason = reason
        self.remedy = remedy
    }
}
