import Bounds
import Syntax

/// What `list` prints about a theorem: what could be verified, before anything is run.
public func terminalList(of theorem: Theorem, style: ReportStyle = .init()) -> String {
    var lines = theoremHeading(id: theorem.id, title: theorem.title, file: theorem.file, sources: theorem.sources, style)
    lines += section("claims", theorem.claims.map { ($0.id, "\($0.wording) (\($0.provenance.wording))") }, style)
    lines += section("instances", theorem.instances.filter { $0.family == nil }.map { ($0.id, parameters(of: $0)) }, style)
    lines += section("families", theorem.families.map { ($0.name, $0.members.joined(separator: ", ")) }, style)
    return lines.joined(separator: "\n") + "\n"
}

private func section(_ name: String, _ entries: [(id: String, text: String)], _ style: ReportStyle) -> [String] {
    if entries.isEmpty { return [] }
    let width = entries.map(\.id.count).max() ?? 0
    var lines = ["  \(name)"]
    for entry in entries {
        lines += wrapped(entry.text, lead: "    " + padded(entry.id, to: width) + "  ", width: style.width)
            .map(withoutTrailingBlanks)
    }
    return lines
}

func parameters(of instance: Instance) -> String {
    let seed = instance.seed.map { ["seed = \($0)"] } ?? []
    return (instance.parameters.map { "\($0.name) = \($0.value)" } + seed).joined(separator: ", ")
}

/// The document of `list --json`.
public func jsonList(of theorems: [Theorem], invalid: [InvalidFile]) -> JSONValue {
    .object(
        documentHead + [
            ("theorems", .array(theorems.map(json))),
            ("invalid", .array(invalid.map(json))),
        ])
}

private func json(_ theorem: Theorem) -> JSONValue {
    .object([
        ("id", .string(theorem.id)),
        ("title", .string(theorem.title)),
        ("file", .string(theorem.file)),
        ("provenance", .text(theorem.sources.first?.provenance.rawValue)),
        ("sources", .array(theorem.sources.map(json))),
        ("notes", .strings(theorem.notes)),
        ("claims", .array(theorem.claims.map(json))),
        ("instances", .array(theorem.instances.map(json))),
        ("families", .array(theorem.families.map(json))),
    ])
}

private func json(_ claim: ClaimDescription) -> JSONValue {
    .object([
        ("id", .string(claim.id)),
        ("kind", .string(claim.kind)),
        ("wording", .string(claim.wording)),
        ("encoded", .string(claim.encoded)),
        ("provenance", .text(claim.provenance?.rawValue)),
        ("notes", .strings(claim.notes)),
        ("line", .integer(claim.line)),
    ])
}

private func json(_ instance: Instance) -> JSONValue {
    .object([
        ("id", .string(instance.id)),
        ("family", .text(instance.family)),
        ("parameters", json(instance.parameters)),
        ("seed", instance.seed.map { .integer($0) } ?? .null),
    ])
}

private func json(_ family: Family) -> JSONValue {
    .object([
        ("name", .string(family.name)),
        ("members", .strings(family.members)),
        ("varied", .strings(family.varied)),
    ])
}
