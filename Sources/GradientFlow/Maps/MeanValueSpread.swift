import Arithmetic
import Exact
import Symbolic

/// How far g(x) can lie from g(m), for a point x near the midpoint m, by the derivatives on the box of all such points.
///
/// Doubles do for the derivatives, except where what they are made of is below their range or cancels, as at the end of a
/// normalised descent: there balls take over, of as few bits as serve.
///
/// - Source: mean value theorem along the segment from m to x, which stays in the box: g(x) - g(m) = A (x - m) with the
///   entries of A in the ranges of the partial derivatives over the box.
final class MeanValueSpread<E: Enclosure> {
    struct Bound {
        /// |g_i(x) - g_i(m)| is at most this, for every moving state.
        let components: [Magnitude]
        /// |g(x) - g(m)| in the 2-norm over the moving states is at most this.
        let distance: Magnitude
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

    /// Nil if the map has no derivatives. `moving`: the states that are not points for ever.
    init?(_ map: StepMap, moving: [Int], bits: Int, environment: Environment, plans: LawPlans) {
        guard let doubles = JacobianOnBox<DoubleBall>(map, moving: moving, bits: 53, environment: environment, plans: plans)
        else { return nil }
        self.map = map
        self.moving = moving
        self.bits = bits
        self.environment = environment
        self.plans = plans
        self.doubles = doubles
    }

    /// The box holds x and m; |x_i - m_i| is at most `radii[i]`, and |x - m| in the 2-norm at most `distance`.
    /// - Domain: nil unless the map is certainly defined and differentiable on the whole box.
    @specialized(where E == DoubleBall)
    @specialized(where E == Ball)
    func bound(_ box: [E], radii: [Magnitude], distance: Magnitude, time: Int) -> Bound? {
        let n = moving.count
        guard let entries = entries(box, time) else { return nil }
        var components: [Magnitude] = []
        components.reserveCapacity(n)
        for i in 0..<n {
            var (sum, squares) = (Magnitude.zero, Magnitude.zero)
            for j in 0..<n {
                let slope = entries[i * n + j].magnitude
                sum += slope * radii[moving[j]]
                squares += slope * slope
            }
            components.append(.min(sum, squares.squareRoot() * distance))
        }
        return Bound(components: components, distance: spectralNormBound(entries, size: n) * distance)
    }

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
                let candidate = JacobianOnBox<Ball>(map, moving: moving, bits: used, environment: environment, plans: plans)
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
