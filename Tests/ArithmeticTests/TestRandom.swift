import Foundation

/// SplitMix64. Every random test derives one generator per case from the run's seed, so that a failing case can be
/// replayed alone: set FLOWBOUND_TEST_SEED to the seed in the message, and the failing case comes first.
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
}

enum TestSettings {
    static let seed = ProcessInfo.processInfo.environment["FLOWBOUND_TEST_SEED"].flatMap { UInt64($0) } ?? 20_240_229
    static let multiplier =
        ProcessInfo.processInfo.environment["FLOWBOUND_TEST_MULTIPLIER"].flatMap { Double($0) } ?? 1
}

/// Runs `body` once per case. `body` returns nil, or what is wrong with exact operands; the first three complaints are
/// returned with the seed that replays each as case 0.
func complaints(cases: Int, _ body: (inout TestRandom) -> String?) -> String? {
    var found: [String] = []
    for k in 0..<Swift.max(1, Int(Double(cases) * TestSettings.multiplier)) {
        let seed = TestSettings.seed &+ UInt64(k)
        var random = TestRandom(seed: seed)
        if let complaint = body(&random) {
            found.append("\(complaint)\n  replay: FLOWBOUND_TEST_SEED=\(seed)")
            if found.count == 3 { break }
        }
    }
    return found.isEmpty ? nil : found.joined(separator: "\n")
}
