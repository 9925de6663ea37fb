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
    _ theorem: Theorem, cases: Int = 20, seed: Int = 1, only: [String]? = nil, timeout: Double? = nil,
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
            theorem: theorem, hypothesis: hypothesis, cases: cases, seed: seed, options: options, cancellation: whole)
        reports.append(ablation.report(text))
        await Task.yield()
    }
    return AblationResult(id: theorem.id, title: theorem.title, file: theorem.file, hypotheses: reports)
}

private struct Ablation {
    let theorem: Theorem
    let hypothesis: Hypothesis
    let cases: Int
    let seed: Int
    let options: TestOptions
    let cancellation: Cancellation

    private static let drawsPerCase = 10

    /// The claims that the hypothesis is for. Those over a box of parameters are decided part by part, each part with
    /// its own hypothesis: they are left out.
    private var claims: [ClaimDescription] {
        let problem = theorem.instances.first.flatMap { try? theorem.problem(on: $0) }
        let boxed = Set(problem?.claims.filter { !$0.boxes.isEmpty }.map(\.id) ?? [])
        return theorem.claims.filter { claim in
            guard claim.growthFamily == nil, options.selects(claim.id), !boxed.contains(claim.id) else { return false }
            if case .given(let own) = hypothesis { return claim.id == own }
            return true
        }
    }

    func report(_ text: String) -> HypothesisReport {
        var report = HypothesisReport(hypothesis: hypothesis, text: text)
        var seen: Set<Candidate.Key> = []
        for instance in theorem.instances {
            consider(Candidate(of: instance, in: theorem), &report, &seen)
        }
        let draw = InstanceDraw(theorem, seed: seed, without: [hypothesis])
        var drawn = 0
        for number in 1...max(1, Self.drawsPerCase * cases)
        where drawn < cases && draw.isPossible && !cancellation.isCancelled {
            guard let candidate = try? draw.instance(number, reach: 2) else { continue }
            if consider(candidate, &report, &seen) { drawn += 1 }
        }
        report.isCut = cancellation.isCancelled
        report.claims = claims.map { ClaimTally($0, expected: nil, cases: report.violations) }
        return report
    }

    /// Decides the claims without the hypothesis, if it is certainly false on the instance.
    @discardableResult private func consider(
        _ candidate: Candidate, _ report: inout HypothesisReport, _ seen: inout Set<Candidate.Key>
    ) -> Bool {
        guard seen.insert(candidate.key).inserted, !cancellation.isCancelled,
            holds(hypothesis, on: candidate.instance, of: theorem, cancellation: cancellation) == false
        else { return false }
        var verification = VerificationOptions()
        verification.only = claims.map(\.id)
        verification.dropped = [hypothesis]
        guard
            case .decided(let result) = tryOut(
                candidate.instance, of: theorem, options: verification, cancellation: cancellation),
            result.failedAssumption == nil
        else { return false }
        report.violations.append(TestCase(candidate: candidate, result: result, isCut: cancellation.isCancelled))
        return true
    }
}
