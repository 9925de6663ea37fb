import Bounds
import Checker
import Exact
import Syntax

/// One line of a claim's table: one obligation, or several that say the same.
struct ClaimRow {
    struct Entry {
        let instance: String
        let clock: Clock
        let obligation: ObligationResult
    }

    let entries: [Entry]

    var verdict: ExpectedVerdict { first.verdict.kind }
    var isAsExpected: Bool { first.isAsExpected }
    private var first: ObligationResult { entries[0].obligation }

    /// Obligations with equal verdicts and nothing of their own to tell share a row.
    static func rows(of entries: [Entry], verbose: Bool) -> [ClaimRow] {
        guard !verbose else { return entries.map { ClaimRow(entries: [$0]) } }
        var order: [MergeKey] = []
        var groups: [MergeKey: [Entry]] = [:]
        for (position, entry) in entries.enumerated() {
            let key = MergeKey(entry.obligation, position: position)
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(entry)
        }
        return order.compactMap { groups[$0] }.map(ClaimRow.init)
    }

    /// What two obligations must agree in. Open constants differ from instance to instance and are what the reader
    /// compares: such rows stay apart, by their position.
    private struct MergeKey: Hashable {
        let verdict: ExpectedVerdict
        let expected: ExpectedVerdict?
        let isAsExpected: Bool
        let details: [Detail]
        let hasMargin: Bool
        let position: Int?

        init(_ obligation: ObligationResult, position: Int) {
            verdict = obligation.verdict.kind
            expected = obligation.expected
            isAsExpected = obligation.isAsExpected
            details = ClaimRow.details(of: obligation.verdict)
            hasMargin = obligation.verdict.margin?.value.lower != nil
            self.position = obligation.verdict.constants.isEmpty ? nil : position
        }
    }

    /// "✗ refuted, as expected"
    var verdictText: String {
        let name = "\(ReportStyle.mark(verdict)) \(verdict.rawValue)"
        if let expected = first.expected {
            if !isAsExpected { return "\(name), expected \(expected.rawValue)" }
            // Where a proof is expected anyway, saying so is noise.
            return expected == .proved || expected == .consistent ? name : "\(name), as expected"
        }
        return verdict == .vacuous && !isAsExpected ? "\(name), expected proved" : name
    }

    /// "k3", "all 11 instances", "8 instances"; the names of the last kind are in ``names``.
    func subject(of total: Int) -> String {
        if entries.count == 1 { return entries[0].instance }
        if entries.count == total { return total == 2 ? "both instances" : "all \(total) instances" }
        return "\(entries.count) instances"
    }

    /// Which instances are meant where the subject only counts them.
    func names(of total: Int) -> String? {
        entries.count == 1 || entries.count == total ? nil : entries.map(\.instance).joined(separator: ", ")
    }

    func constants(_ rule: DigitRule) -> String {
        first.verdict.constants.map { "\($0.name) = \($0.value.text(rule))" }.joined(separator: ", ")
    }

    /// The smallest margin of the row, rounded down, with its time, and with its instance if there are several.
    func margin(_ rule: DigitRule) -> String {
        let known = entries.compactMap { entry -> (instance: String, lower: Rational, margin: Margin)? in
            guard let margin = entry.obligation.verdict.margin, let lower = margin.value.lower else { return nil }
            return (entry.instance, lower, margin)
        }
        guard let smallest = known.min(by: { $0.lower < $1.lower }) else { return "" }
        let digits = rule.digits(for: smallest.margin.value)
        var text = "margin >= \(smallest.lower.decimal(significantDigits: digits, rounding: .down))"
        if entries.count > 1 { text += " on \(smallest.instance)" }
        if let time = smallest.margin.time { text += " at \(entries[0].clock.moment(time, rule))" }
        return text
    }

    /// "53 bits", "53 to 128 bits"; a proof without arithmetic is "exact".
    var bitsText: String {
        let bits = entries.map(\.obligation.bits)
        guard let low = bits.min(), let high = bits.max() else { return "" }
        if high == 0 {
            return verdict == .undecided || verdict == .vacuous ? "" : "exact"
        }
        return low == high ? "\(low) bits" : "\(low) to \(high) bits"
    }

    var details: [Detail] { Self.details(of: first.verdict) }

    struct Detail: Hashable {
        let label: String
        let text: String
    }

    private static func details(of verdict: Verdict) -> [Detail] {
        switch verdict {
        case .proved(let evidence), .consistent(let evidence):
            evidence.remark.map { [Detail(label: "", text: $0)] } ?? []
        case .refuted(let counterexample):
            [Detail(label: "", text: counterexample.sentence)]
        case .undecided(let obstacle):
            [Detail(label: "why: ", text: obstacle.reason)]
                + (obstacle.remedy.map { [Detail(label: "try: ", text: $0)] } ?? [])
        case .vacuous(let reason):
            [Detail(label: "", text: reason)]
        }
    }
}
