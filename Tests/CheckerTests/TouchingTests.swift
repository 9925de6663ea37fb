import Testing

@testable import Checker

/// Inequalities whose sides are equal at the start of their interval: at the start of the run, or at the event itself.
struct TouchingTests {
    /// x = exp(-t)
    private let decay = """
        state x = 1
        flow x' = -x
        stop at 2
        event Thalf   = first t where x <= 1/2
        event Tboth   = first t where x <= 1/2 and x <= 3/4
        event Tleast  = first t where min(1 - 2*x, 3 - 4*x) >= 0
        event Tjump   = first t where (if x <= 1/2 then 1 else -1) > 0
        event Tnow    = first t where 1 - x > 0
        event Tnever  = first t where x - 1 > 0
        event Tone    = first t where (1 - x)*(t - 1) > 0
        event Tcubic  = first t where 1 - x - t + t^2/2 > 0
        event Tearly  = first t where x <= 1/2 + 1/10^20
        """

    @Test func atAnEvent() async throws {
        try await VerdictTable(setting: decay, rows: [
            (.proved, "always on [Thalf, end] : x <= 1/2"),
            (.proved, "always on (Thalf, end] : x < 1/2"),
            (.proved, "always on (Thalf, end] : 2*x < 1"),
            (.notProved, "always on [Thalf, end] : x < 1/2"),
            (.notProved, "always on (Thalf, end] : x > 1/2"),
            (.refuted, "always on [Thalf, end] : x >= 1/2"),
            (.proved, "always on [Tboth, end] : x <= 1/2 and x <= 3/4"),
            (.proved, "always on [Tleast, end] : 2*x <= 1"),
            (.proved, "always on [Tleast, end] : min(1 - 2*x, 3 - 4*x) >= 0"),
            (.notRefuted, "always on [Tjump, end] : (if x <= 1/2 then 1 else -1) > 0"),
            (.proved, "always on (Tnow, end] : x < 1"),
            (.refuted, "always on [Tnow, end] : x < 1"),
        ]).check()
    }

    @Test func againstTheValueAtAnEvent() async throws {
        try await VerdictTable(setting: decay, rows: [
            (.proved, "always on [Thalf, end] : x <= x@Thalf"),
            (.proved, "always on (Thalf, end] : x < x@Thalf"),
            (.refuted, "always on [Thalf, end] : x < x@Thalf"),
            (.refuted, "always on [Thalf, end] : x >= x@Thalf"),
            (.proved, "always on [Thalf, end] : abs(x - x@Thalf) <= (t - Thalf)*51/100"),
            (.refuted, "always on [Thalf, end] : abs(x - x@Thalf) <= (t - Thalf)*49/100"),
        ]).check()
    }

    @Test func eventsAtTheStart() async throws {
        try await VerdictTable(setting: decay, rows: [
            (.proved, "Tnow = 0"),
            (.proved, "Tcubic = 0"),
            (.notRefuted, "Tone >= 99/100"),
            (.notRefuted, "Tnever > 2"),
            (.notProved, "Tnever <= 2"),
        ]).check()
    }

    /// x = sin t, y = cos t
    @Test func touchingThatEnds() async throws {
        let circle = """
            state x = 0
            state y = 1
            flow x' = y
            flow y' = -x
            stop at 7
            event Tdown = first t after 1 where x <= 0
            event Ttop  = first t where y <= 0
            """
        try await VerdictTable(setting: circle, rows: [
            (.proved, "always on [Tdown, 6] : x <= 0"),
            (.refuted, "always on [Tdown, 7] : x <= 0"),
            (.notProved, "always on [Ttop, 7] : y <= 0"),
            (.proved, "always on [Ttop, 4] : y <= 0"),
            (.notRefuted, "always on [Ttop, 3] : x <= x@Ttop or t > Ttop"),
        ]).check()
    }

    @Test func constantsThatVanishAtTheStart() async throws {
        try await VerdictTable(setting: decay, rows: [
            (.proved, "always 1 - x <= C*t for some C where C <= 101/100"),
            (.refuted, "always 1 - x <= C*t for some C where C <= 99/100"),
            (.refuted, "always 1 - x < C*t for some C"),
            (.proved, "always on (0, end] : 1 - x < C*t for some C where C <= 101/100"),
            // The least quotient is (1 - exp(-2))/2 = 0.4323.
            (.proved, "always c*t <= 1 - x for some c where c >= 43/100"),
            (.refuted, "always c*t <= 1 - x for some c where c >= 44/100"),
            // 1 - exp(-t) < t for t > 0: the supremum 1 of the quotient is not attained.
            (.notRefuted, "always on (0, end] : 1 - x < C*t for some C where C <= 1"),
            (.notRefuted, "always on (0, end] : c*t^2 < t for some c where c >= 0"),
            // Empty, or perhaps empty, although both sides are equal at its start.
            (.vacuous, "always on [Thalf, Tearly] : x@Thalf - x < C*(t - Thalf) for some C"),
            (.notRefuted, "always on [Thalf, end] while x < x@Thalf : x@Thalf - x < C*(t - Thalf) for some C"),
            (.notProved, "always 1 - x <= C*t^2 for some C"),
            (.proved, "always 9/10 - x <= C*t for some C where C <= 1"),
            (.notProved, "always 11/10 - x <= C*t for some C"),
            (.proved, "always on [Thalf, end] : x@Thalf - x <= C*(t - Thalf) for some C where C <= 51/100"),
            (.refuted, "always on [Thalf, end] : x@Thalf - x <= C*(t - Thalf) for some C where C <= 49/100"),
        ]).check()
    }
}
