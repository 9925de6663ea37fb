import Bounds
import Checker

/// A claim with all its obligations: its two wordings once, then one row per instance, so that a constant or a margin
/// can be followed from instance to instance.
struct ClaimReport {
    let claim: ClaimDescription
    var entries: [ClaimRow.Entry]

    /// The claims of a theorem in the order of its file.
    static func all(of theorem: TheoremResult) -> [ClaimReport] {
        var reports: [ClaimReport] = []
        var positions: [String: Int] = [:]
        for instance in theorem.instances {
            for obligation in instance.obligations {
                let entry = ClaimRow.Entry(instance: instance.id, clock: instance.clock, obligation: obligation)
                if let position = positions[obligation.claim.id] {
                    reports[position].entries.append(entry)
                } else {
                    positions[obligation.claim.id] = reports.count
                    reports.append(ClaimReport(claim: obligation.claim, entries: [entry]))
                }
            }
        }
        return reports.sorted { ($0.claim.line, $0.claim.id) < ($1.claim.line, $1.claim.id) }
    }

    func lines(_ style: ReportStyle) -> [String] {
        var lines = wrapped("\"\(claim.wording)\" (\(claim.provenance.wording))", lead: "\(claim.id)  ", width: style.width)
        // Wrapping counts characters; colour is added afterwards because its codes have no width.
        lines[0] = style.paint(claim.id, .bold) + lines[0].dropFirst(claim.id.count)
        lines += wrapped(claim.encoded, lead: "    ", width: style.width)
        for note in claim.notes {
            lines += wrapped(note, lead: "    note: ", width: style.width)
        }
        return lines + table(style)
    }

    private func table(_ style: ReportStyle) -> [String] {
        let rows = ClaimRow.rows(of: entries, verbose: style.verbose)
        let cells = rows.map { row in
            [
                row.verdictText, row.subject(of: entries.count), row.constants(style.digits), row.margin(style.digits),
                row.bitsText,
            ]
        }
        let widths = (0..<5).map { column in cells.map { $0[column].count }.max() ?? 0 }
        return zip(rows, cells).flatMap { row, texts in
            var line = padded(texts[0], to: widths[0])
            for column in 1..<5 where widths[column] > 0 {
                line += "  " + padded(texts[column], to: widths[column])
            }
            var lines = ["    " + withoutTrailingBlanks(line)]
            var details = row.details
            if let names = row.names(of: entries.count) {
                details.insert(.init(label: "on ", text: names), at: 0)
            }
            // A reason stands beside a verdict without numbers if there is room for it.
            if details.count == 1, texts[2...].allSatisfy(\.isEmpty) {
                let lead = "    \(padded(texts[0], to: widths[0]))  \(padded(texts[1], to: widths[1]))  \(details[0].label)"
                let beside = wrapped(details[0].text, lead: lead, width: style.width)
                if beside.count == 1 { (lines, details) = (beside, []) }
            }
            for detail in details {
                lines += wrapped(detail.text, lead: "      \(detail.label)", width: style.width)
            }
            lines[0] = coloured(lines[0], row, style)
            return lines
        }
    }

    /// Colour for the verdict at the start of a row.
    private func coloured(_ line: String, _ row: ClaimRow, _ style: ReportStyle) -> String {
        let verdict = row.verdictText
        let ink = ReportStyle.ink(row.verdict, asExpected: row.isAsExpected)
        return "    " + style.paint(verdict, ink) + line.dropFirst(4 + verdict.count)
    }
}
