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
            // Multiples of the range's divisor, in units of it.
            let unit = range.divisor
            let lower = range.lower.map { bound -> Rational in
                let value = bound.value / unit
                return bound.isStrict ? Rational(value.floor) + 1 : Rational(value.ceiling)
            }
            let anchor = lower.map { Swift.max($0, 0) } ?? 0
            let own = self / unit
            var distance = own - anchor
            found.append(anchor)
            // Half the way, a quarter of it, ... down to the next integer.
            while distance.magnitude > 1 {
                distance = distance * Rational(1, 2)
                let step = distance.isNegative ? -Rational((-distance).floor) : Rational(distance.floor)
                if !step.isZero { found.append(own - step) }
            }
            found += [own - 1, own + 1]
            return found.unique.filter {
                $0 != own && range.contains($0 * unit) && ($0 - anchor).magnitude < (own - anchor).magnitude
            }.map { $0 * unit }
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
