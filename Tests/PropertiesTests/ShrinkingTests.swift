import Bounds
import Checker
import Exact
@testable import Properties
import Syntax
import Testing

private func shrunk(_ text: String, _ claim: String) throws -> ShrunkCounterexample {
    let source = try theorem(text)
    let base = try #require(source.instances.first)
    let description = try #require(source.claims.first { $0.id == claim })
    return try shrink(description, on: Candidate(of: base, in: source), of: source)
}

/// The file of a counterexample, verified: all as expected, the claim refuted.
private func replay(_ found: ShrunkCounterexample) async throws {
    let result = await verify(try theorem(found.text))
    let obligations = result.instances.flatMap(\.obligations)
    #expect(obligations.count == 1, "\(found.text)")
    for obligation in obligations {
        #expect(obligation.isAsExpected && obligation.expected == .refuted, "\(found.text)")
        guard case .refuted = obligation.verdict else { return #expect(Bool(false), "\(found.text)") }
    }
}

@Test func aPlantedFailureIsFound() async throws {
    let result = try await tested(squares, cases: 12)
    let line = try result.tally("line")
    #expect(!line.failures.isEmpty && !result.isAsExpected)
    for position in line.failures { #expect(result.cases[position].candidate.instance.value(of: "n")! >= 7) }
    #expect(try result.tally("fine").failures.isEmpty)
}

@Test func theSmallestIntegerIsFound() async throws {
    let found = try shrunk(squares, "line")
    #expect(found.instance.value(of: "n") == 7, "\(found.text)")
    try await replay(found)
}

@Test func theRunIsShortened() async throws {
    let found = try shrunk(squares, "slow")
    #expect(found.instance.value(of: "n") == 1, "\(found.text)")
    // The claim fails right after t = 6.
    #expect(found.text.contains("stop at 13/2\n"), "\(found.text)")
    #expect(!found.text.contains("claim fine"), "\(found.text)")
    try await replay(found)
}

@Test func fractionsBecomeSimple() async throws {
    let text = """
        theorem t.fraction "A claim that fails above 1/3"
        parameter a : real where 0 < a < 1
        claim small "a <= 1/3" derived : a <= 1/3
        instance one a = 617/1000
        """
    let found = try shrunk(text, "small")
    #expect(found.instance.value(of: "a") == Rational(1, 2), "\(found.text)")
    try await replay(found)
}

@Test func rowsOfDataGo() async throws {
    let text = """
        theorem t.rows "No document has word 9"
        parameter n : integer where n >= 1
        set doc = 1..n
        set word = 1..9
        data text[doc] : integer in word
        claim none "no nines" derived : all(i in doc) text[i] != 9
        instance one n = 6, text = [1, 2, 3, 9, 4, 5]
        """
    let found = try shrunk(text, "none")
    #expect(found.instance.value(of: "n") == 1, "\(found.text)")
    #expect(found.text.contains("text = [9]"), "\(found.text)")
    try await replay(found)
}

@Test func seedsBecomeSmall() async throws {
    let text = """
        theorem t.seeds "Some draw is negative"
        draw Z[1..4] ~ sign
        claim positive "no sign is negative" derived : all(i in 1..4) Z[i] = 1
        instance one seed = 977
        """
    let found = try shrunk(text, "positive")
    #expect((found.instance.seed ?? 0) <= 3, "\(found.text)")
    try await replay(found)
}

@Test func aProvedClaimHasNoCounterexample() throws {
    #expect(throws: ShrinkingFailure.self) { _ = try shrunk(squares, "fine") }
}

@Test(arguments: [
    (Rational(1, 3), Rational(1, 2), Rational(1, 2)), (Rational(7, 5), Rational(12, 5), Rational(2)),
    (Rational(31, 10), Rational(32, 10), Rational(16, 5)), (Rational(0), Rational(1, 9), Rational(0)),
])
func theSimplestFraction(low: Rational, high: Rational, expected: Rational) {
    #expect(Rational.simplest(from: low, to: high) == expected)
}

@Test func listsBecomeShort() async throws {
    let text = """
        theorem t.lists "No document has word 9"
        parameter n : integer where n >= 1
        set doc = 1..n
        set word = 1..9
        data text[doc] : list of word
        claim none "no nines" derived : all(i in doc) all(p in 1..length(text[i])) text[i][p] != 9
        instance one n = 2, text = [[1, 2], [3, 9, 4, 5]]
        """
    let found = try shrunk(text, "none")
    #expect(found.text.contains("text = [[9]]"), "\(found.text)")
    try await replay(found)
}

@Test func aLateRowIsKept() async throws {
    let text = """
        theorem t.late "No nines"
        parameter n : integer where n >= 1
        set doc = 1..n
        data X[doc] : integer in 1..9
        claim none "no nines" derived : all(i in doc) X[i] != 9
        instance one n = 20, X = [1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 9]
        """
    let found = try shrunk(text, "none")
    #expect(found.instance.value(of: "n") == 1, "\(found.text)")
    try await replay(found)
}

@Test func aRunIsCutAfterTheMomentThatCounts() async throws {
    let text = """
        theorem t.moment "A claim at one time"
        parameter a : real where a > 0
        state x = 0
        flow x' = a
        stop at 1000
        event passed = first t where x >= 3
        claim early "x(2) <= 1" derived : at 2 : x <= 1
        claim late  "the time is at least 5" derived : passed >= 5
        instance one a = 1
        """
    for (claim, latest) in [("early", Rational(125)), ("late", Rational(125))] {
        let found = try shrunk(text, claim)
        let line = try #require(found.text.split(separator: "\n").first { $0.hasPrefix("stop at ") })
        let end = try #require(Rational(parsing: String(line.dropFirst(8))))
        #expect(end <= latest, "\(found.text)")
        try await replay(found)
    }
}

@Test func multiplesStayMultiples() async throws {
    let text = """
        theorem t.multiples "Fails from 24 on"
        parameter n : integer where n >= 6 and divides(6, n)
        claim small "n < 20" derived : n < 20
        instance one n = 600
        """
    let found = try shrunk(text, "small")
    #expect(found.instance.value(of: "n") == 24, "\(found.text)")
    try await replay(found)
}

@Test func entriesStayInTheirSet() async throws {
    let text = """
        theorem t.entries "Entries of a set"
        set doc = 1..3
        data X[doc] : integer in {1, 5, 7}
        claim small "below 5" derived : all(i in doc) X[i] <= 4
        instance one X = [7, 5, 7]
        """
    let found = try shrunk(text, "small")
    #expect(found.text.contains("X = [1, 1, 5]"), "\(found.text)")
    try await replay(found)
}
