/// The exact random constants of `draw Z[1..m] ~ normal`: dyadic numbers that depend on the seed, the name of the draw
/// and the index of the entry alone, bit for bit the same on every machine. This is `flowbound/1`; it never changes,
/// and another order of bits would be `flowbound/2`.
///
/// **Words.** `SplitMix64` whose state is the first 8 bytes, big-endian, of the SHA-256 digest of the ASCII text
/// `flowbound/1/SEED/NAME/INDEX` (seed and index in decimal, the index row-major from 0) gives the words 0, 1, 2, ...
///
/// **Laws.** `sign`: -1 if the top bit of word 0 is set, else 1. `uniform`: ((word 0 >> 11) + 1/2) / 2^53.
/// `normal`: see `NormalSampler`.
public enum RandomConstant {
    /// What is drawn.
    public enum Law: String, Sendable, CaseIterable {
        case normal, sign, uniform
    }

    /// The entry with this row-major index, from 0 on, of the draw.
    public static func value(_ law: Law, seed: Int, name: String, index: Int) -> Rational {
        var words = SplitMix64(state: state(seed: seed, name: name, index: index))
        switch law {
        case .sign:
            return words.next() >> 63 == 1 ? -1 : 1
        case .uniform:
            return Rational(BigInt(2 * (words.next() >> 11) + 1)) * .powerOfTwo(-54)
        case .normal:
            var sampler = NormalSampler(bits: RandomBits(words: words))
            return sampler.next()
        }
    }

    static func state(seed: Int, name: String, index: Int) -> UInt64 {
        SHA256.digest(of: Array("flowbound/1/\(seed)/\(name)/\(index)".utf8)).prefix(8)
            .reduce(0) { $0 << 8 | UInt64($1) }
    }
}

/// The generator of Steele, Lea and Flood (2014): a counter with a fixed step, scrambled.
struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// The bits of the words 0, 1, 2, ..., of each word the most significant first.
struct RandomBits {
    private var words: SplitMix64
    private var word: UInt64 = 0
    private var left = 0

    init(words: SplitMix64) { self.words = words }

    mutating func next() -> Bool {
        if left == 0 { (word, left) = (words.next(), 64) }
        left -= 1
        return word >> UInt64(left) & 1 == 1
    }

    /// A uniform integer from 0 to `bound` - 1: as many bits as `bound` - 1 has, the most significant first, again and
    /// again until the number they write is below `bound`.
    mutating func integer(below bound: Int) -> Int {
        let width = Int.bitWidth - (bound - 1).leadingZeroBitCount
        while true {
            var value = 0
            for _ in 0..<width { value = 2 * value + (next() ? 1 : 0) }
            if value < bound { return value }
        }
    }
}
