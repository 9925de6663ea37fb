/// Rational numbers over one positive denominator: sums of products of them need no greatest common divisor for each
/// term, which is what exact linear algebra spends its time on.
struct CommonFraction {
    let numerators: [BigInt]
    let denominator: BigInt

    init(_ values: [Rational]) {
        var common: BigInt = 1
        for value in values where value.denominator != 1 {
            let rest = common % value.denominator
            if rest.isZero { continue }
            common *= value.denominator / value.denominator.greatestCommonDivisor(with: rest)
        }
        denominator = common
        numerators = values.map { $0.numerator * (common / $0.denominator) }
    }
}
