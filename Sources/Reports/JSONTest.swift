import Bounds
import Checker
import Exact
import Properties

/// The document of `test --json`: docs/test-schema.json.
public func jsonDocument(
    of tests: [TestResult], counterexamples: [(shrunk: ShrunkCounterexample, file: String?)] = [],
    comparison: BaselineComparison? = nil, invalid: [InvalidFile], exitStatus: Int32
) -> JSONValue {
    .object(
        documentHead + [
            ("kind", .string("test")),
            ("theorems", .array(tests.map(json))),
            ("counterexamples", .array(counterexamples.map { json($0.shrunk, $0.file) })),
            ("baseline", comparison.map(json) ?? .null),
            ("invalid", .array(invalid.map(json))),
            ("exitStatus", .integer(Int(exitStatus))),
        ])
}

private func json(_ test: TestResult) -> JSONValue {
    .object([
        ("id", .string(test.id)),
        ("title", .string(test.title)),
        ("file", .string(test.file)),
        ("seed", .integer(test.seed)),
        ("asked", .integer(test.asked)),
        ("draws", .integer(test.draws)),
        ("decided", .integer(test.decided)),
        (
            "rejected",
            .array(test.rejections.map { .object([("reason", .string($0.reason)), ("count", .integer($0.count))]) })
        ),
        (
            "held",
            .array(test.held.map { .object([("parameter", .string($0.parameter)), ("reason", .string($0.reason))]) })
        ),
        ("leftOut", .strings(test.leftOut)),
        ("ending", .string(test.ending.name)),
        ("explanation", .text(test.ending.explanation(test).first)),
        ("claims", .array(test.claims.map { json($0, test) })),
        ("cases", .array(test.cases.map(json))),
        ("asExpected", .boolean(test.isAsExpected)),
    ])
}

private func json(_ claim: ClaimTally, _ test: TestResult) -> JSONValue {
    .object([
        ("claim", .string(claim.claim.id)),
        ("expected", .text(claim.expected?.rawValue)),
        ("proved", .integer(claim.proved)),
        ("refuted", .integer(claim.refuted)),
        ("undecided", .integer(claim.undecided)),
        ("vacuous", .integer(claim.vacuous)),
        ("late", .integer(claim.late)),
        (
            "tightest",
            claim.tightest.map { tightest in
                .object(
                    ends(tightest.margin.value) + [
                        ("time", json(tightest.margin.time)), ("case", .integer(tightest.position)),
                    ])
            } ?? .null
        ),
        (
            "constants",
            .array(
                claim.constants.map { constant in
                    .object(
                        [("name", .string(constant.name)), ("holdsAbove", .boolean(constant.holdsAbove))]
                            + ends(constant.values)
                            + [("case", .integer(constant.worst))])
                })
        ),
        ("failures", .array(claim.failures.map { .integer($0) })),
        ("doubts", .array(claim.doubts.map { .integer($0) })),
    ])
}

private func json(_ testCase: TestCase) -> JSONValue {
    let instance = testCase.candidate.instance
    return .object([
        ("draw", .integer(testCase.candidate.number)),
        ("near", .string(testCase.candidate.base.id)),
        ("parameters", json(instance.parameters)),
        ("seed", instance.seed.map { .integer($0) } ?? .null),
        ("tables", .object(instance.tables.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value.description)) })),
        ("givenUp", .boolean(testCase.isCut)),
        ("bits", .integer(testCase.result.bits)),
        ("steps", .integer(testCase.result.steps)),
        ("obligations", .array(testCase.result.obligations.map(json))),
        ("alarms", .strings(testCase.result.alarms)),
    ])
}

private func json(_ shrunk: ShrunkCounterexample, _ file: String?) -> JSONValue {
    .object([
        ("claim", .string(shrunk.claim.id)),
        ("file", .text(file)),
        ("parameters", json(shrunk.instance.parameters)),
        ("seed", shrunk.instance.seed.map { .integer($0) } ?? .null),
        ("sentence", .string(shrunk.counterexample.sentence)),
        ("text", .string(shrunk.text)),
    ])
}

private func json(_ comparison: BaselineComparison) -> JSONValue {
    .object([
        ("compared", .integer(comparison.compared)),
        ("fileChanged", .boolean(comparison.isFileChanged)),
        ("worse", .strings(comparison.regressions)),
        ("open", .strings(comparison.open)),
    ])
}

extension TestResult.Ending {
    fileprivate var name: String {
        switch self {
        case .complete: "complete"
        case .exhausted: "exhausted"
        case .rejections: "rejections"
        case .outOfTime: "out of time"
        case .interrupted: "interrupted"
        case .impossible: "impossible"
        }
    }
}
