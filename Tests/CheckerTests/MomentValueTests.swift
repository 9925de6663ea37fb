import Exact
import Testing

@testable import Checker

/// `q@T`, `last t`, and events that are other names for moments.
struct MomentValueTests {
    /// x = 2 exp(-t), so T = log 2, U = log 4 and X = log 4; W never happens. z stays exactly 1/3.
    static let decay = """
        state x = 2
        state z = 1/3
        let s = x + z
        let early = x@T
        flow x' = -x
        flow z' = s@0 - 2 - z
        stop at 3
        event T = first t where x <= 1
        event X = first t where x <= early/2
        event U = last t where x >= 1/2
        event V = T
        event W = last t where x >= 5
        event L = first t where x <= 1/1000
        """

    @Test func alongAFlow() async throws {
        try await VerdictTable(
            setting: Self.decay,
            rows: [
                (.proved, "at 0 : x@0 = 2 and s@0 = 7/3"),
                (.proved, "x@0 = 2"),
                (.refuted, "x@0 > 2"),
                (.proved, "always x <= x@0"),
                (.refuted, "always x < x@0"),
                (.proved, "always on (0, 1] : x < x@0"),
                (.proved, "abs(x@T - 1) <= 1/10^9"),
                (.refuted, "x@T < 1/2"),
                (.proved, "at T : abs(x - x@T) <= 1/10^9"),
                (.proved, "always on [T, end] : x <= x@T + 1/10^9"),
                (.refuted, "always on [T, end] : x <= x@T - 1/10^9"),
                // Equality at an inexact time.
                (.proved, "always on [T, end] : x <= x@T"),
                (.proved, "abs(x@end - 2*exp(-3)) <= 1/10^9"),
                (.proved, "abs(x@(T + 1) - exp(-1)) <= 1/10^9"),
                (.proved, "abs(x@1 - 2*exp(-1)) <= 1/10^9"),
                (.proved, "abs(X - T - log(2)) <= 1/10^9"),
                (.proved, "always x@T*(x - x@0)/x@T <= 1/10^9"),
                (.proved, "always (x - x@T)' = x'"),
                (.proved, "always on [1, 2] : (1/x - 1/(x@T))/(t - T) >= c for some c where c >= 1"),
                (.refuted, "always on [1, 2] : (1/x - 1/(x@T))/(t - T) >= c for some c where c >= 3"),
                // What is not reached has no value.
                (.undecided, "x@L < 1"),
                (.undecided, "always x >= x@L"),
                (.proved, "always x > 0 or x >= x@L"),
                (.vacuous, "given x@0 > 3 : always x < 0"),
                (.vacuous, "given x@T > 2 : always x < 0"),
            ]
        ).check()
    }

    @Test func identitiesKnowNothingOfMoments() async throws {
        try await VerdictTable(
            setting: Self.decay,
            rows: [
                (.proved, "identity (x - x@0)' = -x"),
                (.proved, "identity (x - x@T)' = -x"),
                (.proved, "identity (early*x)' = -x*x@T"),
                (.proved, "identity x@0 - x@0 = 0"),
                // True for the run alone, and false at another state: neither is said.
                (.undecided, "identity x@0 = 2"),
                (.undecided, "identity x@0 = 3"),
                (.undecided, "identity x = x@0"),
            ]
        ).check()
    }

    @Test func lastTimes() async throws {
        try await VerdictTable(
            setting: Self.decay + "\nevent E = last t where x <= 1\nevent M = last t after T where x >= 1/2",
            rows: [
                (.proved, "abs(U - log(4)) <= 1/10^9"),
                (.refuted, "U >= 2"),
                (.proved, "abs(M - log(4)) <= 1/10^9"),
                // It holds at the end.
                (.proved, "E = 3"),
                (.proved, "V = T"),
                (.proved, "at V : abs(x - 1) <= 1/10^9"),
                // Never: not "later than the end" either.
                (.undecided, "W > 0"),
                (.undecided, "W <= 3"),
                (.undecided, "always on [W, end] : x > 100"),
                (.undecided, "at W : x > 0"),
            ]
        ).check()
    }

    /// x = t at step t; y = 4 - t, and V is not decided between 3 and what z knows.
    @Test func inSteps() async throws {
        try await VerdictTable(
            setting: """
                state x = 0
                state y = 4
                map next(x) = x + 1
                map next(y) = y - 1
                stop at 10 steps
                event T = first t where x >= 3
                event U = last t where y >= 0
                event N = last t where y >= 5
                """,
            rows: [
                (.proved, "T = 3 and U = 4 and x@T = 3 and y@U = 0"),
                (.refuted, "U >= 5"),
                (.undecided, "N >= 0"),
                (.proved, "always x - x@0 = t"),
                (.proved, "always on [T, end] : x >= x@T"),
                (.refuted, "always on [T, end] : x > x@T"),
                (.proved, "always next(x@T) = 3"),
                (.proved, "identity next(x@T) = x@T"),
                (.proved, "always abs(x - x@0) <= C*t for some C where C <= 1"),
                // The value at a moment that is no step.
                (.undecided, "x@(1/2) >= 0"),
            ]
        ).check()
    }

    /// |x'| = 1: the flow runs at unit speed, straight to the minimum, where it has no direction.
    @Test func normalisedFlow() async throws {
        let setting = """
            state x = 3
            state y = 4
            let loss = x^2/2 + y^2/2
            flow normalised gradient of loss
            """
        try await VerdictTable(
            setting: setting + "\nstop at 4",
            rows: [
                (.proved, "always abs(sqrt(x^2 + y^2) - (5 - t)) <= 1/10^9"),
                (.proved, "always abs(x - 3*(1 - t/5)) <= 1/10^9"),
                (.proved, "always abs(x'^2 + y'^2 - 1) <= 1/10^9"),
                (.refuted, "always x >= 1"),
                (.proved, "identity loss' = -sqrt(x^2 + y^2)"),
            ]
        ).check()
        try await VerdictTable(
            setting: setting + "\nstop at 6", rows: [(.undecided, "at end : loss <= 1"), (.notProved, "always x > 0")]
        ).check()
    }

    @Test func secondDerivatives() async throws {
        try await VerdictTable(
            setting: "state x = 1\nstate v = 0\nflow x' = v\nflow v' = -x\nstop at 3",
            rows: [
                (.proved, "identity x'' = -x"),
                (.refuted, "identity x'' = x"),
                (.proved, "always abs(x'' + cos(t)) <= 1/10^9"),
                (.proved, "at 0 : x'' = -1"),
            ]
        ).check()
    }
}
