import Exact

/// Arithmetic modulo the prime 2^61 - 1, for quick tests. A difference modulo the prime is a difference; agreement
/// proves nothing and is always followed by an exact comparison.
enum Modular {
    static let prime: UInt64 = (1 << 61) - 1
    /// Atoms are given values that are this power, so that roots up to the 16th exist.
    static let rootOrder = 720_720

    static func multiply(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        let low = product.low & prime
        let high = product.high << 3 | product.low >> 61
        return add(low, high % prime)
    }

    static func add(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let sum = a + b
        return sum >= prime ? sum - prime : sum
    }

    static func power(_ a: UInt64, _ exponent: Int) -> UInt64 {
        var (result, base, rest) = (UInt64(1), exponent < 0 ? inverse(a) : a, exponent.magnitude)
        while rest > 0 {
            if rest & 1 == 1 { result = multiply(result, base) }
            base = multiply(base, base)
            rest >>= 1
        }
        return result
    }

    static func inverse(_ a: UInt64) -> UInt64 { power(a, Int(prime) - 2) }

    /// Nil if the denominator is a multiple of the prime.
    static func value(_ x: Rational) -> UInt64? {
        let p = BigInt(prime)
        let n = UInt64(((x.numerator % p) + p) % p)
        let d = UInt64(x.denominator % p)
        return d == 0 ? nil : multiply(n, inverse(d))
    }

    /// A fixed value for the atom with this number.
    static func seed(_ number: Int) -> UInt64 {
        var z = UInt64(bitPattern: Int64(number)) &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return (z ^ (z >> 31)) % (prime - 2) + 1
    }
}

extension NormalForms {
    /// The form's value modulo a prime with fixed values for the atoms. Nil if some atom is tied to others (roots,
    /// sines), where independent values would tell equal forms apart.
    func fingerprint(_ form: Form) -> UInt64? {
        var sum: UInt64 = 0
        for (denominator, numerator) in form.parts {
            guard var value = fingerprint(numerator) else { return nil }
            for power in denominator.powers {
                guard let factor = fingerprint(factors[power.base]), factor != 0 else { return nil }
                value = Modular.multiply(value, Modular.power(factor, -power.exponent.numerator))
            }
            sum = Modular.add(sum, value)
        }
        return sum
    }

    private func fingerprint(_ polynomial: Polynomial) -> UInt64? {
        var sum: UInt64 = 0
        for (monomial, coefficient) in polynomial.terms {
            guard var value = Modular.value(coefficient) else { return nil }
            for power in monomial.powers {
                if isTied(power.base) || Modular.rootOrder % power.exponent.denominator != 0 { return nil }
                let order = Modular.rootOrder / power.exponent.denominator
                let (exponent, overflow) = power.exponent.numerator.multipliedReportingOverflow(by: order)
                if overflow { return nil }
                value = Modular.multiply(value, Modular.power(Modular.seed(power.base), exponent))
            }
            sum = Modular.add(sum, value)
        }
        return sum
    }
}
