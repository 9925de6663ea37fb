import Bounds
import Checker
import Foundation
import Syntax
import Testing

@testable import Reports

@Test func everyMessageOfTheReferenceIsExplained() throws {
    let reference = try String(contentsOfFile: "docs/language.md", encoding: .utf8)
    let ids = reference.matches(of: /(?m)^\| ([EW]0\d\d\d) \|/).map { String($0.output.1) }
    #expect(ids.count > 70)
    #expect(ErrorExplanation.all.map(\.id) == ids)
}

/// The example of an explanation has its error, and no other.
@Test(arguments: ErrorExplanation.all.map(\.id))
func theExampleHasTheError(_ id: String) throws {
    let explanation = try #require(ErrorExplanation.about(id))
    let messages = explanation.example.messages
    #expect(messages.map(\.diagnostic.id) == [id], "\(messages.map(\.text).joined(separator: "\n"))")
    #expect(messages.allSatisfy { $0.diagnostic.remedy != nil }, "\(id)")
    let text = explanation.text()
    #expect(text.hasPrefix("\(id)  ") && messages.allSatisfy { text.contains($0.diagnostic.message.prefix(20)) }, "\(text)")
}

@Test func everyWordIsExplained() {
    #expect(Set(explainableWords).count == explainableWords.count)
    for word in explainableWords {
        for spelling in [word, word.lowercased(), word.uppercased()] {
            let text = explanation(ofWord: spelling) ?? ""
            #expect(text.lowercased().hasPrefix(word.lowercased() + "  "), "\(word): \(text)")
            #expect(text.split(separator: "\n").allSatisfy { $0.count <= 160 }, "\(text)")
        }
    }
    #expect(explanation(ofWord: "E9999") == nil)
    #expect(explanation(ofWord: "") == nil)
}

@Test(arguments: TheoremTemplate.allCases)
func aTemplateVerifiesAtOnce(_ template: TheoremTemplate) async throws {
    let theorem = try Theorem(text: template.text, name: "\(template.rawValue).thm")
    #expect(theorem.warnings.isEmpty)
    let result = await theorem.verify()
    // So few steps, at so few bits, take a tenth of a second.
    #expect(result.instances.reduce(0) { $0 + $1.steps } <= 1000)
    #expect(result.instances.allSatisfy { $0.bits <= 256 })
    #expect(exitStatus(of: [result], invalid: false) == ExitStatus.asExpected)
    let verdicts = Set(result.instances.flatMap(\.obligations).map(\.verdict.kind))
    #expect(verdicts == [.proved, .consistent, .refuted])
}

/// The comments of a template name each construction that a beginner needs.
@Test(arguments: TheoremTemplate.allCases)
func aTemplateTeaches(_ template: TheoremTemplate) {
    var words = ["source", "parameter", "where", "state", "let", "assume", "claim", "for some C", "note", "instance", "family", "expect"]
    if template != .check { words += ["event", "stop at", "always", "at T :|at end :", "show", "on [0, T]|on [T, end]"] }
    for word in words {
        #expect(word.split(separator: "|").contains { template.text.contains($0) }, "\(template): \(word)")
    }
    #expect(template.text.split(separator: "\n").allSatisfy { $0.count <= 120 })
}

@Test func theSelfTestPasses() async {
    let checks = await selfTest()
    #expect(checks.count >= 15)
    for check in checks { #expect(check.passed, "\(check.name): \(check.finding)") }
}

private let sample = """
    theorem sample.steps "A sample"
    source "A paper" "Lemma 2" stated
    parameter eta : real where 0 < eta < 1
    state x = 1
    map next(x) = (1 - eta)*x
    stop at 10 steps
    event T = first t where x <= 1/2
    assume slow : eta <= 1/2
    claim decay "x decays" : always on [0, T] : x <= C*exp(-eta*t) for some C where C <= 2
    note "in steps"
    claim late "late" recalled given T > 3 : always while x >= 1/4 : x >= 0
    instance a eta = 1/4
    family f eta in [1/10, 1/5, 1/3]
    claim grow "T grows" derived : growth of T in eta over f within [-2, 0]
    expect late vacuous on a

    """

@Test func aClaimIsExplainedWithAllItsParts() throws {
    let theorem = try Theorem(text: sample, name: "sample.thm")
    func words(_ id: String) throws -> String {
        try #require(explanation(ofClaim: id, in: theorem)).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    let decay = try words("decay")
    for part in [
        "\"x decays\"", "sample.thm, line 9", "stated: The paper states it so", "A paper, Lemma 2", "Note: in steps",
        "always on [0, T] : x <= C*exp(-eta*t) for some C where C <= 2", "all steps 0, 1, 2, ..., on [0, T]",
        "'for some C where C <= 2': the constant is solved for", "assume slow eta <= 1/2", "or the interval is certainly empty",
        "No constant that meets its 'where'", "a eta = 1/4: proved", "f[eta=1/10] eta = 1/10: proved",
        "flowbound verify sample.thm --only decay",
    ] { #expect(decay.contains(part), "\(part) in \(decay)") }
    let late = try words("late")
    for part in [
        "recalled: Written from memory", "given T > 3", "'while x >= 1/4': an instant t counts", "a eta = 1/4: vacuous, as 'expect' says",
    ] { #expect(late.contains(part), "\(part) in \(late)") }
    #expect(try words("grow").contains("f f[eta=1/10], f[eta=1/5], f[eta=1/3]: consistent"))
    #expect(explanation(ofClaim: "decays", in: theorem) == nil)
}

@Test func aTheoremIsExplained() throws {
    let text = explanation(of: try Theorem(text: sample, name: "sample.thm"))
    for part in ["sample.steps  A sample", "map next(x) = (1 - eta)*x", "slow", "\"x decays\"", "f[eta=1/5]", "flowbound verify sample.thm"] {
        #expect(text.contains(part), "\(part) in \(text)")
    }
}
