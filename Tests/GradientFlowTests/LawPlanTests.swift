import Arithmetic
import Exact
import Testing

@testable import GradientFlow
@testable import Symbolic

/// Rolled sums over a binomial law: what is kept encloses the exact probabilities, what is cut bounds the exact tails.
struct LawPlanTests {
    private func exactProbabilities(_ trials: Int, _ p: Rational) -> [Rational] {
        (0...trials).map { n in
            var weight = Rational.one
            for i in 0..<n { weight = weight * Rational(BigInt(trials - i), BigInt(i + 1)) * p }
            for _ in n..<trials { weight = weight * (1 - p) }
            return weight
        }
    }

    @Test func everyProbabilityIsKeptOrCut() {
        let complaint = complaints(cases: 120, suite: "LawPlanTests") { random in
            let trials = random.within(0...60)
            let p = random.chance(1, of: 6)
                ? Rational(BigInt(random.below(2)), 1)
                : Rational(BigInt(random.within(1...999)), 1000) * .powerOfTwo(random.pick([0, 0, 0, -10, -60]))
            let bits = random.pick([53, 100, 200])
            let plan = LawPlan(.binomial(trials: trials, probability: p), bits: bits)
            let exact = exactProbabilities(trials, p)
            let place = "binomial(\(trials), \(p)) at \(bits) bits"
            var seen = Array(repeating: 0, count: trials + 1)
            for (index, bracket) in plan.probabilities.enumerated() {
                let n = plan.first + index
                guard n <= trials else { return "\(place) keeps \(n)" }
                seen[n] += 1
                if !(bracket.lowerBound <= exact[n] && exact[n] <= bracket.upperBound) {
                    return "\(place): \(n) has [\(bracket.lowerBound), \(bracket.upperBound)], not \(exact[n])"
                }
            }
            for cut in plan.cuts {
                let mass = exact[cut.lower...cut.upper].reduce(.zero, +)
                for n in cut.lower...cut.upper { seen[n] += 1 }
                if cut.mass < mass { return "\(place): the cut \(cut) has mass \(mass.approximation)" }
            }
            // Values without probability may be left out.
            for n in 0...trials where seen[n] != 1 && !(seen[n] == 0 && exact[n].isZero) {
                return "\(place): \(n) is kept or cut \(seen[n]) times"
            }
            return nil
        }
        #expect(complaint == nil, "\(complaint ?? "")")
    }

    private var manyTrials: Int { 20_000 }

    @Test(arguments: [Rational(1, 10), Rational(1, 2), Rational(99, 100), Rational(1, 1_000_000)])
    func manyTrialsKeepFewValues(p: Rational) {
        let plan = LawPlan(.binomial(trials: manyTrials, probability: p), bits: 53)
        #expect(plan.probabilities.count * 5 < manyTrials, "\(plan.probabilities.count) values are kept")
        let lower = plan.probabilities.reduce(Rational.zero) { $0 + $1.lowerBound }
        let upper = plan.probabilities.reduce(plan.cuts.reduce(Rational.zero) { $0 + $1.mass }) { $0 + $1.upperBound }
        #expect(lower <= 1 && 1 <= upper, "total in [\(lower.approximation), \(upper.approximation)]")
        #expect(upper - lower < Rational(1, 1_000_000_000))
    }

    @Test func momentsOfTheLaw() throws {
        let complaint = try complaints(cases: 40, suite: "LawPlanTests") { random in
            let graph = Graph()
            let trials = random.pick([0, 1, 2, 7, 100, 5000])
            let p = Rational(BigInt(random.within(0...50)), 50)
            let index = graph.makeBoundVariable()
            let n = graph.symbol(.bound(index))
            let law = Law.binomial(trials: trials, probability: p)
            let mean = Rational(trials) * p
            // Expectations of 1 (not folded), n and n^2.
            let one = graph.apply(.exp, graph.subtract(n, n))
            let cases: [(Expression, Rational)] = [
                (one, 1), (n, mean), (graph.power(n, 2), mean * (1 - p) + mean * mean),
            ]
            for bits in [53, 128] {
                for (body, truth) in cases {
                    let value = try enclose(
                        [graph.expectation(law, variable: index, body)], of: graph, environment: Environment(), bits: bits)[0]
                    guard let low = value.lower, let high = value.upper, low <= truth, truth <= high else {
                        return "E \(graph.description(of: body) { "\($0)" }) over \(law) at \(bits) bits is \(value), not \(truth)"
                    }
                    if high - low > (1 + truth) * .powerOfTwo(20 - bits) {
                        return "E \(graph.description(of: body) { "\($0)" }) over \(law) at \(bits) bits has width \((high - low).approximation)"
                    }
                }
            }
            return nil
        }
        #expect(complaint == nil, "\(complaint ?? "")")
    }
}
