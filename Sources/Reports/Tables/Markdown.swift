/// The verdicts of a run in Markdown (GitHub's): a table per theorem, and below it why a claim is not proved.
public func markdownReport(of document: RunDocument, onlyUnexpected: Bool = false) -> String {
    var blocks = [markdownHead(of: document)]
    for file in document.invalid {
        let rows = file.messages.map { "* \(markdown($0.id ?? "error")) \(markdown(place($0))): \(markdown($0.text))" }
        blocks.append("## \(markdown(file.file)): cannot be used\n\n" + rows.joined(separator: "\n") + "\n")
    }
    for theorem in document.theorems where !onlyUnexpected || !theorem.asExpected {
        blocks.append(section(theorem, onlyUnexpected: onlyUnexpected))
    }
    return blocks.joined(separator: "\n")
}

/// Title, conclusion and counts.
func markdownHead(of document: RunDocument) -> String {
    var lines = ["# Flowbound", "", "**\(document.conclusion)** \(document.counts).", ""]
    if let command = document.command, !command.isEmpty {
        lines += ["\(markdownCode(commandLine(command))), version \(markdown(document.version))", ""]
    }
    return lines.joined(separator: "\n")
}

private func place(_ message: MessageRecord) -> String {
    let line = message.line.map { ":\($0)" } ?? ""
    return message.file + line + (message.column.map { ":\($0)" } ?? "")
}

private func section(_ theorem: TheoremRecord, onlyUnexpected: Bool) -> String {
    var lines = ["## \(markdown(theorem.id)): \(markdown(theorem.title))", ""]
    for source in theorem.sources { lines += ["Source: \(markdown(source.text))", ""] }
    for note in theorem.notes { lines += ["Note: \(markdown(note))", ""] }
    lines += ["| claim | wording | instance | verdict | constant | margin |", "|---|---|---|---|---|---|"]
    var reasons: [String] = []
    for claim in theorem.claims {
        let entries = claim.entries.filter { !onlyUnexpected || !$0.obligation.asExpected }
        for (position, entry) in entries.enumerated() {
            let obligation = entry.obligation
            let mark = obligation.asExpected ? "" : "**"
            let cells = [
                position == 0 ? markdown(claim.claim.claim) : "",
                position == 0 ? "\(markdown(obligation.wording)) (\(obligation.provenanceText))" : "",
                markdown(entry.instance.id), mark + obligation.verdictText + mark, markdown(obligation.constantsText),
                markdown(obligation.marginText),
            ]
            lines.append("| " + cells.joined(separator: " | ") + " |")
            guard let reason = obligation.reason, obligation.verdict != .proved, obligation.verdict != .consistent else { continue }
            let remedy = obligation.verdict == .undecided ? obligation.obstacle?.remedy.map { "; try: \($0)" } ?? "" : ""
            let name = "\(obligation.claim) on \(entry.instance.id)"
            reasons.append("* \(markdown(name)), \(obligation.verdictText): \(markdown(reason + remedy))")
        }
    }
    lines.append("")
    if !reasons.isEmpty { lines += reasons + [""] }
    for shortcoming in theorem.shortcomings { lines += ["**Warning:** \(markdown(shortcoming.message))", ""] }
    for warning in theorem.warnings { lines += ["Warning: \(markdown(warning.text))", ""] }
    return lines.joined(separator: "\n")
}

/// Text that Markdown shows as it is, on one line.
func markdown(_ text: String) -> String {
    let special = Set("\\`*_[]<>|~&$".unicodeScalars)
    var out = ""
    for scalar in text.unicodeScalars {
        if scalar == "\n" || scalar == "\r" {
            out += " "
        } else {
            if special.contains(scalar) { out += "\\" }
            out.unicodeScalars.append(scalar)
        }
    }
    return out
}

/// A piece of code, fenced by more backticks than it holds in a row.
private func markdownCode(_ text: String) -> String {
    let longest = text.split(whereSeparator: { $0 != "`" }).map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: longest + 1)
    let blank = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
    return fence + blank + text.replacing("\n", with: " ") + blank + fence
}
