import Exact
import GradientFlow

/// What the instants of a run are: the times t >= 0, or the steps 0, 1, 2, ...
public enum Clock: String, Sendable {
    case time, steps

    /// "t in [3.2, 3.21]", "t = 3"; "step 5", "a step from 5 to 9".
    func instant(_ time: RationalInterval) -> String {
        switch self {
        case .time: "t \(time.predicate("="))"
        case .steps: Clock.steps(time, several: "a step")
        }
    }

    /// "every t in [3.2, 3.3]"; "step 5", "every step from 5 to 9".
    func everyInstant(_ time: RationalInterval, inward: Bool = true) -> String {
        switch self {
        case .time: "every t in \(inward ? time.inwardSentence : time.sentence)"
        case .steps: Clock.steps(time, several: "every step")
        }
    }

    /// "t = 5"; "step 5".
    func point(_ time: RationalInterval) -> String {
        switch self {
        case .time: "t = \(time.sentence)"
        case .steps: Clock.steps(time, several: "a step")
        }
    }

    private static func steps(_ time: RationalInterval, several: String) -> String {
        let (first, last) = (time.lower.map { "\($0)" }, time.upper.map { "\($0)" })
        switch (first, last) {
        case (let first?, let last?): return first == last ? "step \(first)" : "\(several) from \(first) to \(last)"
        case (let first?, nil): return "\(several) from \(first) on"
        case (nil, let last?): return "\(several) up to \(last)"
        case (nil, nil): return several
        }
    }
}
