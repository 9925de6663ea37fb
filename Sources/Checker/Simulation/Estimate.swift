import Bounds
import Exact
import Symbolic

/// What a run in plain doubles suggests about the claims on an instance. It ranks instances, and decides nothing.
public struct Estimate: Sendable {
    /// For each claim how far it is from failing, from -1 to 1; negative where it looks false. Claims without a guess, or
    /// with a hypothesis that looks false, are missing.
    public internal(set) var margins: [String: Double] = [:]
    /// Whether an `assume` looks false.
    public internal(set) var breaksHypothesis = false

    /// What looks false by less than this may be rounding.
    private static let doubt = 1e-5

    /// Claims that look false.
    public var suspects: [String] { margins.filter { $0.value < -Self.doubt }.map(\.key) }
}

/// What a simulation says about an instance.
public enum Simulation: Sendable {
    case estimated(Estimate)
    /// The file has no meaning on it: the message.
    case unusable(String)
}

/// Simulates the instance with at most `effort` floating-point operations, roughly. What is cancelled has fewer margins.
public func simulate(
    _ instance: Instance, of theorem: Theorem, only claims: [String], mostTerms: Int? = nil, effort: Int = 20_000_000,
    cancellation: Cancellation = .init()
) -> Simulation {
    do {
        let problem = try theorem.problem(on: instance, mostTerms: mostTerms)
        if cancellation.isCancelled { return .estimated(Estimate()) }
        return .estimated(Estimator(problem, effort: effort).estimate(Set(claims), cancellation))
    } catch {
        return .unusable(error.diagnostics.first?.message ?? "the instance cannot be built")
    }
}

private struct Estimator {
    let problem: Problem
    let formulas: FloatFormulas
    let run: FloatRun
    let effort: Int
    /// Of the run, its stages, events, and formulas at moments.
    private var moments: [String: Double]

    init(_ problem: Problem, effort: Int) {
        self.problem = problem
        self.effort = effort
        formulas = FloatFormulas(problem)
        run = FloatRun(problem, formulas, effort: effort)
        moments = run.moments
        findMoments()
    }

    func estimate(_ claims: Set<String>, _ cancellation: Cancellation) -> Estimate {
        var result = Estimate()
        result.breaksHypothesis = problem.assumptions.contains { (margin($0.condition) ?? 0) < 0 }
        for claim in problem.claims where claims.contains(claim.id) && claim.boxes.isEmpty {
            if cancellation.isCancelled { break }
            if let given = claim.given, (margin(given) ?? 0) < 0 { continue }
            result.margins[claim.id] = margin(claim)
        }
        return result
    }

    // MARK: Moments

    /// Events and values at moments, each once what it reads is known.
    private mutating func findMoments() {
        for _ in 0...(problem.events.count + problem.momentValues.count) {
            let known = moments.count
            for event in problem.events where moments[event.name] == nil { moments[event.name] = time(of: event) }
            for value in problem.momentValues where moments[value.name] == nil {
                guard let time = constant(value.moment), let sample = run.sample(at: time) else { continue }
                moments[value.name] = formulas.value(of: value.quantity, at: formulas.inputs(sample, moments))
            }
            if moments.count == known { return }
        }
    }

    /// The value of a formula of moments alone.
    private func constant(_ formula: Expression) -> Double? {
        formulas.value(of: formula, at: formulas.inputs(time: .nan, stage: 0, state: noState, moments))
    }

    private var noState: [Double] { Array(repeating: .nan, count: problem.states.count) }

    private func time(of event: Event) -> Double? {
        switch event.definition {
        case .unsupported: return nil
        case .moment(let moment): return constant(moment)
        case .first(let after, let condition): return search(after, condition, last: false)
        case .last(let after, let condition): return search(after, condition, last: true)
        }
    }

    private func search(_ after: Expression?, _ condition: Condition, last: Bool) -> Double? {
        guard let condition = formulas.condition(condition) else { return nil }
        var start = 0.0
        if let after {
            guard let time = constant(after) else { return nil }
            start = time
        }
        var previous: (time: Double, margin: Double)?
        var found: Double?
        for sample in run.samples where sample.time >= start {
            guard let margin = condition.margin(formulas.inputs(sample, moments)) else { continue }
            if margin >= 0 {
                found = sample.time
                if !last, let previous, sample.slope != nil {
                    let share = previous.margin / (previous.margin - margin)
                    found = previous.time + (sample.time - previous.time) * share
                }
                if !last { return found }
            }
            previous = (sample.time, margin)
        }
        return found
    }

    // MARK: Claims

    private func margin(_ condition: Condition) -> Double? {
        formulas.condition(condition)?.margin(formulas.inputs(time: .nan, stage: 0, state: noState, moments))
    }

    private func margin(_ claim: Claim) -> Double? {
        switch claim.body {
        case .condition(let condition):
            return claim.open.isEmpty ? margin(condition) : margin(condition, claim.open, at: [nowhere])
        case .at(let moment, let condition):
            guard let time = constant(moment), let sample = run.sample(at: time) else { return nil }
            return margin(condition, claim.open, at: [sample])
        case .always(let interval, let hypothesis, let condition):
            return margin(condition, claim.open, at: samples(interval, hypothesis))
        case .sometime(let interval, let hypothesis, let condition):
            guard claim.open.isEmpty, let condition = formulas.condition(condition) else { return nil }
            return samples(interval, hypothesis).compactMap { condition.margin(formulas.inputs($0, moments)) }.max()
        case .monotone(let increasing, let quantity, let interval):
            guard let tape = formulas.tape([quantity]) else { return nil }
            let values = samples(interval, nil).map { tape(formulas.inputs($0, moments))[0] }
            return zip(values, values.dropFirst()).map {
                increasing ? relativeMargin(.less, $0, $1) : relativeMargin(.less, $1, $0)
            }.min { $0 < $1 }
        case .identity, .growth, .everywhere, .solution, .symmetry, .unsupported:
            return nil
        }
    }

    /// For formulas that read no state.
    private var nowhere: FloatRun.Sample { FloatRun.Sample(time: .nan, stage: 0, state: noState, slope: nil) }

    private func samples(_ interval: Claim.Interval, _ hypothesis: Condition?) -> [FloatRun.Sample] {
        guard let start = constant(interval.start) else { return [] }
        // An end that is not reached leaves all that was.
        let end = constant(interval.end) ?? .infinity
        let gate = hypothesis.flatMap(formulas.condition)
        var inside = run.samples.filter { sample in
            sample.time >= start && sample.time <= end && (interval.stage.map { $0 == sample.stage } ?? true)
        }
        if let last = run.sample(at: end), interval.stage == nil { inside.append(last) }
        guard let gate else { return inside }
        return inside.filter { (gate.margin(formulas.inputs($0, moments)) ?? -1) >= 0 }
    }

    /// The smallest margin at the samples; with open constants, for the constant that serves all of them best.
    private func margin(
        _ condition: Condition, _ open: [Claim.OpenConstant], at samples: [FloatRun.Sample]
    ) -> Double? {
        guard open.isEmpty else { return margin(solving: condition, open, at: samples) }
        guard let condition = formulas.condition(condition) else { return nil }
        let stride = 1 + samples.count * condition.cost / max(effort, 1)
        return samples.enumerated().compactMap { position, sample in
            position.isMultiple(of: stride) ? condition.margin(formulas.inputs(sample, moments)) : nil
        }.min()
    }

    private func margin(
        solving condition: Condition, _ open: [Claim.OpenConstant], at samples: [FloatRun.Sample]
    ) -> Double? {
        let graph = problem.graph
        var limits: [String: (lower: Double, upper: Double)] = [:]
        for (relation, left, right) in graph.comparisons(in: condition) {
            guard let solved = Requirement(graph, relation, left, right, open: open.map(\.name)),
                let tape = formulas.tape([solved.ratio, solved.coefficient])
            else { continue }
            for sample in samples {
                let values = tape(formulas.inputs(sample, moments))
                guard values[0].isFinite, values[1].isFinite else { continue }
                var limit = limits[solved.name] ?? (-.infinity, .infinity)
                if values[1] > 0 { limit.lower = max(limit.lower, values[0]) }
                if values[1] < 0 { limit.upper = min(limit.upper, values[0]) }
                limits[solved.name] = limit
            }
        }
        return open.compactMap { constant in limits[constant.name].flatMap { margin(constant, $0.lower, $0.upper) } }.min()
    }

    /// How far the best constant is from what `where` allows, and from none at all.
    private func margin(_ constant: Claim.OpenConstant, _ lower: Double, _ upper: Double) -> Double? {
        if lower.isFinite && upper.isFinite { return relativeMargin(.lessOrEqual, lower, upper) }
        let best = lower.isFinite ? lower : upper
        guard best.isFinite else { return nil }
        let size = lower.isFinite ? 1 / (1 + max(best, 0)) : max(best, 0) / (1 + max(best, 0))
        guard let condition = constant.condition, let value = Rational(exactly: best) else { return size }
        let solved = problem.graph.substitute(condition, [.open(constant.name): problem.graph.constant(value)])
        return margin(solved).map { Swift.min($0, size) } ?? size
    }
}
