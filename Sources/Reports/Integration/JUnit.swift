/// The JUnit XML of a run: a suite per theorem, a case per obligation.
///
/// As expected: passed, a refutation that the file expects too. Vacuous as expected: skipped. Anything else: failed, and an
/// undecided claim with its obstacle. A file that cannot be used, and an interrupt: an error.
public func junitDocument(of document: RunDocument) -> String {
    var suites = document.theorems.map(suite)
    suites += document.invalid.map(suite)
    if document.interrupted {
        let case_ = TestCase(
            classname: "flowbound", name: "interrupted", result: .error(kind: "interrupted", "the run was interrupted: obligations are missing, or undecided"))
        suites.append(TestSuite(name: "flowbound", cases: [case_]))
    }
    let cases = suites.flatMap(\.cases)
    let lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites\(attributes([("name", "flowbound")] + counts(cases)))>"]
    return (lines + suites.flatMap(\.lines) + ["</testsuites>"]).joined(separator: "\n") + "\n"
}

private struct TestSuite {
    let name: String
    var file: String?
    let cases: [TestCase]

    var lines: [String] {
        ["  <testsuite\(attributes([("name", name)] + counts(cases) + [("file", file)]))>"]
            + cases.flatMap(\.lines) + ["  </testsuite>"]
    }
}

private struct TestCase {
    enum Result {
        /// With what was certified.
        case passed(String)
        case skipped(String)
        case failure(kind: String, String)
        case error(kind: String, String)
    }

    let classname: String
    let name: String
    var file: String?
    var line: Int?
    let result: Result

    var lines: [String] {
        let head = attributes([("classname", classname), ("name", name), ("file", file), ("line", line.map(String.init))])
        let body: String
        switch result {
        case .passed(let text): body = text.isEmpty ? "" : "<system-out>\(escaped(text))</system-out>"
        case .skipped(let reason): body = "<skipped\(attributes([("message", reason)]))/>"
        case .failure(let kind, let text): body = problem("failure", kind, text)
        case .error(let kind, let text): body = problem("error", kind, text)
        }
        guard !body.isEmpty else { return ["    <testcase\(head)/>"] }
        return ["    <testcase\(head)>", "      \(body)", "    </testcase>"]
    }

    private func problem(_ element: String, _ kind: String, _ text: String) -> String {
        let first = text.split(separator: "\n").first.map(String.init)
        return "<\(element)\(attributes([("type", kind), ("message", first)]))>\(escaped(text))</\(element)>"
    }
}

private func counts(_ cases: [TestCase]) -> [(String, String?)] {
    var (failures, errors, skipped) = (0, 0, 0)
    for testCase in cases {
        switch testCase.result {
        case .passed: break
        case .skipped: skipped += 1
        case .failure: failures += 1
        case .error: errors += 1
        }
    }
    return [
        ("tests", String(cases.count)), ("failures", String(failures)), ("errors", String(errors)), ("skipped", String(skipped)),
    ]
}

private func suite(_ theorem: TheoremRecord) -> TestSuite {
    var cases = theorem.instances.flatMap { instance in
        instance.obligations.map { obligation in
            TestCase(
                classname: theorem.id, name: "\(obligation.claim) on \(instance.id)", file: theorem.file, line: obligation.line,
                result: result(obligation))
        }
    }
    for shortcoming in theorem.shortcomings {
        cases.append(
            TestCase(
                classname: theorem.id, name: shortcoming.message, file: theorem.file, line: shortcoming.line,
                result: .failure(kind: shortcoming.rule, shortcoming.message)))
    }
    return TestSuite(name: theorem.id, file: theorem.file, cases: cases)
}

private func result(_ obligation: ObligationRecord) -> TestCase.Result {
    if !obligation.asExpected { return .failure(kind: obligation.verdict.rawValue, obligation.account) }
    if obligation.verdict == .vacuous { return .skipped("vacuous: \(obligation.reason ?? "")") }
    return .passed(
        [obligation.verdictText, obligation.constantsText, obligation.marginText.isEmpty ? "" : "margin \(obligation.marginText)", obligation.reason ?? ""]
            .filter { !$0.isEmpty }.joined(separator: "; "))
}

private func suite(_ file: RunDocument.InvalidRecord) -> TestSuite {
    let cases = file.messages.map { message in
        let place = message.line.map { line in " at \(line)\(message.column.map { ":\($0)" } ?? "")" } ?? ""
        return TestCase(
            classname: file.file, name: "\(message.id ?? "unusable file")\(place)", file: message.file, line: message.line,
            result: .error(kind: message.id ?? "unusable-file", message.text))
    }
    return TestSuite(name: file.file, file: file.file, cases: cases)
}
