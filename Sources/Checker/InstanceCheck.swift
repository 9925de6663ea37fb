import Bounds
import Exact
import GradientFlow
import Symbolic
import Syntax

/// Climbs the precision ladder on one instance until every selected claim is decided or more bits do not help.
struct InstanceCheck {
    let theorem: Theorem
    let instance: Instance
    let options: VerificationOptions
    let cancellation: Cancellation
    let progress: (@Sendable (Progress) -> Void)?
    let trace: (@Sendable (TraceEntry) -> Void)?
    /// Decides these claims only: those that count the instance's seed; nil: all that count no seeds.
    var counting: Set<String>?

    /// What the instance's family needs of it.
    struct Outcome: Sendable {
        var result: InstanceResult
        /// Enclosures of the quantities of `growth` claims, and of their bounds, by claim.
        var growth: [String: GrowthValue] = [:]
    }

    struct GrowthValue: Sendable {
        let parameter: String
        let quantity: RationalInterval
        let lower: RationalInterval
        let upper: RationalInterval
        let bits: Int
        /// Whether `given` and every `assume` hold on the member.
        let hypothesis: Truth
    }

    func run() -> Outcome {
        var result = InstanceResult(
            id: instance.id, isFamily: false, parameters: instance.parameters, seed: instance.seed)
        let counts = counting == nil ? theorem.seedCounts(on: instance) : [:]
        let selected = theorem.claims.filter { claim in
            claim.growthFamily == nil && options.selects(claim.id)
                && (counting?.contains(claim.id) ?? (counts[claim.id] == nil))
        }
        let problem: Problem
        do {
            problem = try theorem.problem(on: instance) { [cancellation] in cancellation.isCancelled }
            problem.drop(options.dropped)
        } catch {
            let verdict = Verdict.undecided(Obstacle(building: error))
            result.obligations = selected.map { obligation($0, Decision(verdict), bits: 0) }
            return Outcome(result: result)
        }
        return climb(problem, selected, result)
    }

    // MARK: The ladder

    private func climb(
        _ problem: Problem, _ selected: [ClaimDescription], _ start: InstanceResult
    ) -> Outcome {
        var outcome = Outcome(result: start)
        outcome.result.dimension = problem.flow == nil && problem.steps == nil ? 0 : problem.declaredStates
        outcome.result.clock = problem.steps == nil ? .time : .steps
        let claims = Dictionary(problem.claims.map { ($0.id, $0) }) { first, _ in first }
        var decisions: [String: (decision: Decision, bits: Int)] = [:]
        var pending = selected.map(\.id)
        let horizon = horizonGuess(problem)
        let rungClock = outcome.result.clock
        var uncertainty: Rational?
        var plotted: Rung?
        var ladder = Ladder(options)
        while let bits = ladder.next() {
            let decided = selected.count - pending.count
            let observer = trace.map { trace in
                { (step: StepRecord) in trace(TraceEntry(theorem: theorem.id, instance: instance.id, step: step)) }
            }
            let starts = problem.startBoxes.map { ($0.parameter, RationalInterval($0.lower, $0.upper)) }
            var runSteps = 0
            let rung = Rung(
                problem, bits: bits, boxes: Dictionary(starts) { first, _ in first }, isStopped: { cancellation.isCancelled },
                observer: observer
            ) { time, step in
                runSteps += 1
                progress?(
                    Progress(
                        theorem: theorem.id, instance: instance.id, clock: rungClock, time: time.approximation,
                        horizon: horizon, bits: bits, step: step.approximation, decided: decided,
                        obligations: selected.count))
                // Events and 'show' of a box of starts: a tube as wide as the box is not worth more.
                return !cancellation.isCancelled && (starts.isEmpty || runSteps < Self.mostBoxSteps)
            }
            // What needs no run first: it is exact, or cheap, and should not be lost to a deadline.
            if problem.assumptions.isEmpty {
                for id in pending where decisions[id] == nil {
                    guard let claim = claims[id], !isOverBox(claim, problem), !rung.needsRun(claim), !cancellation.isCancelled else { continue }
                    decisions[id] = (rung.decide(claim), bits)
                }
            }
            // The first rung runs for the events and `show`; later ones only for claims that need it.
            if rung.bits == options.ladder.first || pending.isEmpty
                || pending.contains(where: { claims[$0].map(rung.needsRun) ?? false })
                || problem.assumptions.contains(where: { rung.readsMoments($0.condition) })
            {
                rung.run()
            }
            let blocked = hypotheses(rung, &outcome.result.failedAssumption)
            var rest: [String] = []
            for id in pending {
                guard let claim = claims[id] else { continue }
                let known = decisions[id].flatMap { $0.bits == bits ? $0.decision : nil }
                let last = known == nil ? decisions[id]?.decision : nil
                let decision = blocked ?? known ?? (cancellation.isCancelled ? stopped(rung) : decide(claim, rung)).after(last)
                if improves(decision, last) { rest.append(id) }
                decisions[id] = known == nil ? better(decisions[id], (decision, bits)) : (decision, bits)
            }
            record(rung, rest, &outcome)
            if options.withPlots && rung.hasRun { plotted = rung }
            pending = rest
            // Steps are whole numbers: a moment between two of them is worth one more rung, as long as that helps.
            let spread = rung.stepUncertainty
            let isNarrower = uncertainty.map { last in spread.map { $0 < last } ?? false } ?? true
            let isWorthMore = isNarrower && spread?.isPositive ?? false
            uncertainty = spread
            if let needed = rung.bitsNeeded(horizon: horizon) { ladder.skip(to: needed) }
            if (pending.isEmpty && !isWorthMore) || cancellation.isCancelled { break }
        }
        outcome.result.obligations = selected.map { claim in
            let found = decisions[claim.id] ?? (.undecided(.timeout, "the deadline or an interrupt came before it was looked at", remedy: "allow more time with --timeout"), 0)
            return obligation(claim, found.decision, bits: found.bits)
        }
        plotted?.plot(&outcome.result, claims)
        return outcome
    }

    /// The decision on a claim that the deadline or an interrupt left over.
    private func stopped(_ rung: Rung) -> Decision {
        let place = rung.trajectory.map { " (the run had come to \(rung.clock.point(RationalInterval($0.end))))" } ?? ""
        return .undecided(
            .timeout, "the deadline or an interrupt came before it was decided\(place)",
            remedy: "allow more time with --timeout, or decide it alone with --only")
    }

    private func decide(_ claim: Claim, _ rung: Rung) -> Decision {
        !isOverBox(claim, rung.problem)
            ? rung.decide(claim)
            : BoxCheck(theorem: theorem, instance: instance, cancellation: cancellation, dropped: options.dropped)
                .decide(claim, bits: rung.bits)
    }

    private static let mostBoxSteps = 400

    /// Whether the claim is about a box of parameters, or of starts that it reads.
    private func isOverBox(_ claim: Claim, _ problem: Problem) -> Bool {
        if !claim.boxes.isEmpty { return true }
        guard !problem.startBoxes.isEmpty else { return false }
        switch claim.body {
        case .identity, .everywhere, .growth, .unsupported: return false
        case .condition, .always, .sometime, .monotone, .at, .solution, .symmetry: return true
        }
    }

    /// Whether the next rung is worth trying: more bits help, and helped by a clear factor last time.
    private func improves(_ decision: Decision, _ last: Decision?) -> Bool {
        guard let gap = decision.gap else { return false }
        guard let last = last?.gap else { return true }
        return gap * 8 < last
    }

    /// A later rung's decision, unless it knows less.
    private func better(
        _ old: (decision: Decision, bits: Int)?, _ new: (decision: Decision, bits: Int)
    ) -> (decision: Decision, bits: Int) {
        guard let old else { return new }
        if case .undecided = new.decision.verdict { } else { return new }
        if case .undecided = old.decision.verdict { return new }
        return old
    }

    /// Nil if every `assume` certainly holds; else the decision on every claim.
    private func hypotheses(_ rung: Rung, _ failed: inout String?) -> Decision? {
        for assumption in rung.problem.assumptions {
            do {
                let result = try rung.truth(of: assumption.condition)
                switch result.truth {
                case .yes: continue
                case .no:
                    failed = assumption.name
                    return Decision(.vacuous("'assume \(assumption.name)' is certainly false here"))
                case .unknown: return rung.undecided(result, "whether 'assume \(assumption.name)' holds")
                }
            } catch {
                return rung.decision(error)
            }
        }
        return nil
    }

    /// Whether `given` and every `assume` hold.
    private func hypothesis(of claim: Claim, _ rung: Rung) -> Truth {
        let conditions = rung.problem.assumptions.map(\.condition) + [claim.given].compactMap { $0 }
        return .all(conditions.map { (try? rung.truth(of: $0).truth) ?? .unknown })
    }

    // MARK: What is recorded

    private func record(_ rung: Rung, _ rest: [String], _ outcome: inout Outcome) {
        outcome.result.bits = Swift.max(rung.bits, outcome.result.bits)
        if rung.hasRun || outcome.result.rungs.isEmpty {
            outcome.result.steps = rung.trajectory?.stepCount ?? 0
            outcome.result.horizon = rung.end
            outcome.result.events = rung.stageEnds + rung.events
            outcome.result.observations = rung.observations()
            outcome.result.alarms += rung.alarms().filter { !outcome.result.alarms.contains($0) }
        }
        let radius = rung.trajectory?.largestRadius
        outcome.result.rungs.append(
            RungLog(
                bits: rung.bits, steps: rung.trajectory?.stepCount ?? 0, radius: RationalInterval(0, radius),
                undecided: rest.count,
                reason: rest.isEmpty ? nil : "\(rest.joined(separator: ", ")) need more bits"))
        for claim in rung.problem.claims where counting == nil {
            guard rung.hasRun, case .growth(let growth) = claim.body, growth.family == instance.family, options.selects(claim.id),
                let quantity = try? rung.limited(growth.quantity).interval,
                let lower = try? rung.enclosed(growth.lower), let upper = try? rung.enclosed(growth.upper)
            else { continue }
            outcome.growth[claim.id] = GrowthValue(
                parameter: growth.parameter, quantity: quantity, lower: lower, upper: upper, bits: rung.bits,
                hypothesis: hypothesis(of: claim, rung))
        }
    }

    private func obligation(_ claim: ClaimDescription, _ decision: Decision, bits: Int) -> ObligationResult {
        let expected = theorem.expectation(of: claim.id, on: instance)
        return ObligationResult(
            claim: claim, verdict: decision.verdict, expected: expected,
            isAsExpected: decision.verdict.meets(expected), bits: decision.verdict.needsArithmetic(claim) ? bits : 0)
    }

    /// Where the run ends at the latest, for the progress line; infinity if that is open.
    private func horizonGuess(_ problem: Problem) -> Double {
        let latest: Expression?
        switch problem.horizon {
        case .time(let time): latest = time
        case .first(_, let atLatest): latest = atLatest
        case nil: latest = nil
        }
        let value = latest.flatMap { try? enclose([$0], of: problem.graph, environment: Environment(), bits: 53)[0].upper }
        return value?.approximation ?? .infinity
    }
}

extension Obstacle {
    /// Why the problem of an instance could not be built.
    init(building error: InvalidTheorem) {
        if let reason = error.diagnostics.first?.message {
            self.init(.undefined, reason)
        } else {
            self.init(
                .timeout, "the deadline or an interrupt came while its formulas were built",
                remedy: "allow more time with --timeout")
        }
    }
}

extension Verdict {
    /// Without an expectation: proved, consistent, or vacuous.
    func meets(_ expected: ExpectedVerdict?) -> Bool {
        switch (self, expected) {
        case (.proved, nil), (.consistent, nil), (.vacuous, nil): true
        case (.refuted, nil), (.undecided, nil): false
        case (.proved, .proved), (.refuted, .refuted), (.undecided, .undecided): true
        case (.vacuous, .vacuous), (.consistent, .consistent): true
        case (.proved, _), (.refuted, _), (.undecided, _), (.vacuous, _), (.consistent, _): false
        }
    }

    /// Identities are decided without numbers.
    func needsArithmetic(_ claim: ClaimDescription) -> Bool {
        if case .proved = self { return !["identity", "solution", "symmetry"].contains(claim.kind) }
        return true
    }
}

extension VerificationOptions {
    /// Precisions to try, in order.
    var ladder: [Int] {
        if let bits { return [Swift.max(bits, 53)] }
        return [53, 128, 256, 512, 1024].filter { $0 <= maximumBits }
    }

    /// An id selects itself and the ids below it: `lem.bal` selects `lem.bal.I`.
    func selects(_ claim: String) -> Bool {
        guard let only else { return true }
        return only.contains { claim == $0 || claim.hasPrefix($0 + ".") }
    }

    func selects(_ instance: Instance) -> Bool {
        guard let instances else { return true }
        return instances.contains { $0 == instance.id || $0 == instance.family }
    }
}
