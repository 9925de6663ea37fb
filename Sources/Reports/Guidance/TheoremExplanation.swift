import Bounds
import Properties
import Syntax

/// What a theorem is about and what it claims; nothing is run.
public func explanation(of theorem: Theorem, style: ReportStyle = .init()) -> String {
    var page = GuidePage(style)
    page.title(theorem.id, theorem.title)
    page.subtitle(theorem.file)
    for source in theorem.sources {
        let place = source.place.isEmpty ? "" : ", \(source.place)"
        page.subtitle("\(source.work)\(place) (\(Provenance?.some(source.provenance).wording))")
    }
    for note in theorem.notes { page.paragraph("Note: \(note)") }
    page.heading("What moves")
    switch theorem.dynamics {
    case .flow: page.paragraph("A flow: its instants are all real times of the run.", indent: 4)
    case .steps: page.paragraph("A run in steps: its instants are 0, 1, 2, ...", indent: 4)
    case .none: page.paragraph("Nothing: a finite check, decided without a run.", indent: 4)
    }
    for statement in theorem.modelStatements { page.paragraph(statement, indent: 4) }
    let assumptions = theorem.hypotheses.compactMap { item -> (word: String, meaning: String)? in
        guard case .assumption(let name) = item.hypothesis else { return nil }
        return (name, item.text)
    }
    if !assumptions.isEmpty {
        page.heading("Hypotheses of all claims: where one is certainly false, they are vacuous")
        page.list(assumptions)
    }
    page.heading("Claims")
    page.list(theorem.claims.map { ($0.id, "\"\($0.wording)\" (\($0.provenance.wording))") })
    page.heading("Instances")
    page.list(theorem.instances.map { ($0.id, parameters(of: $0)) })
    page.heading("To go on")
    if let claim = theorem.claims.first {
        page.paragraph(shellCommand(["flowbound", "explain", claim.id, theorem.file]), indent: 4)
    }
    page.paragraph(shellCommand(["flowbound", "verify", theorem.file]), indent: 4)
    return page.text
}
