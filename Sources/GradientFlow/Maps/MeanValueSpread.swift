import Arithmetic
import Exact
import Symbolic

/// How far g(x) can lie from g(m), for a point x near the midpoint m, by the derivatives on the box of all such points.
///
/// Doubles do for the derivatives, except where what they are made of is below their range or cancels, as at the end of
/// a normalised descent: there balls take over, of as few bits as serve.
///
/// - Source: mean value theorem along the segment from m to x, which stays in the box: g(x) - g(m) = A (x - m) with the
///   entries of A in the ranges of the partial derivatives over the box.
final class MeanValueSpread<E: Enclosure> {
    struct Bound {
        /// |g_i(x) - g_i(m)| is at most this, for every moving state.
        let components: [Magnitude]
        /// |g(x) - g(m)| over the moving states is at most this, in ``norm``.
        let distance: Magnitude
    }

    /// How distances are measured. ``bound(_:radii:distance:time:)`` may change it.
    private(set) var norm: WeightedNorm
    /// The growth of the distance since the last trial, and how much is borne before the next.
    private var (growth, patience) = (1.0, 16.0)
    private var trial: Trial?

    /// Another norm, with the factors of some steps in it and in the present one.
    private struct Trial {
        let norm: WeightedNorm
        var own = 1.0
        var present = 1.0
        var steps = 0
    }

    private let map: StepMap
    private let moving: [Int]
    private let bits: Int
    private let environment: Environment
    private let plans: LawPlans
    private let doubles: JacobianOnBox<DoubleBall>
    /// In use once doubles have failed.
    private var balls: JacobianOnBox<Ball>?
    /// Steps to go before more bits are tried again, and how many that is after the next vain attempt.
    private var (pause, nextPause) = (0, 1)

    /// Radii of this size in all multiply the error by little over thousands of steps.
    private static var wideEntries: Magnitude { .powerOfTwo(-12) }

    /// Beyond this many moving states the norm of a Jacobian takes seconds.
    private static var mostStates: Int { 1000 }

    /// Nil if the map has no derivatives, or too many. `moving`: the states that are not points for ever.
    init?(_ map: StepMap, moving: [Int], bits: Int, environment: Environment, plans: LawPlans) {
        guard moving.count <= Self.mostStates,
            let doubles = JacobianOnBox<DoubleBall>(
                map, moving: moving, bits: 53, environment: environment, plans: plans)
        else { return nil }
        self.map = map
        self.moving = moving
        self.bits = bits
        self.environment = environment
        self.plans = plans
        self.doubles = doubles
        norm = WeightedNorm(dimension: moving.count)
    }

    /// The box holds x and m; |x_i - m_i| is at most `radii[i]` for the moving state i, and |x - m| at most `distance`
    /// in ``norm`` as it was before the call.
    /// - Domain: nil unless the map is certainly defined and differentiable on the whole box.
    @specialized(where E == DoubleBall)
    @specialized(where E == Ball)
    func bound(_ box: [E], radii: [Magnitude], distance: Magnitude, time: Int) -> Bound? {
        let n = moving.count
        guard let entries = entries(box, time) else { return nil }
        var scaled = norm.scaled(entries)
        var (factor, start) = (spectralNormBound(scaled, size: n), distance)
        if let other = betterNorm(entries, factor) {
            norm = other
            scaled = norm.scaled(entries)
            (factor, start) = (spectralNormBound(scaled, size: n), norm.bound(radii))
        }
        var components: [Magnitude] = []
        components.reserveCapacity(n)
        for i in 0..<n {
            var (sum, squares) = (Magnitude.zero, Magnitude.zero)
            for j in 0..<n {
                sum += entries[i * n + j].magnitude * radii[j]
                let share = scaled[i * n + j].magnitude
                squares += share * share
            }
            let row = .min(squares.squareRoot(), factor) * Magnitude(norm.weights[i]) * start
            components.append(.min(sum, row))
        }
        return Bound(components: components, distance: factor * start)
    }

    // MARK: The norm

    /// Where distances keep growing, some steps are measured in the norm that balances the present one too: a norm in
    /// which they stretch at most half as much, on a logarithmic scale. Looked for less and less often.
    private func betterNorm(_ entries: [DoubleBall], _ factor: Magnitude) -> WeightedNorm? {
        growth = Swift.max(growth * factor.upperDouble, 1)
        if trial == nil, growth > patience {
            trial = Trial(norm: WeightedNorm(balancing: entries))
            (growth, patience) = (1, patience * patience)
        }
        guard var running = trial else { return nil }
        running.own *= spectralNormBound(running.norm.scaled(entries), size: moving.count).upperDouble
        running.present *= factor.upperDouble
        running.steps += 1
        guard running.steps == Self.trialLength else {
            trial = running
            return nil
        }
        trial = nil
        return running.own * running.own < running.present ? running.norm : nil
    }

    private static var trialLength: Int { 16 }

    // MARK: The precision of the derivatives

    private func entries(_ box: [E], _ time: Int) -> [DoubleBall]? {
        let found =
            balls.map { balls in balls.entries(box.map { $0.inBalls(balls.bits) }, time: time) }
            ?? doubles.entries(box.map(\.inDoubles), time: time)
        let width = found.map(width)
        guard width.map({ $0 > Self.wideEntries }) ?? true else { return found }
        if pause > 0 {
            pause -= 1
            return found
        }
        return sharper(than: found, width, box, time)
    }

    /// Tries more bits, up to those of the run (64 for a run in doubles), and stays with them if they help.
    private func sharper(than found: [DoubleBall]?, _ width: Magnitude?, _ box: [E], _ time: Int) -> [DoubleBall]? {
        let limit = Swift.max(64, bits)
        var level = balls.map { 2 * $0.bits } ?? 64
        while level < 2 * limit {
            let used = Swift.min(level, limit)
            if used == balls?.bits { break }
            guard
                let candidate = JacobianOnBox<Ball>(
                    map, moving: moving, bits: used, environment: environment, plans: plans)
            else { break }
            if let better = candidate.entries(box.map { $0.inBalls(used) }, time: time),
                width.map({ self.width(better).scaled(byPowerOfTwo: 1) < $0 }) ?? true
            {
                (balls, pause, nextPause) = (candidate, 0, 1)
                return better
            }
            level *= 2
        }
        (pause, nextPause) = (nextPause, Swift.min(2 * nextPause, 1024))
        return found
    }

    /// The Frobenius norm of the radii.
    private func width(_ entries: [DoubleBall]) -> Magnitude {
        entries.reduce(Magnitude.zero) { $0 + $1.radius * $1.radius }.squareRoot()
    }
}

extension Enclosure {
    /// The same set in doubles, without exact fractions.
    /// - Error: one rounding of the midpoint.
    var inDoubles: DoubleBall {
        if let ball = self as? DoubleBall { return ball }
        let center = approximation
        return DoubleBall(exactly: center).widened(by: (Self(exactly: center, bits: bits) - self).magnitude)
    }

    /// The same set in balls.
    /// - Error: one rounding of the midpoint.
    func inBalls(_ bits: Int) -> Ball {
        if let ball = self as? Ball { return ball.rounded(toBits: bits) }
        guard isFinite else { return .noInformation(bits: bits) }
        return Ball(exactly: midpoint.approximation, bits: bits).widened(by: radius)
    }
}
