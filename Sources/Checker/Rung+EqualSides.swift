import Bounds
import Exact
import GradientFlow
import Symbolic

/// Comparisons that no enclosure decides since their sides are equal: at every instant, or at the event that ends the
/// interval.
extension Rung {
    enum EqualSides {
        /// Nothing could be said.
        case none
        /// What is left of a conjunction: the other comparisons hold.
        case rest(Condition)
        case fails(String)
    }

    /// `place`: where the condition is in doubt. Comparisons that are decided there are left alone.
    func equalSides(
        _ condition: Condition, at place: RationalInterval, _ interval: Claim.Interval, _ times: TimeInterval, outer: ClosedRange<Rational>,
        while hypothesis: Condition?
    ) throws(IntegrationFailure) -> EqualSides {
        guard let parts = comparisonsOfConjunction(condition), let trajectory, let low = place.lower, let high = place.upper
        else { return .none }
        var rest: [Condition] = []
        for (relation, left, right) in parts {
            let difference = graph.subtract(right, left)
            if isCertain(relation, difference) || follows(relation, difference, from: hypothesis),
                try trajectory.isDefined(difference, over: outer)
            {
                continue
            }
            if try relation.truth(ofDifference: trajectory.range(of: difference, at: low...high)) == .yes {
                rest.append(graph.compare(relation, left, right))
                continue
            }
            if try vanishes(difference, upTo: outer.upperBound) {
                if relation == .less || relation == .notEqual {
                    return .fails("both sides are equal at every instant: their difference starts at 0 and keeps that value")
                }
            } else if try !holdsBeforeEvent(relation, difference, interval, times, outer) {
                rest.append(graph.compare(relation, left, right))
            }
        }
        return rest.count == parts.count ? .none : .rest(rest.isEmpty ? .truth(true) : .and(rest))
    }

    /// The comparisons of a conjunction; nil if the condition is anything else.
    func comparisonsOfConjunction(_ condition: Condition) -> [(Comparison, Expression, Expression)]? {
        switch condition {
        case .compare(let relation, let left, let right):
            return [(relation, left, right)]
        case .and(let parts):
            var all: [(Comparison, Expression, Expression)] = []
            for part in parts {
                guard let inner = comparisonsOfConjunction(part) else { return nil }
                all += inner
            }
            return all
        case .truth(true):
            return []
        case .truth, .not, .or, .implies:
            return nil
        }
    }

    // MARK: At every instant

    /// Whether a smooth difference d is 0 on all of [0, last]: it is exactly 0 at the start, and d' = g d along a smooth field
    /// (in steps next(d) = g d) with a g that has values throughout. Of such a linear equation 0 is the only solution.
    private func vanishes(_ d: Expression, upTo last: Rational) throws(IntegrationFailure) -> Bool {
        guard let trajectory, problem.stages.isEmpty, readsRun(d), graph.isGateFree(d), !isStopped(),
            graph.isExactlyZero(graph.substitute(d, problem.origin))
        else { return false }
        let change: Expression
        if let flow = problem.flow {
            guard flow.field.allSatisfy(graph.isGateFree) else { return false }
            change = graph.lieDerivative(of: d, along: flow.field)
        } else if let steps = problem.steps {
            change = graph.nextValue(of: d, along: steps.map)
        } else {
            return false
        }
        let factor: Expression
        if case .proved = graph.proveIdentity(d, graph.zero) {
            factor = graph.zero
        } else if let found = graph.quotient(of: change, by: d) {
            factor = found
        } else {
            return false
        }
        for formula in [d, change, factor] where readsRun(formula) {
            if try !trajectory.isDefined(formula, over: 0...last) { return false }
        }
        return true
    }

    /// Whether the comparison holds for all values of the symbols, as that of a square with 0.
    private func isCertain(_ relation: Comparison, _ difference: Expression) -> Bool {
        (relation == .less || relation == .lessOrEqual)
            && graph.isNonNegative(difference, strictly: relation == .less)
    }

    /// Whether the comparison is one of the hypothesis, up to a positive factor: the claim is about instants at which that
    /// holds.
    private func follows(_ relation: Comparison, _ difference: Expression, from hypothesis: Condition?) -> Bool {
        guard relation == .less || relation == .lessOrEqual, let parts = hypothesis.flatMap(comparisonsOfConjunction)
        else { return false }
        return parts.contains { known, left, right in
            guard known == .less || (known == .lessOrEqual && relation == .lessOrEqual) else { return false }
            let factor = graph.quotient(of: difference, by: graph.subtract(right, left)).flatMap(graph.constant)
            return factor?.isPositive ?? false
        }
    }

    // MARK: Before an event

    /// Whether the comparison follows from the fact that an event has not happened: before T = first t where a >= 0, the
    /// difference -a is positive, and by continuity it is not negative at T itself.
    private func holdsBeforeEvent(
        _ relation: Comparison, _ difference: Expression, _ interval: Claim.Interval, _ times: TimeInterval,
        _ outer: ClosedRange<Rational>
    ) throws(IntegrationFailure) -> Bool {
        guard relation == .less || relation == .lessOrEqual, let trajectory,
            case .symbol(.moment(let name)) = graph.node(interval.end), let (after, facts) = eventFacts(name),
            after.map({ $0 == interval.start }) ?? true,
            // At T = start nothing lies before it.
            let end = times.end, times.start.upperBound < end.lowerBound
        else { return false }
        for fact in facts {
            if relation == .less && !(fact.isStrict && times.openEnd) { continue }
            guard let factor = graph.quotient(of: difference, by: fact.difference) else { continue }
            let positive = graph.compare(.less, graph.zero, factor)
            guard case .always = try trajectory.truth(of: positive, outer: outer, inner: nil) else { continue }
            if try trajectory.isDefined(difference, over: outer), try trajectory.isDefined(fact.difference, over: outer) {
                return true
            }
        }
        return false
    }

    /// From when on a first time is sought, and what holds before it: differences > 0 or >= 0, continuous along the run.
    /// Nil if nothing is known so.
    private func eventFacts(_ name: String) -> (after: Expression?, facts: [Part])? {
        guard clock == .time, problem.stages.isEmpty,
            let event = problem.events.first(where: { $0.name == name }),
            case .first(let after, let condition) = event.definition
        else { return nil }
        let alternatives = if case .or(let parts) = condition { parts } else { [condition] }
        let facts = alternatives.compactMap { alternative -> Part? in
            guard case .compare(let relation, let left, let right) = alternative,
                relation == .less || relation == .lessOrEqual
            else { return nil }
            let part = Part(difference: graph.subtract(left, right), isStrict: relation == .lessOrEqual)
            return graph.isContinuous(part.difference) ? part : nil
        }
        return facts.isEmpty ? nil : (after, facts)
    }

    // MARK: Digits

    /// The place, if both sides of every open comparison agree there to most of the digits that there are, or if their
    /// difference is wide although the place is short: a derivative jumps there.
    func stuck(_ condition: Condition, at place: RationalInterval) throws(IntegrationFailure) -> Decision.Stuck? {
        guard bits >= 128, let trajectory, let lower = place.lower, let upper = place.upper else { return nil }
        var digits = bits
        var spread: Rational?
        for (relation, left, right) in graph.comparisons(in: condition) {
            let difference = try trajectory.range(of: graph.subtract(right, left), at: lower...upper)
            guard relation.truth(ofDifference: difference) == .unknown else { continue }
            guard let low = difference.lower, let high = difference.upper else { return nil }
            var size: Rational = 0
            for side in [left, right] {
                let value = try trajectory.range(of: side, at: lower...upper)
                guard let a = value.lower, let b = value.upper else { return nil }
                if a.isPositive || b.isNegative { size = Swift.max(size, Swift.min(a.magnitude, b.magnitude)) }
            }
            if size.isZero { size = 1 }
            let distance = Swift.max(low.magnitude, high.magnitude)
            if high - low > size * .powerOfTwo(-bits / 8) {
                spread = Swift.max(spread ?? 0, high - low)
                continue
            }
            guard distance <= size * .powerOfTwo(-bits * 3 / 4) else { return nil }
            if !distance.isZero { digits = Swift.min(digits, (size / distance).binaryExponent) }
        }
        if let spread {
            return Decision.Stuck(
                time: lower, spread: spread,
                obstacle: Obstacle(
                    .undefined, "a term jumps, or may, at \(clock.instant(place)): more bits do not narrow it",
                    remedy: "leave a little out of the interval there"))
        }
        return Decision.Stuck(
            time: lower, spread: nil,
            obstacle: Obstacle(
                .equality,
                "both sides agree to \(digits * 3 / 10) digits at \(clock.instant(place)): they may be equal there",
                remedy: "write a tolerance, or, if they are equal for all states, an identity"))
    }

    /// The place from which on nothing is known of an event, although the run goes on.
    func stuck(at event: EventResult) -> Decision.Stuck? {
        guard bits >= 128, failure == nil, case .undecided = event.status, let lower = event.time?.lower,
            let obstacle = event.obstacle, obstacle.kind == .precision
        else { return nil }
        let place = clock.point(RationalInterval(lower))
        return Decision.Stuck(
            time: lower, spread: nil,
            obstacle: Obstacle(
                .equality,
                "whether \(event.name) happens near \(place) is not decided, and more bits do not tell: its condition may only be touched there",
                remedy: "let the event ask for a little less, or more"))
    }
}
