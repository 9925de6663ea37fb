/// Something in a theorem file that a reader of CI should look at, with its place: what SARIF and annotations show.
struct Finding {
    enum Level: String {
        /// Counts against success: the exit status is not 0.
        case error
        /// A warning about the file.
        case warning
        /// A verdict that is accepted though nothing was shown: vacuous, or undecided as expected.
        case note
    }

    /// An id of the table of messages, the verdict's name, or one of `alarm`, `nothing-verified`, `unusable-file`.
    let rule: String
    let level: Level
    let file: String
    let line: Int?
    let column: Int?
    /// "rate on k3: refuted"
    let title: String
    let message: String
    /// `theorem/claim`, and the same with the instance: the finding's name from run to run.
    let claim: String?
    let identity: String
}

extension RunDocument {
    /// In the order of the document, what counts against success first.
    var findings: [Finding] {
        let all = invalid.flatMap(\.findings) + theorems.flatMap(\.findings)
        let levels: [Finding.Level] = [.error, .warning, .note]
        return levels.flatMap { level in all.filter { $0.level == level } }
    }
}

extension RunDocument.InvalidRecord {
    fileprivate var findings: [Finding] {
        messages.map { $0.finding(.error, otherwise: "unusable-file") }
    }
}

extension MessageRecord {
    /// With its remedy.
    var text: String { remedy.map { "\(message); \($0)" } ?? message }

    fileprivate func finding(_ level: Finding.Level, otherwise rule: String) -> Finding {
        Finding(
            rule: id ?? rule, level: level, file: file, line: line, column: column, title: id ?? "unusable file",
            message: text, claim: nil, identity: "\(file)/\(id ?? rule)/\(message)")
    }
}

extension TheoremRecord {
    fileprivate var findings: [Finding] {
        shortcomings.map { shortcoming in
            Finding(
                rule: shortcoming.rule, level: .error, file: file, line: shortcoming.line, column: shortcoming.column,
                title: "\(id): \(shortcoming.title)", message: shortcoming.message, claim: nil,
                identity: "\(id)/\(shortcoming.rule)/\(shortcoming.message)")
        } + warnings.map { $0.finding(.warning, otherwise: "warning") }
            + instances.flatMap { instance in instance.obligations.compactMap { finding($0, on: instance) } }
    }

    private func finding(_ obligation: ObligationRecord, on instance: InstanceRecord) -> Finding? {
        let isNote = obligation.verdict == .vacuous || obligation.verdict == .undecided
        guard !obligation.asExpected || isNote else { return nil }
        return Finding(
            rule: obligation.verdict.rawValue, level: obligation.asExpected ? .note : .error, file: file,
            line: obligation.line, column: obligation.column,
            title: "\(obligation.claim) on \(instance.id): \(obligation.verdictText)", message: obligation.account,
            claim: "\(id)/\(obligation.claim)", identity: "\(id)/\(obligation.claim)/\(instance.id)")
    }

    struct Shortcoming {
        let rule: String
        let title: String
        let message: String
        var line: Int?
        var column: Int?
    }

    /// Why the file is no success though its obligations may be as expected.
    var shortcomings: [Shortcoming] {
        var found: [Shortcoming] = []
        let obligations = instances.flatMap(\.obligations)
        if obligations.isEmpty {
            found.append(
                Shortcoming(rule: "nothing-verified", title: "nothing verified", message: "no claim was checked: nothing is verified"))
        }
        for sentence in emptiness {
            let about = obligations.first { sentence.hasPrefix("claim \($0.claim) ") }
            found.append(
                Shortcoming(
                    rule: "nothing-verified", title: "nothing verified", message: sentence, line: about?.line,
                    column: about?.column))
        }
        for instance in instances {
            for alarm in instance.alarms {
                found.append(Shortcoming(rule: "alarm", title: "alarm on \(instance.id)", message: alarm))
            }
        }
        return found
    }
}

extension ObligationRecord {
    /// Verdict, reason, remedy and the claim in both wordings, in a few sentences.
    var account: String {
        var parts = ["\(verdictText)\(reason.map { ": \($0)" } ?? "")"]
        if !constantsText.isEmpty { parts.append(constantsText) }
        if verdict == .undecided, let remedy = obstacle?.remedy { parts.append("try: \(remedy)") }
        parts.append("\"\(wording)\" (\(provenanceText))")
        parts.append("checked: \(encoded)")
        return parts.joined(separator: "\n")
    }
}
