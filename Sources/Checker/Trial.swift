import Bounds
import Exact
import GradientFlow
import Symbolic

/// What came of an instance that need not be one of the file's.
public enum Trial: Sendable {
    /// Decided like an instance of the file, as far as the time allowed.
    case decided(InstanceResult)
    case rejected(Rejection)

    public enum Rejection: Hashable, Sendable {
        /// `assume NAME` is certainly false on it.
        case assumption(String)
        /// The file has no meaning on it: the message.
        case unusable(String)
    }
}

/// Decides the claims on one instance, with a run for each seed that they count. One that certainly breaks a hypothesis of the file is rejected: before the run, if the
/// hypothesis reads no event. So is one whose finite sums have more than `mostTerms` terms; nil: as many as the language allows.
public func tryOut(
    _ instance: Instance, of theorem: Theorem, mostTerms: Int? = nil, options: VerificationOptions = .init(),
    cancellation: Cancellation = .init(), progress: (@Sendable (Progress) -> Void)? = nil
) -> Trial {
    let problem: Problem
    do {
        problem = try theorem.problem(on: instance, mostTerms: mostTerms)
        problem.drop(options.dropped)
    } catch {
        return .rejected(.unusable(error.diagnostics.first?.message ?? "the instance cannot be built"))
    }
    let rung = Rung(problem, bits: 53, isStopped: { cancellation.isCancelled }) { _, _ in false }
    for assumption in problem.assumptions where !rung.readsMoments(assumption.condition) {
        if let truth = try? rung.truth(of: assumption.condition).truth, truth == .no {
            return .rejected(.assumption(assumption.name))
        }
    }
    let runs = SeedRuns(theorem: theorem, instance: instance, options: options)
    let outcomes = runs.jobs.map { job in
        InstanceCheck(
            theorem: theorem, instance: job.instance, options: options, cancellation: cancellation, progress: progress,
            trace: nil, counting: job.counting
        ).run()
    }
    return .decided(runs.combined(outcomes).result)
}

/// Whether the hypothesis holds on the instance; nil if that is not known. One that reads events needs a run.
public func holds(
    _ hypothesis: Hypothesis, on instance: Instance, of theorem: Theorem, cancellation: Cancellation = .init()
) -> Bool? {
    guard let problem = try? theorem.problem(on: instance) else { return nil }
    let condition: Condition?
    switch hypothesis {
    case .assumption(let name): condition = problem.assumptions.first { $0.name == name }?.condition
    case .given(let claim): condition = problem.claims.first { $0.id == claim }?.given
    }
    guard let condition else { return nil }
    let rung = Rung(problem, bits: 53, isStopped: { cancellation.isCancelled }) { _, _ in !cancellation.isCancelled }
    if rung.readsMoments(condition) { rung.run() }
    switch try? rung.truth(of: condition).truth {
    case .yes?: return true
    case .no?: return false
    case .unknown?, nil: return nil
    }
}
