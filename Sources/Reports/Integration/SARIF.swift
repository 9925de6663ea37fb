/// The findings of a run in SARIF 2.1.0 (OASIS), as code scanning reads it: what counts against success is an error, a
/// warning of a file a warning, and an accepted verdict that shows nothing a note. What is proved has no result.
public func sarifDocument(of document: RunDocument) -> JSONValue {
    let findings = document.findings
    let rules = rules(of: findings)
    let positions = Dictionary(rules.enumerated().map { ($0.element.id, $0.offset) }) { first, _ in first }
    return .object([
        ("$schema", .string("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")),
        ("version", .string("2.1.0")),
        (
            "runs",
            .array([
                .object([
                    ("tool", .object([("driver", driver(document, rules))])),
                    ("invocations", .array([invocation(document)])),
                    ("columnKind", .string("unicodeCodePoints")),
                    ("results", .array(findings.map { result($0, positions[$0.rule] ?? 0) })),
                ])
            ])
        ),
    ])
}

private struct Rule {
    let id: String
    let text: String
    var level = Finding.Level.error
}

/// Every verdict and every other kind of finding that has no id of its own.
private let fixedRules = [
    Rule(id: "proved", text: "A claim is proved that the file expects to fail."),
    Rule(id: "refuted", text: "The opposite of a claim was enclosed."),
    Rule(id: "undecided", text: "A claim could be neither proved nor refuted."),
    Rule(id: "vacuous", text: "A hypothesis is certainly false: there was nothing to prove.", level: .note),
    Rule(id: "consistent", text: "A statement fits every member of a family though the file expects it to fail."),
    Rule(id: "nothing-verified", text: "A theorem file verifies less than it says."),
    Rule(id: "alarm", text: "Something is wrong with a run."),
    Rule(id: "unusable-file", text: "A file cannot be used."),
]

private func rules(of findings: [Finding]) -> [Rule] {
    let known = Set(fixedRules.map(\.id))
    let messages = findings.filter { !known.contains($0.rule) }
    let ids = Set(messages.map(\.rule)).sorted()
    return fixedRules + ids.map { id in
        let isWarning = messages.contains { $0.rule == id && $0.level == .warning }
        return Rule(
            id: id, text: "\(isWarning ? "Warning" : "Error") \(id) of a theorem file: see the table in docs/language.md.",
            level: isWarning ? .warning : .error)
    }
}

private func driver(_ document: RunDocument, _ rules: [Rule]) -> JSONValue {
    .object([
        ("name", .string("flowbound")),
        ("version", .string(document.version)),
        (
            "rules",
            .array(
                rules.map { rule in
                    .object([
                        ("id", .string(rule.id)),
                        ("shortDescription", .object([("text", .string(rule.text))])),
                        ("defaultConfiguration", .object([("level", .string(rule.level.rawValue))])),
                    ])
                })
        ),
    ])
}

private func invocation(_ document: RunDocument) -> JSONValue {
    var members: [(key: String, value: JSONValue)] = [
        ("executionSuccessful", .boolean(!document.interrupted)), ("exitCode", .integer(document.exitStatus)),
    ]
    if let command = document.command, !command.isEmpty { members.append(("commandLine", .string(commandLine(command)))) }
    return .object(members)
}

private func result(_ finding: Finding, _ rule: Int) -> JSONValue {
    var location: [(key: String, value: JSONValue)] = [("physicalLocation", place(finding))]
    if let claim = finding.claim {
        location.append(("logicalLocations", .array([.object([("fullyQualifiedName", .string(claim))])])))
    }
    return .object([
        ("ruleId", .string(finding.rule)),
        ("ruleIndex", .integer(rule)),
        ("level", .string(finding.level.rawValue)),
        ("message", .object([("text", .string("\(finding.title)\n\(finding.message)"))])),
        ("locations", .array([.object(location)])),
        ("partialFingerprints", .object([("obligation/v1", .string(finding.identity))])),
    ])
}

private func place(_ finding: Finding) -> JSONValue {
    var members: [(key: String, value: JSONValue)] = [
        ("artifactLocation", .object([("uri", .string(uriReference(of: finding.file)))]))
    ]
    if let line = finding.line {
        let column: [(key: String, value: JSONValue)] = finding.column.map { [("startColumn", .integer($0))] } ?? []
        members.append(("region", .object([("startLine", .integer(line))] + column)))
    }
    return .object(members)
}

/// A path as a URI reference: relative as it is, absolute with the scheme `file`; bytes that a URI cannot hold are encoded.
func uriReference(of path: String) -> String {
    let kept = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/".utf8)
    let encoded = path.utf8.map { byte in
        if kept.contains(byte) { return String(UnicodeScalar(byte)) }
        let digits = String(byte, radix: 16, uppercase: true)
        return "%" + (digits.count < 2 ? "0" : "") + digits
    }.joined()
    return path.hasPrefix("/") ? "file://\(encoded)" : encoded
}
