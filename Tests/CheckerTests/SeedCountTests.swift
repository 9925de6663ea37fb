import Bounds
import Exact
import Testing

@testable import Checker

/// `for at least k of seeds`: one run for each seed.
struct SeedCountTests {
    /// x starts at the seed, and stays.
    static let setting = """
        theorem t.t "t"
        state x = seed
        flow x' = 0
        stop at 1
        instance one seed = 0

        """

    private func verdicts(_ claims: [String]) async throws -> [ObligationResult] {
        var text = Self.setting
        for (index, claim) in claims.enumerated() { text += "claim c\(index) \"c\" derived : \(claim)\n" }
        return try await verified(text).instances[0].obligations
    }

    @Test func countsDecide() async throws {
        let found = try await verdicts([
            "always x <= 8 for at least 8 of seeds 1..10",
            "always x <= 8 for at least 9 of seeds 1..10",
            "always x <= 8 for at least 10 of seeds 1..10",
            // The instance's own seed is none of them.
            "always x >= 1 for at least 10 of seeds 1..10",
            "always x >= 1",
            // Undecided where x = 5: touching all the time, and never known to be exact.
            "always (x - 5)*exp(1) <= 0 and log(x - 5) >= -1000 for at least 1 of seeds 5..5",
            "at end : x = seed for at least 3 of seeds {2, 5, 7}",
        ])
        let outcomes = found.map { Outcome($0.verdict) }
        #expect(outcomes == [.proved, .refuted, .refuted, .proved, .refuted, .undecided, .proved], "\(found.map(\.verdict))")
        #expect(found[0].seeds.map { [$0.atLeast, $0.proved, $0.refuted, $0.undecided, $0.vacuous] } == [8, 8, 2, 0, 0])
        #expect(found[4].seeds == nil)
    }

    @Test func vacuousRunsCountAsNeither() async throws {
        let text = Self.setting + """
            claim a "a" derived given seed <= 8 : always x <= 8 for at least 8 of seeds 1..10
            claim b "b" derived given seed <= 8 : always x <= 8 for at least 9 of seeds 1..10
            claim c "c" derived given seed > 20 : always x <= 8 for at least 1 of seeds 1..10
            claim d "d" derived given seed <= 8 : always x > 8 for at least 9 of seeds 1..10
            expect c vacuous
            """
        let found = try await verified(text).instances[0].obligations
        #expect(found.map { Outcome($0.verdict) } == [.proved, .undecided, .vacuous, .refuted], "\(found.map(\.verdict))")
    }

    /// One value of the constant serves all counted seeds: the k-th best one.
    @Test func constantsServeTheCountedSeeds() async throws {
        let found = try await verdicts([
            "always x <= C for some C for at least 7 of seeds 1..10",
            "always x <= C for some C where C <= 8 for at least 7 of seeds 1..10",
            "always x <= C for some C where C <= 8 for at least 9 of seeds 1..10",
            // Each seed has a constant, but three of them have no common one.
            "always C <= x and x <= C for some C for at least 3 of seeds 1..10",
            "always C <= x and x <= C for some C for at least 1 of seeds 1..10",
            "always C - 1 <= x and x <= C + 1 for some C for at least 3 of seeds 1..10",
            "always C - 1 <= x and x <= C + 1 for some C for at least 4 of seeds 1..10",
            "always c <= x and x <= C for some c where c > 3, C where C < 8 for at least 4 of seeds 1..10",
            "always c <= x and x <= C for some c where c > 3, C where C < 8 for at least 5 of seeds 1..10",
        ])
        let outcomes = found.map { Outcome($0.verdict) }
        #expect(
            outcomes == [.proved, .proved, .refuted, .refuted, .proved, .proved, .refuted, .proved, .refuted],
            "\(found.map(\.verdict))")
        guard case .proved(let evidence) = found[0].verdict else { return }
        #expect(evidence.constants.map(\.name) == ["C"])
        #expect(encloses(evidence.constants[0].value, 7) && evidence.constants[0].value.width ?? 1 < 1)
    }

    @Test func drawsDifferFromSeedToSeed() async throws {
        let text = """
            theorem t.t "t"
            draw Z[1..20] ~ sign
            let drawn = sum(i in 1..20) Z[i]
            claim one "1" derived : abs(drawn) <= 20 for at least 20 of seeds 1..20
            claim two "2" derived : drawn = drawn@0 for at least 1 of seeds 1..20
            instance a seed = 1
            """
        await #expect(throws: InvalidText.self) { try await verified(text) }
        let result = try await verified(text.replacingOccurrences(of: "claim two", with: "-- "))
        #expect(result.instances[0].obligations.map { Outcome($0.verdict) } == [.proved])
    }
}
