import Checker
import Syntax

/// How many obligations have which verdict.
public struct VerdictCounts: Hashable, Sendable {
    public private(set) var proved = 0
    public private(set) var refuted = 0
    public private(set) var undecided = 0
    public private(set) var vacuous = 0
    public private(set) var consistent = 0
    public private(set) var asExpected = 0

    public var obligations: Int { proved + refuted + undecided + vacuous + consistent }

    public init(of results: [TheoremResult]) {
        for obligation in results.flatMap(\.instances).flatMap(\.obligations) {
            switch obligation.verdict.kind {
            case .proved: proved += 1
            case .refuted: refuted += 1
            case .undecided: undecided += 1
            case .vacuous: vacuous += 1
            case .consistent: consistent += 1
            }
            if obligation.isAsExpected { asExpected += 1 }
        }
    }
}
