import Checker
import Exact

/// How many digits an enclosure is written with.
struct DigitRule: Sendable {
    /// The fewest and the most digits of an interval; in between, as many as its width leaves meaningful.
    let range: ClosedRange<Int>
    /// For an exact number.
    let exact: Int

    /// A table on a terminal.
    static let brief = DigitRule(range: 6...6, exact: 6)
    /// What the user asked to see.
    static let shown = DigitRule(range: 6...17, exact: 17)
    static let verbose = DigitRule(range: 6...40, exact: 40)
    /// For machines: rounding widens the enclosure by a hundredth of its width at most.
    static let document = DigitRule(range: 17...1000, exact: 34)

    /// For the many numbers behind a plot.
    static let series = DigitRule(range: 9...17, exact: 17)

    func digits(for interval: RationalInterval) -> Int {
        guard let lower = interval.lower, let upper = interval.upper else { return range.lowerBound }
        guard let size = max(lower.magnitude, upper.magnitude).decimalExponent,
            let width = (upper - lower).decimalExponent
        else { return exact }
        return min(max(size - width + 4, range.lowerBound), range.upperBound)
    }
}

extension RationalInterval {
    /// Decimals of the ends, rounded outwards: their interval contains this one. Nil: no information.
    func decimals(_ rule: DigitRule) -> (lower: String?, upper: String?) {
        let digits = rule.digits(for: self)
        return (
            lower?.decimal(significantDigits: digits, rounding: .down),
            upper?.decimal(significantDigits: digits, rounding: .up)
        )
    }

    /// `0.4`, `1/3`, `[0.314159, 0.314160]`, `[0.5, inf]`.
    func text(_ rule: DigitRule) -> String {
        let (low, high) = decimals(rule)
        if let exact = lower, lower == upper {
            if let low, low == high { return low }
            // A fraction a reader takes in at a glance says more than two decimals.
            if exact.description.count <= 15 { return exact.description }
        }
        return "[\(low ?? "-inf"), \(high ?? "inf")]"
    }

    /// `t = 3.2`, `t in [3.2, 3.21]`.
    func equation(_ name: String, _ rule: DigitRule) -> String {
        let value = text(rule)
        return value.hasPrefix("[") ? "\(name) in \(value)" : "\(name) = \(value)"
    }
}

extension Clock {
    /// `t = 3.2`, `t in [3.2, 3.21]`; `step 5`, `step in [5, 7]`.
    func moment(_ time: RationalInterval, _ rule: DigitRule) -> String {
        switch self {
        case .time: time.equation("t", rule)
        case .steps: time.lower == time.upper ? "step \(time.text(rule))" : time.equation("step", rule)
        }
    }
}
