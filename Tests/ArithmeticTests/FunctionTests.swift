import Exact
import Testing

@testable import Arithmetic

/// The elementary functions: an enclosure of f(x) at four times the precision, for a point x of the ball, must meet the
/// computed ball. (It is far thinner than the ball, and only a disjoint pair is certainly an error.)
struct FunctionTests {
    struct Function {
        let name: String
        let inDouble: (DoubleBall) -> DoubleBall
        let inBall: (Ball) -> Ball
        /// Independent of the implementation where that is a composition.
        let reference: (Ball) -> Ball
        /// Arguments near which the naive formula fails.
        let places: [Double]

        init(
            _ name: String, _ inDouble: @escaping (DoubleBall) -> DoubleBall, _ inBall: @escaping (Ball) -> Ball,
            places: [Double] = [], reference: ((Ball) -> Ball)? = nil
        ) {
            self.name = name
            self.inDouble = inDouble
            self.inBall = inBall
            self.places = places
            self.reference = reference ?? inBall
        }
    }

    static func one(_ x: Ball) -> Ball { Ball(Rational.one, bits: x.bits) }

    static var functions: [Function] { [
        Function("exp", { $0.exp() }, { $0.exp() }, places: [-745.2, -708, 709.7, -2000, 1e-300]),
        Function("expm1", { $0.expm1() }, { $0.expm1() }, places: [1e-300, -1e-10, 709, -50]),
        Function("log", { $0.log() }, { $0.log() }, places: [1, 1.0000001, 0x1p-1074, 1e300]),
        Function("log1p", { $0.log1p() }, { $0.log1p() }, places: [1e-300, -1e-17, -0.9999999, 1e300]),
        Function("sin", { $0.sin() }, { $0.sin() }, places: [3.14159265, 1e300, 1e-300, 1.5707963]),
        Function("cos", { $0.cos() }, { $0.cos() }, places: [3.14159265, 1e300, 1e-300, 1.5707963]),
        Function("sinh", { $0.sinh() }, { $0.sinh() }, places: [1e-300, 710, -709]),
        Function("cosh", { $0.cosh() }, { $0.cosh() }, places: [1e-300, 710, -709]),
        Function("tanh", { $0.tanh() }, { $0.tanh() }, places: [1e-300, 19, -30, 1e300]),
        Function("asinh", { $0.asinh() }, { $0.asinh() }, places: [1e-300, -1e300, -1e8]),
        Function("erf", { $0.erf() }, { $0.erf() }, places: [1e-300, 5.9, -27, 1e5]),
        Function(
            "sigmoid", { $0.sigmoid() }, { $0.sigmoid() }, places: [-745, -700, 37, 800],
            reference: { one($0) / (one($0) + (-$0).exp()) }),
        Function(
            "softplus", { $0.softplus() }, { $0.softplus() }, places: [-745, -700, -40, 40, 700],
            reference: { (one($0) + $0.exp()).log() }),
        Function(
            "power 3/2", { $0.power(Rational(3, 2)) }, { $0.power(Rational(3, 2)) }, places: [0x1p-690, 9, 1e250]),
        Function(
            "power -1/2", { $0.power(Rational(-1, 2)) }, { $0.power(Rational(-1, 2)) }, places: [0x1p-1063, 9, 1e300]),
        Function(
            "power -3/2", { $0.power(Rational(-3, 2)) }, { $0.power(Rational(-3, 2)) }, places: [0x1p-690, 9, 1e250]),
        Function("sqrt", { $0.sqrt() }, { $0.sqrt() }, places: [0x1p-1074, 9, 0x1p53 - 1, 1e300]),
        Function("power 2", { $0.power(2) }, { $0.power(2) }, places: [-0x1p-100, 3, 0x1.fffffffffffffp99]),
        Function("power 3", { $0.power(3) }, { $0.power(3) }, places: [-0x1p-100, 3, 0x1.fffffffffffffp99]),
        Function("power 4", { $0.power(4) }, { $0.power(4) }, places: [-0x1p-100, 3, 0x1.fffffffffffffp99]),
        Function("power 1/2", { $0.power(Rational(1, 2)) }, { $0.power(Rational(1, 2)) }, places: [0x1p-1063, 1e300]),
        Function(
            "power 1/3", { $0.power(Rational(1, 3)) }, { $0.power(Rational(1, 3)) }, places: [0x1p-1063, 8, 1e300]),
        Function(
            "power -5/2", { $0.power(Rational(-5, 2)) }, { $0.power(Rational(-5, 2)) }, places: [1e-100, 4, 1e200]),
    ] }

    private func check<E: TestedEnclosure>(_: E.Type, cases: Int, _ apply: (Function) -> (E) -> E) -> String? {
        for function in Self.functions {
            let found = complaints(cases: cases) { random in
                let bits = E.drawBits(&random)
                var argument = E.draw(&random, bits: bits, isCalm: true)
                if random.chance(1, of: 3), !function.places.isEmpty {
                    let place = E(exactly: function.places[random.below(function.places.count)], bits: bits)
                    argument = argument.isExact ? place : place.widened(by: place.magnitude.scaled(byPowerOfTwo: -random.within(2...60)))
                }
                let result = apply(function)(argument)
                guard let bounds = result.exactBounds, let set = argument.exactBounds else { return nil }
                let x = set.point(&random).asRational
                // The compositions cancel: log(1 + exp(-700)) needs 1010 bits more.
                let extra = Swift.abs(x.approximation) < 2000 ? Int(3 * Swift.abs(x.approximation)) : 0
                let point = Ball(x, bits: 4 * bits + 64 + extra)
                guard let exact = function.reference(point).exactBounds else { return nil }
                guard !bounds.isDisjoint(from: exact) else {
                    return """
                        \(function.name): the exact value is outside
                          argument: \(argument.exactForm)
                          point: \(x)
                          exact: \(exact)
                          result: \(result.exactForm)
                        """
                }
                return nil
            }
            if let found { return found }
        }
        return nil
    }

    @Test func doubleBalls() {
        let found = check(DoubleBall.self, cases: 800) { $0.inDouble }
        #expect(found == nil, "\(found ?? "")")
    }

    @Test func balls() {
        let found = check(Ball.self, cases: 400) { $0.inBall }
        #expect(found == nil, "\(found ?? "")")
    }

    /// At an exact point the relative radius stays near the unit roundoff, also where the naive formula cancels.
    @Test func thinNearHardPlaces() {
        for (name, x) in [
            ("exp", -700.0), ("expm1", 1e-300), ("expm1", -1e-10), ("log", 1.0000001), ("log1p", 1e-300),
            ("log1p", -1e-17), ("sin", 1e-300), ("sinh", 1e-300), ("tanh", 1e-300), ("tanh", -30), ("asinh", -1e-200),
            ("erf", 1e-300), ("sigmoid", -700), ("sigmoid", 37), ("softplus", -700), ("softplus", 700),
            ("power 1/3", 1e300), ("power -5/2", 1e-100),
        ] {
            let function = Self.functions.first { $0.name == name }!
            let inDouble = function.inDouble(DoubleBall(exactly: x))
            #expect(inDouble.rad <= inDouble.mid.magnitude * 0x1p-51, "\(name)(\(x)) = \(inDouble.exactForm)")
            let inBall = function.inBall(Ball(exactly: x, bits: 200))
            #expect(inBall.radius <= inBall.magnitude.scaled(byPowerOfTwo: -198), "\(name)(\(x)) = \(inBall.exactForm)")
        }
    }

    /// Thin double balls on both sides of the width where one evaluation at the midpoint ends, at their endpoints.
    @Test func thinDoubleBalls() {
        for function in Self.functions {
            let found = complaints(cases: 300) { random in
                let scale = [-700, -100, -21, -20, -3, 0, 0, 0, 1, 2, 4, 100, 700][random.below(13)]
                let size = Double(sign: .plus, exponent: scale, significand: 1 + Double(random.next() >> 12) * 0x1p-52)
                let mid = random.chance(1, of: 3) ? -size : size
                let place = random.chance(1, of: 4) ? -random.within(0...230) : -random.within(17...56)
                let share = Double(sign: .plus, exponent: place, significand: 1 + Double(random.below(4)) / 4)
                let argument = DoubleBall(mid: mid, rad: share * (random.chance(1, of: 2) ? size : 1))
                let result = function.inDouble(argument)
                guard let bounds = result.exactBounds, let set = argument.exactBounds else { return nil }
                for x in [set.lower, set.upper, Dyadic(mid)] {
                    let extra = size < 2000 ? Int(3 * size) : 0
                    let point = Ball(x.asRational, bits: 400 + extra)
                    guard let exact = function.reference(point).exactBounds else { continue }
                    guard bounds.isDisjoint(from: exact) else { continue }
                    return "\(function.name)(\(argument.exactForm)) at \(x) is \(exact), not in \(result.exactForm)"
                }
                return nil
            }
            #expect(found == nil, "\(found ?? "")")
        }
    }

    /// One evaluation is nearly as sharp as two: against the width of the image at 200 bits.
    @Test func thinDoubleBallsAreSharp() {
        for function in Self.functions where !["sin", "cos", "cosh"].contains(function.name) {
            for (mid, rad) in [(0.3, 0x1p-40), (0.3, 0x1p-54), (1.7, 0x1p-22), (2.6, 0x1p-52), (5.1, 0x1p-30)] {
                let result = function.inDouble(DoubleBall(mid: mid, rad: rad))
                let image = function.inBall(Ball(exactly: mid, bits: 200).widened(by: Magnitude(rad)))
                let sharp = image.radius.upperDouble
                let allowed = 1.006 * sharp + 3.1 * 0x1p-53 * result.mid.magnitude
                #expect(result.rad <= allowed, "\(function.name) \(mid) \(rad)")
            }
        }
        for x in [4.0, 2.25, 0x1p300, 49] { #expect(DoubleBall(exactly: x).sqrt().isExact) }
        for x in [3.0, -1.5, 1000] {
            for n in 2...4 { #expect(DoubleBall(exactly: x).power(n).isExact) }
        }
        #expect(DoubleBall(exactly: 1).log().isExact && DoubleBall(exactly: 0).log1p().isExact)
    }

    /// Bounded functions leave their bounds by one place at most where they saturate, and thin balls stay thin.
    @Test func saturationAndThinness() {
        for k in 0...400 {
            let x = DoubleBall(mid: Double(k) / 8, rad: 0x1p-30)
            #expect(x.tanh().upperEndpoint <= 1 + 0x1p-52 && x.sigmoid().upperEndpoint <= 1 + 0x1p-52)
            #expect((-x).tanh().lowerEndpoint >= -1 - 0x1p-52 && (-x).sigmoid().isCertainlyNonNegative)
            #expect((-x).exp().isCertainlyPositive)
            // One evaluation is nearly as sharp as the two endpoints.
            #expect(x.tanh().rad <= x.rad + 0x1p-52 && x.sigmoid().rad <= x.rad / 4 * (1 + 0x1p-20) + 0x1p-52)
            #expect(x.exp().rad <= x.exp().mid * (0x1p-30 + 0x1p-50))
        }
    }

    /// Twice the bits never give a wider ball, at an exact argument.
    @Test func moreBitsNeverWiden() {
        for function in Self.functions {
            let found = complaints(cases: 30) { random in
                let x = Double(random.within(1...1000)) / 64
                var last = Magnitude.infinity
                for bits in [16, 32, 64, 128, 256] {
                    let result = function.inBall(Ball(exactly: x, bits: bits))
                    // Fewer bits may meet an exact value by luck (0.0625^(-5/2) = 1024). One rounding is always allowed:
                    // a unit in the last place, and what covers the radius's own rounding.
                    let oneRounding = result.magnitude.scaled(byPowerOfTwo: 2 - bits)
                    if result.radius > last && result.radius > oneRounding { return "\(function.name)(\(x)) widens at \(bits) bits: \(result.exactForm)" }
                    last = result.radius
                }
                return nil
            }
            #expect(found == nil, "\(found ?? "")")
        }
    }
}
