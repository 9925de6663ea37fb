import Bounds
import Checker
import Exact
import Properties
import Testing

@Test func aClaimThatNeedsItsHypothesisIsRefutedWithoutIt() async throws {
    let result = await ablate(try theorem(decay), cases: 8)
    let report = try #require(result.hypotheses.first)
    #expect(report.hypothesis == .assumption("order"))
    #expect(report.violations.count == 8)
    for testCase in report.violations {
        let instance = testCase.candidate.instance
        #expect(instance.value(of: "b")! >= instance.value(of: "a")!, "\(instance.summary)")
    }
    let claims = Dictionary(report.claims.map { ($0.claim.id, $0) }) { first, _ in first }
    #expect(claims["needs"]?.refuted == 8)
    #expect(claims["down"]?.proved == 8)
}

@Test func givenIsDroppedFromItsClaimAlone() async throws {
    let text = """
        theorem t.given "Hypotheses of claims"
        parameter a : real where a > 0
        claim square "a^2 < a" derived given a < 1 : a^2 < a
        claim idle   "a > 0" derived given a > 2 : a > 0
        instance small a = 1/2
        instance large a = 3
        """
    let result = await ablate(try theorem(text), cases: 6)
    #expect(result.hypotheses.map(\.hypothesis) == [.given(claim: "square"), .given(claim: "idle")])
    for report in result.hypotheses {
        #expect(report.claims.count == 1)
        #expect(!report.violations.isEmpty)
    }
    #expect(result.hypotheses[0].claims[0].failures.count > 0)
    #expect(result.hypotheses[1].claims[0].proved == result.hypotheses[1].violations.count)
}
