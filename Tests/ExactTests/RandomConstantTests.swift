import Exact
import Foundation
import Testing

// The tables are by a second program, in Python, after the same description. They are frozen: other values would be other
// theorems.

private typealias Row = (name: String, seed: Int, index: Int, value: Int)

/// In units of 2^-32.
private let normals: [Row] = [
    ("Z", 1, 0, -93712312), ("Z", 1, 1, -4532187147), ("Z", 1, 2, -2317514183), ("Z", 1, 3, -596350840),
    ("Z", 1, 4, 3043962559), ("Z", 1, 5, 1842155943), ("Z", 1, 6, 5755777011), ("Z", 1, 7, 4840148555),
    ("Z", 2, 0, 1238373479), ("Z", 2, 1, 9603041212), ("Z", 2, 2, -5820069132), ("xi", 0, 0, -2773841379),
    ("xi", 0, 1, -55715779), ("xi", 0, 99999, -1020210563), ("W0", 7, 0, -5787556219), ("W0", 7, 1, -2675051240),
    ("W0", 7, 2, -1014073550), ("W0", 7, 3, 149459920), ("alpha_1", 20240917, 5, -4769734341),
    ("alpha_1", 20240917, 63, 5775990342), ("noise", 9007199254740993, 1, -6294233452),
    ("noise", 9007199254740993, 12, 4346473938),
]

private let signs: [Row] = [
    ("Z", 1, 0, 1), ("Z", 1, 1, -1), ("Z", 1, 2, 1), ("Z", 1, 3, -1), ("Z", 1, 4, 1), ("Z", 1, 5, 1), ("Z", 1, 6, -1),
    ("Z", 1, 7, -1), ("Z", 2, 0, 1), ("Z", 2, 1, 1), ("Z", 2, 2, -1), ("xi", 0, 0, -1), ("xi", 0, 1, -1),
    ("xi", 0, 99999, -1), ("W0", 7, 0, -1), ("W0", 7, 1, -1), ("W0", 7, 2, 1), ("W0", 7, 3, 1),
    ("alpha_1", 20240917, 5, -1), ("alpha_1", 20240917, 63, -1), ("noise", 9007199254740993, 1, 1),
    ("noise", 9007199254740993, 12, 1),
]

/// In units of 2^-54.
private let uniforms: [Row] = [
    ("Z", 1, 0, 2297315661322941), ("Z", 1, 1, 16441901735184621), ("Z", 1, 2, 3108612750243433),
    ("Z", 1, 3, 9301652173795781), ("Z", 1, 4, 6309952771486917), ("Z", 1, 5, 5574097964266483),
    ("Z", 1, 6, 12762109577462697), ("Z", 1, 7, 9155207695303779), ("Z", 2, 0, 289513512423479),
    ("Z", 2, 1, 3659258178730001), ("Z", 2, 2, 11502740397149717), ("xi", 0, 0, 9619431371658589),
    ("xi", 0, 1, 17099095849733471), ("xi", 0, 99999, 13188917293949451), ("W0", 7, 0, 10993526195669977),
    ("W0", 7, 1, 12991077839958697), ("W0", 7, 2, 4233929125580407), ("W0", 7, 3, 5086139591475557),
    ("alpha_1", 20240917, 5, 10866716498037573), ("alpha_1", 20240917, 63, 12763434278341113),
    ("noise", 9007199254740993, 1, 4461234148357169), ("noise", 9007199254740993, 12, 867404754200099),
]

@Test func drawsHaveTheirFrozenValues() {
    for (law, rows, unit) in [(RandomConstant.Law.normal, normals, 32), (.sign, signs, 0), (.uniform, uniforms, 54)] {
        for row in rows {
            let value = RandomConstant.value(law, seed: row.seed, name: row.name, index: row.index)
            #expect(value == Rational(row.value) * .powerOfTwo(-unit), "\(law) \(row)")
        }
    }
}

private func sample(_ law: RandomConstant.Law, _ count: Int) -> [Double] {
    (0..<count).map { RandomConstant.value(law, seed: 1, name: "Z", index: $0).approximation }
}

private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

/// The largest distance of the empirical distribution function from the true one.
private func distance(_ values: [Double], _ distribution: (Double) -> Double) -> Double {
    let count = Double(values.count)
    return values.sorted().enumerated().map { position, x in
        let p = distribution(x)
        return max(abs(Double(position) / count - p), abs(Double(position + 1) / count - p))
    }.max() ?? 1
}

/// Bounds of about five standard deviations of the statistic; the sample is always the same.
@Test func normalDrawsAreNormal() {
    let values = sample(.normal, 10_000)
    #expect(abs(mean(values)) < 0.05)
    #expect(abs(mean(values.map { $0 * $0 }) - 1) < 0.07)
    #expect(abs(mean(values.map { pow($0, 4) }) - 3) < 0.5)
    #expect(distance(values) { (1 + erf($0 / 2.0.squareRoot())) / 2 } < 0.02)
}

@Test func uniformDrawsAreUniform() {
    let values = sample(.uniform, 10_000)
    #expect(values.allSatisfy { 0 < $0 && $0 < 1 })
    #expect(distance(values) { $0 } < 0.02)
}

@Test func signsAreFair() {
    let values = sample(.sign, 10_000)
    #expect(values.allSatisfy { abs($0) == 1 })
    #expect(abs(mean(values)) < 0.05)
}

@Test func neighbouringDrawsAreUncorrelated() {
    let values = sample(.normal, 10_000)
    #expect(abs(mean(zip(values, values.dropFirst()).map { $0 * $1 })) < 0.05)
    let other = (0..<10_000).map { RandomConstant.value(.normal, seed: 2, name: "Z", index: $0).approximation }
    #expect(abs(mean(zip(values, other).map { $0 * $1 })) < 0.05)
}
