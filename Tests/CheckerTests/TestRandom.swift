import Exact
import Foundation

/// SplitMix64. Every random test derives one generator per case from the run's seed, so that a failing case can be
/// replayed alone: FLOWBOUND_TEST_SEED=<seed in the message> scripts/test --filter <suite> runs it first.
/// FLOWBOUND_TEST_MULTIPLIER multiplies the number of cases.
struct TestRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number below n.
    mutating func below(_ n: Int) -> Int { Int(next() % UInt64(n)) }
    mutating func within(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }
    mutating func chance(_ numerator: Int, of denominator: Int) -> Bool { below(denominator) < numerator }
    mutating func pick<T>(_ list: [T]) -> T { list[below(list.count)] }

    /// A small fraction.
    mutating func fraction(_ bound: Int = 9, over denominators: ClosedRange<Int> = 1...7) -> Rational {
        Rational(BigInt(within(-bound...bound)), BigInt(within(denominators)))
    }

    /// A number in [0, 1]: the ends often, then multiples of 1/7 and of 2^-20.
    mutating func unit() -> Rational {
        switch below(8) {
        case 0: 0
        case 1: 1
        case 2, 3: Rational(BigInt(within(0...7)), 7)
        default: Rational(BigInt(within(0...(1 << 20)))) * .powerOfTwo(-20)
        }
    }

    /// A number in [-1, 1].
    mutating func signed() -> Rational { 2 * unit() - 1 }

    /// A number in the interval.
    mutating func inside(_ lower: Rational, _ upper: Rational) -> Rational { lower + (upper - lower) * unit() }
}

enum TestSettings {
    static let seed = ProcessInfo.processInfo.environment["FLOWBOUND_TEST_SEED"].flatMap { UInt64($0) } ?? 20_250_311
    static let multiplier =
        ProcessInfo.processInfo.environment["FLOWBOUND_TEST_MULTIPLIER"].flatMap { Double($0) } ?? 1
}

/// Runs `body` once per case. `body` returns nil, or what is wrong with exact operands; the first three complaints are
/// returned with the command that replays each.
func complaints(cases: Int, suite: String, _ body: (inout TestRandom) throws -> String?) rethrows -> String? {
    var found: [String] = []
    for k in 0..<Swift.max(1, Int(Double(cases) * TestSettings.multiplier)) {
        let seed = TestSettings.seed &+ UInt64(k)
        var random = TestRandom(seed: seed)
        if let complaint = try body(&random) {
            found.append("\(complaint)\n  replay: FLOWBOUND_TEST_SEED=\(seed) scripts/test --filter \(suite)")
            if found.count == 3 { break }
        }
    }
    return found.isEmpty ? nil : found.joined(separator: "\n")
}
