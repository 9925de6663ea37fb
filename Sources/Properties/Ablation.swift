import Bounds
import Checker
import Exact

/// What becomes of the claims when one hypothesis is dropped.
public struct HypothesisReport: Sendable {
    public let hypothesis: Hypothesis
    /// Its condition, as written.
    public let text: String
    /// Instances on which it is certainly false, and the claims could be looked at without it: the file's, then drawn
    /// ones.
    public internal(set) var violations: [TestCase] = []
    public internal(set) var claims: [ClaimTally] = []
    /// Whether the time was used up before enough instances were found.
    public internal(set) var isCut = false
}

public struct AblationResult: Sendable {
    public let id: String
    public let title: String
    public let file: String
    public let hypotheses: [HypothesisReport]
}

/// Drops each `assume` and each `given` in turn, and decides the claims on instances that break it: those of the file,
/// and up to `cases` drawn ones. Instances that meet it say nothing new.
public func ablate(
    _ theorem: Theorem, cases: Int = 20, seed: Int = 1, jobs: Int = 2, only: [String]? = nil, timeout: Double? = nil,
    cancellation: Cancellation = .init()
) async -> AblationResult {
    let whole = Cancellation(within: cancellation)
    if let timeout { whole.cancel(after: timeout) }
    var options = TestOptions()
    options.only = only
    let hypotheses = theorem.hypotheses.filter { item in
        guard case .given(let claim) = item.hypothesis else { return true }
        return options.selects(claim)
    }
    var reports: [HypothesisReport] = []
    for (hypothesis, text) in hypotheses {
        let ablation = Ablation(
            theorem: theorem, hypothesis: hypothesis, cases: cases, seed: seed, jobs: jobs, options: options,
            cancellation: whole)
        reports.append(await ablation.report(text))
    }
    return AblationResult(id: theorem.id, title: theorem.title, file: theorem.file, hypotheses: reports)
}

private struct Ablation {
    let theorem: Theorem
    let hypothesis: Hypothesis
    let cases: Int
    let seed: Int
    let jobs: Int
    let options: TestOptions
    let cancellation: Cancellation

    private static let drawsPerCase = 10

    /// The claims that the hypothesis is for.
    private var claims: [ClaimDescription] {
        theorem.claims.filter { claim in
            guard claim.growthFamily == nil, options.selects(claim.id) else { return false }
            if case .given(let own) = hypothesis { return claim.id == own }
            return true
        }
    }

    func report(_ text: String) async -> HypothesisReport {
        var report = HypothesisReport(hypothesis: hypothesis, text: text)
        var seen: Set<Candidate.Key> = []
        let own = theorem.instances.map { Candidate(of: $0, in: theorem) }.filter { seen.insert($0.key).inserted }
        report.violations = await violations(among: own)
        let draw = InstanceDraw(theorem, seed: seed, without: [hypothesis])
        var number = 0
        var drawn: [TestCase] = []
        while drawn.count < cases, number < Self.drawsPerCase * cases, draw.isPossible, !cancellation.isCancelled {
            var batch: [Candidate] = []
            while batch.count < 2 * jobs, number < Self.drawsPerCase * cases {
                number += 1
                guard let candidate = try? draw.instance(number, reach: 2), seen.insert(candidate.key).inserted else {
                    continue
                }
                batch.append(candidate)
            }
            drawn += await violations(among: batch)
        }
        report.violations += drawn.prefix(cases)
        report.isCut = cancellation.isCancelled
        report.claims = claims.map { ClaimTally($0, expected: nil, cases: report.violations) }
        return report
    }

    /// The claims decided without the hypothesis, on the candidates on which it is certainly false.
    private func violations(among candidates: [Candidate]) async -> [TestCase] {
        let (theorem, hypothesis, cancellation) = (theorem, hypothesis, cancellation)
        var verification = VerificationOptions()
        verification.only = claims.map(\.id)
        verification.dropped = [hypothesis]
        let options = verification
        let found = await sideBySide(candidates, jobs: jobs) { candidate -> TestCase? in
            guard !cancellation.isCancelled,
                holds(hypothesis, on: candidate.instance, of: theorem, cancellation: cancellation) == false,
                case .decided(let result) = tryOut(
                    candidate.instance, of: theorem, options: options, cancellation: cancellation),
                result.failedAssumption == nil
            else { return nil }
            return TestCase(candidate: candidate, result: result, isCut: cancellation.isCancelled)
        }
        return found.compactMap { $0 }
    }
}
