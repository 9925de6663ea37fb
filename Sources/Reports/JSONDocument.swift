import Bounds
import Checker
import Exact
import Syntax

/// The document of `verify --json`, version 1 of the schema: docs/schema.json. The keys are a contract; keys may be
/// added, none changes its meaning.
public func jsonDocument(of outcome: Outcome) -> JSONValue {
    let counts = VerdictCounts(of: outcome.theorems)
    return .object(
        documentHead + [
            ("command", .strings(outcome.command)),
            ("libraries", .object(arithmeticLibraries.map { ($0.name, .string($0.version)) })),
            ("theorems", .array(outcome.theorems.map(json))),
            ("invalid", .array(outcome.invalid.map(json))),
            ("interrupted", .boolean(outcome.interrupted)),
            ("exitStatus", .integer(Int(outcome.exitStatus))),
            (
                "summary",
                .object([
                    ("proved", .integer(counts.proved)),
                    ("refuted", .integer(counts.refuted)),
                    ("undecided", .integer(counts.undecided)),
                    ("vacuous", .integer(counts.vacuous)),
                    ("consistent", .integer(counts.consistent)),
                    ("asExpected", .integer(counts.asExpected)),
                    ("obligations", .integer(counts.obligations)),
                ])
            ),
        ])
}

/// What every document starts with.
let documentHead: [(key: String, value: JSONValue)] = [
    ("schema", .integer(1)), ("tool", .string("flowbound")), ("version", .string(flowboundVersion)),
]

private func json(_ theorem: TheoremResult) -> JSONValue {
    .object([
        ("id", .string(theorem.id)),
        ("title", .string(theorem.title)),
        ("file", .string(theorem.file)),
        ("provenance", .text(theorem.sources.first?.provenance.rawValue)),
        ("sources", .array(theorem.sources.map(json))),
        ("notes", .strings(theorem.notes)),
        ("instances", .array(theorem.instances.map(json))),
        ("warnings", .array(theorem.warnings.map { json(InvalidFile.Message($0, source: theorem.files[$0.file])) })),
        ("emptiness", .strings(theorem.emptiness)),
        ("asExpected", .boolean(theorem.isAsExpected)),
    ])
}

private func json(_ instance: InstanceResult) -> JSONValue {
    let run: [(key: String, value: JSONValue)] = [
        ("id", .string(instance.id)),
        ("isFamily", .boolean(instance.isFamily)),
        ("parameters", json(instance.parameters)),
        ("seed", instance.seed.map { .integer($0) } ?? .null),
        ("dimension", .integer(instance.dimension)),
        ("steps", .integer(instance.steps)),
        ("bits", .integer(instance.bits)),
        ("unit", .string(instance.clock.rawValue)),
        ("horizon", json(instance.horizon)),
    ]
    let found: [(key: String, value: JSONValue)] = [
        ("events", .array(instance.events.map { json($0) })),
        ("observations", .array(instance.observations.map { json($0) })),
        ("obligations", .array(instance.obligations.map { json($0) })),
        ("rungs", .array(instance.rungs.map { json($0) })),
        ("alarms", .strings(instance.alarms)),
        ("profile", .array(instance.profile.map { json($0) })),
        ("portrait", json(instance.portrait)),
    ]
    return .object(run + found)
}

private func json(_ event: EventResult) -> JSONValue {
    .object(
        [("name", .string(event.name)), ("status", .string(event.status.rawValue))]
            + ends(event.time) + [("obstacle", json(event.obstacle))])
}

private func json(_ observation: Observation) -> JSONValue {
    .object(
        [("quantity", .string(observation.quantity)), ("at", .text(observation.at))]
            + ends(observation.value) + [("obstacle", json(observation.obstacle))])
}

private func json(_ rung: RungLog) -> JSONValue {
    .object([
        ("bits", .integer(rung.bits)),
        ("steps", .integer(rung.steps)),
        ("radius", json(rung.radius)),
        ("undecided", .integer(rung.undecided)),
        ("reason", .text(rung.reason)),
    ])
}

func json(_ file: InvalidFile) -> JSONValue {
    .object([("file", .string(file.file)), ("messages", .array(file.messages.map(json)))])
}

private func json(_ message: InvalidFile.Message) -> JSONValue {
    .object([
        ("id", .text(message.id)),
        ("file", .string(message.file)),
        ("line", message.line.map { .integer($0) } ?? .null),
        ("column", message.column.map { .integer($0) } ?? .null),
        ("message", .string(message.text)),
        ("remedy", .text(message.remedy)),
    ])
}
