import Exact
import Symbolic

/// Decisions on the whole run from those on its stages.
extension StagedTrajectory {
    public func truth(
        of condition: Condition, outer: ClosedRange<Rational>, inner: ClosedRange<Rational>?
    ) throws(IntegrationFailure) -> IntervalTruth {
        try require(outer.upperBound)
        var doubt: IntervalTruth?
        for part in asked {
            guard let interval = possible(outer, part) else { continue }
            let sure = certain(inner, part)
            switch try part.trajectory.truth(of: local(condition, part), outer: interval, inner: sure) {
            case .always:
                continue
            case .failsOn(let time):
                if let certain = inward(try longer(time, condition, part, sure), part), try fails(condition, on: certain) {
                    return .failsOn(certain)
                }
                doubt = doubt ?? .unknown(outward(time, part), .atUncertainEnd)
            case .unknown(let time, let reason):
                doubt = doubt ?? .unknown(outward(time, part), reason)
            }
        }
        return doubt ?? .always
    }

    /// Whether what fails in one stage fails there whatever the others say: a border belongs to two of them.
    private func fails(_ condition: Condition, on piece: RationalInterval) throws(IntegrationFailure) -> Bool {
        guard let low = piece.lower, let high = piece.upper else { return false }
        if low < high { return true }
        return try truth(of: condition, at: low...high) == .no
    }

    /// A piece on which the condition fails, long enough to hold instants that are certain in spite of the stage's uncertain
    /// start; the piece itself, if none is found.
    private func longer(
        _ piece: RationalInterval, _ condition: Condition, _ part: Part, _ sure: ClosedRange<Rational>?
    ) throws(IntegrationFailure) -> RationalInterval {
        guard inward(piece, part) == nil, let sure, let low = piece.lower, let high = piece.upper else { return piece }
        let failure = local(.not(condition), part)
        for exponent in [4, 8, 16, 2] {
            let length = (part.start.upperBound - part.start.lowerBound) * .powerOfTwo(exponent)
            for (a, b) in [(low, low + length), (high - length, high)] where sure.contains(a) && sure.contains(b) {
                if case .always = try part.trajectory.truth(of: failure, outer: a...b, inner: nil) {
                    return RationalInterval(a, b)
                }
            }
        }
        return piece
    }

    public func isDefined(
        _ expression: Expression, over interval: ClosedRange<Rational>
    ) throws(IntegrationFailure) -> Bool {
        try require(interval.upperBound)
        for part in asked {
            guard let interval = possible(interval, part) else { continue }
            if try !part.trajectory.isDefined(local(expression, part), over: interval) { return false }
        }
        return true
    }

    public func truth(of condition: Condition, at time: ClosedRange<Rational>) throws(IntegrationFailure) -> Truth {
        var truths: [Truth] = []
        for part in try stages(at: time) {
            guard let time = possible(time, part) else { continue }
            truths.append(try part.trajectory.truth(of: local(condition, part), at: time))
        }
        guard let first = truths.first, truths.allSatisfy({ $0 == first }) else { return .unknown }
        return first
    }

    public func range(
        of expression: Expression, at time: ClosedRange<Rational>
    ) throws(IntegrationFailure) -> RationalInterval {
        var hull: RationalInterval?
        for part in try stages(at: time) {
            guard let time = possible(time, part) else { continue }
            let range = try part.trajectory.range(of: local(expression, part), at: time)
            hull = hull.map { $0.hull(range) } ?? range
        }
        return hull ?? RationalInterval(nil, nil)
    }

    private func stages(at time: ClosedRange<Rational>) throws(IntegrationFailure) -> [Part] {
        guard !time.lowerBound.isNegative else {
            throw IntegrationFailure(.undefined, "\(time.lowerBound.shortDecimal) lies before the run")
        }
        try require(time.upperBound)
        return asked
    }

    public func supremum(
        of expression: Expression, outer: ClosedRange<Rational>, inner: ClosedRange<Rational>?, relativeBits: Int
    ) throws(IntegrationFailure) -> Extremum {
        try require(outer.upperBound)
        var found: [Extremum] = []
        for part in asked {
            guard let interval = possible(outer, part) else { continue }
            // The value that one stage gives to a border alone is not attained for certain.
            let sure = certain(inner, part).flatMap { $0.lowerBound < $0.upperBound || asked.count == 1 ? $0 : nil }
            let extremum = try part.trajectory.supremum(
                of: local(expression, part), outer: interval, inner: sure, relativeBits: relativeBits)
            found.append(Extremum(value: extremum.value, time: outward(extremum.time, part)))
        }
        let best = found.compactMap(\.value.lower).max()
        let uppers = found.compactMap(\.value.upper)
        let upper = uppers.count == found.count ? uppers.max() : nil
        let candidates = found.filter { part in best.map { best in part.value.upper.map { $0 >= best } ?? true } ?? true }
        let (starts, ends) = (candidates.compactMap(\.time.lower), candidates.compactMap(\.time.upper))
        return Extremum(value: RationalInterval(best, upper), time: RationalInterval(starts.min(), ends.max()))
    }

    // MARK: Searches

    public func firstTime(
        of condition: Condition, from start: ClosedRange<Rational>, limit: Rational?
    ) throws(IntegrationFailure) -> FirstTime {
        /// c fails at every instant before this time.
        var lower = start.lowerBound
        /// Why `lower` could not be raised any more.
        var obstacle: IntervalTruth.Reason?
        let limit = limited(limit)
        for (index, part) in asked.enumerated() {
            let isLast = part.length == nil
            let from = Swift.max(start.lowerBound - part.start.upperBound, 0)
            let certain = Swift.max(start.upperBound - part.start.lowerBound, 0)
            var end = limit.map { $0 - part.start.lowerBound }
            if let length = part.length { end = Swift.min(end ?? last(length.upperBound), last(length.upperBound)) }
            if let end, end < from, !isLast || index > 0 { continue }
            switch try part.trajectory.firstTime(of: local(condition, part), from: from...certain, limit: end) {
            case .reached(let time):
                guard let first = time.lower, let holds = time.upper else {
                    obstacle = obstacle ?? .tooWide
                    continue
                }
                if obstacle == nil { lower = Swift.max(lower, earliest(first, part)) }
                // After the stage's own end its run is not the run any more.
                if part.length.map({ holds <= last($0.lowerBound) }) ?? true {
                    return .reached(RationalInterval(lower, part.start.upperBound + holds))
                }
                obstacle = obstacle ?? .atUncertainEnd
            case .notUntil(let time):
                if obstacle == nil { lower = Swift.max(lower, earliest(time, part)) }
            case .undecided(let time, let reason):
                if obstacle == nil, let first = time.lower { lower = Swift.max(lower, earliest(first, part)) }
                obstacle = obstacle ?? reason
            }
        }
        guard let obstacle else { return .notUntil(lower) }
        return .undecided(RationalInterval(lower, limit), obstacle)
    }

    public func lastTime(
        of condition: Condition, from start: ClosedRange<Rational>, to end: ClosedRange<Rational>
    ) throws(IntegrationFailure) -> LastTime {
        try require(end.upperBound)
        /// c fails at every instant after this time.
        var upper = end.upperBound
        /// Why `upper` could not be lowered any more.
        var obstacle: IntervalTruth.Reason?
        for part in asked.reversed() {
            guard let interval = possible(start.lowerBound...end.upperBound, part) else { continue }
            var sure = end.lowerBound - part.start.upperBound
            if let length = part.length { sure = Swift.min(sure, last(length.lowerBound)) }
            let from = interval.lowerBound...Swift.max(start.upperBound - part.start.lowerBound, interval.lowerBound)
            let to = Swift.min(sure, interval.upperBound)...interval.upperBound
            switch try part.trajectory.lastTime(of: local(condition, part), from: from, to: to) {
            case .reached(let time):
                guard let holds = time.lower, let last = time.upper else {
                    obstacle = obstacle ?? .tooWide
                    continue
                }
                if obstacle == nil { upper = Swift.min(upper, part.start.upperBound + last) }
                return .reached(RationalInterval(part.start.lowerBound + holds, upper))
            case .never:
                continue
            case .undecided(let time, let reason):
                if obstacle == nil, let last = time.upper { upper = Swift.min(upper, part.start.upperBound + last) }
                obstacle = obstacle ?? reason
            }
        }
        guard let obstacle else { return .never }
        return .undecided(RationalInterval(start.lowerBound, upper), obstacle)
    }

    // MARK: Times of the whole run

    /// A bound of the stage's time from below that does not reach beyond the stage.
    private func earliest(_ time: Rational, _ part: Part) -> Rational {
        part.start.lowerBound + (part.length.map { Swift.min(time, $0.lowerBound) } ?? time)
    }

    /// All times that the stage's ones may be.
    private func outward(_ time: RationalInterval, _ part: Part) -> RationalInterval {
        RationalInterval(
            time.lower.map { $0 + part.start.lowerBound }, time.upper.map { $0 + part.start.upperBound })
    }

    /// Times that certainly are among the stage's ones; nil if there are none.
    private func inward(_ time: RationalInterval, _ part: Part) -> RationalInterval? {
        guard let lower = time.lower, let upper = time.upper else { return nil }
        let (low, high) = (lower + part.start.upperBound, upper + part.start.lowerBound)
        return low <= high ? RationalInterval(low, high) : nil
    }
}

extension RationalInterval {
    /// The least interval that holds both.
    fileprivate func hull(_ other: RationalInterval) -> RationalInterval {
        let low = lower.flatMap { a in other.lower.map { Swift.min(a, $0) } }
        let high = upper.flatMap { a in other.upper.map { Swift.max(a, $0) } }
        return RationalInterval(low, high)
    }
}
