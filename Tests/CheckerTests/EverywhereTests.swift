import Testing

@testable import Checker

/// Conditions for all real states.
struct EverywhereTests {
    @Test func bySigns() async throws {
        try await VerdictTable(
            setting: """
                state x
                state y
                let e = exp(x)
                let p = e/(e + exp(y))
                """,
            rows: [
                (.proved, "everywhere e > 0 and 0 < p < 1"),
                (.proved, "everywhere x^2 + 1 > 0"),
                (.proved, "everywhere x^2 >= 0"),
                (.refuted, "everywhere x^2 > 0"),
                (.proved, "everywhere (x + y)^2 = x^2 + 2*x*y + y^2"),
                (.refuted, "everywhere (x + y)^2 = x^2 + y^2"),
                (.proved, "everywhere e != 0"),
                (.refuted, "everywhere x != y"),
                (.proved, "everywhere x^3 >= 1 or x^2 >= 0"),
                (.proved, "everywhere x^2 < 0 implies y > 0"),
                (.proved, "everywhere x^3 > 5 implies e > 0"),
                (.refuted, "everywhere e >= 1"),
                (.notRefuted, "everywhere x^2 + y^2 >= 2*x*y"),
                (.notRefuted, "everywhere e >= 1 + x"),
                // Undefined somewhere: neither.
                (.undecided, "everywhere x^2/x^2 = 1"),
                (.undecided, "everywhere x/x >= 1"),
                (.notProved, "everywhere sqrt(x)^2 >= 0"),
                (.notProved, "everywhere log(x)^2 >= 0"),
                (.notProved, "everywhere abs(x)/abs(x) > 0"),
                (.proved, "everywhere all(i in 1..3) x^2 >= -i"),
                (.refuted, "everywhere all(i in 1..3) x^2 >= i - 1"),
                (.vacuous, "everywhere all(i in {i in 1..3 where i > 5}) x > i"),
            ]
        ).check()
    }

    @Test func cellByCell() async throws {
        try await VerdictTable(
            setting: """
                state x
                state y
                """,
            rows: [
                (.proved, "everywhere abs(x) >= x"),
                (.refuted, "everywhere abs(x) > x"),
                (.proved, "everywhere relu(x) - relu(-x) = x"),
                (.proved, "everywhere max(x, y) + min(x, y) = x + y"),
                (.proved, "everywhere abs(x + y) <= abs(x) + abs(y)"),
                (.refuted, "everywhere abs(x + y) < abs(x) + abs(y)"),
                (.refuted, "everywhere abs(x + y) >= abs(x) + abs(y)"),
                (.proved, "everywhere x < 0 or x >= 0"),
                (.refuted, "everywhere x < 0 or x > 0"),
                (.refuted, "everywhere x <= 1000000"),
                (.refuted, "everywhere relu(x - 1000000) <= 0"),
                (.refuted, "everywhere relu(x - 1000000) - relu(x - 1000001) - y < 1 or y < 0 or x != 1000001 + 1/7"),
                (.proved, "everywhere 0 <= x <= 1 and y >= 2 implies x - y < 0"),
                (.refuted, "everywhere 0 <= x <= 1 and y >= 1 implies x - y < 0"),
                (.proved, "everywhere 0 <= x <= 1 and y >= 1 implies x - y <= 0"),
                (.proved, "everywhere x < y and y < x implies x > 7"),
                (.proved, "everywhere x > 3 implies abs(x) != 3"),
                (.refuted, "everywhere x >= 3 implies abs(x) != 3"),
                (.proved, "everywhere x = 3 implies x + y - 3 = y"),
                (.proved, "everywhere not (x > 1 and x < 1)"),
                (.proved, "everywhere relu(x - 1000000) - relu(x - 1000001) <= 1"),
                (.refuted, "everywhere relu(x - 1000000) - relu(x - 1000001) < 1"),
                (.proved, "everywhere sqrt(2) + abs(x) > 7/5"),
                (.proved, "everywhere abs(x) + 3*sqrt(2) - pi >= sqrt(2) - pi + 2*sqrt(2)"),
                (.notProved, "everywhere abs(x) + 3*sqrt(2) - pi > sqrt(2) - pi + 2*sqrt(2)"),
                (.refuted, "everywhere sqrt(2) - abs(x) > 7/5"),
                (.notProved, "everywhere (if x > 0 then x else -x) >= 1/100"),
                (.notProved, "everywhere relu(x)/relu(x) = 1"),
                (.notProved, "everywhere abs(x) + 0*log(x) >= 0"),
                (.notProved, "everywhere abs(x) + 0/relu(x) >= 0"),
                (.notProved, "everywhere max(x, log(-1)) >= x"),
            ]
        ).check()
    }

    @Test func softplusByItsTangents() async throws {
        try await VerdictTable(
            setting: """
                state x
                state y
                """,
            rows: [
                (.proved, "everywhere softplus(x) + softplus(-x) >= 2*log(2)"),
                (.refuted, "everywhere softplus(x) + softplus(-x) > 2*log(2)"),
                (.proved, "everywhere softplus(x) > relu(x)"),
                (.proved, "everywhere softplus(x) >= log(2) + x/2"),
                (.refuted, "everywhere softplus(x) > log(2) + x/2"),
                (.proved, "everywhere x + y >= 0 implies softplus(x) + softplus(y) >= 2*log(2)"),
                (.refuted, "everywhere softplus(x) + softplus(-x) >= 2*log(2) + 1/10^9"),
                (.refuted, "everywhere softplus(x) >= 1/2"),
                (.notRefuted, "everywhere softplus(x) <= relu(x) + log(2)"),
                (.refuted, "everywhere softplus(x) <= relu(x) + 69/100"),
                (.notProved, "everywhere softplus(x) >= 1/1000"),
            ]
        ).check()
    }

    /// A parameter of a box is any value of the box, and no other.
    @Test func boxesOfParameters() async throws {
        try await VerdictTable(
            setting: """
                parameter a : real = 1
                state x
                """,
            rows: [
                (.proved, "everywhere a^2*x^2 >= 0 for all a in [1, 2]"),
                (.notRefuted, "everywhere a*x^2 >= 0 for all a in [1, 2]"),
                (.refuted, "everywhere a*x^2 >= 0 for all a in [-1, 2]"),
                (.refuted, "everywhere (a - 2)*x <= 0 for all a in [1, 2]"),
                (.notProved, "everywhere x < C for some C"),
            ]
        ).check()
    }

    /// The report says when a hypothesis is empty.
    @Test func emptyHypotheses() async throws {
        let result = try await verified(
            """
            theorem t "t"
            state x
            claim empty "e" derived : everywhere x < 0 and x > 1 implies x = 5
            claim filled "f" derived : everywhere x > 1 implies x > 0
            instance only
            """)
        let remarks = result.instances[0].obligations.map { obligation -> String? in
            if case .proved(let evidence) = obligation.verdict { evidence.remark } else { nil }
        }
        #expect(remarks[0] == "the hypothesis never holds")
        #expect(remarks[1]?.contains("cells") == true)
    }
}
