import Testing

@testable import Checker

/// `total(q)`: the integral, or the sum over the steps before now.
struct TotalTests {
    @Test func ofAFlow() async throws {
        try await VerdictTable(
            setting: """
                state x = 1
                flow x' = -x
                stop at 2
                event T = first t where total(x) >= 1/2
                """,
            rows: [
                (.proved, "always abs(total(x) - (1 - x)) <= 1/10^9"),
                (.refuted, "always total(x) <= 1/2"),
                (.proved, "at 0 : total(x) = 0"),
                (.proved, "identity total(x)' = x"),
                (.refuted, "identity total(x)' = x^2 and x' = x"),
                // Of the run alone, not of every state.
                (.undecided, "identity total(x) = 1 - x"),
                (.undecided, "everywhere total(x) >= 0"),
                (.proved, "increasing total(x)"),
                (.proved, "abs(T - log(2)) <= 1/10^9"),
                (.proved, "abs(total(x)@T - 1/2) <= 1/10^9"),
                (.proved, "at end : abs(total(total(x)) - (2 - (1 - exp(-2)))) <= 1/10^9"),
                (.proved, "solution x = exp(-t)"),
            ]
        ).check()
    }

    @Test func inSteps() async throws {
        try await VerdictTable(
            setting: """
                state x = 1
                map next(x) = 2*x
                stop at 5 steps
                """,
            rows: [
                (.proved, "always total(x) = x - 1"),
                (.refuted, "always total(x) = x"),
                (.proved, "at end : total(1) = 5 and total(t) = 10"),
                (.proved, "identity next(total(x)) - total(x) = x"),
                (.proved, "increasing total(x)"),
                (.undecided, "identity total(x) = x"),
                (.proved, "always next(total(x)) = 2*x - 1"),
            ]
        ).check()
    }

    /// A symmetry of the states says nothing of what somebody integrates.
    @Test func symmetriesForgetThem() async throws {
        try await VerdictTable(
            setting: """
                state x = 1
                state y = 1
                flow x' = -y
                flow y' = -x
                stop at 1
                """,
            rows: [
                (.proved, "symmetry x -> y, y -> x"),
                (.proved, "always abs(total(x) - total(2*y)/2) <= 1/10^9"),
                (.proved, "symmetry x -> y, y -> x"),
            ]
        ).check()
    }
}

/// `state x in [lo, hi]`: every start in the box.
struct StartBoxTests {
    @Test func everyStart() async throws {
        try await VerdictTable(
            setting: """
                state x in [1, 2]
                state y = 1
                flow x' = -x
                flow y' = -y
                stop at 1
                event T = first t where y <= 1/2
                """,
            rows: [
                (.proved, "always x <= 2.01"),
                (.refuted, "always x <= 3/2"),
                (.refuted, "always x >= y + 1/2"),
                (.proved, "always x >= 1/3"),
                (.proved, "always abs(x - x@0*exp(-t)) <= 1/10"),
                (.proved, "at T : x <= 1.1"),
                (.refuted, "at 0 : x = 1"),
                (.proved, "at 0 : x = x@0"),
                (.proved, "x@0 >= 0.99"),
                (.refuted, "x@0 <= 3/2"),
                (.proved, "identity x' = -x"),
                (.proved, "decreasing x"),
                (.undecided, "always x <= C for some C"),
            ]
        ).check(maximumBits: 53)
    }

    @Test func severalBoxes() async throws {
        try await VerdictTable(
            setting: """
                state x[i in 1..2] in [0, 1]
                map next(x[i in 1..2]) = x[i]/2
                stop at 3 steps
                """,
            rows: [
                (.proved, "always x[1] + x[2] <= 2.01"),
                (.refuted, "always x[1] <= 1/2"),
                // False between the corners and the middle: not proved.
                (.notProved, "always abs(x[1] - x[2]) < 1"),
            ]
        ).check(maximumBits: 53)
    }
}
