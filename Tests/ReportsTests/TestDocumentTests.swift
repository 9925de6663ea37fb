import Bounds
import Checker
import Foundation
import Properties
import Reports
import Syntax
import Testing

private let text = """
    theorem t.tables "Tables, constants, failures and doubts"
    parameter n : integer where 2 <= n <= 6
    parameter a : real where 0 < a < 2
    assume small : a != 1
    set doc = 1..n
    data text[doc] : integer in doc
    draw Z[doc] ~ sign
    state x = 1
    flow x' = -a*x
    stop at 1
    claim order  "the first word is the smallest" derived : all(i in doc) text[1] <= text[i]
    claim rate   "x <= C exp(-a t)" derived : always x <= C*exp(-a*t) for some C where C <= 2
    claim exact  "not decided" derived : at end : x = exp(-a)
    instance one n = 3, text = [1, 2, 3], seed = 1, a = 1/2
    """

@Test func theDocumentOfATestFitsItsSchema() async throws {
    let theorem = try Theorem(text: text, name: "main.thm")
    var options = TestOptions()
    options.cases = 12
    let result = await test(theorem, options: options)
    let failure = try #require(result.smallestFailures.first)
    let shrunk = try shrink(failure.claim.claim, on: failure.testCase.candidate, of: theorem)
    let baseline = try #require(Baseline(of: result, on: theorem))
    let comparison = try baseline.compare(with: theorem, tolerance: 0, seconds: nil)
    let files = [InvalidFile(file: "b.thm", messages: [.init("no such file", file: "b.thm")])]
    let document = jsonDocument(
        of: [result], counterexamples: [(shrunk, nil)], comparison: comparison, invalid: files, exitStatus: 1)

    func page(_ path: String) throws -> [String: Any] {
        let text = try String(contentsOfFile: path, encoding: .utf8).replacingOccurrences(of: "schema.json#/", with: "#/")
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }
    var root = try page("docs/test-schema.json")
    // Obligations are those of `verify`.
    let shared = try #require(try page("docs/schema.json")["$defs"] as? [String: Any])
    root["$defs"] = shared.merging(root["$defs"] as? [String: Any] ?? [:]) { $1 }
    let value = try JSONSerialization.jsonObject(with: Data(document.serialized().utf8))
    let problems = Schema(root: root).problems(value, root, at: "$")
    #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
}

@Test func theStatusOfATestIsWorstFirst() async throws {
    let theorem = try Theorem(text: text, name: "main.thm")
    func status(_ only: [String]) async -> Int32 {
        var options = TestOptions()
        options.cases = 8
        options.only = only
        return exitStatus(of: [await test(theorem, options: options)], invalid: false)
    }
    #expect(await status(["rate"]) == 0)
    #expect(await status(["rate", "exact"]) == 2)
    #expect(await status(["order", "exact"]) == 1)
    #expect(exitStatus(of: [TestResult](), invalid: false) == 2)
    #expect(exitStatus(of: [TestResult](), invalid: true) == 3)
}
