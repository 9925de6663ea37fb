import Exact

/// Reproducible random numbers (SplitMix64, Steele, Lea, Flood 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A rational that aims at trouble: zero, integers, equal sizes, very different sizes.
    mutating func rational() -> Rational {
        switch UInt64.random(in: 0..<8, using: &self) {
        case 0: return .zero
        case 1: return Rational(Int.random(in: -3...3, using: &self))
        case 2: return Rational(integer(words: 4), 1)
        case 3: return Rational(1, nonZero(words: 4))
        case 4: return Rational(integer(words: 1), nonZero(words: 5))
        case 5: return Rational(integer(words: 5), nonZero(words: 1))
        default: return Rational(integer(words: 2), nonZero(words: 2))
        }
    }

    mutating func nonZeroRational() -> Rational {
        let value = rational()
        return value.isZero ? Rational(7, 3) : value
    }

    private mutating func integer(words: Int) -> BigInt {
        let magnitude = BigInt(BigUInt(words: (0..<words).map { _ in UInt.random(in: 0...UInt.max, using: &self) }))
        return Bool.random(using: &self) ? magnitude : -magnitude
    }

    private mutating func nonZero(words: Int) -> BigInt {
        let value = integer(words: words)
        return value.isZero ? 1 : value
    }
}
