import Arithmetic
import Exact
import Symbolic

/// How a rolled sum over a law is cut: the kept values with enclosures of their probabilities, and what was cut.
///
/// - Error: the kept probabilities are enclosed; the mass of each cut side is bounded by a geometric series.
final class LawPlan: Sendable {
    /// Values lower...upper of the variable that are not kept, and a bound of their whole probability.
    struct Cut: Sendable {
        let lower: Int
        let upper: Int
        let mass: Rational
    }

    /// An enclosure of one probability, with exact ends.
    struct Bracket: Sendable {
        let lowerBound: Rational
        let upperBound: Rational

        init(_ lower: Rational, _ upper: Rational) {
            lowerBound = lower
            upperBound = upper
        }
    }

    let first: Int
    let probabilities: [Bracket]
    let cuts: [Cut]

    /// Keeps everything but sides of mass below 2^-(bits + 24).
    init(_ law: Law, bits: Int) {
        switch law {
        case .binomial(let trials, let probability):
            (first, probabilities, cuts) = LawPlan.binomial(trials, probability, bits: bits)
        }
    }

    private static func binomial(_ trials: Int, _ p: Rational, bits: Int) -> (Int, [Bracket], [Cut]) {
        if p.isZero { return (0, [Bracket(1, 1)], []) }
        if p == 1 { return (trials, [Bracket(1, 1)], []) }
        let working = bits + 40 + 2 * (Int.bitWidth - trials.leadingZeroBitCount)
        // w_(n+1) = w_n (N - n)/(n + 1) p/q from w_0 = q^N, up to the right cut. Exponents are no concern of a ball.
        let odds = Ball(p / (1 - p), bits: working)
        let threshold = Rational.powerOfTwo(-(bits + 24))
        let mode = Swift.min(trials, (Rational(trials + 1) * p).floor.asIntClamped)
        var weight = Ball(1 - p, bits: working).power(trials)
        var weights: [Bracket] = []
        var first = 0
        var cuts: [Cut] = []
        for n in 0...trials {
            if n > 0 {
                weight = weight * odds * Ball(Rational(BigInt(trials - n + 1), BigInt(n)), bits: working)
            }
            let bound = weight.magnitude
            // Left of the mode the ratio w_(n-1)/w_n = n q/((N - n + 1) p) bounds the sum of everything below.
            if weights.isEmpty && n < mode {
                let ratio = Rational(n) * (1 - p) / (Rational(trials - n + 1) * p)
                if let mass = geometric(bound, ratio), mass < threshold {
                    first = n + 1
                    cuts = [Cut(lower: 0, upper: n, mass: mass)]
                    continue
                }
            }
            if n > mode {
                let ratio = Rational(trials - n) * p / (Rational(n + 1) * (1 - p))
                if let mass = geometric(bound, ratio), mass < threshold {
                    cuts.append(Cut(lower: n, upper: trials, mass: mass))
                    break
                }
            }
            let kept = weight.rounded(toBits: bits + 8)
            weights.append(Bracket(kept.lowerBound ?? 0, kept.upperBound ?? 1))
        }
        return (first, weights, cuts)
    }

    /// bound/(1 - ratio), rounded up; nil unless ratio < 1.
    private static func geometric(_ bound: Magnitude, _ ratio: Rational) -> Rational? {
        guard ratio < 1, bound.isFinite else { return nil }
        return (bound / Magnitude.lowerBound(of: 1 - ratio)).asRational
    }
}

/// The plans of one run, made once each.
final class LawPlans {
    private struct Key: Hashable {
        let law: Law
        let bits: Int
    }

    private var plans: [Key: LawPlan] = [:]

    func plan(for law: Law, bits: Int) -> LawPlan {
        let key = Key(law: law, bits: bits)
        if let known = plans[key] { return known }
        let plan = LawPlan(law, bits: bits)
        plans[key] = plan
        return plan
    }
}

extension BigInt {
    /// The value as an `Int`, or the nearest one.
    var asIntClamped: Int { Int(clamping: self) }
}
