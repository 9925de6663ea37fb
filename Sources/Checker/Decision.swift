import Exact

/// A verdict while the precision ladder is being climbed.
struct Decision {
    let verdict: Verdict
    /// How far the enclosures are from deciding (a width, in whatever unit, the same at every rung); nil where more bits
    /// cannot help. If a rung does not make it clearly smaller, the next one is not tried.
    let gap: Rational?
    /// What is said instead if the next precision is stuck at the same place.
    var stuck: Stuck?

    /// A time at which two sides cannot be told apart.
    struct Stuck {
        let time: Rational
        /// The width of their difference, where it stays wide; nil where they agree to most digits.
        let spread: Rational?
        let obstacle: Obstacle

        /// Whether nothing was gained. A claim that only comes close to equality late, as x > 0 of an x that decays, moves on
        /// with more bits.
        func isWhere(_ other: Stuck) -> Bool {
            guard (time - other.time).magnitude <= .powerOfTwo(-16) * Swift.max(1, other.time.magnitude) else { return false }
            guard let spread else { return other.spread == nil }
            return other.spread.map { $0 <= 2 * spread } ?? false
        }
    }

    /// The decision, which is final if the last precision was stuck at the same place.
    func after(_ last: Decision?) -> Decision {
        guard let stuck, let before = last?.stuck, stuck.isWhere(before) else { return self }
        return Decision(.undecided(stuck.obstacle))
    }

    init(_ verdict: Verdict, gap: Rational? = nil) {
        self.verdict = verdict
        self.gap = gap
    }

    static func undecided(
        _ kind: Obstacle.Kind, _ reason: String, remedy: String? = nil, gap: Rational? = nil
    ) -> Decision {
        Decision(.undecided(Obstacle(kind, reason, remedy: remedy)), gap: gap)
    }

    /// Whether nothing is left to find out.
    var isFinal: Bool { gap == nil }
}

extension RationalInterval {
    /// Upper minus lower end; nil if one is infinite.
    var width: Rational? {
        guard let lower, let upper else { return nil }
        return upper - lower
    }

    /// An interval of which every point counts, in a sentence: rounded inward, with as many digits as that takes.
    var inwardSentence: String {
        guard let lower, let upper, lower < upper else { return sentence }
        for digits in [6, 10, 17, 40] {
            let low = lower.decimal(significantDigits: digits, rounding: .up)
            let high = upper.decimal(significantDigits: digits, rounding: .down)
            if let a = Rational(parsing: low), let b = Rational(parsing: high), a <= b {
                return low == high ? low : "[\(low), \(high)]"
            }
        }
        return "[\(lower), \(upper)]"
    }

    /// The interval in a sentence: six digits, outward.
    var sentence: String {
        let low = lower.map { $0.decimal(significantDigits: 6, rounding: .down) } ?? "-infinity"
        let high = upper.map { $0.decimal(significantDigits: 6, rounding: .up) } ?? "infinity"
        return low == high ? low : "[\(low), \(high)]"
    }

    /// "in [0.3, 0.31]", or "is 2" for a number that six digits say exactly; `verb` stands before such a number.
    func predicate(_ verb: String) -> String {
        let text = sentence
        return text.hasPrefix("[") ? "in \(text)" : "\(verb) \(text)"
    }
}
