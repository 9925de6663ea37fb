import Bounds
import Exact
import GradientFlow
import Symbolic

/// An instant at which some differences are known exactly: the start of the run, or an event.
struct Anchor {
    let time: ClosedRange<Rational>
    /// How a message calls it.
    let name: String
    /// What the symbols are there, as formulas: a difference that becomes 0 with them is exactly 0 at the anchor.
    let values: [Symbol: Expression]
    /// Differences that are certainly >= 0 there.
    let nonNegative: Set<Expression>
    let isStart: Bool
}

extension Rung {
    /// The anchor at the start of an interval; nil where nothing is known exactly.
    ///
    /// At T = first t where c, every inequality a >= 0 or a > 0 of c holds as a >= 0: T is the infimum of the instants at
    /// which c holds, and a is continuous.
    func anchor(at start: Expression?, _ time: ClosedRange<Rational>) -> Anchor? {
        if time.lowerBound.isZero && time.upperBound.isZero {
            var values: [Symbol: Expression] = [.time: graph.zero]
            for (index, state) in problem.states.enumerated() { values[.state(index)] = state.start }
            return Anchor(time: time, name: "t = 0", values: values, nonNegative: [], isStart: true)
        }
        guard let start, case .symbol(.moment(let name)) = graph.node(start), let event = event(name),
            case .reached = event.status
        else { return nil }
        var values: [Symbol: Expression] = [.time: start]
        for value in problem.momentValues where value.moment == start { values[.moment(value.name)] = value.quantity }
        var nonNegative: Set<Expression> = []
        for event in problem.events where event.name == name {
            guard case .first(_, let condition) = event.definition, let parts = strictParts(condition) else { continue }
            for part in parts where graph.isContinuous(part.difference) {
                nonNegative.formUnion(graph.leastParts(of: part.difference))
            }
        }
        return Anchor(time: time, name: name, values: values, nonNegative: nonNegative, isStart: false)
    }

    /// Whether a difference is exactly 0 at the anchor, wherever it is defined there.
    func isZero(_ difference: Expression, at anchor: Anchor) -> Bool {
        if anchor.isStart { return graph.isExactlyZero(graph.substitute(difference, anchor.values)) }
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
