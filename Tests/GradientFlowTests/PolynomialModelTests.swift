import Arithmetic
import Exact
import Testing

@testable import GradientFlow

/// Values, ranges and pieces of a model contain the values of every function within it.
struct PolynomialModelTests {
    private func check<E: Enclosure>(_ tier: E.Type, bits: Int, _ random: inout TestRandom) -> String? {
        let order = random.within(0...9)
        let scale = random.pick([Rational(0), .powerOfTwo(-60), Rational(1, 1000)])
        let coefficients = (0...order).map { _ in
            let middle = random.fraction()
            return E.interval(middle - scale * random.unit(), middle + scale * random.unit(), bits: bits)
        }
        let sizes: [Rational] = [0, .powerOfTwo(-50), Rational(1, 10)]
        let (r, s) = (random.pick(sizes), random.pick(sizes))
        let model = PolynomialModel(coefficients: coefficients, weighted: Magnitude(r), uniform: Magnitude(s))
        let basis = BernsteinBasis<E>(degree: order, bits: bits)

        var (a, b) = (random.unit(), random.unit())
        if b < a { swap(&a, &b) }
        if random.chance(1, of: 4) { b = Swift.min(1, a + .powerOfTwo(-random.within(1...80))) }
        let range = model.range(a, b, basis)
        let piece = a < b ? model.restricted(a, b, bits: bits) : []
        for _ in 0..<4 {
            let tau = random.inside(a, b)
            var (polynomial, power) = (Rational.zero, Rational.one)
            for coefficient in coefficients {
                guard let low = coefficient.lowerBound, let high = coefficient.upperBound else { return "no bounds" }
                polynomial += random.inside(low, high) * power
                power *= tau
            }
            let value = polynomial + random.signed() * r * power + random.signed() * s
            let operands = "\(coefficients) R \(r) S \(s) at tau = \(tau) in [\(a), \(b)], value \(value)"
            if !contains(range, value) { return "range \(range) of \(operands)" }
            if !contains(model.value(tau, bits: bits), value) { return "value \(model.value(tau, bits: bits)) of \(operands)" }
            if a < b {
                let restricted = PolynomialModel(coefficients: piece, weighted: .zero, uniform: .zero)
                let local = restricted.value((tau - a) / (b - a), bits: bits)
                if !contains(local, polynomial) { return "piece \(local) of \(operands), polynomial part \(polynomial)" }
                // A part of a piece is a part of the whole.
                let inner = PolynomialModel(coefficients: piece, weighted: .zero, uniform: .zero)
                if !contains(inner.range(0, 1, basis), polynomial) { return "range of the piece of \(operands)" }
            }
        }
        return nil
    }

    private func contains<E: Enclosure>(_ ball: E, _ value: Rational) -> Bool {
        guard let low = ball.lowerBound, let high = ball.upperBound else { return true }
        return low <= value && value <= high
    }

    @Test func modelsOfDoubles() {
        let complaint = complaints(cases: 2000, suite: "PolynomialModelTests") { check(DoubleBall.self, bits: 53, &$0) }
        #expect(complaint == nil, "\(complaint ?? "")")
    }

    @Test func modelsOfBalls() {
        let complaint = complaints(cases: 1000, suite: "PolynomialModelTests") { check(Ball.self, bits: 100, &$0) }
        #expect(complaint == nil, "\(complaint ?? "")")
    }
}
