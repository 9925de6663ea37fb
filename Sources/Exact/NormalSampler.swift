/// Exact samples of the standard normal law, cut towards 0 to a multiple of 2^-32: only bits and integers, no rounding.
///
/// Algorithm N of C. F. F. Karney, "Sampling exactly from the normal distribution", ACM TOMS 42 (2016), article 3.
///
/// **Deviates.** A uniform deviate on [0, 1) is an endless binary fraction. A digit is the next bit, taken when the
/// digit is first looked at, and kept. To compare v < u, the digits of both are looked at place by place from the first
/// one on, at each place that of v before that of u, until they differ.
///
/// **Order.** One sample takes its bits in this order:
/// - N1. k = 0; while H gives true, k = k + 1.
/// - N2. Call H k(k - 1) times; at the first false go back to N1.
/// - N3. x is a new deviate; nothing is looked at yet.
/// - N4. Call B(k, x) k + 1 times; at the first false go back to N1.
/// - N5. One bit: 1 makes the sample negative. Then x is looked at up to its 32nd digit: the sample is +-(k + x), x cut
///   after that digit.
///
/// H, true with probability exp(-1/2): u is a new deviate, and its first digit is looked at. If it is 1: true. Else n =
/// 1, and as long as a new deviate v is less than u: n = n + 1, u = v. True if n is even.
///
/// B(k, x), true with probability exp(-x (2k + x)/(2k + 2)): y is x (the same deviate, not a copy) and n = 0. As long
/// as a new deviate z is less than y, and then R(k, x) gives true: y = z, n = n + 1. True if n is even.
///
/// R(k, x), true with probability (2k + x)/(2k + 2): a uniform integer below 2k + 2 (``RandomBits/integer(below:)``);
/// below 2k: true; 2k + 1: false; 2k: whether a new deviate r is less than x.
struct NormalSampler {
    private var bits: RandomBits

    init(bits: RandomBits) { self.bits = bits }

    private static let places = 32

    /// Digits that are known so far. A class, for y and x of B are one deviate.
    private final class Deviate {
        var digits: [Bool] = []
    }

    mutating func next() -> Rational {
        while true {
            var k = 0
            while half() { k += 1 }
            guard all(k * (k - 1), { $0.half() }) else { continue }
            let x = Deviate()
            guard all(k + 1, { $0.step(k, x) }) else { continue }
            let isNegative = bits.next()
            let fraction = (0..<Self.places).reduce(0) { 2 * $0 + (digit($1, of: x) ? 1 : 0) }
            let value = Rational(k << Self.places + fraction) * .powerOfTwo(-Self.places)
            return isNegative ? -value : value
        }
    }

    /// Whether so many trials, one after the other, succeed.
    private mutating func all(_ count: Int, _ trial: (inout NormalSampler) -> Bool) -> Bool {
        for _ in 0..<count where !trial(&self) { return false }
        return true
    }

    private mutating func digit(_ place: Int, of u: Deviate) -> Bool {
        while u.digits.count <= place { u.digits.append(bits.next()) }
        return u.digits[place]
    }

    private mutating func isLess(_ v: Deviate, _ u: Deviate) -> Bool {
        var place = 0
        while true {
            let (a, b) = (digit(place, of: v), digit(place, of: u))
            if a != b { return b }
            place += 1
        }
    }

    /// H
    private mutating func half() -> Bool {
        var u = Deviate()
        if digit(0, of: u) { return true }
        var n = 1
        while true {
            let v = Deviate()
            guard isLess(v, u) else { return n % 2 == 0 }
            (u, n) = (v, n + 1)
        }
    }

    /// B(k, x)
    private mutating func step(_ k: Int, _ x: Deviate) -> Bool {
        var (y, n) = (x, 0)
        while true {
            let z = Deviate()
            guard isLess(z, y), ratio(k, x) else { return n % 2 == 0 }
            (y, n) = (z, n + 1)
        }
    }

    /// R(k, x)
    private mutating func ratio(_ k: Int, _ x: Deviate) -> Bool {
        let choice = bits.integer(below: 2 * k + 2)
        return choice == 2 * k ? isLess(Deviate(), x) : choice < 2 * k
    }
}
