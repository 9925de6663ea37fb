import Exact
import Testing

@testable import Checker

/// What is said about families: one constant for all members, and growth exponents.
struct FamilyTests {
    private func family(_ claims: [String], _ result: (TheoremResult) throws -> Void) async throws {
        var text = """
            theorem families "f"
            parameter a : real where a > 0
            state x = a
            flow x' = -x/a
            stop at 10*a
            event T = first t where x <= a/2
            event S = first t where x <= 1

            """
        for (index, claim) in claims.enumerated() { text += "claim c\(index) \"c\" derived : \(claim)\n" }
        text += "family f a in [2, 3, 5]\n"
        try result(try await verified(text))
    }

    private func verdict(_ result: TheoremResult, _ claim: String) -> Verdict? {
        result.instances.first { $0.isFamily }?.obligations.first { $0.claim.id == claim }?.verdict
    }

    @Test func oneConstantServesAllMembers() async throws {
        try await family([
            "always x <= C for some C", "always on [0, T] : x >= c for some c", "always x <= C for some C where C <= 4",
            "always x > 0",
        ]) { result in
            // sup x = a: 5 serves all. inf x on [0, T] = a/2: 1 serves all.
            guard case .consistent(let above) = verdict(result, "c0"), let c = above.constants.first?.value,
                case .consistent(let below) = verdict(result, "c1"), let d = below.constants.first?.value
            else {
                Issue.record("\(result.instances.last?.obligations.map(\.verdict) as Any)")
                return
            }
            #expect(encloses(c, 5), "\(c)")
            #expect(encloses(d, 1), "\(d)")
            // A member fails: nothing is said about the family. Without a constant neither.
            #expect(verdict(result, "c2") == nil && verdict(result, "c3") == nil)
            let members = result.instances.filter { !$0.isFamily }.map { Outcome($0.obligations[2].verdict) }
            #expect(members == [.proved, .proved, .refuted])
        }
    }

    @Test func growthExponents() async throws {
        // T = a log 2: exponent 1. S = a log a: exponents 1 + log(log 3/log 2)/log(3/2) = 2.14 and 1.75.
        try await family([
            "growth of T in a over f within [9/10, 11/10]", "growth of T in a over f within [11/10, 2]",
            "growth of T in a over f within [0, 999/1000]", "growth of T in a over f within [1, 1]",
            "growth of S in a over f within [17/10, 22/10]", "growth of S in a over f within [18/10, 22/10]",
            "growth of S in a over f within [17/10, 21/10]",
        ]) { result in
            let expected: [(String, Outcome)] = [
                ("c0", .consistent), ("c1", .refuted), ("c2", .refuted), ("c3", .undecided), ("c4", .consistent),
                ("c5", .refuted), ("c6", .refuted),
            ]
            for (claim, outcome) in expected {
                let found = try #require(verdict(result, claim))
                #expect(Outcome(found) == outcome, "\(claim): \(found)")
            }
            guard case .consistent(let evidence) = verdict(result, "c0"), let exponent = evidence.constants.first?.value else { return }
            #expect(encloses(exponent, 1), "\(exponent)")
            #expect(try #require(exponent.upper) - #require(exponent.lower) < Rational(1, 1000))
        }
    }

    /// An event that a member does not reach gives no exponent, and no verdict but "not decided".
    @Test func growthOfWhatIsNotReached() async throws {
        let text = """
            theorem families "f"
            parameter a : real where a > 0
            state x = a
            flow x' = -x
            stop at 1
            event T = first t where x <= 1
            claim g "g" derived : growth of T in a over f within [-10, 10]
            family f a in [2, 5/2, 3]
            """
        let found = try #require(verdict(try await verified(text), "g"))
        #expect(Outcome(found) == .undecided, "\(found)")
    }

    /// Member by member a constant exists, but not one for all: a <= C and C <= a + 1/2 for a = 2, 3, 5.
    @Test func noConstantServesAllMembers() async throws {
        do {
            try await family(["always on [0, 1/100] : x <= C and C <= x + 1/2 for some C"]) { result in
                let found = verdict(result, "c0")
                #expect(found.map { Outcome($0) } != .consistent, "\(found as Any)")
            }
        }
    }
}
