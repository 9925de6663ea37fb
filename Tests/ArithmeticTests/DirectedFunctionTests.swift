import CKernels
import CMPFR
import Testing

/// The functions of a double are correctly rounded in every direction, at hard places too: an enclosure by MPFR at many
/// bits rounds to the same doubles.
struct DirectedFunctionTests {
    typealias Number = UnsafeMutablePointer<__mpfr_struct>

    struct Function: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let inDouble: @Sendable (Double, Int32) -> Double
        /// Sets the number to f of it, rounded as told.
        let reference: @Sendable (Number, mpfr_rnd_t) -> Void

        init(
            _ name: String, _ inDouble: @escaping @Sendable (Double, Int32) -> Double,
            _ reference: @escaping @Sendable (Number, mpfr_rnd_t) -> Void
        ) {
            testDescription = name
            self.inDouble = inDouble
            self.reference = reference
        }
    }

    static let functions = [
        Function("exp", fb_exp) { mpfr_exp($0, $0, $1) },
        Function("expm1", fb_expm1) { mpfr_expm1($0, $0, $1) },
        Function("log", fb_log) { mpfr_log($0, $0, $1) },
        Function("log1p", fb_log1p) { mpfr_log1p($0, $0, $1) },
        Function("sinh", fb_sinh) { mpfr_sinh($0, $0, $1) },
        Function("cosh", fb_cosh) { mpfr_cosh($0, $0, $1) },
        Function("tanh", fb_tanh) { mpfr_tanh($0, $0, $1) },
        Function("sqrt", fb_sqrt) { mpfr_sqrt($0, $0, $1) },
        Function("sigmoid", fb_sigmoid) { x, rounding in
            // 1/(1 + exp(-x)): the inner steps round the other way.
            let inward = rounding == MPFR_RNDU ? MPFR_RNDD : MPFR_RNDU
            mpfr_neg(x, x, MPFR_RNDN)
            mpfr_exp(x, x, inward)
            mpfr_add_ui(x, x, 1, inward)
            mpfr_ui_div(x, 1, x, rounding)
        },
        Function("softplus", fb_softplus) { x, rounding in
            mpfr_exp(x, x, rounding)
            mpfr_log1p(x, x, rounding)
        },
    ]

    static let places: [Double] = [
        0, 1, 0.5, 2, 4, 0x1p-55, 0x1p-54, 0x1p-53, 0x1p-28, 0x1p-27, 0x1p-26, 0x1p-22, 0x1p-21, 0x1p-20, 0x1p-7,
        18.7, 19.07, 20, 36.7, 37, 37.5, 38, 0.6931471805599453, 707.9, 708, 708.4, 709.78, 710.4, 744.4, 745.13, 745.2,
        746, 0x1p-1074, 0x1p-1022, 0x1p-1060, 0x1p52, 0x1p53, 0x1p75, 1e300, .greatestFiniteMagnitude, .infinity,
    ]

    static func argument(_ random: inout TestRandom) -> Double {
        let uniform = Double(random.next() >> 11) * 0x1p-53
        let sign: Double = random.chance(1, of: 2) ? 1 : -1
        switch random.below(8) {
        case 0: return Double(bitPattern: random.next())
        case 1: return sign * uniform * 750
        case 2: return sign * uniform * 40
        case 3: return sign * Double(sign: .plus, exponent: -random.below(60), significand: uniform)
        case 4: return 1 + sign * Double(sign: .plus, exponent: -random.below(60), significand: uniform)
        case 5: return sign * Double(sign: .plus, exponent: random.within(-1074...1023), significand: 1)
        case 6: return sign * Double(random.below(4000)) / 64
        default:
            var place = places[random.below(places.count)]
            for _ in 0..<random.below(4) { place = sign > 0 ? place.nextUp : place.nextDown }
            return random.chance(1, of: 2) ? place : -place
        }
    }

    /// What is wrong with f(x): the directed results are the ends of an enclosure by MPFR, rounded outward, and the
    /// nearest one is an end rounded to nearest. (The ends agree but where MPFR overflows. Below the normal range it is
    /// one of the directed results.)
    static func complaint(_ function: Function, _ x: Double, bits: Int) -> String? {
        let (low, high) = (Reference(bits: bits), Reference(bits: bits))
        for (number, rounding) in [(low.value, MPFR_RNDD), (high.value, MPFR_RNDU)] {
            mpfr_set_d(number, x, MPFR_RNDN)
            function.reference(number, rounding)
        }
        if mpfr_nan_p(low.value) != 0 { return function.inDouble(x, -1).isNaN ? nil : "f(\(x)) is a number" }
        let upper = mpfr_get_d(high.value, MPFR_RNDU), lower = mpfr_get_d(low.value, MPFR_RNDD)
        let isNormal = min(upper.magnitude, lower.magnitude) >= .leastNormalMagnitude
        let nearest =
            isNormal ? mpfr_get_d(low.value, MPFR_RNDN)...mpfr_get_d(high.value, MPFR_RNDN) : lower...upper
        let (up, down, near) = (function.inDouble(x, 1), function.inDouble(x, 0), function.inDouble(x, -1))
        guard up == upper, down == lower, nearest.contains(near) else {
            return "f(\(x)): \(down), \(near), \(up) instead of \(lower), \(nearest), \(upper)"
        }
        return nil
    }

    /// 200 bits, or as many as keep the sum in 1 + exp(x) exact enough.
    static func bits(_ function: Function) -> Int {
        ["sigmoid", "softplus"].contains(function.testDescription) ? 1300 : 200
    }

    @Test(arguments: functions) func isCorrectlyRounded(_ function: Function) {
        let found = complaints(cases: 4000) { random in
            var x = Self.argument(&random)
            // Where the reference would need more bits, or an exponent that MPFR has not: the other tests cover these.
            if function.testDescription == "softplus" && x.magnitude > 750 {
                x = x.truncatingRemainder(dividingBy: 750)
            }
            return x.isNaN ? nil : Self.complaint(function, x, bits: Self.bits(function))
        }
        #expect(found == nil, "\(found ?? "")")
    }

    @Test(arguments: functions) func isCorrectlyRoundedAtHardPlaces(_ function: Function) {
        for place in Self.places where function.testDescription != "softplus" || place < 750 {
            for x in [place.nextDown, place, place.nextUp, -place.nextUp, -place, -place.nextDown] {
                let found = Self.complaint(function, x, bits: Self.bits(function))
                #expect(found == nil, "\(found ?? "")")
            }
        }
    }

    @Test func softplusFarOut() {
        for x in [1e3, 1e300, .greatestFiniteMagnitude] {
            #expect(fb_softplus(x, 0) == x && fb_softplus(x, -1) == x && fb_softplus(x, 1) == x.nextUp)
            #expect(fb_softplus(-x, 0) == 0 && fb_softplus(-x, 1) == 0x1p-1074)
        }
        #expect(fb_softplus(.infinity, 0) == .infinity && fb_softplus(-.infinity, 1) == 0)
    }
}
