import CKernels
import Exact
import Testing

@testable import Arithmetic

/// Whole products beside dot products of the same balls: both enclose the exact result, and the whole product is at
/// most 17/16 as wide and a unit in the last place wider.
struct FixedPointTests {
    /// What a matrix or a series is drawn from: exponents fall by `slope` per place and lie within `spread` bits.
    struct Style {
        let bits: Int
        let slope: Int
        let spread: Int
        let radii: Int
        /// Of 8 balls, so many are negative.
        let negatives: Int
        let hasOddities: Bool

        init(_ random: inout TestRandom, bits: Int) {
            self.bits = bits
            slope = random.within(-3...3)
            spread = [0, 4, 40, 70, 300, 3000][random.below(6)]
            radii = random.below(5)
            negatives = [0, 4, 8][random.below(3)]
            hasOddities = random.chance(2, of: 3)
        }

        init(bits: Int, radii: Int) {
            self.bits = bits
            self.radii = radii
            slope = 0
            spread = 4
            negatives = 4
            hasOddities = false
        }

        func draw(_ random: inout TestRandom, place: Int = 0) -> Ball {
            let exponent = -slope * place - random.below(spread + 1)
            var mantissa = BigInt(0)
            for _ in 0..<bits / 64 { mantissa = (mantissa << 64) + BigInt(random.next()) }
            var size = Magnitude.powerOfTwo(exponent)
            var ulps = Magnitude(1 + Double(random.below(100)) / 16).scaled(byPowerOfTwo: exponent - bits)
            if hasOddities {
                switch random.below(40) {
                case 0...2: mantissa = 0
                case 3: mantissa = BigInt(random.within(0...9)) << (bits - 4)
                case 4: mantissa = (BigInt(1) << bits) - 1
                case 5: mantissa = BigInt(1) << (bits - 1)
                case 6: ulps = ulps.scaled(byPowerOfTwo: random.within(-700...200))
                case 7: size = size.scaled(byPowerOfTwo: random.within(-3000...3000))
                case 8: if random.chance(1, of: 20) { return .noInformation(bits: bits) }
                default: break
                }
            }
            if random.chance(negatives, of: 8) { mantissa = -mantissa }
            let midpoint = Ball(Rational(mantissa), bits: bits)
                .applying { fb_ball_shift($0, $1, exponent - bits, $2) }
            switch radii {
            case 0: return midpoint
            case 1: return random.chance(1, of: 2) ? midpoint : midpoint.widened(by: ulps)
            case 2: return midpoint.widened(by: size.scaled(byPowerOfTwo: -random.below(bits)))
            default: return midpoint.widened(by: ulps)
            }
        }
    }

    static let precisions = [64, 128, 192, 256, 320]

    /// What is wrong with `found` as an enclosure of `exact` (nil: no information), where dot products give `dots`.
    static func complaint(_ found: Ball, dots: Ball, exact: Dyadic?) -> String? {
        let forms = "\(found.exactForm), by dots \(dots.exactForm)"
        guard let bounds = found.exactBounds, let others = dots.exactBounds else {
            return found.isFinite == dots.isFinite ? nil : "information is lost or made: \(forms)"
        }
        guard let exact else { return "missing information is cleared: \(forms)" }
        guard bounds.contains(exact) else { return "\(exact) is not in \(forms)" }
        guard others.contains(exact) else { return "dots do not contain \(exact): \(forms)" }
        if dots.isExact && !found.isExact { return "not exact: \(forms)" }
        let exponent = BallElement.with(found.element) { $0.pointee.exponent }
        let unit = Dyadic(1, exponent - found.bits)
        // The last factor is for the roundings of the radii.
        let limit = Dyadic(dots.radius) * Dyadic(17, -4) * Dyadic(BigInt(1) << 20 + 1, -20) + unit
        guard found.isExact || Dyadic(found.radius) <= limit else { return "too wide: \(forms)" }
        return nil
    }

    static func matrix(_ random: inout TestRandom, _ rows: Int, _ columns: Int, _ style: Style) -> BallMatrix<Ball> {
        let matrix = BallMatrix<Ball>(rows: rows, columns: columns, bits: style.bits)
        for i in 0..<rows {
            for j in 0..<columns { matrix[i, j] = style.draw(&random, place: i + j) }
        }
        return matrix
    }

    /// Points of all entries; nil without information.
    static func points(_ matrix: borrowing BallMatrix<Ball>, _ random: inout TestRandom) -> [[Dyadic?]] {
        (0..<matrix.rows).map { i in (0..<matrix.columns).map { matrix[i, $0].exactBounds?.point(&random) } }
    }

    static func sum(_ terms: some Sequence<(Dyadic?, Dyadic?)>) -> Dyadic? {
        terms.reduce(Dyadic(0)) { sum, term in
            guard let sum, let x = term.0, let y = term.1 else { return nil }
            return sum + x * y
        }
    }

    @Test func matrices() {
        let found = complaints(cases: 60) { random in
            let sizes = (0..<3).map { _ in [0, 1, 5, 12, 12, 13, 13, 14, 15][random.below(9)] }
            let bits = Self.precisions[random.below(5)]
            let other = random.chance(7, of: 8) ? bits : Self.precisions[random.below(5)]
            let a = Self.matrix(&random, sizes[0], sizes[1], Style(&random, bits: bits))
            let b = Self.matrix(&random, sizes[1], sizes[2], Style(&random, bits: other))
            let c = a.times(b)
            let dots = BallMatrix<Ball>(rows: a.rows, columns: b.columns, bits: c.bits)
            a.multiplyByDots(b, into: dots.span)
            let (x, y) = (Self.points(a, &random), Self.points(b, &random))
            for i in 0..<c.rows {
                for j in 0..<c.columns {
                    let exact = Self.sum((0..<a.columns).map { (x[i][$0], y[$0][j]) })
                    if let wrong = Self.complaint(c[i, j], dots: dots[i, j], exact: exact) {
                        return "\(sizes), entry \(i), \(j): \(wrong)"
                    }
                }
            }
            return nil
        }
        #expect(found == nil, "\(found ?? "")")
    }

    @Test func series() {
        let found = complaints(cases: 200) { random in
            let bits = Self.precisions[random.below(5)]
            let orders = (0..<2).map { _ in [0, 1, 3, 19, 20, 24, 30, 33][random.below(8)] }
            let style = Style(&random, bits: bits)
            let a = BallSeries<Ball>(order: orders[0], bits: bits)
            let b = BallSeries<Ball>(order: orders[1], bits: bits)
            for j in 0...orders[0] { a[j] = style.draw(&random, place: j) }
            let otherStyle = random.chance(1, of: 2) ? style : Style(&random, bits: bits)
            for j in 0...orders[1] { b[j] = otherStyle.draw(&random, place: j) }
            let isSquare = random.chance(1, of: 3)
            let c = isSquare ? a.squared() : a.times(b)
            let x = (0...a.order).map { a[$0].exactBounds?.point(&random) }
            let y = isSquare ? x : (0...b.order).map { b[$0].exactBounds?.point(&random) }

            let count = c.order + 1
            let work = BallVector<Ball>(count: 3 * count, bits: bits)
            for j in 0..<count {
                work.span[j] = a[j]
                work.span[count + j] = isSquare ? a[j] : b[j]
            }
            for j in 0..<count {
                if isSquare {
                    work.span.squareCoefficient(j, 2 * count, 0)
                } else {
                    work.span.productCoefficient(j, 2 * count, 0, count)
                }
                let exact = Self.sum((0...j).map { (x[$0], y[j - $0]) })
                if let wrong = Self.complaint(c[j], dots: work.span[2 * count + j], exact: exact) {
                    return "orders \(orders), square: \(isSquare), coefficient \(j): \(wrong)"
                }
            }
            return nil
        }
        #expect(found == nil, "\(found ?? "")")
    }

    /// Calm balls with radii go through fixed point, which rounds otherwise than dot products; exact balls whose
    /// midpoints do not fit go through dot products.
    @Test func radiiDecide() {
        var random = TestRandom(seed: TestSettings.seed)
        for bits in Self.precisions {
            for radii in [0, 3] {
                let a = Self.matrix(&random, 14, 14, Style(bits: bits, radii: radii))
                let b = Self.matrix(&random, 14, 14, Style(bits: bits, radii: radii))
                let c = a.times(b)
                let dots = BallMatrix<Ball>(rows: 14, columns: 14, bits: bits)
                a.multiplyByDots(b, into: dots.span)
                var differences = 0
                for i in 0..<14 {
                    for j in 0..<14 where c[i, j].radius != dots[i, j].radius { differences += 1 }
                }
                #expect((differences > 0) == (radii == 3 && bits <= 256), "\(bits) bits, radii \(radii)")
            }
        }
    }

    /// A B - (A + 1) (B - 2^150) loses 100 of 500 bits, and 400 do not fit.
    @Test func exactSumsThatCancelAreCutOff() {
        let one = BigInt(1)
        let (a, b) = ((one << 250) / 3, (one << 250) / 7)
        let left = BallMatrix<Ball>(rows: 12, columns: 12, bits: 256)
        let right = BallMatrix<Ball>(rows: 12, columns: 12, bits: 256)
        left[0, 0] = Ball(Rational(a), bits: 256)
        left[0, 1] = Ball(Rational(a + 1), bits: 256)
        right[0, 0] = Ball(Rational(b), bits: 256)
        right[1, 0] = Ball(Rational((one << 150) - b), bits: 256)
        let entry = left.times(right)[0, 0]
        #expect(entry.exactBounds!.contains(Dyadic(a * b - (a + 1) * (b - (one << 150)), 0)))
        #expect(!entry.isExact && entry.radius < .powerOfTwo(400 - 250))
    }

    @Test func integersStayExact() {
        var random = TestRandom(seed: TestSettings.seed)
        let a = (0..<13).map { _ in (0..<15).map { _ in random.within(-9...9) } }
        let b = (0..<15).map { _ in (0..<12).map { _ in random.within(-9...9) } }
        for bits in Self.precisions {
            let x = BallMatrix<Ball>(a.map { $0.map { Rational($0) } }, bits: bits)
            let y = BallMatrix<Ball>(b.map { $0.map { Rational($0) } }, bits: bits)
            let product = x.times(y)
            for i in 0..<13 {
                for j in 0..<12 {
                    let exact = (0..<15).reduce(0) { $0 + a[i][$1] * b[$1][j] }
                    #expect(product[i, j].isExact && product[i, j].lowerBound == Rational(exact))
                }
            }
        }
    }
}
