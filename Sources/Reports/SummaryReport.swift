import Checker

/// The last lines of a report: counts, what is not as expected, and the exit status in words.
public func terminalSummary(of outcome: Outcome, style: ReportStyle = .init()) -> String {
    let counts = VerdictCounts(of: outcome.theorems)
    let instances = outcome.theorems.reduce(0) { $0 + $1.instances.count { !$0.isFamily } }
    var lines: [String] = []
    if !outcome.theorems.isEmpty || outcome.invalid.isEmpty {
        let size = "\(counted(outcome.theorems.count, "theorem")), \(counted(instances, "instance"))"
        lines.append("\(size), \(counted(counts.obligations, "obligation")): \(verdicts(counts))")
    }
    lines += unexpected(outcome.theorems, style)
    if !outcome.invalid.isEmpty {
        lines += wrapped(outcome.invalid.map(\.file).joined(separator: ", "), lead: "invalid: ", width: style.width)
    }
    lines.append(conclusion(outcome, style))
    return lines.joined(separator: "\n") + "\n"
}

private func verdicts(_ counts: VerdictCounts) -> String {
    let parts = [
        (counts.proved, "proved"), (counts.consistent, "consistent"), (counts.refuted, "refuted"),
        (counts.vacuous, "vacuous"), (counts.undecided, "undecided"),
    ]
    let shown = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return shown.isEmpty ? "nothing checked" : shown.joined(separator: ", ")
}

/// One line per obligation with another verdict than expected; a page of them at most.
private func unexpected(_ theorems: [TheoremResult], _ style: ReportStyle) -> [String] {
    var lines: [String] = []
    for theorem in theorems {
        for instance in theorem.instances {
            for obligation in instance.obligations where !obligation.isAsExpected {
                let row = ClaimRow(
                    entries: [.init(instance: instance.id, clock: instance.clock, obligation: obligation)])
                let ink = ReportStyle.ink(row.verdict, asExpected: false)
                lines.append("  \(style.paint(row.verdictText, ink)): \(theorem.id) \(obligation.claim.id) on \(instance.id)")
            }
        }
    }
    let limit = style.verbose ? lines.count : 20
    return lines.prefix(limit) + (lines.count > limit ? ["  and \(lines.count - limit) more"] : [])
}

private func conclusion(_ outcome: Outcome, _ style: ReportStyle) -> String {
    switch outcome.exitStatus {
    case ExitStatus.asExpected: style.paint("All as expected.", .green)
    case ExitStatus.refuted: style.paint("Not as expected: a claim is refuted.", .red)
    case ExitStatus.invalid: style.paint("Not all files could be used.", .red)
    case ExitStatus.interrupted: style.paint("Interrupted: this is what was decided so far.", .yellow)
    default: style.paint("Not all as expected.", .yellow)
    }
}
