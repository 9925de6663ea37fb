import Arithmetic
import Exact
import Symbolic

/// A passage through kinks of the field: a short window [a, a + length] after which every gate that was near its tie has a
/// certain sign, and what the run does meanwhile.
struct Crossing<E: Enclosure> {
    let length: Rational
    /// The gates that keep their sign through the window, and those that may change theirs, with the sign that they end with.
    let kept: [Gate: Bool]
    let passed: [Gate]
    let after: [Gate: Bool]
    /// The velocity of the run in the window, per state.
    let velocity: [E]
}

/// Certifies a crossing from a ball of states.
///
/// At a tie the field has no value, so a run is any absolutely continuous x whose derivative lies, at almost every time, in
/// the convex hull of the field's values on the sides that meet there (Filippov). Let every gate have the sign `before` at
/// a, where it has one there. A window of length l is certified by a ball X of radius R around the start p, an enclosure V
/// of the field on X by both sides of the `passed` gates, and by
///
///  1. r + l |V| < R, r the radius of the start;
///  2. each gate that is kept has one strict sign on X, or had it at a and has a derivative of that sign on X;
///  3. each passed gate g has on X a derivative of one sign s under the fields of both sides of g, whatever the other
///     passed gates do, and l inf |g'| (before it passes) > sup -s g at a.
///
/// *Then the run exists up to a + l, stays in X, and |x(t) - p - (t - a) v| <= r + (t - a) sup |V - v| for every vector v.
/// Each passed gate is 0 at one instant of the window at most and has the sign s at its end; the kept ones are never 0
/// after a.*
///
/// Proof. As long as x is in X and no kept gate is 0, x' lies in V, so |x - p| <= r + l |V| < R: x does not reach the
/// border of X. A kept gate has its sign on X, or moves away from its tie. So neither ends before a + l. The derivative of
/// s g along x is positive at almost every time, the inner gates of g being 0 at single instants only; so s g grows
/// strictly and vanishes once at most. Until then g is on the side -s, and s g grows at least at the rate of 3, which
/// brings it above 0 by the end. The bound on x is the integral of x' - v. No value at a tie was used: ties take up single
/// instants.
///
/// - Source: Filippov, Differential Equations with Discontinuous Righthand Sides (1988), section 10.
struct CrossingSearch<E: Enclosure> {
    let field: VectorField
    let metric: Metric
    let evaluator: BoxEvaluator<E>
    let time: Rational
    let point: [E]
    let radius: Magnitude
    let before: [Gate: Bool]
    /// A step's length, for the size of things.
    let scale: Rational

    private var bits: Int { evaluator.bits }
    /// A crossing that takes longer would widen the tube too much.
    private var nearby: Magnitude { Magnitude(scale).scaled(byPowerOfTwo: -2) }
    private var graph: Graph { field.graph }

    /// What is looked at: a ball of states over a window, and what the gates may do there.
    private struct Trial {
        var length: Rational
        var reach: Magnitude
        var kept: [Gate: Bool]
        var passed: [Gate]
    }

    /// `pending`: gates that the start does not tell.
    func run(_ pending: [Gate]) throws(IntegrationFailure) -> Crossing<E> {
        let least = Magnitude(1.0).scaled(byPowerOfTwo: -8 * bits)
        var trial = Trial(
            length: 0, reach: radius * Magnitude(1.125) + least, kept: before.filter { !pending.contains($0.key) },
            passed: pending)
        for _ in 0..<200 {
            let box = states(trial.reach)
            let window = time(trial.length)
            if try settle(&trial, box, window) { continue }
            let velocity = try evaluator.values(
                of: field.field, given: trial.kept, passing: trial.passed, states: box, time: window)
            var squares = Magnitude.zero
            for (i, rate) in velocity.enumerated() { squares = squares + metric.square(rate.magnitude, of: i) }
            let speed = squares.squareRoot()
            guard speed.isFinite else { throw undecided(trial.passed, "the field is undefined, or may be") }
            let (needed, after) = try duration(trial, box, window)
            let length = Magnitude(trial.length)
            if trial.length.isPositive, needed < Magnitude.lowerBound(of: trial.length),
                radius + length * speed < trial.reach
            {
                return Crossing(
                    length: trial.length, kept: trial.kept, passed: trial.passed,
                    after: trial.kept.merging(after) { first, _ in first }, velocity: velocity)
            }
            guard needed < nearby, let next = (needed * Magnitude(1.25)).asRational else {
                throw undecided(trial.passed, "the tube is too wide there")
            }
            trial.length = Swift.max(Self.rounded(next), scale * .powerOfTwo(-bits - 8))
            trial.reach = (radius + Magnitude(trial.length) * speed) * Magnitude(1.25) + least
        }
        throw undecided(trial.passed, "no window of the crossing is certified")
    }

    private func states(_ reach: Magnitude) -> [E] {
        point.indices.map { point[$0].widened(by: metric.reach(reach, of: $0)) }
    }

    private func time(_ length: Rational) -> E { .interval(time, time + length, bits: bits) }

    /// Few digits, rounded up.
    private static func rounded(_ length: Rational) -> Rational {
        let unit = Rational.powerOfTwo(length.binaryExponent - 6)
        return Rational((length / unit).ceiling) * unit
    }

    // MARK: Gates

    /// Sorts the gates that are read into kept and passed ones; true if something changed.
    private func settle(_ trial: inout Trial, _ box: [E], _ window: E) throws(IntegrationFailure) -> Bool {
        let read = field.gates(given: trial.kept)
        let passed = trial.passed.filter(read.contains)
        var isChanged = false
        let values = try evaluator.values(
            of: read.map(graph.difference), given: trial.kept, passing: passed, states: box, time: window)
        for (gate, value) in zip(read, values) where !trial.passed.contains(gate) {
            let sign: Bool? = value.isCertainlyPositive ? true : value.isCertainlyNegative ? false : nil
            if let sign {
                if trial.kept[gate] == sign { continue }
                guard trial.kept[gate] == nil else { throw undecided([gate], "its signs contradict each other") }
                (trial.kept[gate], isChanged) = (sign, true)
                continue
            }
            // The signs just found may tell more.
            if isChanged && trial.kept[gate] == nil { continue }
            if let known = before[gate], trial.kept[gate] == known,
                try isLeaving(gate, known, trial, box, window)
            {
                continue
            }
            trial.kept[gate] = nil
            trial.passed.append(gate)
            return true
        }
        // A gate that nothing reads any more is not looked at.
        if !isChanged { trial.kept = trial.kept.filter { read.contains($0.key) } }
        return isChanged
    }

    private func isLeaving(
        _ gate: Gate, _ sign: Bool, _ trial: Trial, _ box: [E], _ window: E
    ) throws(IntegrationFailure) -> Bool {
        let slope = try slope(gate, sign, trial, box, window)
        return sign ? slope.isCertainlyPositive : slope.isCertainlyNegative
    }

    /// The derivative of the gate's difference in time, with the field on that side of the gate.
    private func slope(
        _ gate: Gate, _ side: Bool, _ trial: Trial, _ box: [E], _ window: E
    ) throws(IntegrationFailure) -> E {
        let formula = graph.lieDerivative(of: graph.difference(of: gate), along: field.field)
        var signs = trial.kept
        signs[gate] = side
        return try evaluator.values(
            of: [formula], given: signs, passing: trial.passed.filter { $0 != gate }, states: box, time: window)[0]
    }

    /// How long the window has to be at least, and the signs at its end.
    private func duration(
        _ trial: Trial, _ box: [E], _ window: E
    ) throws(IntegrationFailure) -> (Magnitude, [Gate: Bool]) {
        var needed = Magnitude.zero
        var after: [Gate: Bool] = [:]
        // The gates' values at the start alone.
        let values = try evaluator.values(
            of: trial.passed.map(graph.difference), given: trial.kept, passing: trial.passed, states: states(radius),
            time: time(0))
        for (gate, value) in zip(trial.passed, values) {
            let above = try slope(gate, true, trial, box, window)
            let below = try slope(gate, false, trial, box, window)
            let rises = above.isCertainlyPositive && below.isCertainlyPositive
            let falls = above.isCertainlyNegative && below.isCertainlyNegative
            guard rises || falls else { throw obstacle(gate, value, above, below) }
            after[gate] = rises
            if before[gate] == rises { continue }
            guard value.isFinite else { throw undecided([gate], "it is undefined, or may be") }
            let isBehind = rises ? !value.isCertainlyNonNegative : !value.isCertainlyNonPositive
            if isBehind { needed = Swift.max(needed, value.magnitude / (rises ? below : above).mignitude) }
        }
        return (needed, after)
    }

    // MARK: Obstacles

    private func obstacle(_ gate: Gate, _ value: E, _ above: E, _ below: E) -> IntegrationFailure {
        let text = "\(field.description(of: gate)) = 0"
        let moment = "t = \(time.shortDecimal)"
        let isStill = [above, below].map { $0.isCertainlyNonNegative && $0.isCertainlyNonPositive }
        if isStill[0] || isStill[1], before[gate].map({ $0 ? above.isCertainlyNegative : below.isCertainlyPositive }) ?? true {
            return IntegrationFailure(
                .sliding, "from \(moment) on the run stays on \(text): beyond it nothing moves it any more, as with a neuron that dies, and what a gate is at its tie would decide")
        }
        let slower = Swift.min(above.mignitude, below.mignitude)
        if above.isCertainlyNegative && below.isCertainlyPositive, value.magnitude / slower < nearby {
            return IntegrationFailure(
                .sliding, "from \(moment) on the run slides along \(text): on both sides the field points towards it, and what a gate is at its tie would decide")
        }
        if above.isCertainlyPositive && below.isCertainlyNegative, before[gate] == nil {
            return IntegrationFailure(
                .sliding, "at \(moment) a gate ties, \(text), and the run may leave to either side: the field points away from it on both")
        }
        return undecided([gate], "its derivative along the run is not certainly of one sign on both sides")
    }

    private func undecided(_ gates: [Gate], _ reason: String) -> IntegrationFailure {
        let text = gates.first.map { "\(field.description(of: $0)) = 0" } ?? "a kink"
        return IntegrationFailure(
            .precision, "near t = \(time.shortDecimal) the run meets the kink \(text), and it is not certain that it crosses it: \(reason)")
    }
}
