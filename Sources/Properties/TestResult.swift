import Bounds
import Checker
import Exact
import Syntax

/// One instance that was drawn and decided.
public struct TestCase: Sendable {
    public let candidate: Candidate
    public let result: InstanceResult
    /// Whether it was given up: what is undecided on it is so for lack of time.
    public let isCut: Bool
}

/// What the cases say about one claim.
public struct ClaimTally: Sendable {
    public let claim: ClaimDescription
    /// The verdict that the file expects on every one of its instances, if that is one verdict; nil without `expect`.
    public let expected: ExpectedVerdict?
    public internal(set) var proved = 0
    public internal(set) var refuted = 0
    public internal(set) var undecided = 0
    public internal(set) var vacuous = 0
    /// Not decided in time.
    public internal(set) var late = 0
    /// The smallest certified margin, and the position of its case.
    public internal(set) var tightest: (margin: Margin, position: Int)?
    public internal(set) var constants: [ConstantRange] = []
    /// Positions of the cases on which it is refuted though the file does not expect that everywhere.
    public internal(set) var failures: [Int] = []
    /// Positions of the cases on which it is undecided, in the same sense.
    public internal(set) var doubts: [Int] = []

    /// Whether no case said anything about it.
    public var isUntested: Bool {
        proved + refuted + undecided == 0 && expected != .vacuous
    }
}

/// The best values of an open constant over all cases.
public struct ConstantRange: Sendable {
    public let name: String
    public let holdsAbove: Bool
    /// From the smallest to the largest best constant: contains all of them.
    public internal(set) var values: RationalInterval
    /// The position of the case that asks most of it.
    public internal(set) var worst: Int
    /// The enclosure there.
    public internal(set) var worstValue: RationalInterval
}

/// What testing one theorem found.
public struct TestResult: Sendable {
    public enum Ending: Sendable, Hashable {
        case complete
        /// Every instance that can be drawn was.
        case exhausted
        /// Too many draws were rejected.
        case rejections
        case outOfTime
        case interrupted
        /// Nothing can be drawn: the reason.
        case impossible(String)
    }

    public let id: String
    public let title: String
    public let file: String
    public let sources: [SourceReference]
    public let seed: Int
    /// How many cases were asked for.
    public let asked: Int
    public internal(set) var draws = 0
    /// Draws that were no instances, by reason.
    public internal(set) var rejections: [(reason: String, count: Int)] = []
    public internal(set) var cases: [TestCase] = []
    public internal(set) var claims: [ClaimTally] = []
    /// Claims about families, and those of which the file says that they cannot be decided.
    public internal(set) var leftOut: [String] = []
    public internal(set) var held: [(parameter: String, reason: String)] = []
    public internal(set) var ending = Ending.complete

    /// Cases on which every claim was looked at.
    public var decided: Int { cases.count { !$0.isCut } }
    public var hasFailure: Bool { claims.contains { !$0.failures.isEmpty } }
    public var rejected: Int { rejections.reduce(0) { $0 + $1.count } }

    /// Something was tested, nothing failed, and nothing was left undecided that should not be.
    public var isAsExpected: Bool {
        let isSound = cases.allSatisfy(\.result.alarms.isEmpty)
        return isSound && cases.contains { !$0.result.obligations.isEmpty } && !claims.isEmpty && !hasFailure
            && claims.allSatisfy { $0.doubts.isEmpty && !$0.isUntested }
    }

    /// For each claim that fails, the case of smallest size.
    public var smallestFailures: [(claim: ClaimTally, testCase: TestCase)] {
        claims.compactMap { claim in
            claim.failures.map { cases[$0] }.min {
                ($0.candidate.cost, $0.candidate.number) < ($1.candidate.cost, $1.candidate.number)
            }
            .map { (claim, $0) }
        }
    }
}
