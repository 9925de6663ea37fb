import Testing

@testable import Exact

/// Linear inequalities in rationals: points and contradictions, both checked.
struct LinearSystemTests {
    private func decide(_ rows: [([Int], Int, Bool)]) -> LinearFeasibility {
        let system = rows.map { LinearInequality($0.0.map { Rational($0) }, Rational($0.1), isStrict: $0.2) }
        return .decide(system, unknowns: rows.first?.0.count ?? 0)
    }

    private func isPoint(_ result: LinearFeasibility) -> Bool {
        if case .point = result { return true }
        return false
    }

    private func isContradiction(_ result: LinearFeasibility) -> Bool {
        if case .contradiction = result { return true }
        return false
    }

    @Test func touchingIsAPointUnlessStrict() {
        // x >= 0, -x >= 0; x > 0, -x >= 0; x > 0, y - x > 0, 1 - y > 0.
        #expect(isPoint(decide([([1], 0, false), ([-1], 0, false)])))
        #expect(isContradiction(decide([([1], 0, true), ([-1], 0, false)])))
        #expect(isPoint(decide([([1, 0], 0, true), ([-1, 1], 0, true), ([0, -1], 1, true)])))
        #expect(isPoint(decide([])) && isPoint(decide([([], 0, false)])))
        #expect(isContradiction(decide([([], -1, false)])) && isContradiction(decide([([], 0, true)])))
    }

    @Test func farAndUnboundedRegions() {
        #expect(isPoint(decide([([1, -1], -1_000_000, false), ([0, 1], -3, true)])))
        #expect(isContradiction(decide([([1, 1], -2, false), ([-1, 0], 1, false), ([0, -1], 1, true)])))
    }

    /// Systems made around a point have one; with the sum of some rows turned around they have none.
    @Test func randomSystems() {
        var state: UInt64 = 12345
        func next(_ n: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(2 * n + 1)) - n
        }
        for _ in 0..<200 {
            let point = (0..<4).map { _ in Rational(next(9)) }
            var system = (0..<12).map { _ -> LinearInequality in
                let row = (0..<4).map { _ in Rational(next(4)) }
                let value = zip(row, point).reduce(Rational.zero) { $0 + $1.0 * $1.1 }
                let isStrict = next(1) == 0
                return LinearInequality(row, -value + Rational(abs(next(2)) + (isStrict ? 1 : 0)), isStrict: isStrict)
            }
            #expect(isPoint(.decide(system, unknowns: 4)), "\(system)")
            let sum = (0..<3).reduce(LinearInequality([0, 0, 0, 0], 0)) { sum, i in
                LinearInequality(
                    zip(sum.coefficients, system[i].coefficients).map { $0 + $1 }, sum.constant + system[i].constant)
            }
            system.append(LinearInequality(sum.coefficients.map { -$0 }, -sum.constant, isStrict: true))
            #expect(isContradiction(.decide(system, unknowns: 4)), "\(system)")
        }
    }
}
