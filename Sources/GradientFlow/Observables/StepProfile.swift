import Arithmetic
import Exact

/// How well a run is known on one step, or on several steps in a row. All numbers are upper bounds.
public struct StepProfile: Sendable {
    public let start: Rational
    public let end: Rational
    /// Of the distance between the solution and the computed curve anywhere on the piece; nil where nothing is known.
    public let radius: Rational?
    /// Of the integral over the piece of the defect |p' - f(p)|; nil for a map.
    public let defect: Rational?
    /// Of the integral over the piece of the logarithmic norm of the Jacobian; nil for a map.
    public let logarithmicNorm: Rational?

    public init(start: Rational, end: Rational, radius: Rational?, defect: Rational?, logarithmicNorm: Rational?) {
        self.start = start
        self.end = end
        self.radius = radius
        self.defect = defect
        self.logarithmicNorm = logarithmicNorm
    }
}

extension TubeTrajectory {
    func profile(pieces: Int) -> [StepProfile] {
        let size = Swift.max(1, (tube.steps.count + pieces - 1) / pieces)
        return stride(from: 0, to: tube.steps.count, by: size).map { first in
            let steps = tube.steps[first..<Swift.min(first + size, tube.steps.count)]
            let norms = steps.map { Rational(exactly: $0.logarithmicNorm.integral) }
            return StepProfile(
                start: steps[first].start, end: steps[steps.endIndex - 1].end,
                radius: steps.reduce(Magnitude.zero) { Magnitude.max($0, $1.metric.reach($1.wholeRadius)) }.asRational,
                defect: steps.reduce(Magnitude.zero) { $0 + $1.defect }.asRational,
                logarithmicNorm: norms.contains(nil) ? nil : norms.compactMap { $0 }.reduce(.zero, +))
        }
    }
}

extension OrbitTrajectory {
    func profile(pieces: Int) -> [StepProfile] {
        let size = Swift.max(1, (orbit.last + pieces) / pieces)
        return stride(from: 0, through: orbit.last, by: size).map { step in
            let radius = (0..<map.dimension).reduce(Magnitude.zero) { .max($0, orbit.states[step, $1].radius) }
            return StepProfile(
                start: Rational(step), end: Rational(step), radius: radius.asRational, defect: nil, logarithmicNorm: nil)
        }
    }
}
