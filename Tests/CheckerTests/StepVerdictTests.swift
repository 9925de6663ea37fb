import Exact
import Testing

@testable import Checker

/// Every form of claim about x = (1/3)/2^t at the steps 0, ..., 20, with both outcomes. A false claim is never proved
/// and a true one never refuted.
struct StepVerdictTests {
    private let setting = """
        state x = 1/3
        state y = 0
        map next(x) = x/2
        map next(y) = y + x
        stop at 20 steps
        event T = first t where x <= 1/100
        event Tlate = first t after 8 where x <= 1/100
        event Tafter = first t after T where x <= 1/1000
        event Tnever = first t where x <= 1/10^9
        event Tstart = first t where x >= 1/3
        """

    @Test func moments() async throws {
        try await VerdictTable(setting: setting, rows: [
            (.proved, "T = 6"),
            (.refuted, "T <= 5"),
            (.proved, "Tlate = 8"),
            (.proved, "Tafter = 9"),
            (.proved, "Tstart = 0"),
            (.proved, "T < Tafter <= end"),
            (.proved, "end = 20"),
            // Not reached by step 20, so at step 21 at the earliest.
            (.proved, "Tnever > 20"),
            (.proved, "Tnever >= 21"),
            (.notRefuted, "Tnever > 21"),
            (.refuted, "Tnever <= 20"),
        ]).check()
    }

    @Test func everyStep() async throws {
        try await VerdictTable(setting: setting, rows: [
            (.proved, "always x > 0"),
            (.proved, "always x <= 1/3"),
            (.refuted, "always x < 1/3"),
            (.proved, "always on (0, end] : x < 1/3"),
            (.proved, "always on (0, end] : x <= 1/6 + 1/10^20"),
            (.proved, "always on [0, 6) : x > 1/100"),
            (.refuted, "always on [0, 6] : x > 1/100"),
            (.proved, "always on [0, T) : x > 1/100"),
            (.refuted, "always on [0, T] : x > 1/100"),
            (.proved, "always on [T, end] : x <= 1/100"),
            (.refuted, "always on [T - 1, end] : x <= 1/100"),
            (.proved, "always on [1/2, 3/2] : x <= 1/6 + 1/10^20"),
            (.vacuous, "always on [1/3, 2/3] : x > 100"),
            (.vacuous, "always on (4, 5) : x > 100"),
            (.vacuous, "always on [7, 3] : x > 100"),
            (.proved, "always next(x) < x"),
            (.proved, "always next(next(x)) < next(x)"),
            (.refuted, "always next(x) >= x"),
            (.proved, "always abs(next(y) - y - x) <= 1/10^12"),
            (.proved, "always while x > 1/100 : t <= 5"),
            (.refuted, "always while x > 1/100 : t <= 4"),
            (.vacuous, "always while x < 1/100 : t <= 4"),
            (.proved, "always while x >= 1/3 : t = 0"),
            (.proved, "always (t - 5/2)^2 > 0"),
            (.refuted, "always t < 20"),
            (.proved, "always t <= 20"),
        ]).check()
    }

    @Test func someStepAndOneStep() async throws {
        try await VerdictTable(setting: setting, rows: [
            (.proved, "sometime x <= 1/100"),
            (.refuted, "sometime x <= 1/10^9"),
            (.refuted, "sometime on [0, T) : x <= 1/100"),
            (.proved, "sometime on [0, T] : x <= 1/100"),
            (.proved, "sometime x = 1/3"),
            (.refuted, "sometime 1/5 <= x <= 1/4"),
            (.proved, "at 0 : x = 1/3"),
            (.proved, "at 0 : x <= 1/3"),
            (.refuted, "at 0 : x < 1/3"),
            (.proved, "at T : x <= 1/100"),
            (.proved, "at (T - 1) : x > 1/100"),
            (.refuted, "at T : x > 1/100"),
            (.proved, "at end : next(x) < 1/10^6"),
            (.undecided, "at (5/2) : x > 0"),
            (.undecided, "at Tnever : x > 0"),
        ]).check()
    }

    @Test func monotone() async throws {
        try await VerdictTable(setting: setting, rows: [
            (.proved, "decreasing x"),
            (.refuted, "increasing x"),
            (.proved, "increasing y"),
            (.proved, "increasing y on [T, end]"),
            (.proved, "decreasing abs(t - 5) on [0, 5]"),
            (.refuted, "decreasing abs(t - 5) on [0, 6]"),
            (.proved, "decreasing abs(t - 5) on [0, 6)"),
            (.refuted, "increasing (t - 3)*(t - 4)*(t - 5)"),
            (.vacuous, "increasing x on [5, 5]"),
            (.vacuous, "increasing x on (5, 7)"),
        ]).check()
    }

    @Test func identities() async throws {
        try await VerdictTable(setting: setting, rows: [
            (.proved, "identity next(y) = y + x"),
            (.proved, "identity next(y + 2*x) = y + 2*x"),
            (.proved, "identity next(x*t) = x*(t + 1)/2"),
            (.refuted, "identity next(x) = x"),
        ]).check()
    }

    @Test func openConstants() async throws {
        try await VerdictTable(setting: setting, rows: [
            (.proved, "T <= C*log(3) for some C where C <= 6"),
            (.refuted, "T <= C*log(3) for some C where C <= 5"),
            (.proved, "always x <= C/2^t for some C where C <= 1/3 + 1/10^9"),
            (.refuted, "always x <= C/2^t for some C where C <= 1/3 - 1/10^9"),
            (.proved, "always y <= C for some C where C < 2/3"),
            // At step 0 the coefficient is 0, and 0 <= 0 needs no constant: y(1) = 1/3 decides.
            (.proved, "always y <= C*t for some C where C <= 1/3 + 1/10^9"),
            (.refuted, "always y <= C*t for some C where C <= 1/3 - 1/10^9"),
            (.refuted, "always x <= C*t for some C"),
            (.proved, "always on [1, end] : x <= C/t for some C where C <= 1/5"),
        ]).check()
    }

    @Test func theEventsAreWholeNumbers() async throws {
        let claims = "claim c \"c\" derived : always x > 0\nshow x at 2 steps, 30 steps\nshow y at T"
        let result = try await verified("theorem t.t \"t\"\n\(setting)\n\(claims)\ninstance only\n")
        let instance = try #require(result.instances.first)
        #expect(instance.clock == .steps && instance.steps >= 20)
        #expect(instance.horizon == RationalInterval(20))
        #expect(instance.events.map(\.time?.lower) == [6, 8, 9, 20, 0])
        #expect(instance.events.prefix(3).map(\.time?.upper) == [6, 8, 9])
        #expect(encloses(instance.observations[0].value, Rational(1, 12)))
        #expect(encloses(instance.observations[1].value, Rational(1, 3) * .powerOfTwo(-30)))
        #expect(encloses(instance.observations[2].value, Rational(63, 96)))
    }

    /// The run stops where its condition holds, or at the last step before its cap.
    @Test(arguments: [
        ("stop when x <= 1/100, at latest 100 steps", 6), ("stop when x <= 1/100, at latest 9/2 steps", 4),
        ("stop when x <= 1/100, at latest 6 steps", 6), ("stop at log(1000) steps", 6), ("stop when x <= 1/100", 6),
    ])
    func ends(stop: String, last: Int) async throws {
        let result = try await verified(
            """
            theorem t.t "t"
            state x = 1/3
            map next(x) = x/2
            \(stop)
            claim c "c" derived : always t <= \(last)
            claim d "d" derived : at end : t = \(last)
            instance only
            """)
        let instance = try #require(result.instances.first)
        #expect(instance.horizon == RationalInterval(Rational(last)))
        for obligation in instance.obligations { #expect(Outcome(obligation.verdict) == .proved, "\(obligation.verdict)") }
    }

    /// One bit is lost per step: the ladder climbs until the last step is known.
    @Test func theLadderFollowsTheLengthOfTheRun() async throws {
        let result = try await verified(
            """
            theorem t.t "t"
            state x = 1/3
            map next(x) = 39/10*x*(1 - x)
            stop at 300 steps
            claim c "c" derived : always 0 < x < 1
            claim d "d" derived : at 300 : abs(x - 1/2) <= 1/2 - 1/1000
            instance only
            """)
        let instance = try #require(result.instances.first)
        #expect(instance.obligations.map { Outcome($0.verdict) } == [.proved, .proved], "\(instance.obligations.map(\.verdict))")
        #expect(instance.bits == 256 || instance.bits == 512, "\(instance.bits)")
    }

    /// The obstacle names the step at which the map has no value.
    @Test func aStepWithoutAValueIsNamed() async throws {
        let rows = [
            (2, "map next(x) = 1/(x - 1)", 2), (1, "map next(x) = log(x)", 2), (2, "map next(x) = x - 1 + 0/x", 3),
            (2, "descent gradient of abs(x) step 1", 3), (2, "descent gradient of relu(x) + x step 1", 2),
            (2, "descent normalised gradient of x^2 step 1", 3),
        ]
        for (start, map, step) in rows {
            let result = try await verified(
                """
                theorem t.t "t"
                state x = \(start)
                \(map)
                stop at 10 steps
                claim c "c" derived : always x > -10
                instance only
                """)
            guard case .undecided(let obstacle) = try #require(result.instances.first?.obligations.first).verdict else {
                Issue.record("decided: \(map)")
                continue
            }
            #expect(obstacle.kind == .undefined && obstacle.reason.contains("step \(step)"), "\(map): \(obstacle)")
        }
    }

    /// x <- x - eta grad/|grad|: both states move, together by eta per step.
    @Test func normalisedDescent() async throws {
        let result = try await verified(
            """
            theorem t.t "t"
            state x = 3
            state y = 4
            let loss = (x^2 + y^2)/2
            descent normalised gradient of loss step 1/4
            stop when loss <= 1/10, at latest 100 steps
            claim c "c" derived : always on [0, end) : abs((next(x) - x)^2 + (next(y) - y)^2 - 1/16) <= 1/10^9
            claim d "d" derived : decreasing loss on [0, 17]
            claim e "e" derived : end = 19
            instance only
            """)
        let instance = try #require(result.instances.first)
        for obligation in instance.obligations { #expect(Outcome(obligation.verdict) == .proved, "\(obligation.verdict)") }
    }

    @Test func boxesOfParameters() async throws {
        let result = try await verified(
            """
            theorem t.t "t"
            parameter eta : real
            state x = 1
            descent gradient of x^2/2 step eta
            stop at 100 steps
            claim c "c" derived : always 0 <= x <= 1 for all eta in [1/10, 1]
            claim d "d" derived : always x >= 0 for all eta in [1, 2]
            instance only eta = 1/2
            """)
        let instance = try #require(result.instances.first)
        #expect(Outcome(instance.obligations[1].verdict) == .refuted, "\(instance.obligations[1].verdict)")
        #expect(Outcome(instance.obligations[0].verdict) != .refuted, "\(instance.obligations[0].verdict)")
    }
}
