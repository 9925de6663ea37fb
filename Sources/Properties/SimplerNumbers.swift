import Bounds
import Exact

extension Rational {
    /// How much there is to read in it: 1/100 is simpler than 7/300, and 2 than both.
    var complexity: Rational { isZero ? 0 : Rational(numerator).magnitude + Rational(denominator) }

    /// The number with the smallest denominator, and then the smallest numerator, from `low` to `high`.
    /// - Precondition: 0 <= low <= high.
    static func simplest(from low: Rational, to high: Rational) -> Rational {
        let whole = Rational(low.ceiling)
        if whole <= high { return whole }
        // Both lie between two neighbouring integers.
        let floor = Rational(low.floor)
        guard let above = (high - floor).reciprocal, let below = (low - floor).reciprocal else { return low }
        return floor + Rational.one / simplest(from: above, to: below)
    }

    /// Simpler numbers to try in place of this one, the boldest first.
    func simpler(isInteger: Bool, in range: ParameterRange) -> [Rational] {
        var found: [Rational] = []
        if isInteger {
            let lower = range.lower.map { $0.isStrict ? Rational($0.value.floor) + 1 : Rational($0.value.ceiling) }
            let anchor = lower.map { Swift.max($0, 0) } ?? 0
            var distance = self - anchor
            found.append(anchor)
            // Half the way, a quarter of it, ... down to the next integer.
            while distance.magnitude > 1 {
                distance = distance * Rational(1, 2)
                let step = distance.isNegative ? -Rational((-distance).floor) : Rational(distance.floor)
                if !step.isZero { found.append(self - step) }
            }
            found += [self - 1, self + 1].filter { ($0 - anchor).magnitude < (self - anchor).magnitude }
            return found.unique.filter {
                $0 != self && range.contains($0) && ($0 - anchor).magnitude < (self - anchor).magnitude
            }
        }
        found = [
            0, 1, -1, 2, Rational(1, 2), Rational(self.floor), Rational(self.ceiling), Rational(1, 4), Rational(1, 10),
        ]
        if !isZero {
            for width in [Rational(1, 2), Rational(1, 4), Rational(1, 10), Rational(1, 100)] {
                let near = Rational.simplest(from: magnitude * (1 - width), to: magnitude * (1 + width))
                found.append(isNegative ? -near : near)
            }
        }
        return found.unique.filter { range.contains($0) && $0.complexity < complexity }
    }
}

extension [Rational] {
    var unique: [Rational] {
        var known: Set<Rational> = []
        return filter { known.insert($0).inserted }
    }
}
