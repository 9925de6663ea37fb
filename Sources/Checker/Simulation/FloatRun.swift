import Bounds
import Exact
import Symbolic

/// A run in plain doubles: Dormand-Prince steps for a flow, the map itself for steps. It is a guess, without a bound.
struct FloatRun {
    struct Sample {
        let time: Double
        let stage: Int
        let state: [Double]
        /// Of a flow: its field.
        let slope: [Double]?
    }

    private(set) var samples: [Sample] = []
    /// Times of the ends of stages and of the run, by the names of their moments.
    private(set) var moments: [String: Double] = [:]
    /// Operations that may still be spent.
    private(set) var effort: Int
    let formulas: FloatFormulas
    private var seen = 0
    private var stride = 1
    /// Where stages end.
    private var ends: [Sample] = []

    /// Relative, for one step of a flow.
    private static let tolerance = 1e-6
    private static let mostSamples = 2000
    /// These are always kept.
    private static let earlySamples = 500
    /// Steps of a flow are at most this share of a stage of known length.
    private static let longestStep = 1.0 / 64

    /// Runs as far as the effort allows. The moments of what it does not reach are missing.
    init(_ problem: Problem, _ formulas: FloatFormulas, effort: Int) {
        self.formulas = formulas
        self.effort = effort
        guard let start = formulas.values(of: problem.states.map(\.start), at: formulas.origin) else { return }
        var state = start
        if let steps = problem.steps, problem.stages.isEmpty {
            run(steps.map, isFlow: false, problem.horizon, stage: 0, from: 0, &state, ends: ["end"])
        } else if let flow = problem.flow, problem.stages.isEmpty {
            run(flow.field, isFlow: true, problem.horizon, stage: 0, from: 0, &state, ends: ["end"])
        } else {
            var time = 0.0
            for (number, stage) in problem.stages.enumerated() {
                let isLast = number == problem.stages.count - 1
                let name = "end(\(stage.name))"
                run(
                    stage.equations, isFlow: problem.flow != nil, stage.end, stage: number, from: time, &state,
                    ends: isLast ? [name, "end"] : [name])
                guard let end = moments[name] else { return }
                time = end
            }
        }
    }

    private mutating func run(
        _ equations: [Expression], isFlow: Bool, _ horizon: Horizon?, stage: Int, from start: Double,
        _ state: inout [Double], ends: [String]
    ) {
        guard let phase = Phase(equations, isFlow: isFlow, horizon, stage: stage, formulas) else { return }
        var sample = phase.sample(start, state)
        append(sample)
        var last = phase.margin(sample)
        var step = isFlow ? firstStep(sample, phase.length) : 1
        // Rounding may leave a step before the end that is too short to be made.
        while (last ?? -1) < 0, sample.time - start < phase.length * (1 - 1e-12) {
            let next: Sample
            effort -= (isFlow ? 7 : 1) * phase.cost
            guard effort > 0 else { return }
            if isFlow {
                let most = min(phase.length * Self.longestStep, phase.length - (sample.time - start))
                guard let found = dormandPrince(phase, sample, &step, most: most) else { return }
                if !found.isAccepted { continue }
                next = found.sample
            } else {
                if sample.time - start + 1 > phase.length { break }
                next = Sample(
                    time: sample.time + 1, stage: stage, state: phase.rate(sample.time, sample.state), slope: nil)
            }
            guard next.state.allSatisfy(\.isFinite) else { return }
            let reached = phase.margin(next)
            let isCrossed = isFlow && (last ?? 0) < 0 && (reached ?? -1) >= 0
            sample = isCrossed ? phase.crossing(from: sample, to: next) : next
            last = reached
            append(sample)
        }
        state = sample.state
        self.ends.append(sample)
        for name in ends { moments[name] = sample.time }
    }

    /// Keeps every `stride`-th sample: where there are too many, half of all but the earliest go.
    private mutating func append(_ sample: Sample) {
        seen += 1
        guard seen.isMultiple(of: stride) else { return }
        samples.append(sample)
        guard samples.count > Self.mostSamples else { return }
        let later = samples.dropFirst(Self.earlySamples).enumerated()
        samples = samples.prefix(Self.earlySamples) + later.filter { $0.offset.isMultiple(of: 2) }.map(\.element)
        stride *= 2
    }

    // MARK: Flows

    private func firstStep(_ start: Sample, _ length: Double) -> Double {
        let size = start.state.map(\.magnitude).max() ?? 0
        let speed = start.slope?.map(\.magnitude).max() ?? 0
        let guess = speed > 0 ? 0.01 * max(size, 1e-3) / speed : 0.01
        return length.isFinite ? min(guess, max(length * Self.longestStep, .leastNormalMagnitude)) : guess
    }

    /// One step of the method of order 5 with its estimate of order 4 (Dormand, Prince 1980). `step` becomes the next one
    /// to try. Nil where the steps vanish.
    private func dormandPrince(
        _ phase: Phase, _ from: Sample, _ step: inout Double, most: Double
    ) -> (sample: Sample, isAccepted: Bool)? {
        let h = min(step, most)
        guard from.time + h > from.time, let first = from.slope else { return nil }
        var slopes = [first]
        for (row, node) in zip(Self.weights, Self.nodes) {
            var state = from.state
            for (weight, slope) in zip(row, slopes) where weight != 0 {
                for index in state.indices { state[index] += h * weight * slope[index] }
            }
            slopes.append(phase.rate(from.time + node * h, state))
            if slopes.count == 7 {
                var error = 0.0
                for index in state.indices {
                    let defect = h * zip(Self.errors, slopes).reduce(0) { $0 + $1.0 * $1.1[index] }
                    error = max(error, defect.magnitude / (1e-9 + max(state[index].magnitude, from.state[index].magnitude)))
                }
                let isAccepted = error <= Self.tolerance
                step = error.isNaN ? h / 8 : h * min(4, max(0.2, 0.9 * Self.power(Self.tolerance / error)))
                return (Sample(time: from.time + h, stage: from.stage, state: state, slope: slopes[6]), isAccepted)
            }
        }
        return nil
    }

    /// The fifth root, roughly; infinity stays.
    private static func power(_ x: Double) -> Double { x.isFinite ? x.squareRoot().squareRoot() : 4 }

    private static let nodes = [1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1, 1]
    private static let weights: [[Double]] = [
        [1.0 / 5],
        [3.0 / 40, 9.0 / 40],
        [44.0 / 45, -56.0 / 15, 32.0 / 9],
        [19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729],
        [9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656],
        [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84],
    ]
    private static let errors = [
        71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40,
    ]

    // MARK: Between samples

    /// The sample at a time; nil outside the run.
    func sample(at time: Double) -> Sample? {
        if let end = ends.first(where: { $0.time == time }) { return end }
        guard let first = samples.first, let last = samples.last, time >= first.time, time <= last.time else { return nil }
        var (low, high) = (0, samples.count - 1)
        while low + 1 < high {
            let middle = (low + high) / 2
            if samples[middle].time <= time { low = middle } else { high = middle }
        }
        if samples[high].time <= time { return samples[high] }
        let state = Self.state(between: samples[low], samples[high], at: time)
        return Sample(time: time, stage: samples[low].stage, state: state, slope: nil)
    }

    /// Cubic where both slopes are known, else a straight line.
    static func state(between a: Sample, _ b: Sample, at time: Double) -> [Double] {
        let h = b.time - a.time
        guard h > 0 else { return b.state }
        let s = (time - a.time) / h
        guard let p = a.slope, let q = b.slope else { return zip(a.state, b.state).map { $0 + s * ($1 - $0) } }
        let (start, end) = ((1 + 2 * s) * (1 - s) * (1 - s), s * s * (3 - 2 * s))
        let (left, right) = (h * s * (1 - s) * (1 - s), h * s * s * (s - 1))
        return a.state.indices.map { start * a.state[$0] + end * b.state[$0] + left * p[$0] + right * q[$0] }
    }
}
