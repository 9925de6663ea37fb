import Bounds
import Checker
import Exact

/// Tests a theorem on instances drawn from the ranges of its parameters. Draws decide nothing: the verdict on every
/// case is the checker's.
///
/// Of four draws one is decided. Runs in plain doubles rank them: those on which a claim looks false come first. For half
/// of the cases the smallest come next; the others are drawn near the cases with the smallest certified margins and the
/// largest constants so far, and are those on which a claim looks tightest.
public func test(
    _ theorem: Theorem, options: TestOptions = .init(), cancellation: Cancellation = .init(),
    progress: (@Sendable (Progress) -> Void)? = nil
) async -> TestResult {
    var search = CaseSearch(theorem, options, cancellation, progress)
    await search.run()
    return search.result
}

struct CaseSearch {
    let theorem: Theorem
    let options: TestOptions
    let whole: Cancellation
    let budgeted: Cancellation
    let progress: (@Sendable (Progress) -> Void)?
    private(set) var result: TestResult

    private let draw: InstanceDraw
    private let claims: [ClaimDescription]
    private let leftOut: [String]
    private var seen: Set<Candidate.Key>
    private var rejections: [String: Int] = [:]
    private var focus: [Candidate] = []
    private var pool = Pool()
    private var simulationTime = Duration.zero

    /// Formulas that are written out cannot be stopped halfway: instances much larger than the file's are not tried.
    private let mostTerms: Int
    private static let fewTerms = 50_000

    /// Draws that are ranked for each one that is decided.
    private static let drawsPerChoice = 4
    /// The share of the budget that ranking may use.
    private static let simulationShare = 0.15
    /// Draws for each case that was asked for, before the search ends.
    private static let drawsPerCase = 20
    /// Draws in a row that were all known before: the range is used up.
    private static let mostRepetitions = 200

    init(
        _ theorem: Theorem, _ options: TestOptions, _ cancellation: Cancellation,
        _ progress: (@Sendable (Progress) -> Void)?
    ) {
        self.theorem = theorem
        self.options = options
        self.progress = progress
        whole = cancellation
        budgeted = Cancellation(within: cancellation)
        draw = InstanceDraw(theorem, seed: options.seed)
        let possible = theorem.claims.filter { $0.growthFamily == nil && options.selects($0.id) }
        // Of what the file says cannot be decided, a draw would only repeat it.
        let isHopeless = { (id: String) in options.only == nil && theorem.expectationEverywhere(of: id) == .undecided }
        claims = possible.filter { !isHopeless($0.id) }
        let kept = Set(claims.map(\.id))
        leftOut = theorem.claims.map(\.id).filter { id in options.selects(id) && !kept.contains(id) }
        // What `verify` decides anyway.
        let known = theorem.instances.filter { $0.id != Theorem.drawnInstance }
        seen = Set(known.map { Candidate(of: $0, in: theorem).key })
        mostTerms = max(Self.fewTerms, 2 * theorem.mostTerms)
        result = TestResult(
            id: theorem.id, title: theorem.title, file: theorem.file, sources: theorem.sources, seed: options.seed,
            asked: options.cases)
    }

    mutating func run() async {
        if let budget = options.budget { budgeted.cancel(after: budget) }
        result.held = draw.held()
        result.leftOut = leftOut
        if claims.isEmpty {
            result.ending = .impossible("it has no claim about single instances")
        } else if draw.isPossible {
            let rounds = [options.cases / 2, options.cases * 3 / 4, options.cases]
            for (round, target) in rounds.enumerated() where result.ending == .complete {
                await reach(target, round: round)
                focus = tightCases()
            }
        } else {
            result.ending = .impossible(
                "no parameter has a range with more than one value, nothing is drawn, and no table holds integers of a set: "
                    + "there is nothing to vary. Give a parameter a range, as 'where 0 < a < 1', or a constant of the file a name; "
                    + "'flowbound verify' decides the instances as they are")
        }
        result.rejections = rejections.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
        result.claims = claims.map {
            ClaimTally($0, expected: theorem.expectationEverywhere(of: $0.id), cases: result.cases)
        }
    }

    /// Draws, ranks and decides until there are so many cases.
    private mutating func reach(_ target: Int, round: Int) async {
        while result.cases.count < target {
            let needed = target - result.cases.count
            var (drawn, isUsedUp) = draw(options.simulates ? Self.drawsPerChoice * needed / 2 : needed, round: round)
            pool.add(options.simulates ? await ranked(drawn) : drawn.map { Pool.Entry(candidate: $0, estimate: nil) })
            if options.simulates {
                // As many again, half of them near those that look tightest.
                let known = focus
                focus += pool.tightest(claims.map(\.id))
                let (more, isAllKnown) = draw(Self.drawsPerChoice * needed / 2, round: round)
                focus = known
                pool.add(await ranked(more))
                drawn += more
                isUsedUp = isAllKnown
            }
            let batch = pool.take(needed, suspected: openClaims, tightest: round > 0 ? claims.map(\.id) : nil)
            await decide(batch)
            if budgeted.isCancelled {
                result.ending = whole.isCancelled ? .interrupted : .outOfTime
            } else if batch.isEmpty && drawn.isEmpty {
                result.ending = isUsedUp || rejections.isEmpty ? .exhausted : .rejections
            }
            if result.ending != .complete { return }
        }
    }

    /// New candidates, at most `count`, and whether nothing new is left.
    private mutating func draw(_ count: Int, round: Int) -> (candidates: [Candidate], isUsedUp: Bool) {
        var drawn: [Candidate] = []
        var repetitions = 0
        while drawn.count < count, repetitions < Self.mostRepetitions,
            result.draws < Self.drawsPerCase * options.cases + 100, !budgeted.isCancelled
        {
            result.draws += 1
            do throws(UnusableValues) {
                let near =
                    focus.isEmpty || result.draws.isMultiple(of: 2) ? nil : focus[(result.draws / 2) % focus.count]
                // Where all is known nearby, further away.
                let reach = (round == 0 ? 1 : 2) + repetitions / 20
                let candidate = try draw.instance(result.draws, near: near, reach: reach)
                if seen.insert(candidate.key).inserted {
                    drawn.append(candidate)
                    repetitions = 0
                } else {
                    repetitions += 1
                }
            } catch {
                reject(error.reason)
            }
        }
        return (drawn, repetitions >= Self.mostRepetitions)
    }

    /// Claims that are not known to fail on several cases already, nor expected to.
    private var openClaims: Set<String> {
        let known = claims.filter { claim in
            let tally = ClaimTally(claim, expected: nil, cases: result.cases)
            return theorem.expectationEverywhere(of: claim.id) == .refuted || tally.refuted >= Self.enoughFailures
        }
        return Set(claims.map(\.id)).subtracting(known.map(\.id))
    }

    private static let enoughFailures = 3

    private mutating func reject(_ reason: String) {
        // Every draw has the same name: it says nothing.
        let suffix = " (instance \(InstanceDraw.name))"
        rejections[reason.hasSuffix(suffix) ? String(reason.dropLast(suffix.count)) : reason, default: 0] += 1
    }

    // MARK: Deciding

    private var verification: VerificationOptions {
        var verification = VerificationOptions()
        verification.only = claims.map(\.id)
        return verification
    }

    /// What runs in plain doubles say of the candidates, as far as there is time.
    private mutating func ranked(_ candidates: [Candidate]) async -> [Pool.Entry] {
        let (theorem, claims, mostTerms) = (theorem, claims.map(\.id), mostTerms)
        let limit = Cancellation(within: budgeted)
        if let budget = options.budget {
            limit.cancel(after: max(0, Self.simulationShare * budget - simulationTime / .seconds(1)))
        }
        let start = ContinuousClock.now
        let found = await sideBySide(candidates, jobs: options.jobs) { candidate -> Simulation? in
            if limit.isCancelled { return nil }
            return simulate(
                candidate.instance, of: theorem, only: claims, mostTerms: mostTerms, cancellation: limit)
        }
        simulationTime += .now - start
        var entries: [Pool.Entry] = []
        for (candidate, simulation) in zip(candidates, found) {
            switch simulation {
            case nil: entries.append(Pool.Entry(candidate: candidate, estimate: nil))
            case .estimated(let estimate)?: entries.append(Pool.Entry(candidate: candidate, estimate: estimate))
            case .unusable(let message)?: reject(message)
            }
        }
        return entries
    }

    /// Decides the candidates side by side; the cases are in their order.
    private mutating func decide(_ candidates: [Candidate]) async {
        let (theorem, verification, budgeted, progress) = (theorem, verification, budgeted, progress)
        let mostTerms = mostTerms
        // One case must not use up the time of all others.
        let most = options.budget.map { $0 / 5 }
        let found = await sideBySide(candidates, jobs: options.jobs) { candidate -> (trial: Trial, isCut: Bool)? in
            if budgeted.isCancelled { return nil }
            let own = Cancellation(within: budgeted)
            if let most { own.cancel(after: most) }
            let trial = tryOut(
                candidate.instance, of: theorem, mostTerms: mostTerms, options: verification, cancellation: own,
                progress: progress)
            return (trial, own.isCancelled)
        }
        for (candidate, item) in zip(candidates, found) {
            switch item?.trial {
            case nil: continue
            case .rejected(let rejection)?: reject(rejection.reason)
            case .decided(let decided)?:
                if let name = decided.failedAssumption {
                    reject("'assume \(name)'")
                } else {
                    result.cases.append(
                        TestCase(candidate: candidate, result: decided, isCut: item?.isCut ?? false))
                }
            }
        }
    }

    /// For every claim, the case that comes closest to failing.
    private func tightCases() -> [Candidate] {
        var positions: [Int] = []
        for claim in claims {
            let tally = ClaimTally(claim, expected: nil, cases: result.cases)
            let worst = [tally.tightest?.position].compactMap { $0 } + tally.constants.map(\.worst)
            for position in worst where !positions.contains(position) { positions.append(position) }
        }
        return positions.map { result.cases[$0].candidate }
    }
}

extension TestOptions {
    /// An id selects itself and the ids below it.
    func selects(_ claim: String) -> Bool {
        func isBelow(_ id: String) -> Bool { claim == id || claim.hasPrefix(id + ".") }
        return only.map { $0.contains(where: isBelow) } ?? true && !except.contains(where: isBelow)
    }
}

extension UnusableValues {
    fileprivate var reason: String {
        switch self {
        case .condition(let parameter, let text): "'where \(text)' of \(parameter)"
        case .invalid(let message): message
        }
    }
}

extension Trial.Rejection {
    fileprivate var reason: String {
        switch self {
        case .assumption(let name): "'assume \(name)'"
        case .unusable(let message): message
        }
    }
}
