import Exact
import Testing

@testable import Checker

/// Stages, schedules, and what is claimed across their borders.
struct StageTests {
    /// x halves three times in a, then keeps 3/4 of itself three times in b.
    static let steps = """
        schedule eta = 1/2 during a, 1/4 during b
        state x = 1
        state y = 3
        map next(x) = x - eta*x
        map next(y) = y + eta
        stage a until x <= 1/8, at latest 100 steps
        stage b for 3 steps
        let early = end(a)
        event F = end(b)
        """

    @Test func inSteps() async throws {
        try await VerdictTable(
            setting: Self.steps,
            rows: [
                (.proved, "early = 3 and end(b) = 6 and end = 6 and F = 6 and start(b) = 3 and start(a) = 0"),
                (.refuted, "end(a) >= 4"),
                (.proved, "at end(a) : x = 1/8"),
                (.proved, "at (start(b) + 1) : x = 3/32"),
                (.proved, "always during b : x <= x@end(a)"),
                (.refuted, "always during b : x < x@end(a)"),
                (.proved, "always during a : next(x) <= 3*x/4"),
                (.proved, "always on [0, 2] : next(x) = x/2"),
                // The step at the border is taken by the second stage.
                (.refuted, "always during a : next(x) = x/2"),
                (.proved, "always during b : next(x) = 3*x/4"),
                (.proved, "always on [0, 2] : eta = 1/2"),
                (.proved, "always during b : eta = 1/4"),
                (.refuted, "always eta = 1/2"),
                // Every stage's map.
                (.refuted, "identity next(x) = x/2"),
                (.proved, "identity next(x) = (1 - eta)*x"),
                (.proved, "identity next(y) - y = eta"),
                (.refuted, "identity eta = 1/2"),
                (.proved, "everywhere eta <= 1/2"),
                (.refuted, "everywhere eta <= 1/4"),
                (.proved, "at end : total(eta) = 9/4"),
                (.proved, "at 0 : total(eta) = 0"),
                (.proved, "at end(a) : total(eta) = 3/2"),
                (.proved, "always y - 3 = total(eta)"),
                (.refuted, "always y - 3 < total(eta)"),
                (.proved, "increasing y during b"),
                (.proved, "increasing y"),
                (.proved, "decreasing x"),
                (.refuted, "increasing x during a"),
                // The quantity itself jumps.
                (.notRefuted, "decreasing x*eta"),
                (.notProved, "increasing eta"),
                (.proved, "symmetry x -> x, y -> y"),
                (.refuted, "symmetry x -> 2*x"),
            ]
        ).check()
    }

    /// A stage that "at latest" ends has no end, and nothing comes after it.
    @Test func aStageEndedByItsCap() async throws {
        for dynamics in ["map next(x) = x/2", "flow x' = -log(2)*x"] {
            let unit = dynamics.hasPrefix("map") ? " steps" : ""
            try await VerdictTable(
                setting: """
                    state x = 1
                    \(dynamics)
                    stage a until x <= 1/100, at latest 3\(unit)
                    stage b for 5\(unit)
                    event T = first t where x <= 3/4
                    event U = first t where x <= 1/1000
                    event L = last t where x >= 1/2
                    event F = end
                    """,
                rows: [
                    (.undecided, "always during a : x > 1/10"),
                    (.refuted, "always during a : x > 1/2"),
                    (.undecided, "always during b : x < 1"),
                    (.undecided, "always during b : x > 1"),
                    (.undecided, "end(a) <= 2"),
                    (.undecided, "end(a) >= 1"),
                    (.undecided, "end(b) > end(a)"),
                    // Nor has the run: stage b belongs to it.
                    (.undecided, "end = 3"),
                    (.undecided, "T <= end"),
                    (.undecided, "T <= C*end for some C"),
                    (.undecided, "always x >= 1/9"),
                    (.refuted, "always x >= 1/2"),
                    (.undecided, "decreasing x"),
                    (.refuted, "increasing x"),
                    (.undecided, "always x <= C for some C"),
                    (.undecided, "at end : abs(x - 1/8) <= 1/10^9"),
                    (.undecided, "x@end <= 1"),
                    (.undecided, "sometime x <= 1/100"),
                    (.proved, "sometime x <= 1/2"),
                    (.undecided, "L <= 2"),
                    (.undecided, "F >= 1"),
                    (.proved, "T < U"),
                    (.undecided, "at end(b) : x > 0"),
                    (.undecided, "at end(b) : x < 0"),
                    (.undecided, "always x >= x@end(a)"),
                    (.undecided, "given end(a) <= 100 : always x > 0"),
                    (.proved, "sometime during a : x <= 1/2"),
                ]
            ).check()
        }
    }

    /// The last stage ends the run, as `stop` does.
    @Test func theLastStageEndedByItsCap() async throws {
        for (first, rest) in [("map next(x) = x/2", " steps"), ("flow x' = -log(2)*x", "")] {
            try await VerdictTable(
                setting: """
                    state x = 1
                    \(first)
                    stage a for 1\(rest)
                    stage b until x <= 1/100, at latest 2\(rest)
                    """,
                rows: [
                    (.undecided, "end(b) = 3"), (.proved, "end = 3"), (.proved, "always x >= 1/9"),
                    (.undecided, "always during b : x >= 1/9"), (.refuted, "always during b : x >= 1/5"),
                ]
            ).check()
        }
    }

    @Test func aNormalisedFlowWhoseFirstStageIsCapped() async throws {
        try await VerdictTable(
            setting: """
                state u = 1
                state v = 1
                let loss = u^2/2 + v^2/2
                stage a : flow normalised gradient of loss in u until u <= 0 - 1, at latest 1/2
                stage b : flow normalised gradient of loss in v for 1/2
                """,
            rows: [
                (.undecided, "always v >= 3/4"), (.undecided, "end <= 1"), (.undecided, "at end : v = 1"),
                (.refuted, "always u >= 3/4"),
            ]
        ).check()
    }

    /// u moves from 1/2 to 1 along 1 - u/2 = (3/4) exp(-t/4), then v from 1/2 along 1 - v = exp(-s)/2, then both.
    static let flow = """
        state u = 1/2
        state v = 1/2
        let loss = (1 - u*v)^2/2
        stage first  : flow gradient of loss in u until u*v >= 1/2, at latest 100
        stage second : flow gradient of loss in v for 2
        stage third  : flow gradient of loss for 1
        event T = first t where v >= 3/4
        event U = last t where v <= 3/4
        """

    @Test func ofAFlow() async throws {
        try await VerdictTable(
            setting: Self.flow,
            rows: [
                (.proved, "abs(end(first) - 4*log(3/2)) <= 1/10^9"),
                (.proved, "abs(end(second) - end(first) - 2) <= 1/10^9 and abs(end - end(third)) <= 1/10^9"),
                (.proved, "always during first : v = 1/2"),
                (.proved, "at end(first) : abs(u - 1) <= 1/10^9"),
                (.proved, "always during second : abs(u - u@end(first)) <= 1/10^9"),
                (.proved, "always during second : abs(v - 1 + exp(-(t - end(first)))/2) <= 1/10^9"),
                (.refuted, "always during second : v <= 3/4"),
                (.proved, "always on [0, end(first)] : abs(1 - u/2 - 3/4*exp(-t/4)) <= 1/10^9"),
                // Both sides are equal where the stage starts, at a time that is known as an enclosure only.
                (.proved, "always on (start(second), end(second)] : v > 1/2"),
                (.refuted, "always during second : v > 1/2"),
                (.refuted, "always on (start(second), end(second)] : v < 1/2"),
                (.proved, "always during second : v >= v@end(first)"),
                (.proved, "decreasing loss"),
                (.proved, "decreasing loss during third"),
                (.notProved, "increasing v during first"),
                // u stands still in the second stage only.
                (.refuted, "always u' > 0"),
                (.proved, "always on [end(first) + 1/100, end(second) - 1/100] : abs(u') <= 1/10^9"),
                (.proved, "always during first : u' >= -1/10^9"),
                // At the border u' has two values, 1/4 and 0.
                (.notProved, "always during second : abs(u') <= 1/10"),
                (.notProved, "always during first : u' >= 1/10"),
                (.proved, "sometime during first : u >= 9/10"),
                (.refuted, "sometime during first : u >= 11/10"),
                (.proved, "always during third : u*v < 1"),
                (.proved, "abs(T - end(first) - log(2)) <= 1/10^9 and abs(T - U) <= 1/10^9"),
                (.proved, "at T : abs(u - u@end(first)) <= 1/10^9"),
                (.refuted, "identity loss' = -(1 - u*v)^2*(v^2 + u^2)"),
                (.proved, "always during third : abs(loss' + (1 - u*v)^2*(v^2 + u^2)) <= 1"),
                (.proved, "always on [0, end(first)] : total(u) <= 2*t"),
                (.proved, "at end(second) : abs(total(u) - total(u)@end(first) - 2*u) <= 1/10^6"),
                (.proved, "always loss <= C for some C where C <= 3/10"),
            ]
        ).check()
    }

    @Test func theClockRunsOn() async throws {
        try await VerdictTable(
            setting: """
                state x = 0
                flow x' = t
                stage a for 1
                stage b for 2
                """,
            rows: [
                (.proved, "always abs(x - t^2/2) <= 1/10^9"),
                (.proved, "at end : abs(x - 9/2) <= 1/10^9"),
                (.proved, "at start(b) : abs(x - 1/2) <= 1/10^9"),
                (.refuted, "at start(b) : x >= 1"),
            ]
        ).check()
        try await VerdictTable(
            setting: """
                state x = 0
                map next(x) = x + t
                stage a for 3 steps
                stage b until x >= 10, at latest 50 steps
                """,
            rows: [
                (.proved, "end(b) = 5"), (.proved, "always x = t*(t - 1)/2"), (.refuted, "always next(x) = x + 3"),
            ]
        ).check()
    }

    /// z is exactly 1/3, which no ball knows after a step: when the first stage ends is not decided.
    @Test func aStageWhoseEndIsNotDecided() async throws {
        try await VerdictTable(
            setting: """
                state x = 0
                state z = 1/3
                map next(x) = x + 1
                map next(z) = 1 - 2*z
                stage a until x >= 3*z + 2, at latest 9 steps
                stage b for 2 steps
                """,
            rows: [
                (.undecided, "end(a) = 3"),
                (.undecided, "end(a) >= 4"),
                (.undecided, "always during a : x <= 3"),
                (.undecided, "always during b : x <= 5"),
                (.refuted, "always during a : x <= 1"),
                (.notProved, "end >= 9"),
            ]
        ).check()
    }

    /// At the border s is 1 and 0: a condition holds or fails there only with both.
    @Test func aBorderHasTwoValues() async throws {
        let setting = """
            state x = 1
            schedule s = 1 during a, 0 during b
            flow x' = -x
            stage a for 1
            stage b for 1
            """
        try await VerdictTable(setting: setting, rows: [
            (.undecided, "always during b : s <= 1/2"),
            (.undecided, "always on [0, 1] : s >= 1/2"),
            (.undecided, "sometime during b : s > 1/2"),
            (.undecided, "at 1 : s <= 1/2"),
            (.notRefuted, "always during b : C >= s for some C where C <= 1/2"),
            (.proved, "always during b : s <= 1"),
            (.refuted, "always during b : s >= 1/2"),
        ]).check()
    }
}
