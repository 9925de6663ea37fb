import Exact
import Testing

@testable import Checker

/// Runs in steps that break off, or would: what was decided before stays, what comes after is not decided.
struct BrokenRunTests {
    private func verdicts(_ text: String, maximumBits: Int = 1024) async throws -> [String: Verdict] {
        var options = VerificationOptions()
        options.maximumBits = maximumBits
        let result = try await verified("theorem broken \"t\"\n\(text)\ninstance only\n", options: options)
        let obligations = try #require(result.instances.first).obligations
        return Dictionary(obligations.map { ($0.claim.id, $0.verdict) }) { first, _ in first }
    }

    private func reason(_ verdict: Verdict?) -> String {
        guard case .undecided(let obstacle)? = verdict else { return "\(String(describing: verdict))" }
        return obstacle.reason
    }

    /// 1, 3/4, 1/2, 1/4, 0: there the gradient is 0.
    @Test func aGradientOfZeroEndsANormalisedDescent() async throws {
        let found = try await verdicts(
            """
            state x = 1
            state y = 0
            descent normalised gradient of x^2/2 + y^2 step 1/4
            stop at 10 steps
            claim high "c" derived : always x >= 1/2
            claim low "c" derived : always x >= 0
            claim never "c" derived : sometime x < 0
            claim some "c" derived : sometime x = 0
            claim part "c" derived : always on [0, 4] : x <= 1
            claim beyond "c" derived : always on [0, 5] : x <= 1
            claim refutedBeyond "c" derived : always on [0, 5] : x >= 1/2
            claim last "c" derived : at end : x >= 0
            claim falling "c" derived : decreasing x
            claim rising "c" derived : increasing x
            claim constant "c" derived : always x <= C for some C
            """)
        let outcomes = found.mapValues { Outcome($0) }
        #expect(
            outcomes == [
                "high": .refuted, "low": .undecided, "never": .undecided, "some": .proved, "part": .proved, "beyond": .undecided,
                "refutedBeyond": .refuted, "last": .undecided, "falling": .undecided, "rising": .refuted, "constant": .undecided,
            ])
        #expect(reason(found["low"]).contains("the gradient is 0 before step 5"), "\(reason(found["low"]))")
        #expect(reason(found["low"]).contains("holds up to step 4"), "\(reason(found["low"]))")
        #expect(reason(found["never"]).contains("does not hold up to step 4"), "\(reason(found["never"]))")
    }

    /// relu'(0) is not assumed: the step after x = 0 is undefined.
    @Test func aTieOfAGate() async throws {
        let found = try await verdicts(
            """
            state x = 1
            descent gradient of relu(x) step 1/4
            stop at 10 steps
            claim low "c" derived : always x >= 0
            claim high "c" derived : always x >= 1/2
            """)
        #expect(Outcome(found["low"]!) == .undecided && Outcome(found["high"]!) == .refuted)
        #expect(reason(found["low"]).contains("a tie of a gate"), "\(reason(found["low"]))")
    }

    /// x^4 with too large a step: |x| is squared and more in each step, until no number of bits holds it.
    @Test func aDivergingDescentKeepsWhatWasDecided() async throws {
        let found = try await verdicts(
            """
            state x = 2
            descent gradient of x^4 step 1
            stop at 100 steps
            event U = first t where abs(x) >= 10^6
            claim when "c" derived : U = 3
            claim before "c" derived : always on [0, U) : abs(x) <= 10^6
            claim high "c" derived : always abs(x) <= 10^6
            claim early "c" derived : always on [0, 4] : abs(x) >= 2
            claim end "c" derived : at end : abs(x) >= 1
            claim all "c" derived : always abs(x) >= 2
            """)
        #expect(Outcome(found["early"]!) == .proved)
        #expect(Outcome(found["high"]!) == .refuted)
        #expect(Outcome(found["end"]!) == .undecided && Outcome(found["all"]!) == .undecided)
        for id in ["when", "before"] { #expect(Outcome(found[id]!) != .refuted, "\(id)") }
        #expect(reason(found["end"]).contains("the run seems to diverge"), "\(reason(found["end"]))")
    }

    /// The event is the last step of the run, and the first beyond it is none.
    @Test func eventsAtTheLastStep() async throws {
        let setting = """
            state x = 1
            descent gradient of x^2/2 step 1/2
            stop at 10 steps
            event U = first t where x <= 1/1024
            event V = first t where x <= 1/2048
            """
        try await VerdictTable(setting: setting, rows: [
            (.proved, "U = 10"), (.proved, "U <= end"), (.refuted, "U < end"), (.proved, "V > end"), (.notProved, "V <= 11"),
            (.proved, "always on [0, U) : x > 1/1024"), (.refuted, "always on [0, U] : x > 1/1024"),
            (.proved, "at U : x = 1/1024"), (.undecided, "at V : x = 1/2048"), (.proved, "always x >= 1/1024"),
            (.refuted, "always x > 1/1024"), (.proved, "always on [0, end) : next(x) >= 1/1024"),
            (.refuted, "always next(x) >= 1/1024"),
        ]).check()
    }

    /// A bit is lost in every step of x -> 4 x (1 - x): the precision that 1500 steps need is found in one repetition.
    @Test func thePrecisionFollowsTheLengthOfTheRun() async throws {
        let result = try await verified(
            """
            theorem chaos "t"
            state x = 1/3
            map next(x) = 4*x*(1 - x)
            stop at 1500 steps
            claim range "c" derived : always 0 <= x and x <= 1
            claim sharp "c" derived : at end : x >= 1/2 or x <= 1/2
            instance only

            """)
        let instance = try #require(result.instances.first)
        for obligation in instance.obligations { #expect(Outcome(obligation.verdict) == .proved, "\(obligation.verdict)") }
        #expect(instance.rungs.count <= 3 && instance.rungs.last?.bits ?? 0 > 1024, "\(instance.rungs.map(\.bits))")
    }

    /// Families in the step size.
    @Test func aFamilyInTheStep() async throws {
        let result = try await verified(
            """
            theorem steps "t"
            parameter eta : real
            state x = 1
            state y = 1
            descent gradient of x^2/2 + 2*y^2 step eta
            stop at 400 steps
            claim stable "c" derived : always abs(y) <= 1
            claim smaller "c" derived : at end : abs(y) <= 1/2
            family sizes eta in [1/4, 2/5, 49/100, 1/2, 51/100]
            expect smaller refuted on sizes
            expect stable refuted on sizes

            """)
        let outcomes = result.instances.map { $0.obligations.map { Outcome($0.verdict) } }
        #expect(
            outcomes == [
                [.proved, .proved], [.proved, .proved], [.proved, .proved], [.proved, .refuted], [.refuted, .refuted],
            ], "\(result.instances.map(\.id))")
    }
}
