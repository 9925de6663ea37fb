import Bounds
import Checker
import Properties

/// What `verify --ablate` prints: whether each claim survives without each hypothesis.
public func terminalReport(
    of ablation: AblationResult, style: ReportStyle = .init()
) -> String {
    var lines = wrapped("\(ablation.id): without each hypothesis in turn", lead: "", width: style.width)
        .map { style.paint($0, .bold) }
    if ablation.hypotheses.isEmpty { lines.append("  it has no 'assume' and no 'given'") }
    for report in ablation.hypotheses {
        lines.append("")
        lines += wrapped("without '\(report.name)'", lead: "  ", width: style.width)
        if report.violations.isEmpty {
            let reason =
                report.isCut
                ? "the time is used up: nothing is known"
                : "no instance of the file breaks it, nor does a draw: nothing is known"
            lines += wrapped(reason, lead: "    ", width: style.width)
            continue
        }
        let drawn = report.violations.count { $0.candidate.number > 0 }
        let own = report.violations.count - drawn
        lines += wrapped(
            "\(counted(report.violations.count, "instance")) break it: \(own) of the file, \(drawn) drawn\(report.isCut ? "; the time is used up" : "")",
            lead: "    ", width: style.width)
        let width = report.claims.map(\.claim.id.count).max() ?? 0
        for claim in report.claims { lines += survival(claim, report, width, style) }
    }
    return lines.joined(separator: "\n") + "\n"
}

private func survival(
    _ claim: ClaimTally, _ report: HypothesisReport, _ width: Int, _ style: ReportStyle
) -> [String] {
    let total = claim.proved + claim.refuted + claim.undecided + claim.vacuous + claim.late
    let lead = "    \(padded(claim.claim.id, to: width))  "
    let indent = padded("", to: lead.count)
    if let position = claim.failures.first {
        let testCase = report.violations[position]
        var lines = wrapped("needs it: refuted on \(claim.refuted) of \(total)", lead: lead, width: style.width)
        lines += wrapped("first on \(testCase.candidate.instance.summary)", lead: indent, width: style.width)
        if case .refuted(let counterexample)? = testCase.verdict(on: claim.claim.id) {
            lines += wrapped(counterexample.sentence, lead: indent, width: style.width)
        }
        return lines
    }
    var sentence: String
    if claim.proved == total {
        sentence = "survives on all \(total)"
    } else if claim.proved > 0 {
        sentence = "survives on \(claim.proved) of \(total)"
    } else {
        sentence = "nothing is known"
    }
    if claim.undecided + claim.late > 0 { sentence += ", undecided on \(claim.undecided + claim.late)" }
    if claim.vacuous > 0 { sentence += ", vacuous on \(claim.vacuous)" }
    return wrapped(sentence, lead: lead, width: style.width)
}

extension HypothesisReport {
    fileprivate var name: String {
        switch hypothesis {
        case .assumption(let name): "assume \(name) : \(text)"
        case .given(let claim): "given \(text)' of '\(claim)"
        }
    }
}
