import Arithmetic
import Symbolic

/// Kleene's three truth values.
public enum Truth: Sendable {
    case yes, no, unknown

    public init(_ value: Bool) {
        self = value ? .yes : .no
    }

    public static prefix func ! (a: Truth) -> Truth {
        switch a {
        case .yes: .no
        case .no: .yes
        case .unknown: .unknown
        }
    }

    public static func all(_ parts: some Sequence<Truth>) -> Truth {
        var result = Truth.yes
        for part in parts {
            switch part {
            case .no: return .no
            case .unknown: result = .unknown
            case .yes: break
            }
        }
        return result
    }

    public static func any(_ parts: some Sequence<Truth>) -> Truth {
        !all(parts.map { !$0 })
    }
}

extension Comparison {
    /// The truth of `difference > 0` (for <), `>= 0`, `= 0`, `!= 0`, where the difference is right - left.
    func truth<E: Enclosure>(ofDifference d: E) -> Truth {
        switch self {
        case .less:
            if d.isCertainlyPositive { return .yes }
            return d.isCertainlyNonPositive ? .no : .unknown
        case .lessOrEqual:
            if d.isCertainlyNonNegative { return .yes }
            return d.isCertainlyNegative ? .no : .unknown
        case .equal:
            if d.isCertainlyPositive || d.isCertainlyNegative { return .no }
            return d.isExact && d.isFinite && d.isCertainlyNonNegative && d.isCertainlyNonPositive ? .yes : .unknown
        case .notEqual:
            return !Comparison.equal.truth(ofDifference: d)
        }
    }
}

extension Tape.Gate {
    /// The gate's truth, from the truth of each comparison of a slot with zero.
    func truth(_ compare: (Comparison, Int) -> Truth) -> Truth {
        switch self {
        case .truth(let holds): Truth(holds)
        case .compare(let comparison, let difference): compare(comparison, difference)
        case .not(let gate): !gate.truth(compare)
        case .and(let parts): .all(parts.map { $0.truth(compare) })
        case .or(let parts): .any(parts.map { $0.truth(compare) })
        case .implies(let a, let b): .any([!a.truth(compare), b.truth(compare)])
        }
    }
}
