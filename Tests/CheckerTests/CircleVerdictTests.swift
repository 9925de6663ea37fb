import Testing

@testable import Checker

/// x = cos t, y = sin t on [0, 10]: events that touch, formulas that are undefined in between, boxes and hypotheses.
struct CircleVerdictTests {
    private let setting = """
        state x = 1
        state y = 0
        flow x' = -y
        flow y' = x
        stop at 10
        event Tpi    = first t after 1 where y < 0
        event Ttouch = first t where x <= -1
        event Tbelow = first t where x < -1
        event Tback  = first t after Tpi where y >= 0
        event Tzero  = first t where x >= 1
        """

    @Test func events() async throws {
        try await VerdictTable(setting: setting, rows: [
            (.proved, "abs(Tpi - pi) <= 1/10^12"),
            (.refuted, "abs(Tpi - pi) >= 1/10^12"),
            (.refuted, "Tpi <= pi - 1/10^9"),
            (.refuted, "Tpi >= pi + 1/10^9"),
            // y(pi) = 0 meets y >= 0: the moment itself counts, so Tback = Tpi.
            (.notProved, "abs(Tback - 2*pi) <= 1/10^12"),
            (.notRefuted, "Tback = Tpi"),
            (.notRefuted, "Tpi <= pi"),
            (.notRefuted, "Ttouch <= 4"),
            (.notProved, "Ttouch <= 3"),
            (.proved, "Ttouch >= 3"),
            (.notProved, "Ttouch >= 4"),
            (.notRefuted, "Tbelow >= 4"),
            (.notRefuted, "Tzero = 0"),
            (.notProved, "Tzero > 1"),
            (.notProved, "Tzero < 0"),
        ]).check()
    }

    @Test func alwaysAndSometime() async throws {
        try await VerdictTable(setting: setting, rows: [
            (.proved, "always abs(x^2 + y^2 - 1) <= 1/10^12"),
            (.notRefuted, "always x >= -1"),
            (.notProved, "always x > -1"),
            (.proved, "always x >= -1 - 1/10^9"),
            (.refuted, "always x >= -1 + 1/10^9"),
            (.refuted, "always x <= 1 - 1/10^9"),
            (.proved, "sometime x <= -1 + 1/10^9"),
            (.refuted, "sometime x <= -1 - 1/10^9"),
            (.notRefuted, "sometime x <= -1"),
            (.notRefuted, "always abs(y') <= 1"),
            (.undecided, "always abs(x)' <= 2"),
            (.notRefuted, "always x >= 0 implies abs(x) = x or abs(x) - x <= 1/10^12"),
            (.notProved, "increasing x"),
            (.refuted, "increasing x on [1/10, end]"),
            (.proved, "decreasing x on [0, 3]"),
            (.refuted, "decreasing x on [0, 32/10]"),
            (.notRefuted, "increasing t - y"),
            (.refuted, "increasing t - y*1000001/10^6"),
        ]).check()
    }

    /// Up to an event that is in doubt: what certainly lies before it decides.
    @Test func intervalsUpToAnUndecidedEvent() async throws {
        try await VerdictTable(setting: setting, rows: [
            (.refuted, "always on [0, Ttouch] : y <= 1/2"),
            (.notProved, "always on [0, Ttouch] : t <= 3"),
            (.proved, "sometime on [0, Ttouch] : y > 1/2"),
            (.notProved, "always on [Ttouch, end] : y > 0"),
        ]).check()
    }

    /// The touching at pi may be the event, so nothing after it decides.
    @Test func nothingAfterAnUndecidedEventCounts() async throws {
        do {
            try await VerdictTable(setting: setting, rows: [
                (.notRefuted, "always on [0, Ttouch] : t <= 4"),
                (.notRefuted, "always on [0, Ttouch] : y >= -1/10"),
                (.notProved, "sometime on [0, Ttouch] : y < -1/2"),
            ]).check()
        }
    }

    @Test func boxes() async throws {
        let setting = """
            parameter a : real = 1
            state x = 1
            flow x' = -a*x
            stop at 1
            """
        try await VerdictTable(setting: setting, rows: [
            (.proved, "at 1 : x <= 2/5 for all a in [1, 2]"),
            (.refuted, "at 1 : x <= 1/2 for all a in [1/2, 2]"),
            (.notProved, "at 1 : x >= exp(-2) + 1/10^9 for all a in [1, 2]"),
            (.proved, "at 1 : x >= exp(-2) - 1/100 for all a in [1, 2]"),
            (.proved, "always x > 0 for all a in [-1, 1]"),
            (.notProved, "always x < 2 for all a in [-1, 1]"),
            (.proved, "decreasing x for all a in [1/10, 3]"),
            (.notProved, "decreasing x for all a in [-1/10, 3]"),
            (.proved, "identity x' = -a*x for all a in [1, 2]"),
            (.notProved, "identity x' = -x for all a in [1, 2]"),
            (.notProved, "(a - 5/4)^2 >= 1/100 for all a in [1, 2]"),
            (.proved, "(a - 5/4)^2 >= -1/100 for all a in [1, 2]"),
        ]).check()
    }

    @Test func assumptions() async throws {
        func setting(_ condition: String) -> String {
            """
            parameter a : real = 1
            state x = 1
            flow x' = -a*x
            stop at 1
            event T = first t where x <= 1/2
            assume h : \(condition)
            """
        }
        try await VerdictTable(setting: setting("a <= 2"), rows: [(.proved, "always x > 0"), (.refuted, "always x < 0")]).check()
        try await VerdictTable(setting: setting("T >= log(2)"), rows: [(.undecided, "always x > 0"), (.undecided, "always x < 0")]).check()
        // For some parameters of the box the hypothesis fails; for others the claim does.
        try await VerdictTable(setting: setting("a <= 3/2"), rows: [
            (.notProved, "at 1 : x <= 1/5 for all a in [1, 2]"),
            (.notProved, "(a - 5/4)^2 >= 1/100 for all a in [1, 2]"),
        ]).check()
    }

    /// The hypothesis fails on a part of the box alone: the claim is about the rest, and false there.
    @Test func anAssumptionThatFailsOnPartOfTheBox() async throws {
        do {
            try await VerdictTable(
                setting: """
                    parameter a : real = 2
                    state x = 1
                    flow x' = -a*x
                    stop at 1
                    assume h : a >= 3/2
                    """,
                rows: [(.notProved, "(a - 7/4)^2 >= 1/100 for all a in [1, 2]")]
            ).check()
        }
    }
}
