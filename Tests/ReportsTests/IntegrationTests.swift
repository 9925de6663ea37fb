import Checker
import Foundation
@testable import Reports
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

private func run(_ outcome: Outcome) throws -> RunDocument { try RunDocument(outcome) }

private func junit(_ outcome: Outcome) throws -> XMLElement {
    try #require(try XMLDocument(xmlString: junitDocument(of: run(outcome))).rootElement())
}

private func cases(_ root: XMLElement) throws -> [(name: String, class: String, kind: String)] {
    try root.nodes(forXPath: "//testcase").compactMap { $0 as? XMLElement }.map { element in
        let kinds = ["failure", "error", "skipped"].filter { !element.elements(forName: $0).isEmpty }
        return (
            element.attribute(forName: "name")?.stringValue ?? "", element.attribute(forName: "classname")?.stringValue ?? "",
            kinds.joined()
        )
    }
}

@Test func everyVerdictHasItsKindOfTestCase() throws {
    let refuted = Verdict.refuted(Counterexample(sentence: "3 > 2"))
    let undecided = Verdict.undecided(Obstacle(.precision, "too wide"))
    let table: [(String, TheoremResult, String)] = [
        ("proved", Sample.single(.proved(Evidence())), ""),
        ("refuted as expected", Sample.single(refuted, expected: .refuted), ""),
        ("refuted", Sample.single(refuted, met: false), "failure"),
        ("proved, refuted expected", Sample.single(.proved(Evidence()), expected: .refuted, met: false), "failure"),
        ("undecided", Sample.single(undecided, met: false), "failure"),
        ("undecided as expected", Sample.single(undecided, expected: .undecided), ""),
        ("vacuous by given", Sample.single(.vacuous("1 > 2 is false")), "skipped"),
        ("vacuous, not expected", Sample.single(.vacuous("1 > 2 is false"), expected: .proved, met: false), "failure"),
        ("consistent", Sample.single(.consistent(Evidence())), ""),
    ]
    for (what, result, kind) in table {
        let found = try cases(junit(Outcome(theorems: [result])))
        #expect(found.map(\.kind) == [kind], "\(what)")
        #expect(found.map(\.name) == ["a on k3"] && found.map(\.class) == ["incontext.theorem-3.1"], "\(what)")
    }
}

@Test func whatIsNoSuccessHasAFailingCase() throws {
    let vacuous = Sample.theorem(Sample.single(.vacuous("false")).instances, emptiness: ["claim a is vacuous on every instance: nothing is verified"])
    for outcome in [Outcome(theorems: [vacuous]), Outcome(theorems: [Sample.theorem([])]), Sample.everything] {
        #expect(outcome.exitStatus != 0)
        #expect(try cases(junit(outcome)).contains { $0.kind == "failure" || $0.kind == "error" })
    }
    #expect(try cases(junit(Outcome(theorems: [], interrupted: true))).map(\.kind) == ["error"])
}

@Test func aFileThatCannotBeUsedIsAnError() throws {
    let found = try cases(junit(Outcome(invalid: Sample.everything.invalid)))
    #expect(found.map(\.kind) == ["error", "error"])
    #expect(found.map(\.name) == ["E0301 at 2:7", "unusable file"])
}

@Test func theCountsAreThoseOfTheCases() throws {
    let root = try junit(Sample.everything)
    let found = try cases(root)
    func count(_ name: String) -> Int? { root.attribute(forName: name)?.stringValue.flatMap { Int($0) } }
    #expect(count("tests") == found.count)
    #expect(count("failures") == found.count { $0.kind == "failure" })
    #expect(count("errors") == found.count { $0.kind == "error" })
    #expect(count("skipped") == found.count { $0.kind == "skipped" })
}

// MARK: SARIF

@Test func sarifPointsAtTheClaims() throws {
    let text = sarifDocument(of: try run(Sample.everything)).serialized()
    let root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(root["version"] as? String == "2.1.0")
    let first = try #require((root["runs"] as? [[String: Any]])?.first)
    let driver = try #require((first["tool"] as? [String: Any])?["driver"] as? [String: Any])
    let rules = try #require(driver["rules"] as? [[String: Any]]).compactMap { $0["id"] as? String }
    let results = try #require(first["results"] as? [[String: Any]])
    #expect(Set(rules).count == rules.count)
    for result in results {
        let index = try #require(result["ruleIndex"] as? Int)
        #expect(rules[index] == result["ruleId"] as? String)
        #expect(["error", "warning", "note"].contains(result["level"] as? String))
    }
    let fingerprints = results.compactMap { ($0["partialFingerprints"] as? [String: String])?["obligation/v1"] }
    #expect(Set(fingerprints).count == results.count)
    let refuted = try #require(results.first { $0["ruleId"] as? String == "refuted" })
    let location = try #require((refuted["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any])
    #expect((location["region"] as? [String: Int]) == ["startLine": 4, "startColumn": 1])
    let unusable = try #require(results.first { $0["ruleId"] as? String == "E0301" })
    let file = try #require((unusable["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any])
    #expect((file["artifactLocation"] as? [String: String]) == ["uri": "a%2Cb.thm"])
}

@Test func aSuccessHasNoResultsInSarif() throws {
    let refuted = Sample.single(.refuted(Counterexample(sentence: "3 > 2")), expected: .refuted)
    for theorem in [Sample.single(.proved(Evidence())), refuted] {
        #expect(try run(Outcome(theorems: [theorem])).findings.isEmpty)
    }
}

@Test(arguments: [
    ("theorems/a.thm", "theorems/a.thm"), ("/tmp/a b.thm", "file:///tmp/a%20b.thm"), ("ä#?.thm", "%C3%A4%23%3F.thm"),
])
func pathsAreURIReferences(path: String, uri: String) {
    #expect(uriReference(of: path) == uri)
}

// MARK: GitHub

@Test func annotationsAreOneLineEachAndEscaped() throws {
    let document = try run(Sample.everything)
    let lines = githubAnnotations(of: document).split(separator: "\n")
    #expect(lines.count == document.findings.count)
    for line in lines {
        let match = try #require(line.wholeMatch(of: /::(error|warning|notice) (?<properties>.*?)::(?<message>.*)/), "\(line)")
        for property in match.output.properties.split(separator: ",") {
            #expect(property.wholeMatch(of: /(file|line|col|title)=[^,:]*/) != nil, "\(property)")
        }
        #expect(String(line).matches(of: /%(?!25|0A|0D|3A|2C)/).isEmpty, "\(line)")
    }
    #expect(lines.first?.hasPrefix("::error file=a%2Cb.thm,line=2,col=7,title=E0301::unknown name 'los'; did you mean 'loss'?") == true)
    let last = try #require(lines.last)
    #expect(last.hasPrefix("::notice "), "what fails the run comes first: only ten annotations are shown")
}

@Test func aReportHoldsNoCommands() {
    let text = withoutWorkflowCommands("a\n  ::stop-commands::x\nb ::error::c\n##[group]d\n")
    #expect(text == "a\n|   ::stop-commands::x\nb ::error::c\n| ## [group]d\n")
}

@Test func theSummaryIsShortEnough() throws {
    var instances: [InstanceResult] = []
    for number in 0..<4000 {
        var instance = InstanceResult(id: "instance\(number)", isFamily: false, parameters: [], seed: nil)
        instance.obligations = [Sample.obligation(Sample.phaseOne, .proved(Evidence())), Sample.obligation(Sample.tail, .proved(Evidence(constants: [Sample.constant("C", 1, 2)]))), Sample.obligation(Sample.counts, .vacuous(String(repeating: "x", count: 200)))]
        instances.append(instance)
    }
    let summary = githubSummary(of: try run(Outcome(theorems: [Sample.theorem(instances)])))
    #expect(summary.utf8.count < 1 << 20 && summary.contains("12000 obligations"))
}
