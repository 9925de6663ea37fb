import Testing

@testable import Checker

/// What a refutation says: which comparison fails, and where.
struct CulpritTests {
    private func sentence(_ claim: String) async throws -> String {
        let result = try await verified(
            """
            theorem t "t"
            state K[i in 1..3, j in 1..4] = 1
            state x = 1
            flow K[i in 1..3, j in 1..4]' = 0
            flow x' = 1
            stop at 400
            claim c "c" derived : \(claim)
            instance only
            """)
        guard case .refuted(let found) = result.instances[0].obligations[0].verdict else {
            Issue.record("\(claim) is \(result.instances[0].obligations[0].verdict)")
            return ""
        }
        return found.sentence
    }

    @Test func anAllNamesTheComparisonThatFails() async throws {
        let text = try await sentence("at 300 : all(j in 1..4) K[1, j] <= 2 - j/3")
        #expect(text.contains("at t = 300: ") && text.contains("where K[1, 4] <= 2/3 is claimed"), "\(text)")
        #expect(!text.contains("2/3 is in") && !text.contains("t in 300"), "\(text)")
    }

    @Test func anImplicationIsBlamedOnWhatItClaims() async throws {
        let text = try await sentence("at 3 : x >= 2 implies x <= 2")
        #expect(text.contains("where x <= 2 is claimed"), "\(text)")
    }

    @Test func aConditionWithoutARunIsToldAlike() async throws {
        let text = try await sentence("all(n in 1..3) exp(n) >= 5/2*n^2")
        #expect(text.contains("where 10 <= exp(2) is claimed"), "\(text)")
    }

    @Test func statesStandInTheOrderOfTheirDeclaration() async throws {
        let text = try await sentence("everywhere all(i in 1..3, j in 1..4) K[i, j]^2 >= 1")
        let names = text.matches(of: #/K\[\d, \d\] = /#).map { String($0.output) }
        #expect(names.count == 12 && names == names.sorted(), "\(text)")
        #expect(text.contains("where 1 <= K[1, 1]^2 is claimed"), "\(text)")
    }
}
