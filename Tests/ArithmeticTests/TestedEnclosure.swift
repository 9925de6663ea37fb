import CKernels
import CMPFR
import Exact

@testable import Arithmetic

/// What the containment tests need of a tier: trouble-seeking generators and exact bounds.
protocol TestedEnclosure: Enclosure {
    /// `isCalm`: exponents near 0 and no missing information, for functions and long sums.
    static func draw(_ random: inout TestRandom, bits: Int, isCalm: Bool) -> Self
    static func drawBits(_ random: inout TestRandom) -> Int
    /// nil without information.
    var exactBounds: DyadicInterval? { get }
    /// Midpoint and radius, exactly.
    var exactForm: String { get }
}

extension DoubleBall: TestedEnclosure {
    static func drawBits(_ random: inout TestRandom) -> Int { 53 }

    static func draw(_ random: inout TestRandom, bits: Int, isCalm: Bool) -> DoubleBall {
        let mid = drawMidpoint(&random, isCalm)
        return DoubleBall(mid: mid, rad: drawRadius(&random, mid, isCalm))
    }

    private static func drawMidpoint(_ random: inout TestRandom, _ isCalm: Bool) -> Double {
        let sign: Double = random.chance(1, of: 2) ? 1 : -1
        let fraction = 1 + Double(random.next() >> 12) * 0x1p-52
        switch random.below(isCalm ? 6 : 12) {
        case 0: return 0
        case 1: return sign * Double(random.below(20))
        case 2: return sign * scalbn(1, random.within(-8...8))
        case 3: return sign * scalbn(1, random.within(-8...8)).nextDown
        case 4, 5: return sign * scalbn(fraction, random.within(-6...6))
        case 6: return sign * scalbn(fraction, random.within(-1022...1023))
        case 7: return sign * scalbn(fraction, random.within(1018...1023))
        case 8: return sign * Double(bitPattern: random.next() >> 12)
        case 9: return sign * Double(bitPattern: UInt64(random.below(4)))
        case 10: return sign * scalbn(fraction, random.within(-545...(-480)))
        default: return sign * scalbn(fraction, random.within(490...520))
        }
    }

    private static func drawRadius(_ random: inout TestRandom, _ mid: Double, _ isCalm: Bool) -> Double {
        let fraction = 1 + Double(random.next() >> 12) * 0x1p-52
        let size = mid.magnitude
        switch random.below(isCalm ? 8 : 12) {
        case 0, 1: return 0
        case 2, 3: return size.ulp * Double(random.within(1...4))
        case 4: return size * scalbn(fraction, random.within(-50...(-1)))
        case 5: return size
        case 6: return size.nextDown < 0 ? 0 : size.nextDown
        case 7: return scalbn(fraction, random.within(-60...2))
        case 8: return Double(bitPattern: UInt64(random.below(4)))
        case 9: return scalbn(fraction, random.within(-1022...1023))
        case 10: return scalbn(fraction, random.within(-560...(-480)))
        default: return .infinity
        }
    }

    var exactBounds: DyadicInterval? {
        guard mid.isFinite, rad.isFinite else { return nil }
        return DyadicInterval(lower: Dyadic(mid) - Dyadic(rad), upper: Dyadic(mid) + Dyadic(rad))
    }

    var exactForm: String {
        "mid \(mid) (0x\(String(mid.bitPattern, radix: 16))) rad \(rad) (0x\(String(rad.bitPattern, radix: 16)))"
    }
}

private func scalbn(_ x: Double, _ exponent: Int) -> Double {
    x * Double(sign: .plus, exponent: exponent, significand: 1)
}

extension Ball: TestedEnclosure {
    static func drawBits(_ random: inout TestRandom) -> Int {
        [53, 64, 65, 128, 192, 256, 320, 384, 448, 512, 576, 768, 1024, 1536][random.below(14)]
    }

    static func draw(_ random: inout TestRandom, bits: Int, isCalm: Bool) -> Ball {
        var integer = BigInt(0)
        var exponent = random.within(-6...6) - bits
        switch random.below(6) {
        case 0: break
        case 1:
            integer = BigInt(random.within(-20...20))
            exponent = 0
        case 2: integer = BigInt(1) << bits
        case 3: integer = (BigInt(1) << bits) - 1
        default:
            for _ in 0...(bits / 64) { integer = (integer << 64) + BigInt(random.next()) }
            integer >>= random.within(0...40)
        }
        if random.chance(1, of: 2) { integer = -integer }
        if !isCalm {
            // Exact references with exponents of a million take milliseconds each: a few are enough.
            switch random.below(2000) {
            case 0: exponent += random.within(-1_000_000...1_000_000)
            case 1...200: exponent += random.within(-3000...3000)
            default: break
            }
        }
        let ball = Ball(Rational(integer), bits: bits).midpoint.applying { fb_ball_shift($0, $1, exponent, $2) }
        return ball.widened(by: drawRadius(&random, ball.magnitude, bits, isCalm))
    }

    private static func drawRadius(
        _ random: inout TestRandom, _ size: Magnitude, _ bits: Int, _ isCalm: Bool
    ) -> Magnitude {
        let fraction = Magnitude(1 + Double(random.next() >> 12) * 0x1p-52)
        let place = size.isZero ? 0 : size.exponent
        switch random.below(isCalm ? 8 : 12) {
        case 0, 1: return .zero
        case 2, 3: return .powerOfTwo(place - bits)
        case 4: return (fraction * size).scaled(byPowerOfTwo: random.within(-bits...(-1)))
        case 5: return size
        case 6: return Magnitude.lowerDifference(size, size.scaled(byPowerOfTwo: -52))
        case 7: return fraction.scaled(byPowerOfTwo: random.within((-bits - 10)...2))
        case 8: return fraction.scaled(byPowerOfTwo: random.within(-3000...3000))
        case 9: return fraction.scaled(byPowerOfTwo: place - random.within(0...3 * bits))
        case 10: return fraction.scaled(byPowerOfTwo: -7000)
        default: return .infinity
        }
    }

    /// The midpoint, without writing out its exponent.
    var exactMidpoint: Dyadic {
        if element.sign == 0 { return Dyadic(0) }
        return BallElement.withMidpoint(element) { pointer in
            let x = pointer.pointee
            let count = element.limbCount
            let size = BigUInt(words: (0..<count).map { UInt(x._mpfr_d[$0]) })
            return Dyadic(BigInt(sign: x._mpfr_sign < 0 ? .minus : .plus, magnitude: size), x._mpfr_exp - 64 * count)
        }
    }

    var exactBounds: DyadicInterval? {
        // Beyond exponents of 2^24 the digits would not fit.
        guard element.midpoint != nil, radius.asRational != nil else { return nil }
        let r = Dyadic(radius)
        return DyadicInterval(lower: exactMidpoint - r, upper: exactMidpoint + r)
    }

    var exactForm: String { "mid \(exactMidpoint) rad \(radius), \(bits) bits" }
}

extension Dyadic {
    /// The exact value of a finite magnitude.
    init(_ value: Magnitude) {
        self.init(BigInt(Int(value.mantissa * 0x1p53)), value.exponent - 53)
    }
}
