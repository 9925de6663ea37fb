import Arithmetic
import Exact
import Symbolic

/// Decisions on whole intervals by bisection of models. A model is a polynomial in time with a remainder, so that halving
/// an interval costs no new evaluation of the formula.
extension TubeTrajectory {
    /// The shortest piece of a step that is still halved: below it the models' own width decides.
    func resolution(_ step: Step<E>) -> Rational {
        // A crossing is as short as the tube is wide.
        step.length * .powerOfTwo(step.isCrossing ? -4 : 8 - bits)
    }

    /// How many pieces of one step are looked at before it counts as undecided: enough to halve down to the resolution
    /// at several places.
    var effort: Int { 8 * bits + 1000 }

    @specialized(where E == DoubleBall)
    @specialized(where E == Ball)
    func truth(
        of condition: Condition, outer: ClosedRange<Rational>, inner: ClosedRange<Rational>?
    ) throws(IntegrationFailure) -> IntervalTruth {
        try cover(outer.upperBound)
        var doubt: IntervalTruth?
        for index in stepIndex(at: outer.lowerBound)...stepIndex(at: outer.upperBound) {
            let step = tube.steps[index]
            let whole = (Swift.max(step.start, outer.lowerBound), Swift.min(step.end, outer.upperBound))
            if whole.0 > whole.1 { continue }
            var pending = [whole]
            // A step that stays in doubt is still searched for a failure, with less effort.
            var effort = doubt == nil ? self.effort : self.effort / 20
            while let (a, b) = pending.popLast() {
                effort -= 1
                var undefined = false
                switch try truth(condition, step: index, a, b, undefined: &undefined) {
                case .yes:
                    break
                case .no:
                    if let inner {
                        let (low, high) = (Swift.max(a, inner.lowerBound), Swift.min(b, inner.upperBound))
                        if low <= high { return .failsOn(RationalInterval(low, high)) }
                    }
                    doubt = doubt ?? .unknown(RationalInterval(a, b), .atUncertainEnd)
                case .unknown:
                    // Where a term is undefined, shorter pieces seldom help.
                    let shortest = undefined ? step.length * .powerOfTwo(-14) : resolution(step)
                    if undefined { effort -= 24 }
                    if b - a > shortest && effort > 0 {
                        let middle = (a + b) * Rational(1, 2)
                        pending.append((middle, b))
                        pending.append((a, middle))
                    } else {
                        doubt = doubt ?? .unknown(RationalInterval(a, b), undefined ? .undefined : .tooWide)
                    }
                }
            }
        }
        return doubt ?? .always
    }

    @specialized(where E == DoubleBall)
    @specialized(where E == Ball)
    func isDefined(
        _ expression: Expression, over interval: ClosedRange<Rational>
    ) throws(IntegrationFailure) -> Bool {
        try cover(interval.upperBound)
        for index in stepIndex(at: interval.lowerBound)...stepIndex(at: interval.upperBound) {
            let step = tube.steps[index]
            let whole = (Swift.max(step.start, interval.lowerBound), Swift.min(step.end, interval.upperBound))
            if whole.0 > whole.1 { continue }
            var pending = [whole]
            while let (a, b) = pending.popLast() {
                if try range(expression, step: index, a, b, unless: { _ in true }).isFinite { continue }
                if (b - a) * .powerOfTwo(20) <= step.length { return false }
                let middle = (a + b) * Rational(1, 2)
                pending.append((middle, b))
                pending.append((a, middle))
            }
        }
        return true
    }

    @specialized(where E == DoubleBall)
    @specialized(where E == Ball)
    func firstTime(
        of condition: Condition, from start: ClosedRange<Rational>, limit: Rational?
    ) throws(IntegrationFailure) -> FirstTime {
        /// c fails at every instant before this time.
        var lower = start.lowerBound
        /// Where and why `lower` could not be raised any more.
        var obstacle: IntervalTruth.Reason?
        var position = start.lowerBound
        if let limit, limit <= position { try cover(position) }
        while limit.map({ position < $0 || $0 == start.lowerBound }) ?? true {
            while tube.end <= position || tube.steps.isEmpty { try advance(horizon: limit) }
            var index = stepIndex(at: position)
            if tube.steps[index].end == position && index + 1 < tube.steps.count { index += 1 }
            let step = tube.steps[index]
            let border = limit.map { Swift.min($0, step.end) } ?? step.end
            var pending = [(position, border)]
            // Once the first time is known no better from below, only an instant at which c holds is sought.
            let follows = index > 0 && tube.steps[index - 1].isCrossing
            var effort = obstacle == nil || follows ? self.effort : 16
            while let (a, b) = pending.popLast() {
                effort -= 1
                var undefined = false
                let certain = Swift.max(a, start.upperBound)
                switch try truth(condition, step: index, a, b, undefined: &undefined) {
                case .no:
                    if obstacle == nil { lower = b }
                case .yes where certain <= b:
                    let time = RationalInterval(obstacle == nil ? Swift.max(lower, a) : lower, certain)
                    return .reached(try narrowed(time, of: condition, after: start.upperBound))
                case .yes:
                    // Holds, but perhaps before the start: the first time is not before a.
                    if obstacle == nil { lower = Swift.max(lower, a) }
                    obstacle = obstacle ?? .atUncertainEnd
                case .unknown:
                    if b - a > resolution(step) && effort > 0 {
                        let middle = (a + b) * Rational(1, 2)
                        pending.append((middle, b))
                        pending.append((a, middle))
                    } else if obstacle == nil {
                        lower = a
                        obstacle = undefined ? .undefined : .tooWide
                    }
                }
            }
            position = border
            if let limit, position >= limit { break }
        }
        if let obstacle {
            return .undecided(RationalInterval(lower, limit), obstacle)
        }
        return .notUntil(position)
    }

    @specialized(where E == DoubleBall)
    @specialized(where E == Ball)
    func supremum(
        of expression: Expression, outer: ClosedRange<Rational>, inner: ClosedRange<Rational>?, relativeBits: Int
    ) throws(IntegrationFailure) -> Extremum {
        try cover(outer.upperBound)
        var pieces: [Piece] = []
        var best: Rational?
        var bestTime = outer.lowerBound
        func consider(_ index: Int, _ a: Rational, _ b: Rational) throws(IntegrationFailure) {
            // A range that is narrow for its size, or lies below what is known to be attained, needs no better model.
            func suffices(_ range: E) -> Bool {
                if let best, let upper = range.upperBound, upper <= best { return true }
                return range.radius.scaled(byPowerOfTwo: relativeBits + 2) <= range.mignitude
            }
            let range = try self.range(expression, step: index, a, b, unless: suffices)
            pieces.append(Piece(step: index, start: a, end: b, upper: range.upperBound))
            if let inner {
                let (low, high) = (Swift.max(a, inner.lowerBound), Swift.min(b, inner.upperBound))
                guard low <= high else { return }
                for time in [low, high] {
                    let value = try self.range(expression, step: index, time, time, unless: suffices)
                    if let lower = value.lowerBound, best.map({ lower > $0 }) ?? true { (best, bestTime) = (lower, time) }
                }
            }
        }
        for index in stepIndex(at: outer.lowerBound)...stepIndex(at: outer.upperBound) {
            let step = tube.steps[index]
            let (a, b) = (Swift.max(step.start, outer.lowerBound), Swift.min(step.end, outer.upperBound))
            if a <= b { try consider(index, a, b) }
        }
        for _ in 0..<(effort / 2) {
            guard let top = pieces.indices.max(by: { pieces[$0].isBelow(pieces[$1]) }) else { break }
            let piece = pieces[top]
            if let upper = piece.upper, let best,
                (upper - best) * .powerOfTwo(relativeBits) <= Swift.max(upper.magnitude, best.magnitude)
            {
                break
            }
            if piece.end - piece.start <= resolution(tube.steps[piece.step]) { break }
            pieces.remove(at: top)
            let middle = (piece.start + piece.end) * Rational(1, 2)
            try consider(piece.step, piece.start, middle)
            try consider(piece.step, middle, piece.end)
        }
        let top = pieces.max { $0.isBelow($1) }
        var candidates = pieces.filter { piece in
            guard let upper = piece.upper, let best else { return true }
            return upper >= best
        }
        candidates.sort { $0.start < $1.start }
        return Extremum(
            value: RationalInterval(best, top?.upper),
            time: RationalInterval(candidates.first?.start ?? bestTime, candidates.last?.end ?? bestTime))
    }
}

/// A part of a step with an upper bound of the formula on it; nil: no information.
private struct Piece {
    let step: Int
    let start: Rational
    let end: Rational
    let upper: Rational?

    func isBelow(_ other: Piece) -> Bool {
        guard let upper else { return false }
        guard let bound = other.upper else { return true }
        return upper < bound
    }
}
