import Bounds
import Exact
import Foundation
import Testing

@testable import Checker

/// Every theorem file of the project decides as it says it does.
struct ShippedTheoremTests {
    @Test(arguments: [
        "teaching/logistic", "teaching/logistic-ten", "teaching/lorenz", "teaching/relu", "teaching/descent",
        "teaching/transformer", "incontext/theorem-3.1", "incontext/theorem-3.1-descent",
        "incontext/dominant", "incontext/theorem-3.2", "twomixture/construct", "incontext/identities",
        "twostage/obstruct", "twostage/two-stages", "twostage/matrix", "twostage/noise", "twostage/flow", "twostage/death",
        "twostage/decay", "twostage/decay-descent", "twostage/scaling", "twostage/sign", "twostage/starve",
        "twostage/noise-path", "twomixture/neuron", "twomixture/reversal", "twomixture/joint", "twomixture/finite-m",
        "twomixture/many-neurons",
        "cooccurrence/orbit-phase1", "cooccurrence/skeleton", "cooccurrence/smoke", "cooccurrence/six-samples",
        "cooccurrence/theorem-3.3", "cooccurrence/softmax", "incontext/literal-windows", "nexttoken/two-stages", "cooccurrence/population",
        "nexttoken/star", "nexttoken/bip", "nexttoken/chain", "nexttoken/degenerate", "nexttoken/small-step",
        "nexttoken/unseen", "nexttoken/counts-bad", "nexttoken/feed-forward",
        "incontext/any-step", "incontext/full", "incontext/full-descent", "incontext/literal-windows-descent",
        "incontext/moments", "incontext/noise",
        "incontext/offset", "incontext/prompts", "incontext/steps", "incontext/theorem-3.2-descent",
        "nexttoken/degenerate-flow", "nexttoken/embeddings", "nexttoken/feed-forward-flow", "nexttoken/normalised-flow",
        "nexttoken/plain-flow", "nexttoken/reductions", "nexttoken/star-flow", "nexttoken/star-weights", "nexttoken/steps",
        "nexttoken/weighted", "nexttoken/feed-forward-normalised", "nexttoken/symmetry",
    ])
    func everyObligationIsAsExpected(name: String) async throws {
        let theorem = try Theorem(path: "theorems/\(name).thm")
        let result = await verify(theorem)
        #expect(!result.instances.isEmpty && result.emptiness.isEmpty)
        for instance in result.instances {
            #expect(instance.alarms.isEmpty, "\(instance.id): \(instance.alarms)")
            for obligation in instance.obligations {
                #expect(
                    obligation.isAsExpected,
                    "\(name) \(obligation.claim.id) on \(instance.id): \(obligation.verdict); .build/release/flowbound verify theorems/\(name).thm --only \(obligation.claim.id) --instance \(instance.id)"
                )
            }
        }
    }
}
