import Exact

/// A small exact exponent in lowest terms.
struct Exponent: Hashable, Comparable {
    let numerator: Int
    let denominator: Int

    static let one = Exponent(1)

    init(_ value: Int) {
        numerator = value
        denominator = 1
    }

    init(_ value: Rational) throws(NormalFormFailure) {
        guard let n = Int(exactly: value.numerator), let d = Int(exactly: value.denominator),
            n.magnitude < Exponent.limit, d.magnitude < Exponent.limit
        else { throw .tooLarge("an exponent") }
        numerator = n
        denominator = d
    }

    /// Products of two numbers below this fit an `Int`.
    private static let limit: UInt = 1 << 30

    var rational: Rational { Rational(BigInt(numerator), BigInt(denominator)) }
    var isZero: Bool { numerator == 0 }
    var isInteger: Bool { denominator == 1 }

    /// The largest integer that is not above the exponent.
    var floor: Int { numerator >= 0 ? numerator / denominator : -((denominator - 1 - numerator) / denominator) }

    static func + (a: Exponent, b: Exponent) throws(NormalFormFailure) -> Exponent {
        if a.denominator == 1 && b.denominator == 1 {
            let sum = a.numerator + b.numerator
            guard sum.magnitude < limit else { throw .tooLarge("an exponent") }
            return Exponent(sum)
        }
        return try Exponent(a.rational + b.rational)
    }

    static func * (a: Exponent, b: Exponent) throws(NormalFormFailure) -> Exponent {
        try Exponent(a.rational * b.rational)
    }

    static prefix func - (a: Exponent) throws(NormalFormFailure) -> Exponent { try Exponent(-a.rational) }

    static func < (a: Exponent, b: Exponent) -> Bool {
        a.numerator * b.denominator < b.numerator * a.denominator
    }
}

/// A product of powers, sorted by what is raised: atoms in a numerator, factors in a denominator.
struct Monomial: Hashable, Comparable {
    struct Power: Hashable {
        let base: Int
        let exponent: Exponent
    }

    private(set) var powers: [Power] = []

    static let one = Monomial()

    init() {}

    init(_ base: Int, _ exponent: Exponent = .one) {
        powers = exponent.isZero ? [] : [Power(base: base, exponent: exponent)]
    }

    /// - Precondition: sorted by base, no exponent zero.
    init(sorted powers: [Power]) { self.powers = powers }

    var isOne: Bool { powers.isEmpty }

    func exponent(of base: Int) -> Exponent {
        powers.first { $0.base == base }?.exponent ?? Exponent(0)
    }

    static func * (a: Monomial, b: Monomial) throws(NormalFormFailure) -> Monomial {
        if a.isOne { return b }
        if b.isOne { return a }
        var result: [Power] = []
        result.reserveCapacity(a.powers.count + b.powers.count)
        var (i, j) = (0, 0)
        while i < a.powers.count && j < b.powers.count {
            let (p, q) = (a.powers[i], b.powers[j])
            if p.base < q.base {
                result.append(p)
                i += 1
            } else if q.base < p.base {
                result.append(q)
                j += 1
            } else {
                let sum = try p.exponent + q.exponent
                if !sum.isZero { result.append(Power(base: p.base, exponent: sum)) }
                i += 1
                j += 1
            }
        }
        result.append(contentsOf: a.powers[i...])
        result.append(contentsOf: b.powers[j...])
        return Monomial(sorted: result)
    }

    func power(_ exponent: Exponent) throws(NormalFormFailure) -> Monomial {
        if exponent.isZero { return .one }
        var result: [Power] = []
        for p in powers { result.append(Power(base: p.base, exponent: try p.exponent * exponent)) }
        return Monomial(sorted: result)
    }

    var inverse: Monomial {
        get throws(NormalFormFailure) { try power(Exponent(-1)) }
    }

    /// The part over the bases that satisfy the condition, and the rest.
    func split(_ isWanted: (Int) -> Bool) -> (wanted: Monomial, rest: Monomial) {
        (Monomial(sorted: powers.filter { isWanted($0.base) }), Monomial(sorted: powers.filter { !isWanted($0.base) }))
    }

    /// Per base the larger exponent, with 0 where a base is missing.
    static func leastCommonMultiple(_ a: Monomial, _ b: Monomial) -> Monomial { combine(a, b, max) }

    /// Per base the smaller exponent, with 0 where a base is missing.
    static func greatestCommonDivisor(_ a: Monomial, _ b: Monomial) -> Monomial { combine(a, b, min) }

    private static func combine(_ a: Monomial, _ b: Monomial, _ pick: (Exponent, Exponent) -> Exponent) -> Monomial {
        let bases = Set(a.powers.map(\.base)).union(b.powers.map(\.base)).sorted()
        return Monomial(sorted: bases.compactMap { base in
            let exponent = pick(a.exponent(of: base), b.exponent(of: base))
            return exponent.isZero ? nil : Power(base: base, exponent: exponent)
        })
    }

    /// Some total order, for results that do not depend on hashing.
    static func < (a: Monomial, b: Monomial) -> Bool {
        for (p, q) in zip(a.powers, b.powers) where p != q {
            return p.base != q.base ? p.base < q.base : p.exponent < q.exponent
        }
        return a.powers.count < b.powers.count
    }
}
