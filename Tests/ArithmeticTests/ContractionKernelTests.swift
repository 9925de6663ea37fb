import CKernels
import Exact
import Testing

@testable import Arithmetic

/// Sums of products of series: every coefficient, those above the order too, contains the exact one for points inside
/// the operands.
struct ContractionKernelTests {
    private struct Case {
        let order: Int
        let pairs: [SeriesPair]
        let factors: [(x: Int, y: Int, xVaries: Bool, yVaries: Bool, isNegative: Bool)]

        /// Series share elements, stand in both factors and do not all vary; there may be no pair, or one.
        init(series: Int, _ random: inout TestRandom) {
            let order = [0, 1, 2, 3, 4, 5, 7, 20][random.below(8)]
            self.order = order
            let varies = (0..<series).map { _ in random.chance(3, of: 4) }
            factors = (0..<[0, 1, 2, 3, 9, 40][random.below(6)]).map { _ in
                let (a, b) = (random.below(series), random.below(series))
                return (a * (order + 1), b * (order + 1), varies[a], varies[b], random.chance(1, of: 3))
            }
            pairs = factors.map { SeriesPair($0.x, varies: $0.xVaries, $0.y, varies: $0.yVaries, isNegative: $0.isNegative) }
        }

        func exact(_ degree: Int, _ x: [Dyadic]) -> Dyadic {
            var sum = Dyadic(0)
            for factor in factors {
                for l in 0...degree where l <= (factor.xVaries ? order : 0) && degree - l <= (factor.yVaries ? order : 0) {
                    let term = x[factor.x + l] * x[factor.y + degree - l]
                    sum = factor.isNegative ? sum - term : sum + term
                }
            }
            return sum
        }
    }

    private func check<E: TestedEnclosure>(
        _: E.Type, _ random: inout TestRandom, _ kernel: (E.Span, Int, UnsafeBufferPointer<SeriesPair>, Int, Int) -> Void
    ) -> String? {
        let series = random.within(1...4)
        let sum = Case(series: series, &random)
        let count = series * (sum.order + 1)
        let vector = BallVector<E>(count: count + 1, bits: E.drawBits(&random))
        let s = vector.span
        let isCalm = random.chance(3, of: 4)
        for i in 0..<count { s[i] = E.draw(&random, bits: s.bits, isCalm: isCalm) }
        if random.chance(1, of: 6) { for i in 0..<count { s[i] = s[i].midpoint } }
        let points = (0..<count).map { s[$0].exactBounds?.point(&random) }
        for degree in 0...(2 * sum.order) {
            sum.pairs.withUnsafeBufferPointer { kernel(s, count, $0, degree, sum.order) }
            guard let bounds = s[count].exactBounds else { continue }
            let operands = "\(sum.factors) of \((0..<count).map { s[$0].exactForm }), order \(sum.order)"
            let isKnown = sum.factors.allSatisfy { factor in
                (0...degree).allSatisfy { l in
                    l > (factor.xVaries ? sum.order : 0) || degree - l > (factor.yVaries ? sum.order : 0)
                        || points[factor.x + l] != nil && points[factor.y + degree - l] != nil
                }
            }
            if !isKnown { return "coefficient \(degree) of \(operands) clears missing information" }
            let expected = sum.exact(degree, points.map { $0 ?? Dyadic(0) })
            if !bounds.contains(expected) {
                return "coefficient \(degree) of \(operands): \(expected) is not in \(s[count].exactForm)"
            }
        }
        return nil
    }

    @Test func doublesContainExactSums() {
        let found = complaints(cases: 1500) { random in
            check(DoubleBall.self, &random) { s, i, pairs, degree, order in s.contract(i, pairs, degree: degree, order: order) }
        }
        #expect(found == nil, "\(found ?? "")")
    }

    @Test func doublesWithoutWideLanesContainExactSums() {
        let found = complaints(cases: 1500) { random in
            check(DoubleBall.self, &random) { s, i, pairs, degree, order in
                let ball = fb_portable_contract_balls(s.mids, s.rads, pairs.kernelPairs, pairs.count, degree, order)
                s[i] = DoubleBall(mid: ball.mid, rad: ball.rad)
            }
        }
        #expect(found == nil, "\(found ?? "")")
    }

    @Test func ballsContainExactSums() {
        let found = complaints(cases: 500) { random in
            check(Ball.self, &random) { s, i, pairs, degree, order in s.contract(i, pairs, degree: degree, order: order) }
        }
        #expect(found == nil, "\(found ?? "")")
    }

    /// What the single operations keep exact, a contraction does too.
    @Test func exactSumsStayExact() {
        let vector = BallVector<DoubleBall>(count: 7, bits: 53)
        let s = vector.span
        for (i, value) in [3.0, 0.5, -7, 0.25, 0, 0x1p-1074].enumerated() { s[i] = DoubleBall(exactly: value) }
        func contract(_ pairs: [SeriesPair], degree: Int) -> DoubleBall {
            pairs.withUnsafeBufferPointer { s.contract(6, $0, degree: degree, order: 1) }
            return s[6]
        }
        let plain = [
            SeriesPair(0, varies: true, 2, varies: true, isNegative: false), SeriesPair(2, varies: true, 2, varies: true, isNegative: true),
        ]
        #expect(contract(plain, degree: 0).isExact && s[6].mid == -70)
        // 0 times anything known is 0, and a product that underflows is not.
        #expect(contract([SeriesPair(4, varies: false, 0, varies: true, isNegative: false)], degree: 1).isExact && s[6].mid == 0)
        #expect(!contract([SeriesPair(5, varies: false, 5, varies: false, isNegative: false)], degree: 0).isExact)
        #expect(contract([], degree: 0).isExact && contract([], degree: 1).isExact && s[6].mid == 0)
    }
}
