import Exact
import Testing

@testable import Checker

/// Claims about flows through kinks: right on both sides and at the tie, and nothing lost where the run ends at one.
struct KinkVerdictTests {
    private func check(_ text: String, _ expected: [String: Right], maximumBits: Int = 128) async throws {
        var options = VerificationOptions()
        options.maximumBits = maximumBits
        let result = try await verified("theorem kinks \"t\"\n\(text)\ninstance only\n", options: options)
        for obligation in try #require(result.instances.first).obligations {
            let right = try #require(expected[obligation.claim.id], "\(obligation.claim.id)")
            #expect(right.allows(Outcome(obligation.verdict)), "\(obligation.claim.id): \(obligation.verdict)")
        }
    }

    @Test func claimsAcrossACrossing() async throws {
        try await check(
            """
            state x = 0
            state y = 0
            flow x' = if x > 1 then 1/2 else 1
            flow y' = abs(x - 1)
            stop at 3
            event T = first t where x >= 1
            let tie = if x = 1 then 5 else 0
            let hop = if x > 1 then x - 1/10 else x
            claim closed "c" derived : always on [2, 3] : abs(x - (1 + t)/2) <= 1/10^12
            claim time "c" derived : abs(T - 1) <= 1/10^12
            claim rises "c" derived : increasing x
            claim slopes "c" derived : always 1/2 <= x' and x' <= 1
            claim total "c" derived : at end : abs(total(abs(x - 1)) - 3/2) <= 1/10^9 and abs(y - 3/2) <= 1/10^9
            claim steep "c" derived : always x' > 1/2
            claim atTie "c" derived : always tie <= 1
            claim avoided "c" derived : always x != 1
            claim hops "c" derived : increasing hop
            claim hopSlope "c" derived : always hop' >= 1/2
            claim slopeRises "c" derived : increasing x'
            claim slopeFlat "c" derived : always y' > 0
            claim apart "c" derived : always abs(x - 1) > 0
            claim never "c" derived : sometime x' < 1/2
            """,
            [
                "closed": .proved, "time": .proved, "rises": .proved, "slopes": .proved, "total": .proved, "steep": .refuted,
                "atTie": .notProved, "avoided": .notProved, "hops": .notProved, "hopSlope": .notProved,
                "slopeRises": .notProved, "slopeFlat": .notProved, "apart": .notProved, "never": .refuted,
            ])
    }

    /// x slides on 0 from t = 1 on.
    @Test func whatWasDecidedBeforeARunSlides() async throws {
        try await check(
            """
            state x = 1
            flow x' = if x > 0 then -1 else 1
            stop at 3
            event T = first t where x <= 1/2
            event U = first t where x < -1
            claim before "c" derived : always on [0, T] : abs(x - 1 + t) <= 1/10^12
            claim half "c" derived : abs(T - 1/2) <= 1/10^12
            claim high "c" derived : always x > 3/4
            claim some "c" derived : sometime x < 1/4
            claim low "c" derived : always x >= -1
            claim falls "c" derived : decreasing x
            claim late "c" derived : U <= 5
            claim last "c" derived : at end : x <= 1
            """,
            [
                "before": .proved, "half": .proved, "high": .refuted, "some": .proved, "low": .undecided, "falls": .undecided,
                "late": .undecided, "last": .undecided,
            ])
    }

    /// Neurons that switch on and off; a neuron that dies ends the run.
    @Test(arguments: [53, 128])
    func networks(bits: Int) async throws {
        let text = """
            set neuron = 1..20
            set sample = 1..10
            set input = 1..2
            draw X[sample, input] ~ normal
            draw y[sample] ~ sign
            draw W0[neuron, input] ~ normal
            draw s0[neuron] ~ normal
            state W[j in neuron, d in input] = W0[j, d]/2
            state a[j in neuron] = s0[j]/2
            let F(i) = sum(j in neuron) a[j]*relu(dot(W[j, :], X[i, :]))
            let loss = mean(i in sample) softplus(-y[i]*F(i))
            flow gradient of loss
            stop at 3/10
            claim falls "c" derived : decreasing loss
            """
        var options = VerificationOptions()
        options.bits = bits
        let result = try await verified("theorem kinks \"t\"\n\(text)\ninstance only seed = 4\n", options: options)
        let instance = try #require(result.instances.first)
        for obligation in instance.obligations {
            #expect(Outcome(obligation.verdict) == .proved, "\(obligation.verdict)")
        }
    }
}
