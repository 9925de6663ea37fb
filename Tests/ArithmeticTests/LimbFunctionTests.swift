import CKernels
import CMPFR
import Testing

/// exp and log on limbs against MPFR at four times the precision: the proved bound holds exactly, without tolerance.
struct LimbFunctionTests {
    typealias Limbs = [mp_limb_t]

    /// Mantissas that aim at carries: random, a power of two, all ones, sparse, with trailing zeros.
    static func mantissa(_ random: inout TestRandom, limbs n: Int) -> Limbs {
        let kind = random.below(8)
        var limbs = (0..<n).map { _ in mp_limb_t(random.next()) }
        for k in 0..<n {
            switch kind {
            case 0: limbs[k] = 0
            case 1: limbs[k] = .max
            case 2: if random.chance(2, of: 3) { limbs[k] = 0 }
            case 3: if random.chance(2, of: 3) { limbs[k] = .max }
            case 4: if k < n / 2 { limbs[k] = 0 }
            default: break
            }
        }
        limbs[n - 1] |= 1 << 63
        return limbs
    }

    /// The bits of x moved down by `count` places, below a leading one: 1 + a small number, as a mantissa.
    static func movedDown(_ x: Limbs, by count: Int) -> Limbs {
        var moved = Limbs(repeating: 0, count: x.count)
        for k in 0..<x.count {
            let from = k + count / 64, bits = count % 64
            let low = from < x.count ? x[from] : 0
            let high = from + 1 < x.count ? x[from + 1] : 0
            moved[k] = bits == 0 ? low : low >> bits | high << (64 - bits)
        }
        moved[x.count - 1] |= 1 << 63
        return moved
    }

    /// Calls `body` with +-0.limbs * 2^exponent as a number of MPFR.
    static func withNumber<R>(
        _ limbs: Limbs, _ exponent: Int, isNegative: Bool = false, _ body: (UnsafePointer<__mpfr_struct>) -> R
    ) -> R {
        var limbs = limbs
        return limbs.withUnsafeMutableBufferPointer { buffer in
            var number = __mpfr_struct()
            number._mpfr_prec = 64 * buffer.count
            number._mpfr_sign = isNegative ? -1 : 1
            number._mpfr_exp = exponent
            number._mpfr_d = buffer.baseAddress
            return body(&number)
        }
    }

    /// Whether z, off by at most `bound` units in its last place, can be f(x); f is enclosed at `bits`.
    static func isWithin(
        _ bound: Int32, _ z: Limbs, _ exponent: Int, isNegative: Bool, bits: Int,
        _ function: (UnsafeMutablePointer<__mpfr_struct>, mpfr_rnd_t) -> Void
    ) -> Bool {
        let (low, high, end) = (Reference(bits: bits), Reference(bits: bits), Reference(bits: 64 * z.count + 64))
        function(low.value, MPFR_RNDD)
        function(high.value, MPFR_RNDU)
        let unit = Reference(bits: 64)
        mpfr_set_si_2exp(unit.value, Int(bound), exponent - 64 * z.count, MPFR_RNDN)
        return withNumber(z, exponent, isNegative: isNegative) { number in
            // The two ends are exact: 64 bits more than z has.
            let exactBelow = mpfr_sub(end.value, number, unit.value, MPFR_RNDN) == 0
            let isAbove = mpfr_cmp3(low.value, end.value, 1) >= 0
            let exactAbove = mpfr_add(end.value, number, unit.value, MPFR_RNDN) == 0
            return exactBelow && isAbove && exactAbove && mpfr_cmp3(high.value, end.value, 1) <= 0
        }
    }

    @Test(arguments: 1...8) func expKeepsItsBound(limbs n: Int) {
        let found = complaints(cases: 3000) { random in
            let x = Self.mantissa(&random, limbs: n)
            let exponent = random.chance(1, of: 3) ? 29 - random.below(64 * n + 40) : random.within(-8...11)
            let isNegative = random.chance(1, of: 2)
            // z may be x.
            var z = x
            var e = 0
            let bound = z.withUnsafeMutableBufferPointer { z in
                fb_exp_limbs(z.baseAddress!, &e, z.baseAddress!, exponent, isNegative ? 1 : 0, n)
            }
            if bound <= 0 { return "not handled: \(x) \(exponent)" }
            let holds = Self.withNumber(x, exponent, isNegative: isNegative) { x in
                Self.isWithin(bound, z, e, isNegative: false, bits: 256 * n) { mpfr_exp($0, x, $1) }
            }
            return holds && z[n - 1] >> 63 == 1 ? nil : "exp, negative \(isNegative), \(x) 2^\(exponent) = \(z) 2^\(e)"
        }
        #expect(found == nil, "\(found ?? "")")
    }

    @Test(arguments: 1...8) func logKeepsItsBound(limbs n: Int) {
        let found = complaints(cases: 3000) { random in
            var x = Self.mantissa(&random, limbs: n)
            var exponent = random.within(-10...10)
            switch random.below(6) {
            case 0: exponent = random.within(-1_000_000_000...1_000_000_000)
            case 1:
                // 1 + a number of every size.
                x = Self.movedDown(x, by: random.within(1...64 * n - 1))
                exponent = 1
            case 2:
                // 1 - a number of every size.
                x = Self.movedDown(x, by: random.within(1...64 * n - 1)).map { ~$0 }
                x[n - 1] |= 1 << 63
                exponent = 0
            default: break
            }
            let isOne = exponent == 1 && x.dropLast().allSatisfy { $0 == 0 } && x[n - 1] == 1 << 63
            var z = x
            var e = 0
            var negative: Int32 = 0
            let bound = z.withUnsafeMutableBufferPointer { z in
                fb_log_limbs(z.baseAddress!, &e, &negative, z.baseAddress!, exponent, n)
            }
            if isOne { return bound == 0 ? nil : "log(1) has no relative accuracy" }
            if bound <= 0 { return "not handled: \(x) \(exponent)" }
            let holds = Self.withNumber(x, exponent) { x in
                Self.isWithin(bound, z, e, isNegative: negative != 0, bits: 256 * n) { mpfr_log($0, x, $1) }
            }
            return holds && z[n - 1] >> 63 == 1 ? nil : "log, \(x) 2^\(exponent) = \(z) 2^\(e), negative \(negative)"
        }
        #expect(found == nil, "\(found ?? "")")
    }

    @Test func argumentsOutOfRangeAreRefused() {
        var e = 0
        var x: Limbs = [0, 1 << 63]
        #expect(fb_exp_limbs(&x, &e, [0, 1 << 63], 30, 0, 2) == 0)
        #expect(fb_exp_limbs(&x, &e, [0, 1 << 63], 0, 0, 0) == 0)
        #expect(fb_exp_limbs(&x, &e, Limbs(repeating: 1 << 63, count: 9), 0, 0, 9) == 0)
        var negative: Int32 = 0
        #expect(fb_log_limbs(&x, &e, &negative, Limbs(repeating: 1 << 63, count: 9), 0, 9) == 0)
        // Far below the last place of 1.
        #expect(fb_exp_limbs(&x, &e, [0, 1 << 63], -1_000_000, 1, 2) == 1 && x == [0, 1 << 63] && e == 1)
    }

    /// Whether the limbs are 2^(64 count) x rounded down.
    private func isRoundedDown(_ x: Reference, _ limbs: UnsafePointer<mp_limb_t>, count: Int) -> Bool {
        mpfr_mul_2si(x.value, x.value, 64 * count, MPFR_RNDN)
        mpfr_rint(x.value, x.value, MPFR_RNDD)
        let (above, limb) = (Reference(bits: 2000), Reference(bits: 2000))
        for k in 0..<count {
            mpfr_div_2si(above.value, x.value, 64, MPFR_RNDN)
            mpfr_rint(above.value, above.value, MPFR_RNDD)
            mpfr_mul_2si(limb.value, above.value, 64, MPFR_RNDN)
            mpfr_sub(limb.value, x.value, limb.value, MPFR_RNDN)
            if mpfr_get_ui(limb.value, MPFR_RNDN) != limbs[k] { return false }
            fb_set(x.value, above.value, MPFR_RNDN)
        }
        return fb_is_zero(x.value) != 0
    }

    @Test(arguments: [(7, 129), (14, 129), (21, 128)]) func everyLogarithmIsRoundedDown(bits: Int, count: Int) {
        for k in 0..<count {
            let x = Reference(bits: 2000)
            mpfr_set_ui_2exp(x.value, UInt(k), -bits, MPFR_RNDN)
            mpfr_log1p(x.value, x.value, MPFR_RNDN)
            #expect(isRoundedDown(x, fb_table_of_logs(Int32(bits), k)!, count: 9), "log(1 + \(k)/2^\(bits))")
        }
        #expect(fb_table_of_logs(Int32(bits), count) == nil)
    }

    @Test(arguments: [true, false]) func everyCoefficientIsRoundedDown(isFactorial: Bool) {
        var k = 1
        while let entry = fb_table_of_coefficients(isFactorial ? 1 : 0, k) {
            let x = Reference(bits: 2000)
            mpfr_set_ui_2exp(x.value, UInt(k + 1), 0, MPFR_RNDN)
            if isFactorial { mpfr_fac_ui(x.value, UInt(k + 1), MPFR_RNDN) }
            mpfr_ui_div(x.value, 1, x.value, MPFR_RNDN)
            mpfr_mul_2si(x.value, x.value, -20 * (k - 1), MPFR_RNDN)
            #expect(isRoundedDown(x, entry, count: 8), "coefficient \(k)")
            k += 1
        }
        #expect(k > 20)
    }
}

/// A number of MPFR for the tests' own computations.
final class Reference {
    let value = UnsafeMutablePointer<__mpfr_struct>.allocate(capacity: 1)

    init(bits: Int) {
        mpfr_init2(value, bits)
    }

    deinit {
        mpfr_clear(value)
        value.deallocate()
    }
}
