import Exact
import Testing

@testable import Arithmetic

/// Every operation is an upper bound of the exact result, at most a factor 1 + 2^-50 above it.
struct MagnitudeTests {
    static func draw(_ random: inout TestRandom) -> Magnitude {
        let fraction = 1 + Double(random.next() >> 12) * 0x1p-52
        switch random.below(8) {
        case 0: return .zero
        case 1: return .powerOfTwo(random.within(-70...70))
        case 2: return Magnitude(Double(1).nextUp).scaled(byPowerOfTwo: random.within(-70...70))
        case 3: return Magnitude(Double(1).nextDown).scaled(byPowerOfTwo: random.within(-70...70))
        case 4: return Magnitude(fraction).scaled(byPowerOfTwo: random.within(-3000...3000))
        default: return Magnitude(fraction).scaled(byPowerOfTwo: random.within(-70...70))
        }
    }

    private func isTight(_ upper: Magnitude, _ exact: Dyadic, over divisor: Dyadic = Dyadic(1)) -> Bool {
        let value = Dyadic(upper) * divisor
        return exact <= value && value <= exact * (Dyadic(1) + Dyadic(1, -50))
    }

    @Test func operationsRoundUpAndStayTight() {
        let found = complaints(cases: 20000) { random in
            let a = Self.draw(&random)
            let b = Self.draw(&random)
            let (x, y) = (Dyadic(a), Dyadic(b))
            let operands = "a \(a), b \(b)"
            if !isTight(a + b, x + y) { return "+: \(operands), \(a + b)" }
            if !isTight(a * b, x * y) { return "*: \(operands), \(a * b)" }
            if !b.isZero, !isTight(a / b, x, over: y) { return "/: \(operands), \(a / b)" }
            let root = Dyadic(a.squareRoot())
            if !(x <= root * root && root * root <= x * (Dyadic(1) + Dyadic(1, -49))) { return "root: \(operands)" }
            let cube = Dyadic(a.power(3))
            if !(x * x * x <= cube && cube <= x * x * x * (Dyadic(1) + Dyadic(1, -48))) { return "power: \(operands)" }
            let difference = Magnitude.lowerDifference(a, b)
            if !(Dyadic(difference) <= max(x - y, Dyadic(0))) { return "lower difference: \(operands)" }
            if difference.isZero && b < a { return "vanished: \(operands)" }
            if (a < b) != (x < y) || (a == b) != (x == y) { return "order: \(operands)" }
            if Dyadic(Magnitude.max(a, b)) != max(x, y) { return "max: \(operands)" }
            return nil
        }
        #expect(found == nil, "\(found ?? "")")
    }

    @Test func conversionsAreDirected() {
        let found = complaints(cases: 3000) { random in
            let a = Self.draw(&random)
            let upper = a.upperDouble
            if upper.isFinite, !(Dyadic(a) <= Dyadic(upper)) { return "upper double: \(a), \(upper)" }
            if upper > 0, Dyadic(upper.nextDown) >= Dyadic(a) { return "upper double is not the smallest: \(a)" }
            if !(Dyadic(a.lowerDouble) <= Dyadic(a)) { return "lower double: \(a)" }
            let shift = random.chance(1, of: 3) ? random.within(-1100...1100) : 0
            let value = Rational(BigInt(random.next() >> random.below(64)), BigInt(random.next() >> random.below(64)) + 1)
                * Rational.powerOfTwo(shift)
            let above = Magnitude(value).asRational ?? -1
            let below = Magnitude.lowerBound(of: -value).asRational ?? -1
            let factor = 1 + Rational.powerOfTwo(-50)
            guard below <= value, value <= above, above <= value * factor, value <= below * factor else {
                return "rational: \(value), \(below), \(above)"
            }
            return nil
        }
        #expect(found == nil, "\(found ?? "")")
    }

    @Test func edges() {
        #expect(Magnitude(-1.0) == .infinity)
        #expect(Magnitude(Double.nan) == .infinity)
        #expect(Magnitude(Double.infinity) == .infinity)
        #expect(Magnitude(-0.0).isZero)
        #expect(Dyadic(Magnitude(0x1p-1074)) == Dyadic(1, -1074))
        #expect(Magnitude.zero * .infinity == .infinity)
        #expect(Magnitude.powerOfTwo(3) / .zero == .infinity)
        #expect(Magnitude.powerOfTwo(3) / .infinity == .infinity)
        #expect(Magnitude.infinity / .powerOfTwo(3) == .infinity)
        #expect(Magnitude.zero / .powerOfTwo(3) == .zero)
        #expect(Magnitude.lowerDifference(.infinity, .zero) == .zero)
        #expect(Magnitude.infinity + .zero == .infinity)
        #expect(Magnitude.infinity.asRational == nil)
        #expect(Magnitude.powerOfTwo(.max) == .infinity)
        #expect(Magnitude.powerOfTwo(.min) == .leastPositive)
        #expect(Magnitude.leastPositive * .leastPositive == .leastPositive)
        #expect(Magnitude.powerOfTwo(-5000).upperDouble == 0x1p-1074)
        #expect(Magnitude.powerOfTwo(5000).upperDouble == .infinity)
        #expect(Magnitude.powerOfTwo(7).power(0) == .powerOfTwo(0))
        #expect(Magnitude.powerOfTwo(-1).power(10) == .powerOfTwo(-10))
        #expect(Magnitude.leastPositive < .powerOfTwo(-5000) && .zero < Magnitude.leastPositive)
    }
}
