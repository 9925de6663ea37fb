import Testing

@testable import Checker

/// Every form of claim about x = exp(-t) on [0, 2], with both outcomes. A false claim is never proved and a true one never
/// refuted, however small the margin.
struct DecayVerdictTests {
    private let setting = """
        state x = 1
        flow x' = -x
        stop at 2
        event Thalf  = first t where x <= 1/2
        event Tnever = first t where x <= 1/100
        event Tlate  = first t after 1 where x <= 1/2
        event Tafter = first t after Thalf where x <= 1/4
        """

    @Test func conditionsOnNumbers() async throws {
        try await VerdictTable(setting: setting, rows: [
            (.proved, "log(2) + log(3) = log(6)"),
            (.proved, "sqrt(2)*sqrt(3) <= sqrt(6)"),
            (.refuted, "sqrt(2)*sqrt(3) < sqrt(6)"),
            (.refuted, "sqrt(2)*sqrt(3) != sqrt(6)"),
            (.proved, "log(2) < 7/10"),
            (.refuted, "log(2) >= 7/10"),
            (.proved, "exp(1) > 2718281828459045/10^15"),
            (.refuted, "exp(1) <= 2718281828459045/10^15"),
            (.proved, "exp(1) < 27182818284590452353602874713527/10^31"),
            (.refuted, "exp(1) < 27182818284590452353602874713526/10^31"),
            (.notProved, "exp(log(2)) < 2"),
            (.undecided, "log(-1) < 5"),
            (.undecided, "1/(sqrt(2)*sqrt(3) - sqrt(6)) > 0"),
            (.proved, "log(2) >= 7/10 or log(2) < 7/10"),
            (.refuted, "not (log(2) < 7/10 and log(3) < 2)"),
            (.proved, "log(2) >= 7/10 implies log(-1) > 0"),
            (.proved, "1/2 < log(2) <= 7/10 < 1"),
            (.refuted, "1/2 < log(2) <= 6/10 < 1"),
        ]).check()
    }

    @Test func conditionsOnEvents() async throws {
        try await VerdictTable(setting: setting, rows: [
            (.proved, "Thalf <= log(2) + 1/10^9"),
            (.refuted, "Thalf <= log(2) - 1/10^9"),
            (.proved, "Thalf >= log(2) - 1/10^9"),
            (.refuted, "Thalf >= log(2) + 1/10^9"),
            (.proved, "abs(Thalf - log(2)) <= 1/10^30"),
            (.undecided, "Thalf < log(2)"),
            (.notRefuted, "Thalf <= log(2)"),
            (.notRefuted, "Thalf = log(2)"),
            (.proved, "Tlate = 1"),
            (.proved, "abs(Tafter - 2*log(2)) <= 1/10^12"),
            (.proved, "Thalf < Tafter <= end"),
            (.refuted, "Tafter < Thalf"),
            (.proved, "end = 2"),
            // Not reached by the end of the run: it is known to lie beyond 2, and nothing more (it is 4.6).
            (.notRefuted, "Tnever > 2"),
            (.proved, "Tnever >= 2"),
            (.refuted, "Tnever <= 1"),
            (.proved, "Tnever - Thalf >= 1"),
            (.undecided, "Tnever <= 3"),
            (.undecided, "Tnever >= 5"),
            (.undecided, "1/Tnever <= 1/4"),
            (.undecided, "indicator(Tnever > 3) = 0"),
            (.undecided, "floor(Tnever) <= 2"),
            (.undecided, "max(Tnever, 3) <= 3"),
            (.undecided, "abs(Tnever - 3) <= 1"),
            (.undecided, "(if Tnever > 3 then 1 else 0) <= 0"),
            (.undecided, "Tnever - Tnever^2 >= -2"),
        ]).check()
    }

    @Test func always() async throws {
        try await VerdictTable(setting: setting, rows: [
            (.proved, "always x > 0"),
            (.refuted, "always x > 1/2"),
            (.proved, "always x >= exp(-2) - 1/10^9"),
            (.refuted, "always x >= exp(-2) + 1/10^9"),
            (.proved, "always abs(x - exp(-t)) <= 1/10^12"),
            (.refuted, "always abs(x - exp(-t)) > 1/10^12"),
            (.proved, "always abs(x*exp(t) - 1) <= 1/10^25"),
            (.refuted, "always x <= exp(-t) - 1/10^9"),
            (.notRefuted, "always x = exp(-t)"),
            (.refuted, "always x = 1/2"),
            (.proved, "always 0 < x <= 1 and t <= 2"),
            (.refuted, "always x > 0 and t < 2 - 1/10^9"),
            (.proved, "always x > 1/2 or t > 1/2"),
            (.refuted, "always x > 1/2 or t > 7/10"),
            (.proved, "always x <= 1/2 implies t >= 69/100"),
            (.refuted, "always x <= 1/2 implies t >= 7/10"),
            (.undecided, "always 1/(x - 1/2) != 0"),
            (.undecided, "always log(x - 1/2) < 5"),
            (.proved, "always x' < 0"),
            (.notRefuted, "always x'' > 0 and x''' < 0"),
        ]).check()
    }

    @Test func alwaysTouchingAtTheStart() async throws {
        try await VerdictTable(setting: setting, rows: [
            (.proved, "always x <= 1"),
            (.refuted, "always x < 1"),
            (.proved, "always on (0, end] : x < 1"),
            (.refuted, "always x >= 1"),
            (.refuted, "always on (0, end] : x >= 1"),
            (.proved, "always x >= 1 - t"),
            (.refuted, "always x <= 1 - t"),
            (.refuted, "always x > 1 - t"),
            (.proved, "always on (0, end] : x > 1 - t"),
            (.proved, "always x <= 1 - t + t^2/2"),
            (.refuted, "always x >= 1 - t + t^2/2"),
            (.proved, "always x >= 1 - t + t^2/2 - t^3/6"),
            (.refuted, "always x <= 1 - t + t^2/2 - t^3/6"),
            // Equal at the start, right for a while, wrong later.
            (.refuted, "always x <= 1 - t/2"),
            (.refuted, "always x >= 1 - 999999999*t/10^9"),
            (.proved, "always x >= 1 - 1000000001*t/10^9"),
            (.refuted, "always x <= 1 and x <= 1 - t/2"),
            (.notProved, "always x <= 1 - abs(t - t)/x and x < 1"),
            (.undecided, "always x <= 1 + 0*log(1/2 - t)"),
        ]).check()
    }

    @Test func alwaysOnIntervals() async throws {
        try await VerdictTable(setting: setting, rows: [
            (.proved, "always on [1, 2] : x <= 37/100"),
            (.refuted, "always on [1, 2] : x <= exp(-1) - 1/10^9"),
            (.refuted, "always on (1, 2] : x <= exp(-1) - 1/10^9"),
            (.notRefuted, "always on [1, 2] : x <= exp(-1)"),
            (.notProved, "always on [1, 2] : x < exp(-1)"),
            (.notRefuted, "always on (1, 2] : x < exp(-1)"),
            (.notRefuted, "always x >= exp(-2)"),
            (.notProved, "always x > exp(-2)"),
            (.notRefuted, "always on [0, 2) : x > exp(-2)"),
            (.proved, "always on [1, 1] : x <= 1/2"),
            (.refuted, "always on [1, 1] : x >= 1/2"),
            (.vacuous, "always on [2, 1] : x < 0"),
            (.proved, "always on [1/3, 1/2] : x > 6/10"),
            // A failure at an open end alone is none.
            (.notRefuted, "always on [0, 1) : t < 1"),
            (.notRefuted, "always on (0, 1] : t > 0"),
            (.notProved, "always on [0, 1] : t < 1"),
            // Ends that are events, known as enclosures.
            (.notRefuted, "always on [0, Thalf] : x >= 1/2"),
            (.proved, "always on [0, Thalf] : x >= 1/2 - 1/10^9"),
            (.refuted, "always on [0, Thalf] : x >= 1/2 + 1/10^9"),
            (.notRefuted, "always on [Thalf, end] : x <= 1/2"),
            (.proved, "always on [Thalf, end] : x <= 1/2 + 1/10^9"),
            (.refuted, "always on [Thalf, end] : x <= 1/2 - 1/10^9"),
            (.notRefuted, "always on [0, Thalf) : x > 1/2"),
            (.notProved, "always on [0, Thalf] : x > 1/2"),
            (.proved, "always on [Thalf, Tafter] : 24/100 < x < 51/100"),
            (.vacuous, "always on [Tafter, Thalf] : x < 0"),
            // Up to an event that is not reached: a violation refutes, its absence proves nothing.
            (.refuted, "always on [0, Tnever] : x >= 1/2"),
            (.undecided, "always on [0, Tnever] : x > 0"),
            (.vacuous, "always on [Tnever, end] : x > 5"),
        ]).check()
    }

    @Test func whileAConditionHolds() async throws {
        try await VerdictTable(setting: setting, rows: [
            (.proved, "always while x >= 1/2 : t <= 7/10"),
            (.refuted, "always while x >= 1/2 : t <= 69/100"),
            (.vacuous, "always while x > 2 : x < 0"),
            (.notRefuted, "always while x > 1/2 : x > 1/2"),
            (.proved, "always while x > 1/2 : x > 1/2 - 1/10^9"),
            (.refuted, "always while x > 1/2 : x > 1/2 + 1/10^9"),
            (.refuted, "always on [1, 2] while x >= 1/5 : x <= 1/5"),
            (.proved, "always on [1, 2] while x >= 1/5 : x >= 1/5 - 1/10^9"),
            (.proved, "always while t <= 1 or x < 0 : x > 36/100"),
            (.proved, "sometime while x >= 1/2 : t >= 6/10"),
            (.refuted, "sometime while x >= 1/2 : t >= 7/10"),
            (.vacuous, "sometime while x > 2 : t >= 0"),
        ]).check()
    }

    @Test func sometime() async throws {
        try await VerdictTable(setting: setting, rows: [
            (.proved, "sometime x <= 1/5"),
            (.refuted, "sometime x <= 1/10"),
            (.proved, "sometime x <= exp(-2) + 1/10^9"),
            (.refuted, "sometime x <= exp(-2) - 1/10^9"),
            (.notRefuted, "sometime x <= exp(-2)"),
            (.notRefuted, "sometime x >= 1"),
            (.notProved, "sometime on (0, end] : x >= 1"),
            (.notRefuted, "sometime x = 1/2"),
            (.refuted, "sometime x = 2"),
            (.proved, "sometime on [1, 3/2] : x < 1/4"),
            (.refuted, "sometime on [1, 3/2] : x < 1/5"),
            (.proved, "sometime on [1, 1] : x < 1/2"),
            (.vacuous, "sometime on [2, 1] : x > 0"),
            (.proved, "sometime on [0, Tnever] : x < 1/2"),
            (.undecided, "sometime on [0, Tnever] : x < 1/50"),
            (.undecided, "sometime log(x - 2) > 0"),
        ]).check()
    }

    @Test func monotone() async throws {
        try await VerdictTable(setting: setting, rows: [
            (.proved, "decreasing x"),
            (.refuted, "increasing x"),
            (.refuted, "increasing x^2 - x"),
            (.proved, "increasing x^2 - x on [1, 2]"),
            (.refuted, "increasing x^2 - x on [1/2, 2]"),
            (.notRefuted, "increasing x^2 - x on [Thalf, end]"),
            (.refuted, "increasing 1"),
            (.refuted, "decreasing x - x"),
            (.proved, "increasing t"),
            (.proved, "increasing t^2"),
            (.notRefuted, "increasing (t - 1)^3"),
            (.refuted, "increasing t^2 - t/10^3"),
            (.notProved, "increasing if t < 1 then t else t - 5"),
            (.notProved, "increasing t - 3*floor(t)"),
            (.notProved, "increasing t + indicator(x > 1/2)"),
            (.notProved, "increasing 1/(1 - t)"),
            (.notProved, "decreasing (t - 1)^(1/3) - t"),
            (.notRefuted, "increasing abs(t - 1) + 2*t"),
            (.refuted, "increasing abs(t - 1)"),
        ]).check()
    }

    @Test func at() async throws {
        try await VerdictTable(setting: setting, rows: [
            (.proved, "at 1 : x <= 37/100"),
            (.refuted, "at 1 : x <= 36/100"),
            (.proved, "at 1 : 36787944117144232159552377016146/10^32 < x < 36787944117144232159552377016147/10^32"),
            (.refuted, "at 1 : x < 36787944117144232159552377016146/10^32"),
            (.proved, "at Thalf : abs(x - 1/2) <= 1/10^12"),
            (.notProved, "at Thalf : x < 1/2"),
            (.notRefuted, "at Thalf : x <= 1/2"),
            (.proved, "at end : x < 1/7"),
            (.proved, "at 0 : x = 1"),
            (.refuted, "at 0 : x < 1"),
            (.undecided, "at 1 : 1/(x - exp(-t)) > 0"),
            (.undecided, "at Tnever : x <= 1"),
            (.proved, "at (2*Thalf) : abs(x - 1/4) <= 1/10^12"),
            (.refuted, "at (2*Thalf) : x >= 1/4 + 1/10^9"),
        ]).check()
    }

    @Test func identities() async throws {
        try await VerdictTable(setting: setting, rows: [
            (.proved, "identity x' = -x"),
            (.proved, "identity (x^2)' = -2*x^2"),
            (.refuted, "identity x' = -x + 1/10^9"),
            (.proved, "identity (x - 1)*(x + 1) = x^2 - 1"),
            (.refuted, "identity (x - 1)*(x + 1) = x^2 - 1 - x/10^9"),
            (.proved, "identity x/x = 1"),
            (.refuted, "identity abs(x) = x"),
            (.notProved, "identity sqrt(x^2) = x"),
            (.notRefuted, "identity exp(log(x)) = x"),
            (.proved, "identity exp(x)^2 = exp(2*x)"),
            (.notRefuted, "identity sin(x)^2 + cos(x)^2 = 1"),
            (.refuted, "identity sin(x)^2 + cos(x)^2 = 1 + 1/10^9"),
            (.undecided, "identity 1/(x - x) = 1/(x - x)"),
            (.refuted, "identity x = exp(-t)"),
            (.notRefuted, "identity (x*exp(t))' = 0"),
            (.undecided, "identity log(-1 - x^2) = log(-1 - x^2)"),
        ]).check()
    }

    @Test func hypotheses() async throws {
        try await VerdictTable(setting: setting, rows: [
            (.vacuous, "given 1 > 2 : always x > 5"),
            (.vacuous, "given Thalf > 1 : always x > 5"),
            (.vacuous, "given Tnever <= 1 : always x > 5"),
            (.undecided, "given Tnever <= 3 : always x > 0"),
            (.undecided, "given Thalf < log(2) : always x > 0"),
            (.proved, "given Thalf < 1 : always x > 0"),
            (.refuted, "given Thalf < 1 : always x > 1/2"),
        ]).check()
    }

    /// The hypothesis holds at t = 0 alone, and so does the claim.
    @Test func whileHoldsAtTheStartAlone() async throws {
        do {
            try await VerdictTable(setting: setting, rows: [(.notRefuted, "always while x >= 1 : t <= 0")]).check()
        }
    }

    /// Tnever is 4.6: certified not to happen up to 2, which says nothing about [Tnever, 5].
    @Test func anIntervalThatStartsBeyondTheRun() async throws {
        do {
            try await VerdictTable(setting: setting, rows: [
                (.notProved, "always on [Tnever, 5] : x > 1/2"), (.notRefuted, "sometime on [Tnever, 5] : x > 0"),
            ]).check()
        }
    }

    /// A run has no instants before 0.
    @Test func instantsBeforeTheRun() async throws {
        do {
            try await VerdictTable(
                setting: setting + "\nevent Tearly = first t after -1 where x <= 5",
                rows: [(.notProved, "Tearly < 0"), (.vacuous, "always on [-2, -1] : x <= 0")]
            ).check()
        }
    }

    /// x and x' vanish at t = 0, x'' does not.
    @Test func aRunFromRest() async throws {
        do {
            do {
                try await VerdictTable(
                    setting: "state x = 0\nflow x' = x^2 - t\nstop at 1",
                    rows: [(.proved, "always x <= 0"), (.refuted, "always on [1/2, 1] : x >= 0")]
                ).check()
            }
        }
    }
}
