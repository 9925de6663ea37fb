import Bounds
import Exact
import Foundation
import Testing

@testable import Checker

/// What surrounds a verdict: expectations, selections, alarms, limits, and the same answer every time.
struct RunTests {
    private let decay = """
        theorem decay "d"
        state x = 1
        flow x' = -x
        stop at 2
        event T = first t where x <= 1/2
        claim a     "positive" derived : always x > 0
        claim a.low "too high" derived : always x > 1/2
        claim ab    "half"     derived : abs(T - log(2)) <= 1/10^20
        claim tie   "equal"    derived : T = log(2)
        claim empty "never"    derived given T > 1 : always x > 5
        expect a.low refuted
        expect tie undecided on only
        expect empty vacuous
        instance only
        show x, T at 0, T, 1

        """

    /// Ties stay undecided at every precision: two rungs are enough to see that.
    private var short: VerificationOptions {
        var options = VerificationOptions()
        options.maximumBits = 128
        return options
    }

    private func outcomes(_ result: TheoremResult) -> [String: Outcome] {
        Dictionary(uniqueKeysWithValues: (result.instances.first?.obligations ?? []).map { ($0.claim.id, Outcome($0.verdict)) })
    }

    @Test func expectations() async throws {
        let result = try await verified(decay, options: short)
        let instance = try #require(result.instances.first)
        #expect(instance.obligations.map(\.isAsExpected) == [true, true, true, true, true], "\(instance.obligations.map(\.verdict))")
        #expect(result.emptiness.isEmpty && instance.alarms.isEmpty)
        // Without the expectations: refuted and undecided are not as expected; a claim that is vacuous everywhere is said.
        let plain = decay.split(separator: "\n").filter { !$0.hasPrefix("expect") }.joined(separator: "\n")
        let bare = try await verified(plain + "\n", options: short)
        #expect(bare.instances[0].obligations.map(\.isAsExpected) == [true, false, true, false, true])
        #expect(bare.emptiness.count == 1)
        // The opposite expectations are not met.
        let wrong = try await verified(
            decay.replacingOccurrences(of: "expect a.low refuted", with: "expect a refuted\nexpect a.low proved"),
            options: short)
        #expect(Array(wrong.instances[0].obligations.map(\.isAsExpected).prefix(2)) == [false, false])
    }

    @Test func selections() async throws {
        var options = short
        options.only = ["a"]
        #expect(outcomes(try await verified(decay, options: options)) == ["a": .proved, "a.low": .refuted])
        options.only = ["ab", "a.low"]
        #expect(outcomes(try await verified(decay, options: options)) == ["a.low": .refuted, "ab": .proved])
        options.only = nil
        options.instances = ["other"]
        #expect(try await verified(decay, options: options).instances.isEmpty)
        options.instances = ["only"]
        #expect(try await verified(decay, options: options).instances.count == 1)
        // Selected claims get the verdicts that they get among all.
        let all = outcomes(try await verified(decay, options: short))
        for (claim, outcome) in all {
            var one = short
            one.only = [claim]
            #expect(outcomes(try await verified(decay, options: one))[claim] == outcome)
        }
    }

    @Test func moreBitsNeverContradict() async throws {
        var verdicts: [[String: Outcome]] = []
        for bits in [53, 64, 128, 300] {
            var options = VerificationOptions()
            options.bits = bits
            verdicts.append(outcomes(try await verified(decay, options: options)))
        }
        #expect(verdicts[0]["ab"] == .undecided && verdicts[3]["ab"] == .proved)
        for (claim, _) in verdicts[0] {
            let decided = Set(verdicts.compactMap { $0[claim] }).subtracting([.undecided])
            #expect(decided.count <= 1, "\(claim): \(verdicts.map { $0[claim] as Any })")
        }
    }

    @Test func twoRunsAreEqual() async throws {
        let text = decay.replacingOccurrences(of: "state x = 1", with: "parameter b : real\nstate x = b")
            .replacingOccurrences(of: "instance only", with: "instance only b = 1\nfamily f b in [1, 2, 3]")
        var dumps: [String] = []
        for jobs in [1, 2, 4, 2] {
            var options = short
            options.jobs = jobs
            let result = try await verified(text, options: options)
            dumps.append("\(result.instances) \(result.emptiness)")
        }
        #expect(Set(dumps).count == 1)
    }

    @Test func observationsAreEnclosures() async throws {
        let result = try await verified(decay, options: short)
        let values = try #require(result.instances.first).observations
        #expect(values.count == 6)
        let first = try #require(values.first { $0.quantity == "x" && $0.at == "0" })
        #expect(first.value == RationalInterval(1))
        let half = try #require(values.first { $0.quantity == "x" && $0.at == "T" }).value
        #expect(encloses(half, Rational(1, 2)), "\(half)")
    }

    @Test func conservedQuantities() async throws {
        let model = """
            theorem circle "c"
            state x = 1
            state y = 0
            flow x' = -y
            flow y' = x
            stop at 7
            conserved x^2 + y^2
            claim c "c" derived : always x^2 + y^2 < 2
            instance only

            """
        #expect(try await verified(model).instances[0].alarms.isEmpty)
        for wrong in ["x", "x^2 + y^2 + t/10^9", "x^2 + y^2*1000000001/10^9"] {
            let text = model.replacingOccurrences(of: "conserved x^2 + y^2", with: "conserved \(wrong)")
            #expect(try await verified(text).instances[0].alarms.count == 1, "conserved \(wrong)")
        }
    }

    @Test func aStoppedVerificationDecidesNothingMore() async throws {
        let cancellation = Cancellation()
        cancellation.cancel()
        let stopped = try await verified(decay, cancellation: cancellation)
        #expect(Set(outcomes(stopped).values) == [.undecided])
        // Without a limit the run goes on for long: x comes back for ever.
        let endless = """
            theorem endless "e"
            state x = 1
            state y = 0
            flow x' = -y
            flow y' = x
            stop when x > 2
            claim up "up" derived : always x < 1/2
            claim id "id" derived : identity (x^2 + y^2)' = 0
            instance only

            """
        var options = VerificationOptions()
        options.timeout = 0.5
        let clock = ContinuousClock()
        var result: TheoremResult?
        let time = try await clock.measure { result = try await verified(endless, options: options) }
        #expect(time < .seconds(180), "\(time)")
        let instance = try #require(result?.instances.first)
        for obligation in instance.obligations {
            if case .undecided(let obstacle) = obligation.verdict { #expect(obstacle.kind == .timeout, "\(obstacle)") }
        }
        #expect(instance.obligations.contains { if case .undecided = $0.verdict { true } else { false } })
    }

    @Test func aStoppedBuildingIsATimeout() async throws {
        let cancellation = Cancellation()
        cancellation.cancel()
        let stopped = try await verified(
            """
            theorem sums "s"
            state x = 1
            let f = sum(y in {-1, 1}^6) exp(y[1]*x)
            flow x' = -f
            stop at 1
            claim a "a" derived : always x <= 1
            claim b "b" derived : x@0 = 1
            instance only

            """, cancellation: cancellation)
        let obligations = try #require(stopped.instances.first).obligations
        #expect(obligations.count == 2)
        for obligation in obligations {
            guard case .undecided(let obstacle) = obligation.verdict else {
                Issue.record("\(obligation.claim.id): \(obligation.verdict)")
                continue
            }
            #expect(obstacle.kind == .timeout, "\(obstacle)")
        }
    }

    @Test func aRunThatBreaksOffProvesNothingBeyond() async throws {
        // x = 1/(1 - t) until t = 1.
        try await VerdictTable(
            setting: """
                state x = 1
                flow x' = x^2
                stop at 2
                event T = first t where x >= 10
                event S = first t where x <= 0
                """,
            rows: [
                (.undecided, "always x > 0"), (.refuted, "always x < 10^9"), (.undecided, "sometime x < 0"),
                (.undecided, "increasing x"), (.undecided, "at end : x < 0"), (.undecided, "S <= 2"),
                (.notRefuted, "abs(T - 9/10) <= 1/10^9"), (.notRefuted, "always on [0, 1/2] : x <= 2 + 1/10^9"),
                (.notProved, "always on [0, 1/2] : x <= 3/2"), (.proved, "identity x' = x^2"),
            ]
        ).check()
    }
}
