import Bounds
import Checker
import Syntax

/// The report on one theorem for people.
public func terminalReport(of theorem: TheoremResult, style: ReportStyle = .init()) -> String {
    var lines = theoremHeading(id: theorem.id, title: theorem.title, file: theorem.file, sources: theorem.sources, style)
    for note in theorem.notes {
        lines += wrapped(note, lead: "  note: ", width: style.width)
    }

    let nameWidth = theorem.instances.map(\.id.count).max() ?? 0
    if !theorem.instances.isEmpty { lines.append("") }
    for instance in theorem.instances {
        lines += InstanceReport(instance: instance, nameWidth: nameWidth).lines(style)
    }
    for claim in ClaimReport.all(of: theorem) {
        lines.append("")
        lines += claim.lines(style)
    }

    var warnings = theorem.warnings.map { "\($0.message) (\($0.id))" } + theorem.emptiness
    if theorem.instances.allSatisfy(\.obligations.isEmpty) { warnings.append("no claim was checked: nothing is verified") }
    if !warnings.isEmpty { lines.append("") }
    for warning in warnings {
        lines += wrapped(warning, lead: "warning: ", width: style.width).map { style.paint($0, .yellow) }
    }
    return lines.joined(separator: "\n") + "\n"
}

/// Id, title, file and sources: the head of every report on a theorem.
func theoremHeading(id: String, title: String, file: String, sources: [SourceReference], _ style: ReportStyle) -> [String] {
    var lines = wrapped(title, lead: "\(id)  ", width: style.width).map { style.paint($0, .bold) }
    lines.append("  \(file)")
    for source in sources {
        let place = source.place.isEmpty ? "" : ", \(source.place)"
        let provenance = Provenance?.some(source.provenance).wording
        lines += wrapped("\(source.work)\(place) (\(provenance))", lead: "  ", width: style.width)
    }
    return lines
}
