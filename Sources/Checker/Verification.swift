import Bounds
import Exact
import GradientFlow

/// How to verify a theorem.
public struct VerificationOptions: Sendable {
    /// Ids of claims to decide; nil: all. An id also selects the claims below it (`lem.bal` selects `lem.bal.I`).
    public var only: [String]?
    /// Names of instances or families; nil: all.
    public var instances: [String]?
    /// The first rung of the precision ladder; nil: 53.
    public var bits: Int?
    /// The last rung. With `bits` alone, that rung only.
    public var maximumBits = 1024
    public var jobs = 2
    /// Seconds for the whole call; nil: no limit.
    public var timeout: Double?
    /// Also encloses both sides of every claim at sampled moments, and profiles the run. No verdict depends on it.
    public var withPlots = false
    /// Hypotheses that are not made: what is proved holds without them.
    public var dropped: Set<Hypothesis> = []

    public init() {}
}

/// What a long run tells while it goes. Called from any task.
public struct Progress: Sendable {
    public let theorem: String
    public let instance: String
    public let clock: Clock
    public let time: Double
    public let horizon: Double
    public let bits: Int
    public let step: Double
    public let decided: Int
    public let obligations: Int
}

/// What one step of one run did. Called from any task, in the order of the steps of each run.
public struct TraceEntry: Sendable {
    public let theorem: String
    public let instance: String
    public let step: StepRecord
}

/// Decides every obligation of the theorem: instances side by side, families after their members.
public func verify(
    _ theorem: Theorem, options: VerificationOptions = .init(), cancellation: Cancellation = .init(),
    progress: (@Sendable (Progress) -> Void)? = nil, trace: (@Sendable (TraceEntry) -> Void)? = nil
) async -> TheoremResult {
    if let timeout = options.timeout { cancellation.cancel(after: timeout) }
    let selected = theorem.instances.filter(options.selects)
    let runs = selected.map { SeedRuns(theorem: theorem, instance: $0, options: options) }
    let checks = runs.flatMap(\.jobs).map { job in
        InstanceCheck(
            theorem: theorem, instance: job.instance, options: options, cancellation: cancellation, progress: progress,
            trace: trace, counting: job.counting)
    }
    var rest = await run(checks, jobs: options.jobs)[...]
    let outcomes = runs.map { run in
        defer { rest = rest.dropFirst(run.jobs.count) }
        return run.combined(Array(rest.prefix(run.jobs.count)))
    }
    let members = zip(selected, outcomes).map { (instance: $0, outcome: $1) }
    var results = outcomes.map(\.result)
    for family in theorem.families {
        let own = members.filter { $0.instance.family == family.name }
        guard own.count == family.members.count else { continue }
        if let result = FamilyCheck(theorem: theorem, family: family, members: own).run(options) { results.append(result) }
    }
    var result = TheoremResult(
        id: theorem.id, title: theorem.title, file: theorem.file, sources: theorem.sources, notes: theorem.notes,
        instances: results, warnings: theorem.warnings, emptiness: emptiness(theorem, results, options))
    result.files = theorem.files
    return result
}

/// Runs the checks, at most `jobs` at a time; the results are in their order.
private func run(_ checks: [InstanceCheck], jobs: Int) async -> [InstanceCheck.Outcome] {
    await withTaskGroup(of: (Int, InstanceCheck.Outcome).self) { group in
        var outcomes: [Int: InstanceCheck.Outcome] = [:]
        var next = 0
        func start() {
            guard next < checks.count else { return }
            let (index, check) = (next, checks[next])
            next += 1
            group.addTask { (index, check.run()) }
        }
        for _ in 0..<Swift.max(jobs, 1) { start() }
        for await (index, outcome) in group {
            outcomes[index] = outcome
            start()
        }
        return checks.indices.compactMap { outcomes[$0] }
    }
}

/// Claims that are vacuous wherever they were asked, unless the file expects that: they verify nothing.
private func emptiness(
    _ theorem: Theorem, _ results: [InstanceResult], _ options: VerificationOptions
) -> [String] {
    guard options.instances == nil else { return [] }
    return theorem.claims.filter { options.selects($0.id) }.compactMap { claim in
        let found = results.flatMap(\.obligations).filter { $0.claim.id == claim.id }
        guard !found.isEmpty else { return nil }
        let isVacuous = found.allSatisfy { obligation in
            if case .vacuous = obligation.verdict { return obligation.expected != .vacuous }
            return false
        }
        return isVacuous ? "claim \(claim.id) is vacuous on every instance: nothing is verified" : nil
    }
}
