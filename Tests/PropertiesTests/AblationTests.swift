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

@Test func claimsOverABoxAreDecidedWithoutTheHypothesis() async throws {
    let text = """
        theorem t.box "A box of parameters"
        parameter a : real where 0 < a < 4
        parameter b : real where 0 <= b <= 1
        assume small : a <= 1
        claim below "a b <= 1 on the box" derived : a*b <= 1 for all b in [0, 1]
        claim sign  "a b > -1 on the box" derived : a*b > -1 for all b in [0, 1]
        instance half a = 1/2, b = 1/2
        """
    let report = try #require(await ablate(try theorem(text), cases: 6).hypotheses.first)
    let claims = Dictionary(report.claims.map { ($0.claim.id, $0) }) { first, _ in first }
    #expect(report.violations.count == 6)
    #expect(claims["below"]?.refuted == 6)
    #expect(claims["sign"]?.proved == 6)
}

@Test func ablationIsTheSameOnOneCoreAndOnThree() async throws {
    var summaries: [[String]] = []
    for jobs in [1, 3] {
        let result = await ablate(try theorem(decay), cases: 8, jobs: jobs)
        summaries.append(result.hypotheses.flatMap(\.violations).map(\.candidate.instance.summary))
    }
    #expect(summaries[0] == summaries[1])
}
