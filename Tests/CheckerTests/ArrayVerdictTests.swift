import Testing

@testable import Checker

/// Claims about arrays of states, tuples, lists and laws of several counts, with the verdict each must get.
struct ArrayVerdictTests {
    @Test func arrays() async throws {
        try await VerdictTable(
            setting: """
                set I = 1..3
                let X = [4, 0, 7]
                state W[i in I, 1..2] = i
                let s(i) = W[i, 1] + W[i, 2]
                let p = softmax(i in I) s(i)
                flow W[i in I, j in 1..2]' = -W[i, j]
                stop at 1
                """,
            rows: [
                // Nothing is compared where the sets are empty.
                (.vacuous, "identity all(i in 1..0) W[1, 1] = W[2, 1]"), (.vacuous, "always all(i in 1..0) W[1, 1] > 5"),
                (.vacuous, "all(i in {k in I where k > 5}) i > 100"), (.vacuous, "everywhere all(i in 1..0) W[1, 1] > 5"),
                (.vacuous, "at 1 : all(i in 1..0) W[1, 1] > 5 and all(j in 1..0) s(j) > 5"),
                (.vacuous, "always (W[1, 1] > 0 implies all(i in 1..0) i > 5)"),
                (.refuted, "always any(i in 1..0) W[1, 1] > 5"), (.proved, "1 < 2"),
                (.proved, "always W[1, 1] <= 1 and all(i in 1..0) W[1, 1] > 5"),
                (.proved, "always W[2, 1] <= 2"),
                (.proved, "always on (0, end] : all(i in I) W[i, 1] < i"),
                (.proved, "at 1 : abs(W[3, 2] - 3*exp(-1)) <= 1/10^9"),
                (.proved, "always sum(i in I) p[i] <= 1 + 1/10^9"),
                (.proved, "always all(i in I) p[i] > 0"),
                (.proved, "identity sum(i in I) p[i] = 1"),
                (.proved, "identity norm(W)^2 = sum(i in I) (W[i, 1]^2 + W[i, 2]^2)"),
                (.proved, "identity dot(W[1, :], W[2, :])' = -2*dot(W[1, :], W[2, :])"),
                (.proved, "sum(i in I where X[i] > 3) X[i] = 11"),
                (.proved, "identity det(matrix(i in 1..2, j in 1..2) W[i, j]) = W[1, 1]*W[2, 2] - W[1, 2]*W[2, 1]"),
                (.proved, "all(y in {-1, 1}^2) y[1]^2 + y[2]^2 = 2"),
                (.proved, "always p[3] >= p[1]"),
                (.proved, "increasing p[1]"),
                (.proved, "mean((a, b, c) ~ multinomial(5, [1/2, 1/3, 1/6])) (a + b + c) = 5"),
                (.proved, "abs(mean((a, b, c) ~ multinomial(5, [1/2, 1/3, 1/6])) a*b - 10/3) <= 1/10^12"),
                (.proved, "abs(probability((a, b, c) ~ multinomial(2, [1/2, 1/3, 1/6])) (a = b) - 13/36) <= 1/10^12"),
                (.proved, "mean(y ~ uniform({1, 2, 6})) y = 3"),
                (.proved, "mean(y ~ uniform({0, 1}^3)) (y[1] + y[2]*y[3]) = 3/4"),
                (.refuted, "always W[2, 1] < 2"),
                (.refuted, "at 1 : W[3, 2] >= 2"),
                (.refuted, "identity p[1] = p[2]"),
                (.refuted, "always p[1] >= p[3]"),
                (.refuted, "sum(i in I) X[i] = 10"),
                (.refuted, "identity dot(W, W)' = -dot(W, W)"),
                (.refuted, "decreasing p[1]"),
                (.refuted, "at 1 : all(i in I) W[i, 1] < W[i, 2] - 1/100"),
                (.refuted, "mean((a, b, c) ~ multinomial(5, [1/2, 1/3, 1/6])) a*b <= 3"),
                (.refuted, "probability((a, b, c) ~ multinomial(2, [1/2, 1/3, 1/6])) (a = b) >= 37/100"),
                (.refuted, "mean(y ~ uniform({1, 2, 6})) y = 2"),
            ]
        ).check()
    }
}
