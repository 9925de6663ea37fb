import Exact
import Testing

@testable import Bounds
@testable import Symbolic

private func starts(_ declarations: String, seed: Int = 3) throws -> [String: Rational] {
    let t = try load(
        """
        theorem t.t "t"
        \(declarations)
        state W[i in 1..2, j in {0, 5}] = Z[i, j]
        flow gradient of dot(W, W)
        stop at 1
        instance one seed = \(seed)
        """)
    let problem = try t.problem(on: t.instances[0])
    return Dictionary(
        uniqueKeysWithValues: problem.states.map { ($0.name, problem.graph.constant($0.start) ?? Rational(99)) })
}

@Test(arguments: ["normal", "sign", "uniform"])
func drawsLieOverTheirIndexSetsRowByRow(law: String) throws {
    let values = try starts("draw Z[1..2, {0, 5}] ~ \(law)")
    let known = (0..<4).map { RandomConstant.value(RandomConstant.Law(rawValue: law)!, seed: 3, name: "Z", index: $0) }
    #expect(values == ["W[1, 0]": known[0], "W[1, 5]": known[1], "W[2, 0]": known[2], "W[2, 5]": known[3]])
}

@Test func aDrawDependsOnItsSeedAndNameAlone() throws {
    let alone = try starts("draw Z[1..2, {0, 5}] ~ normal")
    let among = try starts("draw A[1..7] ~ normal\nlet a = A[7]\ndraw Z[i in 1..2, j in {0, 5}] ~ normal\nconserved a")
    #expect(alone == among)
    #expect(try starts("draw Z[1..2, {0, 5}] ~ normal", seed: 4) != alone)
}

/// One instance of a family for each seed.
@Test func everySeedOfAFamilyDraws() throws {
    let t = try load(
        """
        theorem t.t "t"
        draw Z[1..1] ~ normal
        state x = Z[1]
        flow x' = -x
        stop at 1
        family starts seed in 1..3
        """)
    let values = try t.instances.map { instance in
        let problem = try t.problem(on: instance)
        return problem.graph.constant(problem.states[0].start)
    }
    #expect(values == (1...3).map { RandomConstant.value(.normal, seed: $0, name: "Z", index: 0) })
}

@Test func mistakesWithDrawsAreShown() {
    for (draw, binding, expected) in [
        ("Z[1..2]", "", "E0803: a draw needs a seed (instance one)"),
        ("Z[1..2]", "seed = -1", "E0405: the seed is an integer from 0 on"),
        ("Z[1..s]", "seed = 1", "E0707: the index set of 'Z' reads the state 's'"),
        ("Z[1..3/2]", "seed = 1", "E0406: a range needs integers, not 1..3/2 (instance one)"),
        ("Z[2..3]", "seed = 1", "E0403: index 1 is outside 2..3 (instance one)"),
    ] {
        let text = messages(
            """
            theorem t.t "t"
            draw \(draw) ~ normal
            state s = 0
            flow s' = Z[1]
            stop at 1
            instance one \(binding)
            """)
        #expect(text.contains(expected), "\(draw), \(binding): \(text)")
    }
}
