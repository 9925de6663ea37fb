import Bounds
import Exact
import GradientFlow
import Symbolic

/// Inequalities whose sides are exactly equal at the start of the run, or of a stage.
extension Rung {
    enum Touching {
        /// No side touches at the start, or nothing could be said.
        case none
        /// Every comparison that touches holds on [0, until]; the rest of the condition was certified there too.
        case settled(until: Rational)
        case fails(String)
    }

    /// Where sides may touch: a start at which formulas are known, and what moves from there.
    private struct Origin {
        /// What formulas read there.
        let values: [Symbol: Expression]
        let field: [Expression]
        /// Its time.
        let start: ClosedRange<Rational>
        /// The field is the same up to this time.
        let end: Rational
        /// "t = 0"
        let name: String
    }

    /// The start of the run; that of a stage, where states that no stage has moved yet are still formulas, and the others
    /// any numbers.
    private func origin(_ times: TimeInterval, stage: Int?) -> Origin? {
        guard let trajectory, let flow = problem.flow else { return nil }
        if times.start.lowerBound.isZero && times.start.upperBound.isZero {
            // What differs from stage to stage may jump where the first one ends.
            let end = problem.stages.isEmpty ? self.end?.lower ?? trajectory.end : stageEnds.first?.time?.lower
            return end.map { Origin(values: problem.origin, field: flow.field, start: times.start, end: $0, name: "t = 0") }
        }
        guard let stage, stage > 0, stage < stageEnds.count, let end = stageEnds[stage].time?.lower,
            (trajectory as? StagedTrajectory)?.focus == stage
        else { return nil }
        let moment = graph.symbol(.moment("end(\(problem.stages[stage - 1].name))"))
        var values: [Symbol: Expression] = [.time: moment, .stage: graph.constant(stage)]
        for (position, state) in problem.states.enumerated() {
            let rested = problem.stages.prefix(stage).allSatisfy { $0.equations[position] == graph.zero }
            values[.state(position)] = rested ? state.start : graph.symbol(.moment("\(state.name) at that start"))
        }
        for value in problem.momentValues
        where value.moment == moment && !graph.symbols(in: value.quantity).contains(.stage) {
            values[.moment(value.name)] = graph.substitute(value.quantity, values)
        }
        return Origin(
            values: values, field: problem.stages[stage].equations, start: times.start, end: end,
            name: "the start of '\(problem.stages[stage].name)'")
    }

    /// Decides the condition near the exact start 0, where some comparison of a conjunction holds with exact equality
    /// (normal form): a <= b with (b - a)' >= 0 on [0, d] holds there; if that derivative is exactly 0 at 0 as well, the
    /// next one decides. A certain opposite sign refutes; a strict comparison is refuted by equality at a closed start.
    func touching(
        _ condition: Condition, at times: TimeInterval, stage: Int?
    ) throws(IntegrationFailure) -> Touching {
        guard let trajectory, let origin = origin(times, stage: stage), let parts = strictParts(condition),
            times.earliestEnd.map({ $0 > times.start.upperBound }) ?? false
        else { return .none }
        var until: Rational?
        var others: [Condition] = []
        for part in parts {
            guard graph.isExactlyZero(graph.substitute(part.difference, origin.values)) else {
                others.append(part.condition)
                continue
            }
            if part.isStrict && !times.openStart {
                return .fails("both sides are exactly equal at \(origin.name), and the inequality is strict")
            }
            guard let piece = try settle(part.difference, origin) else {
                return .none
            }
            switch piece {
            case .settled(let time): until = Swift.min(until ?? time, time)
            case .fails(let sentence): return .fails(sentence)
            case .none: return .none
            }
        }
        guard let until else { return .none }
        if !others.isEmpty {
            let first = Swift.min(origin.start.lowerBound, until)...until
            guard case .always = try trajectory.truth(of: .and(others), outer: first, inner: nil) else { return .none }
        }
        return .settled(until: until)
    }

    /// The sign of a difference that is exactly 0 at the start S, on some [S, S + d] (without S itself).
    private func settle(_ difference: Expression, _ origin: Origin) throws(IntegrationFailure) -> Touching? {
        let horizon = origin.end - origin.start.upperBound
        guard let trajectory, horizon.isPositive else { return nil }
        var derivative = difference
        for _ in 0..<4 {
            derivative = graph.lieDerivative(of: derivative, along: origin.field)
            if graph.isExactlyZero(graph.substitute(derivative, origin.values)) { continue }
            // Shorter and shorter intervals until the derivative has one sign.
            var length = horizon
            for _ in 0..<60 {
                let piece = origin.start.lowerBound...origin.start.upperBound + length
                let until = origin.start.lowerBound + length
                let positive = graph.compare(.less, graph.zero, derivative)
                if case .always = try trajectory.truth(of: positive, outer: piece, inner: nil) {
                    // The difference itself has to have a value there.
                    return try trajectory.isDefined(difference, over: piece) ? .settled(until: until) : Touching.none
                }
                let negative = graph.compare(.less, derivative, graph.zero)
                if case .always = try trajectory.truth(of: negative, outer: piece, inner: nil),
                    try trajectory.isDefined(difference, over: piece)
                {
                    return .fails(
                        "both sides are exactly equal at \(origin.name), and right minus left side is negative then, up to t = \(RationalInterval(until).sentence)")
                }
                length = length * Rational(1, 4)
            }
            return nil
        }
        return nil
    }

    private struct Part {
        let condition: Condition
        let difference: Expression
        let isStrict: Bool
    }

    private func strictParts(_ condition: Condition) -> [Part]? {
        switch condition {
        case .compare(.less, let left, let right):
            return [Part(condition: condition, difference: graph.subtract(right, left), isStrict: true)]
        case .compare(.lessOrEqual, let left, let right):
            return [Part(condition: condition, difference: graph.subtract(right, left), isStrict: false)]
        case .and(let conditions):
            var parts: [Part] = []
            for inner in conditions {
                guard let found = strictParts(inner) else { return nil }
                parts += found
            }
            return parts
        case .truth, .compare, .not, .or, .implies:
            return nil
        }
    }
}
