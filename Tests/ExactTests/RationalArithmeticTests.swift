import Exact
import Testing

@Test func rationalsFormAnOrderedField() {
    var random = SplitMix(seed: 1)
    for _ in 0..<400 {
        let (a, b, c) = (random.rational(), random.rational(), random.rational())
        #expect(a + b == b + a, "a = \(a), b = \(b)")
        #expect(a * b == b * a, "a = \(a), b = \(b)")
        #expect((a + b) + c == a + (b + c), "a = \(a), b = \(b), c = \(c)")
        #expect((a * b) * c == a * (b * c), "a = \(a), b = \(b), c = \(c)")
        #expect(a * (b + c) == a * b + a * c, "a = \(a), b = \(b), c = \(c)")
        #expect(a + .zero == a && a * .one == a, "a = \(a)")
        #expect(a - a == .zero, "a = \(a)")
        if let inverse = a.reciprocal { #expect(a * inverse == .one, "a = \(a)") }
        if !b.isZero { #expect(a / b * b == a, "a = \(a), b = \(b)") }
        #expect((a < b) == (b - a).isPositive, "a = \(a), b = \(b)")
        #expect((a < b) == (a + c < b + c), "a = \(a), b = \(b), c = \(c)")
    }
}

@Test func rationalsAreInLowestTerms() {
    var random = SplitMix(seed: 2)
    for _ in 0..<400 {
        let (a, b) = (random.rational(), random.nonZeroRational())
        for value in [a + b, a - b, a * b, a / b, Rational(a.numerator * 6, b.numerator * 4)] {
            #expect(value.denominator > 0, "a = \(a), b = \(b)")
            #expect(value.numerator.greatestCommonDivisor(with: value.denominator) == 1, "a = \(a), b = \(b)")
        }
    }
    #expect(Rational(0, -7).denominator == 1)
    #expect(Rational(6, -4) == Rational(-3, 2))
}

@Test func equalRationalsHaveEqualHashes() {
    var random = SplitMix(seed: 3)
    for _ in 0..<100 {
        let (a, b) = (random.rational(), random.nonZeroRational())
        let same = a / b * b
        #expect(same.hashValue == a.hashValue, "a = \(a), b = \(b)")
    }
}

@Test func floorAndCeilingEnclose() {
    var random = SplitMix(seed: 4)
    for _ in 0..<400 {
        let a = random.rational()
        let (floor, ceiling) = (Rational(a.floor), Rational(a.ceiling))
        #expect(floor <= a && a < floor + 1, "a = \(a)")
        #expect(ceiling - 1 < a && a <= ceiling, "a = \(a)")
        #expect((floor == ceiling) == a.isInteger, "a = \(a)")
    }
    #expect(Rational(-7, 2).floor == -4 && Rational(-7, 2).ceiling == -3)
}

@Test func powersAreRepeatedProducts() {
    var random = SplitMix(seed: 5)
    for _ in 0..<60 {
        let a = random.nonZeroRational()
        var product = Rational.one
        for exponent in 0...6 {
            #expect(a.power(exponent) == product, "a = \(a), exponent = \(exponent)")
            #expect(a.power(-exponent) == product.reciprocal, "a = \(a), exponent = \(exponent)")
            product *= a
        }
    }
    #expect(Rational.zero.power(0) == .one)
    #expect(Rational.zero.power(3) == .zero)
    #expect(Rational.zero.power(-1) == nil)
    #expect(Rational.zero.reciprocal == nil)
}

@Test func signsAndIntegers() {
    #expect(Rational(-3).isNegative && !Rational(-3).isPositive)
    #expect(!Rational.zero.isNegative && !Rational.zero.isPositive && Rational.zero.isZero)
    #expect(!(-Rational.zero).isNegative)
    #expect(Rational(-7, 2).magnitude == Rational(7, 2))
    #expect(Rational(12).asInt == 12 && Rational(1, 2).asInt == nil)
    #expect((Rational(Int.max) + 1).asInt == nil && Rational(Int.min).asInt == Int.min)
}

@Test func differentSizesReduceQuickly() {
    // A binary greatest common divisor of these takes minutes.
    let large = BigInt(5).power(400_000)
    #expect(Rational(large * 6, 15).numerator == large * 2 / 5)
    #expect(Rational(15, large * 6) == Rational(1, 2 * (large / 5)))
}

@Test func powersOfIntegersAgreeWithRepeatedProducts() {
    for base in [-12, -5, -4, -2, -1, 0, 1, 2, 3, 10, 48] {
        var product = BigInt(1)
        for exponent in 0...70 {
            #expect(Rational(base).power(exponent) == Rational(product), "\(base)^\(exponent)")
            product *= BigInt(base)
        }
    }
}
