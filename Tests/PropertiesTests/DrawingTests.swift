import Bounds
import Checker
import Exact
import Properties
import Testing

@Test func everyCaseMeetsTheConditions() async throws {
    let result = try await tested(decay, cases: 40)
    #expect(result.cases.count == 40)
    for testCase in result.cases {
        let instance = testCase.candidate.instance
        let (a, b) = (try #require(instance.value(of: "a")), try #require(instance.value(of: "b")))
        #expect(a > 0 && a <= 8 && b > 0 && b <= 1 && b < a, "\(instance.summary)")
    }
    let keys = Set(result.cases.map(\.candidate.instance.summary))
    #expect(keys.count == 40, "no case is drawn twice")
}

@Test func aTrueTheoremHasNoFailure() async throws {
    let result = try await tested(decay, cases: 40)
    #expect(result.isAsExpected)
    #expect(result.ending == .complete)
    for claim in result.claims { #expect(claim.proved == 40, "\(claim.claim.id)") }
    let rate = try #require(try result.tally("rate").constants.first)
    // C = b is best on each case, and b is at most 1.
    #expect(try #require(rate.values.upper) <= Rational(11, 10))
}

@Test(arguments: [1, 2, 3]) func theSameSeedDrawsTheSameCases(seed: Int) async throws {
    let first = try await tested(decay, seed: seed).cases.map(\.candidate.instance.summary)
    let second = try await tested(decay, seed: seed).cases.map(\.candidate.instance.summary)
    #expect(first == second)
    let other = try await tested(decay, seed: seed + 10).cases.map(\.candidate.instance.summary)
    #expect(first != other)
}

@Test func rejectedDrawsAreCounted() async throws {
    let text = """
        theorem t.parity "Even numbers"
        parameter n : integer where 2 <= n <= 200 and n != 4
        assume even : 2*floor(n/2) = n
        claim half "n/2 is an integer" derived : floor(n/2) = n/2
        instance two n = 2
        """
    let result = try await tested(text, cases: 20)
    #expect(result.cases.allSatisfy { ($0.candidate.instance.value(of: "n")! / 2).isInteger })
    #expect(result.rejections.contains { $0.reason == "'assume even'" && $0.count > 5 }, "\(result.rejections)")
    #expect(result.rejected + result.cases.count <= result.draws)
    #expect(result.isAsExpected)
}

@Test func hypothesesThatNoDrawMeetsAreNamed() async throws {
    let text = """
        theorem t.never "A hypothesis of one point"
        parameter a : real where 0 < a < 1
        assume point : 1000000007*a = 3
        claim any "a is positive" derived : a > 0
        instance one a = 3/1000000007
        """
    let result = try await tested(text, cases: 5)
    // The neighbourhood of the instance never meets it again.
    #expect(result.cases.isEmpty)
    #expect(result.ending != .complete)
    #expect(!result.isAsExpected)
}

@Test func nothingToDrawIsSaid() async throws {
    let text = """
        theorem t.fixed "No parameter"
        claim sum "1 + 1 = 2" derived : 1 + 1 = 2
        instance one
        """
    let result = try await tested(text)
    guard case .impossible = result.ending else { return #expect(Bool(false), "\(result.ending)") }
    #expect(!result.isAsExpected)
}

@Test func aShortRangeIsUsedUp() async throws {
    let text = """
        theorem t.short "Four numbers"
        parameter n : integer where 1 <= n <= 4
        claim small "n < 5" derived : n < 5
        instance one n = 1
        """
    let result = try await tested(text, cases: 50)
    #expect(result.cases.count == 3)
    #expect(result.ending == .exhausted)
    #expect(result.isAsExpected)
}

@Test func aBudgetEndsTheSearch() async throws {
    let text = """
        theorem t.long "A long run"
        parameter a : real where a > 0
        state x = 1
        state y = 0
        flow x' = -a*y
        flow y' = a*x
        stop at 3000
        claim circle "on the circle" derived : always abs(x^2 + y^2 - 1) <= 1/100
        instance one a = 1
        """
    let result = try await tested(text, cases: 1000, budget: 1)
    #expect(result.ending == .outOfTime)
    // A case takes far more than a thousandth of a second; other tests may keep this one waiting for much longer.
    #expect(result.cases.count < 500)
    #expect(!result.isAsExpected)
}

@Test func drawsHaveSeedsAndFiniteTablesAreDrawn() async throws {
    let text = """
        theorem t.tables "Tables and seeds"
        parameter n : integer where 2 <= n <= 6
        set doc = 1..n
        set word = 1..3
        data text[doc] : integer in word
        draw Z[doc] ~ sign
        claim bound "three words" derived : sum(i in doc) text[i] <= 3*n
        claim signs "a sign is 1 or -1" derived : all(i in doc) Z[i]^2 = 1
        instance one n = 3, text = [1, 2, 3], seed = 1
        """
    let result = try await tested(text, cases: 20)
    #expect(result.isAsExpected, "\(result.claims)")
    #expect(Set(result.cases.compactMap(\.candidate.instance.seed)).count > 5)
    #expect(Set(result.cases.compactMap { $0.candidate.instance.value(of: "n") }).count > 2)
    #expect(result.held.isEmpty)
}

@Test func aTableWithoutRangeHoldsItsSizes() async throws {
    let text = """
        theorem t.real "A real table"
        parameter n : integer where n >= 1
        parameter a : real where 0 < a < 1
        set doc = 1..n
        data X[doc] : real
        claim bound "scaled" derived : all(i in doc) a*X[i] <= X[i]
        instance one n = 2, X = [1/2, 3], a = 1/2
        """
    let result = try await tested(text, cases: 12)
    #expect(result.cases.count == 12)
    #expect(result.cases.allSatisfy { $0.candidate.instance.value(of: "n") == 2 })
    #expect(result.held.map(\.parameter) == ["n"])
}

@Test func replaysGiveTheSameInstance() async throws {
    let text = """
        theorem t.family "Formulas and families"
        parameter K : integer where K >= 2
        parameter N : integer = K^2 where N >= 1
        claim any "K is positive" derived : K > 0 and N > 0
        instance one K = 3
        family many K in [4, 5], N = K^3
        """
    let source = try theorem(text)
    let result = await test(source, options: { var options = TestOptions(); options.cases = 30; return options }())
    for testCase in result.cases {
        let arguments = source.replay(testCase.candidate, only: nil)
        var replacements = Replacements()
        for (flag, value) in zip(arguments, arguments.dropFirst()) where flag == "--set" {
            let parts = value.split(separator: "=").map(String.init)
            replacements.parameters[parts[0]] = Rational(parsing: parts[1])
        }
        let again = try source.instance(like: testCase.candidate.base, replacing: replacements, id: "again")
        #expect(again.parameters == testCase.candidate.instance.parameters, "\(arguments)")
    }
}
