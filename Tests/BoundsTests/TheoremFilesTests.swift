import Foundation
import Testing

@testable import Bounds
@testable import Exact
@testable import Symbolic

private func theorem(_ name: String, overrides: [String: Rational] = [:]) throws -> Theorem {
    try Theorem(path: "\(packageRoot)/theorems/\(name).thm", overrides: overrides)
}

@Test(arguments: [
    "incontext/balanced-infinite", "incontext/theorem-3.1", "incontext/theorem-3.1-descent", "teaching/descent",
    "incontext/dominant", "incontext/theorem-3.2", "twomixture/construct", "twomixture/three-stages",
    "twomixture/comparison", "twomixture/neuron", "twomixture/reversal", "twomixture/joint", "twomixture/finite-m",
    "twomixture/heads", "twomixture/attention", "twomixture/three-mixtures", "twomixture/many-neurons",
    "twomixture/learnable", "twostage/decay",
    "twostage/decay-descent", "twostage/scaling", "twostage/sign", "twostage/starve", "twostage/noise-path",
    "twostage/obstruct", "teaching/lorenz", "teaching/relu", "teaching/logistic", "teaching/logistic-ten",
    "teaching/two-layer", "teaching/transformer", "twostage/two-stages",
    "twostage/matrix", "twostage/noise", "twostage/flow", "twostage/death",
    "cooccurrence/orbit-phase1",
    "cooccurrence/orbit-phase2", "cooccurrence/orbit-exact", "cooccurrence/orbit-population",
    "cooccurrence/sample-law", "cooccurrence/exponents", "cooccurrence/skeleton", "cooccurrence/smoke",
    "cooccurrence/six-samples", "cooccurrence/theorem-3.1", "cooccurrence/theorem-3.2", "cooccurrence/theorem-3.3",
    "cooccurrence/identities", "cooccurrence/initialisation", "incontext/literal-windows", "nexttoken/two-stages", "cooccurrence/population", "cooccurrence/softmax",
    "nexttoken/star", "nexttoken/bip", "nexttoken/chain", "nexttoken/degenerate", "nexttoken/small-step",
    "nexttoken/unseen", "nexttoken/counts-bad", "nexttoken/feed-forward",
    "incontext/any-step", "incontext/full", "incontext/full-descent", "incontext/identities", "incontext/literal-windows-descent", "incontext/moments",
    "incontext/noise", "incontext/offset", "incontext/order", "incontext/prompts", "incontext/steps",
    "incontext/theorem-3.2-descent", "nexttoken/degenerate-flow", "nexttoken/embeddings", "nexttoken/feed-forward-flow",
    "nexttoken/normalised-flow", "nexttoken/plain-flow", "nexttoken/reductions", "nexttoken/star-flow", "nexttoken/star-weights",
    "nexttoken/steps", "nexttoken/weighted", "nexttoken/feed-forward-normalised", "nexttoken/symmetry",
])
func loadsWithoutWarnings(_ name: String) throws {
    #expect(try theorem(name).warnings.map(\.message) == [])
}

@Test func theorem31() throws {
    let t = try theorem("incontext/theorem-3.1")
    #expect(
        t.instances.map(\.id) == [
            "k3", "k5", "k10", "k20", "wide", "scaling[K=5]", "scaling[K=7]", "scaling[K=10]", "scaling[K=14]", "dense", "sparse",
        ])
    #expect(t.families == [Family(name: "scaling", members: Array(t.instances.map(\.id)[5...8]), varied: ["K"])])
    #expect(t.instances[6].parameters.map(\.name) == ["K", "N", "eps"])
    #expect(t.instances[6].parameters.map(\.value) == [7, 49, Rational(1, 100)])
    #expect(t.notes == ["flow time is eta times the number of gradient steps"])
    #expect(t.sources.map(\.place) == ["Theorem 3.1"])
    let claim = t.claims.first { $0.id == "lem.bal.II.i" }
    #expect(
        claim?.encoded
            == "given T1 < Tstar : always on [T1, Tstar] : alpha >= c*eps/K for some c where c > 0")
    #expect(claim?.provenance == .recalled)
    #expect(claim?.kind == "always")
    #expect(t.claims.first { $0.id == "thm3.1.a" }?.notes.count == 1)
    #expect(t.claims.last?.growthFamily == "scaling")
    #expect(t.expectation(of: "thm3.1.b", on: t.instances[10]) == .refuted)
    #expect(t.expectation(of: "thm3.1.b", on: t.instances[0]) == nil)
    #expect(t.expectation(of: "lem.counts", on: t.instances[7]) == .vacuous)
    for instance in t.instances {
        let problem = try t.problem(on: instance)
        for claim in problem.claims {
            if case .unsupported(let text) = claim.body { Issue.record("\(instance.id) \(claim.id): \(text)") }
        }
        #expect(problem.events.map(\.name) == ["T1", "Tstar"])
        #expect(problem.shows.map(\.text) == ["T1", "Tstar"])
    }
}

@Test func theorem31FormulasAgreeWithSeparateCode() throws {
    let t = try theorem("incontext/theorem-3.1")
    for instance in t.instances where instance.value(of: "N").map({ $0 <= 100 }) ?? false {
        let problem = try t.problem(on: instance)
        let K = instance.value(of: "K")?.approximation ?? 0
        let N = instance.value(of: "N")?.asInt ?? 0
        for s in [-0.5, 0.0, 0.75, 3.0] {
            let evaluator = FloatingPoint(graph: problem.graph, symbols: [.state(0): s])
            var g = 0.0
            for n in 0...N {
                let others = Double(N - n)
                let scaled: Double = Double(n) * exp(s)
                let attention: Double = scaled / (scaled + others)
                let rest: Double = 1 - attention
                let rho: Double = others == 0 ? 0 : (others + K - 2) / ((K - 1) * others)
                g += binomialWeight(n, of: N, 1 / K) * attention * rest * rest * (1 + rho)
            }
            let field = evaluator.value(problem.flow?.field[0] ?? problem.graph.zero)
            #expect(abs(field - g / (K - 1)) <= 1e-9 * abs(field), "\(instance.id) s = \(s): \(field), \(g / (K - 1))")
        }
    }
}

@Test func identitiesHoldInExactNumbers() throws {
    for (file, claims) in [
        ("teaching/two-layer", ["balance", "riccati"]), ("teaching/logistic", ["closed"]),
        ("incontext/balanced-infinite", ["closed"]),
        ("incontext/theorem-3.1", ["id.grad", "id.ratio", "drv.lossdecrease", "lem.bal.I.ii"]),
    ] {
        let t = try theorem(file)
        let problem = try t.problem(on: t.instances[0])
        for claim in problem.claims where claims.contains(claim.id) {
            guard case .identity(let pairs) = claim.body else { continue }
            for (a, b) in pairs where file == "teaching/two-layer" {
                let point: [Symbol: Rational] = [.state(0): Rational(3, 7), .state(1): Rational(-5, 2), .time: 4]
                let left = problem.graph.exactValue(of: a, at: point)
                #expect(left != nil && left == problem.graph.exactValue(of: b, at: point), "\(claim.id): \(String(describing: left))")
            }
            for (a, b) in pairs {
                let evaluator = FloatingPoint(graph: problem.graph, symbols: [.state(0): 0.7, .state(1): 1.3, .time: 2])
                let (left, right) = (evaluator.value(a), evaluator.value(b))
                #expect(abs(left - right) <= 1e-9, "\(claim.id): \(left), \(right)")
            }
        }
    }
}

@Test func lorenzField() throws {
    let t = try theorem("teaching/lorenz")
    let problem = try t.problem(on: t.instances[0])
    let (x, y, z) = (Rational(2, 3), Rational(-7), Rational(5, 4))
    let point: [Symbol: Rational] = [.state(0): x, .state(1): y, .state(2): z]
    let field = problem.flow?.field.map { problem.graph.exactValue(of: $0, at: point) }
    let expected: [Rational?] = [Rational(10) * (y - x), x * (Rational(28) - z) - y, x * y - Rational(8, 3) * z]
    #expect(field == expected)
    let billion = BigInt(1_000_000_000)
    let starts: [Rational?] = [Rational(BigInt(-2_147_367_631), billion), Rational(BigInt(2_078_048_211), billion), 27]
    #expect(problem.states.map { problem.graph.constant($0.start) } == starts)
    #expect(problem.shows.map(\.text) == ["x", "y", "z"])
    #expect(problem.shows[0].times?.map(\.name) == ["end"])
}

@Test func levelOfTheInfiniteLimit() throws {
    let t = try theorem("incontext/balanced-infinite")
    let problem = try t.problem(on: t.instances[0])
    let x = Rational(5, 2)
    let value = problem.graph.exactValue(of: problem.flow?.field[0] ?? problem.graph.zero, at: [.state(0): x])
    let base: Rational = x + Rational(9)
    let expected: Rational = Rational(10) * x * x / (base * base * base)
    #expect(value == expected)
    guard case .first(.and(let parts), let cap?) = problem.horizon else {
        Issue.record("\(String(describing: problem.horizon))")
        return
    }
    #expect(parts.count == 2)
    #expect(problem.graph.constant(cap) == Rational(22_000))
}

@Test func gradientFlowHasItsPotential() throws {
    let t = try theorem("teaching/two-layer")
    let problem = try t.problem(on: t.instances[1])
    let (u, v) = (Rational(1, 3), Rational(2, 5))
    let field = problem.flow?.field.map { problem.graph.exactValue(of: $0, at: [.state(0): u, .state(1): v]) }
    let gap: Rational = Rational(1) - u * v
    let expected: [Rational?] = [v * gap, u * gap]
    #expect(field == expected)
    #expect(problem.flow?.potential != nil)
    #expect(problem.states.map { problem.graph.constant($0.start) } == [Rational(1, 2), Rational(1, 100)])
    let box = problem.claims.first { $0.id == "box" }
    #expect(box?.boxes.map(\.parameter) == ["a"])
    #expect(box?.boxes.map(\.upper) == [2])
    #expect(problem.conserved.map(\.name) == ["u^2 - v^2"])
    let free = try t.problem(on: t.instances[1], free: ["a"])
    let atTwo = free.flow?.field.map { free.graph.exactValue(of: $0, at: [.state(0): u, .state(1): v, .parameter("a"): 2]) }
    let gapAtTwo: Rational = Rational(2) - u * v
    let expectedAtTwo: [Rational?] = [v * gapAtTwo, u * gapAtTwo]
    #expect(atTwo == expectedAtTwo)
}

@Test func overridesRecomputeWhatDependsOnThem() throws {
    let t = try theorem("incontext/theorem-3.1", overrides: ["K": 4])
    let scaling = t.instances.filter { $0.family == "scaling" }
    #expect(scaling.map(\.id) == ["scaling[K=4]"])
    #expect(scaling[0].parameters.map(\.value) == [4, 16, Rational(1, 100)])
    #expect(t.instances[0].parameters.map(\.value) == [4, 27, Rational(1, 100)])
    let tiny = try theorem("teaching/two-layer", overrides: ["u0": Rational(1, 8)])
    #expect(tiny.instances.last?.parameters.map(\.value) == [1, Rational(1, 8), Rational(1, 8)])
}
