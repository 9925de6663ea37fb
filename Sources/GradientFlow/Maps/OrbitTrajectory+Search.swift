import Arithmetic
import Exact
import Symbolic

/// Decisions step by step.
extension OrbitTrajectory {
    @specialized(where E == DoubleBall)
    @specialized(where E == Ball)
    func truth(
        of condition: Condition, outer: ClosedRange<Rational>, inner: ClosedRange<Rational>?
    ) throws(IntegrationFailure) -> IntervalTruth {
        let condition = try lowered(condition)
        let certain = inner.map(steps) ?? 0..<0
        var doubt: IntervalTruth?
        for step in steps(outer) {
            try cover(step: step)
            try checkPatience(step)
            var undefined = false
            let instant = RationalInterval(Rational(step))
            switch truth(condition, at: step, undefined: &undefined) {
            case .yes: break
            case .no where certain.contains(step): return .failsOn(instant)
            case .no: doubt = doubt ?? .unknown(instant, .atUncertainEnd)
            case .unknown: doubt = doubt ?? .unknown(instant, undefined ? .undefined : .tooWide)
            }
        }
        return doubt ?? .always
    }

    @specialized(where E == DoubleBall)
    @specialized(where E == Ball)
    func isDefined(
        _ expression: Expression, over interval: ClosedRange<Rational>
    ) throws(IntegrationFailure) -> Bool {
        let column = try values.column(of: expression)
        for step in steps(interval) {
            try cover(step: step)
            if !values.value(column, at: step, environment).isFinite { return false }
        }
        return true
    }

    @specialized(where E == DoubleBall)
    @specialized(where E == Ball)
    func firstTime(
        of condition: Condition, from start: ClosedRange<Rational>, limit: Rational?
    ) throws(IntegrationFailure) -> FirstTime {
        let condition = try lowered(condition)
        let (first, certain) = (self.step(atLeast: start.lowerBound), self.step(atLeast: start.upperBound))
        let border = limit.map { Rational(self.step(atMost: $0)) }
        /// c fails at every step before this one.
        var lower = first
        /// Why `lower` could not be raised any more.
        var obstacle: IntervalTruth.Reason?
        var step = first
        while border.map({ Rational(step) <= $0 }) ?? true {
            try cover(step: step)
            try checkPatience(step)
            var undefined = false
            switch truth(condition, at: step, undefined: &undefined) {
            case .no:
                if obstacle == nil { lower = step + 1 }
            case .yes where step >= certain:
                return .reached(RationalInterval(Rational(lower), Rational(step)))
            case .yes:
                // Holds, but perhaps before the start.
                obstacle = obstacle ?? .atUncertainEnd
            case .unknown:
                obstacle = obstacle ?? (undefined ? .undefined : .tooWide)
            }
            step += 1
        }
        if let obstacle { return .undecided(RationalInterval(Rational(lower), border), obstacle) }
        return .notUntil(Rational(lower - 1))
    }

    @specialized(where E == DoubleBall)
    @specialized(where E == Ball)
    func lastTime(
        of condition: Condition, from start: ClosedRange<Rational>, to end: ClosedRange<Rational>
    ) throws(IntegrationFailure) -> LastTime {
        let condition = try lowered(condition)
        let (first, last) = (self.step(atLeast: start.lowerBound), self.step(atMost: end.upperBound))
        let certain = self.step(atLeast: start.upperBound)...Swift.max(
            self.step(atLeast: start.upperBound), self.step(atMost: end.lowerBound))
        /// c fails at every step after this one.
        var upper = last
        /// Why `upper` could not be lowered any more.
        var obstacle: IntervalTruth.Reason?
        guard first <= last else { return .never }
        try cover(step: last)
        for step in (first...last).reversed() {
            try checkPatience(step)
            var undefined = false
            switch truth(condition, at: step, undefined: &undefined) {
            case .no:
                if obstacle == nil { upper = step - 1 }
            case .yes where certain.contains(step) && Rational(step) <= end.lowerBound:
                return .reached(RationalInterval(Rational(step), Rational(upper)))
            case .yes:
                // Holds, but perhaps after the end or before the start.
                obstacle = obstacle ?? .atUncertainEnd
            case .unknown:
                obstacle = obstacle ?? (undefined ? .undefined : .tooWide)
            }
        }
        guard let obstacle else { return .never }
        return .undecided(RationalInterval(Rational(first), Rational(upper)), obstacle)
    }

    // MARK: Values

    @specialized(where E == DoubleBall)
    @specialized(where E == Ball)
    func range(
        of expression: Expression, at time: ClosedRange<Rational>
    ) throws(IntegrationFailure) -> RationalInterval {
        try requireSteps(time)
        let column = try values.column(of: expression)
        var hull: E?
        for step in steps(time) {
            try cover(step: step)
            try checkPatience(step)
            let value = values.value(column, at: step, environment)
            hull = hull?.hull(value) ?? value
        }
        return hull?.interval ?? RationalInterval(nil, nil)
    }

    @specialized(where E == DoubleBall)
    @specialized(where E == Ball)
    func truth(of condition: Condition, at time: ClosedRange<Rational>) throws(IntegrationFailure) -> Truth {
        try requireSteps(time)
        let condition = try lowered(condition)
        var (holds, fails) = (true, true)
        for step in steps(time) {
            try cover(step: step)
            try checkPatience(step)
            var undefined = false
            let truth = self.truth(condition, at: step, undefined: &undefined)
            holds = holds && truth == .yes
            fails = fails && truth == .no
        }
        return holds ? .yes : fails ? .no : .unknown
    }

    /// A moment that is no step is no instant of the run.
    private func requireSteps(_ time: ClosedRange<Rational>) throws(IntegrationFailure) {
        for end in [time.lowerBound, time.upperBound] where !end.isInteger || end.isNegative {
            throw IntegrationFailure(.undefined, "\(end.shortDecimal) is not the number of a step")
        }
    }

    @specialized(where E == DoubleBall)
    @specialized(where E == Ball)
    func supremum(
        of expression: Expression, outer: ClosedRange<Rational>, inner: ClosedRange<Rational>?, relativeBits: Int
    ) throws(IntegrationFailure) -> Extremum {
        let column = try values.column(of: expression)
        let certain = inner.map(steps) ?? 0..<0
        /// What may be the supremum. Exact fractions are made of these few only.
        var candidates: [(step: Int, value: E)] = []
        /// A value that is attained: what lies certainly below it is no supremum.
        var champion: E?
        func prune() {
            guard let champion else { return }
            candidates.removeAll { ($0.value - champion).isCertainlyNegative }
        }
        var patience = 256
        for step in steps(outer) {
            try cover(step: step)
            try checkPatience(step)
            let value = values.value(column, at: step, environment)
            if let champion, (value - champion).isCertainlyNegative { continue }
            candidates.append((step, value))
            if certain.contains(step), value.isFinite, champion.map({ (value - $0).isCertainlyPositive }) ?? true {
                champion = value
            }
            if candidates.count > patience {
                prune()
                patience = Swift.max(256, 2 * candidates.count)
            }
        }
        prune()
        let best = candidates.compactMap { certain.contains($0.step) ? $0.value.lowerBound : nil }.max()
        let upper = candidates.map { (step: $0.step, bound: $0.value.upperBound) }.filter { candidate in
            guard let best, let bound = candidate.bound else { return true }
            return bound >= best
        }
        let bounds = upper.compactMap(\.bound)
        return Extremum(
            value: RationalInterval(best, bounds.count == upper.count ? bounds.max() : nil),
            time: RationalInterval(upper.first.map { Rational($0.step) }, upper.last.map { Rational($0.step) }))
    }
}
