import Bounds
import Exact
import Syntax

/// An instance with its claims that count seeds: one run for the instance itself and one for each seed, which all claims
/// share that count it.
struct SeedRuns {
    struct Job {
        let instance: Instance
        /// Nil: the instance itself, with the claims that count no seeds.
        let counting: Set<String>?
    }

    let theorem: Theorem
    let instance: Instance
    let options: VerificationOptions
    private let counts: [String: SeedCount]
    private let seeds: [Int]

    init(theorem: Theorem, instance: Instance, options: VerificationOptions) {
        self.theorem = theorem
        self.instance = instance
        self.options = options
        counts = theorem.seedCounts(on: instance).filter { options.selects($0.key) }
        seeds = Set(counts.values.flatMap(\.seeds)).sorted()
    }

    var jobs: [Job] {
        [Job(instance: instance, counting: nil)]
            + seeds.map { seed in
                Job(
                    instance: instance.with(seed: seed),
                    counting: Set(counts.filter { $0.value.seeds.contains(seed) }.keys))
            }
    }

    /// The instance's outcome, with the verdicts on the claims that count seeds in their places.
    func combined(_ outcomes: [InstanceCheck.Outcome]) -> InstanceCheck.Outcome {
        var outcome = outcomes[0]
        guard !counts.isEmpty else { return outcome }
        let runs = zip(seeds, outcomes.dropFirst()).map { (seed: $0, result: $1.result) }
        for (seed, result) in runs {
            outcome.result.alarms += result.alarms.map { "seed \(seed): \($0)" }
            outcome.result.bits = Swift.max(outcome.result.bits, result.bits)
        }
        let own = Dictionary(outcome.result.obligations.map { ($0.claim.id, $0) }) { first, _ in first }
        outcome.result.obligations = theorem.claims.compactMap { claim in
            guard let count = counts[claim.id] else { return own[claim.id] }
            let found = runs.compactMap { run -> (seed: Int, obligation: ObligationResult)? in
                guard count.seeds.contains(run.seed) else { return nil }
                return run.result.obligations.first { $0.claim.id == claim.id }.map { (run.seed, $0) }
            }
            return obligation(claim, count, found)
        }
        return outcome
    }

    private func obligation(
        _ claim: ClaimDescription, _ count: SeedCount, _ found: [(seed: Int, obligation: ObligationResult)]
    ) -> ObligationResult {
        let decision = SeedDecision(count: count, verdicts: found.map { ($0.seed, $0.obligation.verdict) })
        let expected = theorem.expectation(of: claim.id, on: instance)
        let verdict = decision.verdict
        return ObligationResult(
            claim: claim, verdict: verdict, expected: expected, isAsExpected: verdict.meets(expected),
            bits: found.map(\.obligation.bits).max() ?? 0, seeds: decision.tally)
    }
}

extension Instance {
    /// The instance with another seed, its data kept.
    fileprivate func with(seed: Int) -> Instance {
        var other = Instance(id: id, family: family, parameters: parameters, seed: seed)
        other.tables = tables
        return other
    }
}
