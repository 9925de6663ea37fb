import Bounds
import Exact
import GradientFlow
import Symbolic

/// An instant at which some differences are known exactly: the start of the run or of a stage, or an event.
struct Anchor {
    let time: ClosedRange<Rational>
    /// How a message calls it.
    let name: String
    /// What the symbols are there, as formulas: a difference that becomes 0 with them is exactly 0 at the anchor.
    let values: [Symbol: Expression]
    /// Differences that are certainly >= 0 there.
    var nonNegative: Set<Expression> = []
    /// What moves the states from there on, up to `end`.
    let field: [Expression]
    let end: Rational
    /// Whether `values` holds the states.
    let hasStates: Bool
}

extension Rung {
    /// The anchor at the start of an interval; nil where nothing is known exactly. `stage`: the interval is that stage.
    func anchor(at start: Expression?, _ time: ClosedRange<Rational>, stage: Int?) -> Anchor? {
        guard let trajectory, let flow = problem.flow else { return nil }
        if time.lowerBound.isZero && time.upperBound.isZero {
            // What differs from stage to stage may jump where the first one ends.
            let end = problem.stages.isEmpty ? self.end?.lower ?? trajectory.end : stageEnds.first?.time?.lower
            return end.map {
                Anchor(time: time, name: "t = 0", values: problem.origin, field: flow.field, end: $0, hasStates: true)
            }
        }
        if let stage, stage > 0, stage < stageEnds.count { return anchor(atStartOf: stage, time) }
        return start.flatMap { anchor(atEvent: $0, time, flow.field) }
    }

    /// States that no stage has moved yet are still formulas, and the others any numbers.
    private func anchor(atStartOf stage: Int, _ time: ClosedRange<Rational>) -> Anchor? {
        guard let end = stageEnds[stage].time?.lower, (trajectory as? StagedTrajectory)?.focus == stage else { return nil }
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
        return Anchor(
            time: time, name: "the start of '\(problem.stages[stage].name)'", values: values,
            field: problem.stages[stage].equations, end: end, hasStates: true)
    }

    /// At T = first t where c, every inequality a >= 0 or a > 0 of c holds as a >= 0: T is the infimum of the instants at
    /// which c holds, and a is continuous.
    private func anchor(atEvent moment: Expression, _ time: ClosedRange<Rational>, _ field: [Expression]) -> Anchor? {
        guard problem.stages.isEmpty, case .symbol(.moment(let name)) = graph.node(moment), let event = event(name),
            case .reached = event.status, let end = end?.lower ?? trajectory?.end
        else { return nil }
        var values: [Symbol: Expression] = [.time: moment]
        for value in problem.momentValues where value.moment == moment { values[.moment(value.name)] = value.quantity }
        var anchor = Anchor(time: time, name: name, values: values, field: field, end: end, hasStates: false)
        for event in problem.events where event.name == name {
            guard case .first(_, let condition) = event.definition, let parts = strictParts(condition) else { continue }
            for part in parts where graph.isContinuous(part.difference) {
                anchor.nonNegative.formUnion(graph.leastParts(of: part.difference))
            }
        }
        return anchor
    }

    /// Whether a difference is exactly 0 at the anchor, wherever it is defined there.
    func isZero(_ difference: Expression, at anchor: Anchor) -> Bool {
        // Without a symbol of the anchor the substitution changes nothing.
        guard graph.symbols(in: difference).contains(where: { anchor.values[$0] != nil }) else { return false }
        if case .proved = graph.proveIdentity(graph.substitute(difference, anchor.values), graph.zero) { return true }
        return false
    }

    struct Part {
        let difference: Expression
        let isStrict: Bool
    }

    /// The inequalities difference >= 0 or > 0 of a conjunction; nil if the condition is anything else.
    func strictParts(_ condition: Condition) -> [Part]? {
        switch condition {
        case .compare(.less, let left, let right):
            return [Part(difference: graph.subtract(right, left), isStrict: true)]
        case .compare(.lessOrEqual, let left, let right):
            return [Part(difference: graph.subtract(right, left), isStrict: false)]
        case .and(let conditions):
            var parts: [Part] = []
            for inner in conditions {
                guard let found = strictParts(inner) else { return nil }
                parts += found
            }
            return parts
        case .truth(true):
            return []
        case .truth, .compare, .not, .or, .implies:
            return nil
        }
    }
}
