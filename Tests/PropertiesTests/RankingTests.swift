import Bounds
import Checker
import Exact
import Foundation
@testable import Properties
import Testing

/// False for a > 17/10 alone, where few draws are.
private let corner = """
    theorem t.corner "A bound that fails in a corner"
    parameter a : real where 0 < a < 2
    parameter b : real where 0 < b < 2
    state x = 1
    flow x' = (a + 0*b)*x
    stop at 1
    claim bound "x stays below exp(17/10)" derived : always x <= exp(17/10)
    instance one a = 1, b = 1
    """

private func casesUntilFailure(_ text: String, simulates: Bool, seed: Int, cases: Int) async throws -> Int {
    var options = TestOptions()
    options.cases = cases
    options.seed = seed
    options.simulates = simulates
    let result = await test(try theorem(text), options: options)
    return result.claims.compactMap(\.failures.first).min().map { $0 + 1 } ?? cases + 1
}

@Test func simulationFindsANarrowCorner() async throws {
    var (ranked, plain) = (0, 0)
    for seed in 1...4 {
        ranked += try await casesUntilFailure(corner, simulates: true, seed: seed, cases: 60)
        plain += try await casesUntilFailure(corner, simulates: false, seed: seed, cases: 60)
    }
    #expect(2 * ranked < plain, "\(ranked) cases with ranking, \(plain) without")
}

@Test func withoutSuspicionTheSmallestComeFirst() async throws {
    let text = """
        theorem t.small "A line"
        parameter n : integer where n >= 1
        claim sign "n is positive" derived : n > 0
        instance one n = 40
        """
    let result = try await tested(text, cases: 16)
    let first = result.cases.prefix(8).map(\.candidate.cost)
    #expect(first == first.sorted(), "\(first)")
}

private func estimated(_ instance: Instance, of theorem: Theorem) throws -> Estimate {
    let simulation = simulate(instance, of: theorem, only: theorem.claims.map(\.id))
    guard case .estimated(let estimate) = simulation else { throw InvalidText(messages: ["\(simulation)"], text: "") }
    return estimate
}

/// What is certainly proved must not look clearly false, nor what is refuted clearly true.
@Test(arguments: [
    "theorems/teaching/descent.thm", "theorems/teaching/logistic.thm", "theorems/teaching/logistic-ten.thm",
    "theorems/incontext/theorem-3.1.thm", "theorems/nexttoken/small-step.thm", "theorems/twostage/two-stages.thm",
])
func estimatesAgreeWithVerdicts(path: String) async throws {
    let theorem = try Theorem(path: path)
    let instance = try #require(theorem.instances.first)
    var options = VerificationOptions()
    options.instances = [instance.id]
    options.timeout = 600
    let result = await verify(theorem, options: options)
    let found = try estimated(instance, of: theorem)
    var compared = 0
    for obligation in result.instances.flatMap(\.obligations) {
        guard let margin = found.margins[obligation.claim.id] else { continue }
        switch obligation.verdict {
        case .proved:
            compared += 1
            #expect(margin > -1e-5, "\(obligation.claim.id) is proved")
        case .refuted:
            compared += 1
            #expect(margin < 1e-5, "\(obligation.claim.id) is refuted")
        case .undecided, .vacuous, .consistent:
            break
        }
    }
    #expect(compared > 0)
}

@Test func estimatesAreNearTheTruth() throws {
    let text = """
        theorem t.margins "Known margins"
        parameter a : real where a > 0
        state x = 1
        flow x' = -a*x
        stop when x <= 1/8, at latest 100
        event half = first t where x <= 1/2
        claim at    "x(1) <= 1/2" derived : at 1 : x <= 1/2
        claim time  "half <= 1" derived : half <= 1
        claim all   "x <= 3" derived : always x <= 3
        claim later "x < 1/4 somewhen" derived : sometime x <= 1/4
        instance one a = 1
        """
    let source = try theorem(text)
    let instance = try #require(source.instances.first)
    let margins = try estimated(instance, of: source).margins
    let expected = [
        "at": (0.5 - exp(-1)) / (0.5 + exp(-1)), "time": (1 - log(2)) / (1 + log(2)), "all": 0.5, "later": 1.0 / 3,
    ]
    for (claim, value) in expected {
        let margin = try #require(margins[claim], "\(claim)")
        #expect(abs(margin - value) < 1e-3, "\(claim): \(margin), not \(value)")
    }
}
