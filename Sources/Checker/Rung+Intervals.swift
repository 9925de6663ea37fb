import Bounds
import Exact
import GradientFlow
import Symbolic

/// Claims about every instant, or some instant, of a time interval.
extension Rung {
    /// A time interval whose ends are known as enclosures.
    struct TimeInterval {
        let start: ClosedRange<Rational>
        /// Nil: the end is a moment that is not reached.
        let end: ClosedRange<Rational>?
        /// The end certainly does not lie before this time; nil if nothing is known.
        let earliestEnd: Rational?
        let openStart: Bool
        let openEnd: Bool

        /// All instants that may belong to it, up to `horizon` if the end is not reached.
        func outer(_ horizon: Rational) -> ClosedRange<Rational> {
            let last = Swift.max(end?.upperBound ?? horizon, start.lowerBound)
            return start.lowerBound...last
        }

        /// Instants that certainly belong to it, but for an open end.
        var inner: ClosedRange<Rational>? {
            guard let earliestEnd, start.upperBound <= earliestEnd else { return nil }
            return start.upperBound...earliestEnd
        }

        /// The part of a range that stays a little away from open ends: all of it certainly belongs to the interval.
        func interior(_ range: ClosedRange<Rational>?) -> ClosedRange<Rational>? {
            guard let range else { return nil }
            let inset = (range.upperBound - range.lowerBound) * .powerOfTwo(-30)
            let low = openStart ? range.lowerBound + inset : range.lowerBound
            let high = openEnd ? range.upperBound - inset : range.upperBound
            if (openStart || openEnd) && !inset.isPositive { return nil }
            return low...high
        }
    }

    enum Scope {
        case interval(TimeInterval)
        case decided(Decision)
    }

    /// The interval, or the decision that it is empty or cannot be known.
    /// `excludingLast`: in steps, without the last one.
    func scope(
        _ interval: Claim.Interval, excludingStart: Bool = false, excludingLast: Bool = false
    ) throws(IntegrationFailure) -> Scope {
        let end = try moment(interval.end)
        guard var start = try moment(interval.start) else {
            // The interval [U, b] is empty if U certainly does not happen up to b.
            if case .symbol(.moment(let name)) = graph.node(interval.start), let end,
                certainlyHappens(name, after: end.upperBound)
            {
                return .decided(Decision(.vacuous("the interval is empty: \(name) does not happen up to its end")))
            }
            return .decided(unreached(interval.start))
        }
        // Instants are the times t >= 0.
        if let end, end.upperBound < start.lowerBound || end.upperBound.isNegative {
            return .decided(Decision(.vacuous("the interval is empty: its end lies before its start")))
        }
        if clock == .steps { return try scopeInSteps(interval, start, end, withoutLast: excludingLast) }
        start = Swift.max(start.lowerBound, 0)...Swift.max(start.upperBound, 0)
        let isOpen = interval.openStart || interval.openEnd
        if isOpen, let end, end.upperBound == start.lowerBound {
            return .decided(Decision(.vacuous("the interval is empty: its ends are equal, and one is open")))
        }
        var earliestEnd = end?.lowerBound
        if end == nil, failure != nil {
            guard let reached = try brokenRun(interval.end), reached.isPositive, reached >= start.upperBound else {
                return .decided(noRun)
            }
            earliestEnd = reached
        } else if end == nil {
            guard let bound = try unreachedBound(interval.end), let last = self.end?.lower else {
                return .decided(unreached(interval.end))
            }
            earliestEnd = Swift.min(bound, last)
        }
        return .interval(
            TimeInterval(
                start: start, end: end, earliestEnd: earliestEnd, openStart: interval.openStart || excludingStart,
                openEnd: interval.openEnd))
    }

    private var horizon: Rational { end?.lower ?? trajectory?.end ?? 0 }

    // MARK: Always

    func always(
        _ interval: Claim.Interval, _ hypothesis: Condition?, _ condition: Condition, _ open: [Claim.OpenConstant],
        excludingStart: Bool = false, excludingLast: Bool = false
    ) throws(IntegrationFailure) -> Decision {
        guard trajectory != nil else { return noRun }
        let times: TimeInterval
        switch try scope(interval, excludingStart: excludingStart, excludingLast: excludingLast) {
        case .decided(let decision): return decision
        case .interval(let found): times = found
        }
        var outer = times.outer(end?.upper ?? horizon)
        var inner = times.inner
        if let hypothesis {
            switch try restrict(hypothesis, &outer, &inner) {
            case .holds: break
            case .decided(let decision): return decision
            }
        }
        if !open.isEmpty {
            guard times.end != nil else { return failure == nil ? unreached(interval.end) : noRun }
            return try solve(
                condition, open, at: .interval(outer: outer, inner: times.interior(inner)),
                from: anchor(at: interval.start, times.start, stage: interval.stage), openStart: times.openStart)
        }
        let touching = try self.touching(condition, at: times, from: interval.start, stage: interval.stage)
        switch touching {
        case .fails(let sentence) where hypothesis == nil:
            let start = RationalInterval(times.start.lowerBound, times.start.upperBound)
            return Decision(.refuted(Counterexample(sentence: sentence, time: start)))
        case .none, .settled, .fails:
            break
        }
        var searched = outer
        if case .settled(let from) = touching {
            searched = Swift.min(from, outer.upperBound)...outer.upperBound
            inner = inner.flatMap { range in
                let low = Swift.max(range.lowerBound, searched.lowerBound)
                return low <= range.upperBound ? low...range.upperBound : nil
            }
        }
        switch try truth(of: condition, outer: searched, inner: inner) {
        case .always:
            guard times.end != nil || failure == nil else { return broken(true) }
            guard times.end != nil else {
                let decision = unreached(interval.end)
                guard case .undecided(let obstacle) = decision.verdict else { return decision }
                return Decision(
                    .undecided(Obstacle(obstacle.kind, obstacle.reason + "; the condition holds up to the end of the run", remedy: obstacle.remedy)),
                    gap: decision.gap)
            }
            return Decision(.proved(Evidence(margin: try margin(condition, outer: outer, inner: inner))))
        case .failsOn(let time) where times.isProper(time):
            return Decision(.refuted(try counterexample(condition, on: time)))
        case .failsOn(let time):
            return doubtful(time, .atUncertainEnd)
        case .unknown(let time, .tooWide):
            switch try equalSides(condition, at: time, interval, times, outer: outer, while: hypothesis) {
            case .rest(let rest):
                return try always(
                    interval, hypothesis, rest, [], excludingStart: excludingStart, excludingLast: excludingLast)
            case .fails(let sentence):
                guard hypothesis == nil, let sure = times.interior(inner) else { return doubtful(time, .tooWide) }
                let all = RationalInterval(sure.lowerBound, sure.upperBound)
                return Decision(.refuted(Counterexample(sentence: sentence, time: all)))
            case .none:
                return try close(condition, at: time)
            }
        case .unknown(let time, let reason):
            return doubtful(time, reason)
        }
    }

    /// In doubt because the sides are close.
    private func close(_ condition: Condition, at time: RationalInterval) throws(IntegrationFailure) -> Decision {
        var decision = doubtful(time, .tooWide)
        decision.stuck = try stuck(condition, at: time)
        return decision
    }

    private func doubtful(_ time: RationalInterval, _ reason: IntervalTruth.Reason) -> Decision {
        switch reason {
        case .tooWide:
            return .undecided(
                .precision, "the two sides cannot be told apart at \(clock.instant(time)) at \(bits) bits",
                remedy: "they may touch there; more bits with --bits, or a weaker inequality", gap: gap(at: time))
        case .undefined:
            return .undecided(
                .undefined, "a term is undefined, or may be, at \(clock.instant(time))",
                remedy: "restrict the interval to where every term is defined", gap: gap(at: time))
        case .atUncertainEnd:
            return .undecided(
                .precision, "the condition fails at \(clock.instant(time)), which may lie outside the interval",
                remedy: "the end of the interval is only known as an enclosure; more bits narrow it",
                gap: gap(at: time))
        }
    }

    /// Says what the two sides are where the condition fails.
    private func counterexample(
        _ condition: Condition, on time: RationalInterval
    ) throws(IntegrationFailure) -> Counterexample {
        var sentence = "the condition certainly fails at \(clock.everyInstant(time))"
        if let trajectory, let lower = time.lower, let upper = time.upper {
            let middle = (lower + upper) * Rational(1, 2)
            let values = { (side: Expression) throws(IntegrationFailure) in try trajectory.range(of: side, at: middle...middle) }
            if let culprit = try culprit(of: condition, values) {
                sentence += "; at \(clock.point(RationalInterval(middle))) \(try compared(culprit, values))"
            }
        }
        return Counterexample(sentence: sentence, time: time)
    }

    /// "w in [0.49, 0.5] is claimed to be at least 1/2": the values of the two sides, by name where that is short.
    /// The smallest right minus left side over the interval, to about 3 %.
    private func margin(
        _ condition: Condition, outer: ClosedRange<Rational>, inner: ClosedRange<Rational>?
    ) throws(IntegrationFailure) -> Margin? {
        guard let trajectory, let parts = conjuncts(condition) else { return nil }
        var result: Margin?
        for (left, right) in parts {
            let negative = graph.subtract(left, right)
            guard readsRun(negative) else { continue }
            let extremum = try trajectory.supremum(of: negative, outer: outer, inner: inner, relativeBits: 5)
            // The condition is certified: the margin is not negative, whatever the width of its enclosure.
            let value = RationalInterval(
                extremum.value.upper.map { Swift.max(-$0, 0) }, extremum.value.lower.map { -$0 })
            if let known = result?.value.lower, let lower = value.lower, known <= lower { continue }
            result = Margin(value: value, time: extremum.time)
        }
        return result
    }

    /// The inequalities of a conjunction; nil if the condition is anything else.
    func conjuncts(_ condition: Condition) -> [(Expression, Expression)]? {
        switch condition {
        case .compare(.less, let left, let right), .compare(.lessOrEqual, let left, let right):
            return [(left, right)]
        case .and(let parts):
            var all: [(Expression, Expression)] = []
            for part in parts {
                guard let inner = conjuncts(part) else { return nil }
                all += inner
            }
            return all
        case .truth(true):
            return []
        case .truth, .compare, .not, .or, .implies:
            return nil
        }
    }

    // MARK: While

    private enum Restriction {
        case holds
        case decided(Decision)
    }

    /// Cuts the interval where `while c` ends: at the first instant at which c fails.
    private func restrict(
        _ hypothesis: Condition, _ outer: inout ClosedRange<Rational>, _ inner: inout ClosedRange<Rational>?
    ) throws(IntegrationFailure) -> Restriction {
        guard let trajectory else { return .decided(noRun) }
        let start = outer.lowerBound...Swift.min(outer.upperBound, inner?.lowerBound ?? outer.upperBound)
        if try trajectory.truth(of: hypothesis, at: start) == .no {
            return .decided(Decision(.vacuous("'while' is certainly false at the start of the interval")))
        }
        let first = try trajectory.firstTime(of: .not(hypothesis), from: start, limit: outer.upperBound)
        let last: Rational
        let certain: Rational
        switch first {
        case .notUntil: return .holds
        case .reached(let time): (certain, last) = (time.lower ?? outer.lowerBound, time.upper ?? outer.upperBound)
        case .undecided(let time, _): (certain, last) = (time.lower ?? outer.lowerBound, outer.upperBound)
        }
        if clock == .steps {
            // The step at which c fails does not count; `last` is only its bound where the search was not decided.
            let unfailed = if case .reached = first { last - 1 } else { last }
            outer = outer.lowerBound...Swift.max(outer.lowerBound, Swift.min(unfailed, outer.upperBound))
            inner = inner.flatMap { range in
                range.lowerBound < certain ? range.lowerBound...Swift.min(range.upperBound, certain - 1) : nil
            }
            return .holds
        }
        outer = outer.lowerBound...Swift.max(outer.lowerBound, Swift.min(last, outer.upperBound))
        inner = inner.flatMap { range in
            range.lowerBound < certain ? range.lowerBound...Swift.min(range.upperBound, certain) : nil
        }
        return .holds
    }

    // MARK: Sometime

    func sometime(
        _ interval: Claim.Interval, _ hypothesis: Condition?, _ condition: Condition, _ open: [Claim.OpenConstant]
    ) throws(IntegrationFailure) -> Decision {
        guard let trajectory else { return noRun }
        guard open.isEmpty else {
            return .undecided(.unsupported, "an open constant in 'sometime' is not supported yet")
        }
        let times: TimeInterval
        switch try scope(interval) {
        case .decided(let decision): return decision
        case .interval(let found): times = found
        }
        var outer = times.outer(end?.upper ?? horizon)
        var inner = times.inner
        if let hypothesis {
            switch try restrict(hypothesis, &outer, &inner) {
            case .holds: break
            case .decided(let decision): return decision
            }
        }
        // An open end does not belong to the interval: neither does a failure of "never" there.
        switch try trajectory.truth(of: .not(condition), outer: outer, inner: inner) {
        case .failsOn(let time) where times.isProper(time):
            return Decision(.proved(Evidence(remark: "it holds at \(clock.everyInstant(time))")))
        case .failsOn(let time):
            return doubtful(time, .atUncertainEnd)
        case .always:
            guard times.end != nil else { return failure == nil ? unreached(interval.end) : broken(false) }
            let all = RationalInterval(outer.lowerBound, outer.upperBound)
            let sentence = "the condition certainly fails at \(clock.everyInstant(all, inward: false))"
            return Decision(
                .refuted(
                    Counterexample(sentence: sentence, time: RationalInterval(outer.lowerBound, outer.upperBound))))
        case .unknown(let time, let reason):
            if case .tooWide = reason { return try close(condition, at: time) }
            return doubtful(time, reason)
        }
    }

    // MARK: Monotone

    func monotone(
        _ increasing: Bool, _ quantity: Expression, _ interval: Claim.Interval
    ) throws(IntegrationFailure) -> Decision {
        if let steps = problem.steps { return try monotone(increasing, quantity, interval, along: steps) }
        guard let flow = problem.flow else { return noRun }
        if let jump = jump(quantity) { return jump }
        let slope = graph.lieDerivative(of: quantity, along: flow.field)
        let condition = graph.compare(.less, graph.zero, increasing ? slope : graph.negate(slope))
        // The slope may vanish at the exact start: one exact time does no harm.
        let decision = try always(interval, nil, condition, [], excludingStart: true)
        // Proved or refuted only where the quantity itself has a value: its derivative may have one elsewhere too.
        if case .interval(let times) = try scope(interval), let trajectory,
            try !trajectory.isDefined(quantity, over: times.outer(end?.upper ?? horizon))
        {
            if case .vacuous = decision.verdict { return decision }
            return .undecided(.undefined, "the quantity is undefined, or may be, on the interval", gap: .powerOfTwo(-bits))
        }
        guard case .refuted(let counterexample) = decision.verdict, let time = counterexample.time else { return decision }
        guard let width = time.width, width.isPositive else {
            return doubtful(time, .tooWide)
        }
        let direction = increasing ? "increase" : "decrease"
        return Decision(
            .refuted(
                Counterexample(
                    sentence: "the quantity does not \(direction) at any t in \(time.inwardSentence)", time: time)))
    }
}

extension Rung.TimeInterval {
    /// Whether the closed piece holds an instant that is not an open end.
    func isProper(_ time: RationalInterval) -> Bool {
        guard let lower = time.lower, let upper = time.upper else { return false }
        if lower < upper { return true }
        if openStart && lower <= start.upperBound { return false }
        if openEnd, let end, lower >= end.lowerBound { return false }
        return true
    }
}
