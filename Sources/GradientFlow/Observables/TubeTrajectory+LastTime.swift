import Arithmetic
import Exact
import Symbolic

extension TubeTrajectory {
    /// The search for a first time, from the end backwards.
    @specialized(where E == DoubleBall)
    @specialized(where E == Ball)
    func lastTime(
        of condition: Condition, from start: ClosedRange<Rational>, to end: ClosedRange<Rational>
    ) throws(IntegrationFailure) -> LastTime {
        try cover(end.upperBound)
        /// c fails at every instant after this time, up to the end.
        var upper = end.upperBound
        /// Why `upper` could not be lowered any more.
        var obstacle: IntervalTruth.Reason?
        for index in (stepIndex(at: start.lowerBound)...stepIndex(at: end.upperBound)).reversed() {
            let step = tube.steps[index]
            let whole = (Swift.max(step.start, start.lowerBound), Swift.min(step.end, end.upperBound))
            if whole.0 > whole.1 { continue }
            var pending = [whole]
            // Once the last time is known no better from above, only an instant at which c holds is sought.
            let precedes = index + 1 < tube.steps.count && tube.steps[index + 1].isCrossing
            var effort = obstacle == nil || precedes ? self.effort : 16
            while let (a, b) = pending.popLast() {
                effort -= 1
                var undefined = false
                let certain = Swift.min(b, end.lowerBound)
                switch try truth(condition, step: index, a, b, undefined: &undefined) {
                case .no:
                    if obstacle == nil { upper = a }
                case .yes where certain >= Swift.max(a, start.upperBound):
                    return .reached(RationalInterval(certain, obstacle == nil ? Swift.min(upper, b) : upper))
                case .yes:
                    // Holds, but perhaps after the end or before the start.
                    if obstacle == nil { upper = Swift.min(upper, b) }
                    obstacle = obstacle ?? .atUncertainEnd
                case .unknown:
                    if b - a > resolution(step) && effort > 0 {
                        let middle = (a + b) * Rational(1, 2)
                        pending.append((a, middle))
                        pending.append((middle, b))
                    } else if obstacle == nil {
                        upper = b
                        obstacle = undefined ? .undefined : .tooWide
                    }
                }
            }
        }
        guard let obstacle else { return .never }
        return .undecided(RationalInterval(start.lowerBound, upper), obstacle)
    }
}
