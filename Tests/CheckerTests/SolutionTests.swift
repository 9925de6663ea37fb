import Testing

@testable import Checker

/// Runs in closed form.
struct SolutionTests {
    @Test func flows() async throws {
        try await VerdictTable(
            setting: """
                state x = 1
                state y = 0
                state W[i in 1..2] = i
                state z = 1
                flow x' = -x
                flow y' = x
                flow W[i in 1..2]' = W[i]*cos(t)
                flow z' = z^2*exp(-y)
                stop at 1/2
                """,
            rows: [
                (.proved, "solution x = exp(-t)"),
                (.refuted, "solution x = exp(t)"),
                (.refuted, "solution x = 2*exp(-t)"),
                (.notProved, "solution x = exp(-t) + t^2"),
                (.notProved, "solution x = 1 - t + t^2/2"),
                // It holds on the run, but needs x.
                (.notRefuted, "solution y = 1 - exp(-t)"),
                (.proved, "solution W = vector(i in 1..2) i*exp(sin(t))"),
                (.proved, "solution W[2] = 2*exp(sin(t))"),
                (.refuted, "solution W[2] = exp(sin(t))"),
                (.notProved, "solution W = vector(i in 1..2) i*exp(t)"),
                (.notProved, "solution x = y"),
                (.proved, "solution [x] = [exp(-t)]"),
                (.notProved, "solution x = exp(-t)*(1 - t)/(1 - t)"),
                (.notProved, "solution x = exp(-t) + 0*log(1/4 - t)"),
                (.notProved, "solution x = exp(-abs(t))"),
                (.notProved, "solution z = 1/(1 - t)"),
            ]
        ).check()
    }

    /// The field is not smooth at 0: t^3 obeys the equation, and so does 0.
    @Test(arguments: ["3*(b^2)^(1/3)", "3*b^(2/3)", "3*abs(b)^(2/3)", "relu(b)", "sqrt(abs(b))"])
    func fieldsThatAreNotSmooth(field: String) async throws {
        try await VerdictTable(
            setting: """
                state b = 0
                flow b' = \(field)
                stop at 1
                """,
            rows: [(.undecided, "solution b = t^3"), (.undecided, "solution b = 0*t")]
        ).check()
    }

    /// The other equation has no value, so there is no run that x could follow.
    @Test func noRun() async throws {
        try await VerdictTable(
            setting: """
                state x = 1
                state y = 0
                flow x' = -x
                flow y' = log(-1 - y^2)
                stop at 1
                """,
            rows: [(.undecided, "solution x = exp(-t)"), (.undecided, "solution x = exp(t)")]
        ).check()
    }

    /// Nothing is said of the slope of a run that is only its start.
    @Test func aRunWithoutLength() async throws {
        try await VerdictTable(
            setting: """
                state x = 1
                flow x' = -x
                stop at 0
                """,
            rows: [
                (.proved, "solution x = exp(-t)"), (.notRefuted, "solution x = exp(t)"), (.refuted, "solution x = 0*t"),
            ]
        ).check()
    }

    @Test func steps() async throws {
        try await VerdictTable(
            setting: """
                state x = 1
                state n = 0
                state s = 0
                map next(x) = x/2
                map next(n) = n + 1
                map next(s) = s + n
                stop at 2 steps
                """,
            rows: [
                (.proved, "solution x = (1/2)^t"),
                (.proved, "solution n = t"),
                (.refuted, "solution x = 1 - t/2 + t^2/2"),
                (.refuted, "solution n = t^2"),
                (.notProved, "solution x = 1 - t/2 + t*(t - 1)/8"),
                (.notRefuted, "solution s = t*(t - 1)/2"),
                (.refuted, "solution n = t + 1"),
                // It agrees on the run, which ends after two steps, but not identically.
                (.undecided, "solution n = t + t*(t - 1)*(t - 2)"),
            ]
        ).check()
    }
}
