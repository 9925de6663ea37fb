import Testing

@testable import Checker

/// Substitutions that leave start and dynamics as they are.
struct SymmetryTests {
    @Test func flows() async throws {
        try await VerdictTable(
            setting: """
                set I = 1..2
                let sw(i) = 3 - i
                state x[i in I] = 1
                state W[a in I, b in I] = if a = b then 2 else 1
                state u = 1
                state v = 1
                state o = 0
                flow x[i in I]' = -x[i] + o
                flow W[a in I, b in I]' = W[a, b]*sin(W[sw(a), sw(b)])
                flow u' = v^2
                flow v' = u
                flow o' = -o^3
                stop at 1/4
                """,
            rows: [
                (.proved, "symmetry x[i] -> x[sw(i)]"),
                (.proved, "symmetry W[a, b] -> W[sw(a), sw(b)]"),
                (.proved, "symmetry W[a, b] -> W[b, a]"),
                (.refuted, "symmetry W[a, b] -> W[sw(a), b]"),
                (.proved, "symmetry x[1] -> x[2], x[2] -> x[1]"),
                // Not a permutation, but the dynamics keeps x[1] = x[2].
                (.proved, "symmetry x[1] -> x[2]"),
                (.refuted, "symmetry u -> v, v -> u"),
                (.refuted, "symmetry u -> -u"),
                // o -> -o keeps the start 0 and its own equation, but x reads o.
                (.refuted, "symmetry o -> -o"),
                (.notProved, "symmetry x[i] -> 2*x[i]"),
                (.notProved, "symmetry x[i] -> x[i]*exp(t)"),
                (.notProved, "symmetry x[i] -> abs(x[i])"),
                (.notProved, "symmetry x[i] -> x[i] + 0*log(-1)"),
            ]
        ).check()
    }

    @Test func reflectionsAndSteps() async throws {
        try await VerdictTable(
            setting: """
                state x = 0
                state y = 3
                map next(x) = x - x^3 + 0*y
                map next(y) = y + t + x^2
                stop at 3 steps
                """,
            rows: [
                (.proved, "symmetry x -> -x"),
                (.refuted, "symmetry y -> -y"),
                (.refuted, "symmetry y -> 6 - y"),
                (.refuted, "symmetry x -> 2*x"),
                (.refuted, "symmetry x -> y, y -> x"),
            ]
        ).check()
    }

    /// It is the invariance that fails, not the equality on the run.
    @Test func theMessageSpeaksOfInvariance() async throws {
        let result = try await verified(
            """
            theorem t "t"
            state u = 1
            state v = 1
            flow u' = v^2
            flow v' = u
            stop at 1/4
            claim s "s" derived : symmetry u -> v, v -> u
            instance only
            """)
        guard case .refuted(let found) = result.instances[0].obligations[0].verdict else {
            Issue.record("the exchange is no symmetry")
            return
        }
        #expect(found.sentence.hasPrefix("the dynamics is not invariant: at "))
    }
}
