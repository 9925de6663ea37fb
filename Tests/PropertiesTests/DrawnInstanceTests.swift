import Bounds
import Checker
import Exact
import Properties
import Testing

private let ranges = """
    theorem t.ranges "No instance"
    parameter n : integer where n >= 6 and divides(6, n)
    parameter a : real where 0 < a < 1/n
    parameter b : real = 2*a where 0 < b < 1
    parameter k : integer where k in {2, 3}
    draw Z[1..3] ~ sign
    claim product "a n < 1" derived : a*n < 1 and b < 1 and k <= 3
    """

private func tested(drawing text: String) async throws -> TestResult {
    let source = try Theorem(text: text, name: "main.thm", drawing: true)
    var options = TestOptions()
    options.cases = 20
    return await test(source, options: options)
}

@Test func aFileWithoutInstancesIsDrawnFromItsRanges() async throws {
    let result = try await tested(drawing: ranges)
    #expect(result.cases.count == 20 && result.isAsExpected, "\(result.rejections)")
    for testCase in result.cases {
        let instance = testCase.candidate.instance
        #expect((instance.value(of: "n")! / 6).isInteger, "\(instance.summary)")
        #expect(instance.value(of: "a")! * instance.value(of: "n")! < 1, "\(instance.summary)")
    }
    let sizes = Set(result.cases.compactMap { $0.candidate.instance.value(of: "n") })
    #expect(sizes.count > 1, "\(sizes)")
    // Multiples are drawn, not met by chance.
    #expect(result.rejections.allSatisfy { !$0.reason.contains("divides") }, "\(result.rejections)")
}

@Test(arguments: [
    ("parameter a : real", "'a' has no range to draw one from"),
    ("parameter a : integer where a != 3", "'a' has no range to draw one from"),
])
func withoutARangeThereIsNothingToDrawFrom(declaration: String, message: String) {
    let text = "theorem t.none \"No range\"\n\(declaration)\nclaim any \"true\" derived : a = a\n"
    do throws(InvalidTheorem) {
        _ = try Theorem(text: text, name: "main.thm", drawing: true)
        Issue.record("it is accepted")
    } catch {
        #expect(error.diagnostics.map(\.id) == ["E0805"], "\(error)")
        #expect(error.diagnostics.contains { $0.message.contains(message) && $0.remedy != nil }, "\(error)")
    }
}

@Test func whatIsNotDrawnIsStillAnError() {
    #expect(throws: InvalidTheorem.self) { try Theorem(text: ranges, name: "main.thm") }
    #expect(throws: InvalidTheorem.self) { try Theorem(text: ranges + "\nclaim", name: "main.thm", drawing: true) }
}

@Test func claimsThatCountSeedsAreTested() async throws {
    let text = """
        theorem t.seeds "Signs"
        parameter n : integer where 1 <= n <= 12
        draw Z[1..n] ~ sign
        claim some "some seed has a positive first sign" derived : Z[1] = 1 for at least 1 of seeds 1..12
        claim all  "all seeds do" derived : Z[1] = 1 for at least 12 of seeds 1..12
        instance one n = 12, seed = 1
        """
    let result = try await tested(drawing: text)
    // A seed of the instance's own would change nothing.
    #expect(result.cases.count == 11 && result.ending == .exhausted)
    #expect(try result.tally("some").proved == result.cases.count)
    let all = try result.tally("all")
    #expect(all.refuted == result.cases.count && !all.failures.isEmpty)
    let failure = try #require(result.smallestFailures.first)
    let source = try Theorem(text: text, name: "main.thm")
    let shrunk = try shrink(failure.claim.claim, on: failure.testCase.candidate, of: source)
    #expect(shrunk.instance.value(of: "n") == 1, "\(shrunk.text)")
    let again = await verify(try theorem(shrunk.text)).instances.flatMap(\.obligations)
    #expect(again.count == 1 && again.allSatisfy(\.isAsExpected), "\(shrunk.text)")
}

@Test func seedsAreCountedOnTheDrawnTable() async throws {
    let text = """
        theorem t.counted "A table and signs"
        set doc = 1..3
        data X[doc] : integer in {1, 5}
        draw Z[doc] ~ sign
        claim small "the table is small" derived : all(i in doc) X[i]*Z[i]^2 <= 4 for at least 2 of seeds 1..3
        instance one X = [1, 1, 1], seed = 1
        """
    let result = try await tested(drawing: text)
    for testCase in result.cases {
        let hasFive = testCase.candidate.instance.tables["X"]?.description.contains("5") ?? false
        let verdict = testCase.result.obligations.first?.verdict
        if case .refuted? = verdict { #expect(hasFive) } else { #expect(!hasFive) }
    }
    #expect(try result.tally("small").refuted > 0)
}
