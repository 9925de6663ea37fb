import Exact

extension NormalForms {
    /// A value taken apart as sign * size * atoms * sum / factors, for functions that respect products.
    struct Product {
        let coefficient: Rational
        let monomial: Monomial
        /// Primitive, possibly 1.
        let sum: Polynomial
        let denominator: Monomial
    }

    /// - Throws: `undefined` never; zero is returned as nil.
    func product(of form: Form) throws(NormalFormFailure) -> Product? {
        let (numerator, denominator) = try common(form)
        if numerator.isZero { return nil }
        let (coefficient, monomial, sum) = try numerator.primitive()
        return Product(coefficient: coefficient, monomial: monomial, sum: sum, denominator: denominator)
    }
}

extension NormalForms.Product {
    /// What is left when everything of certain sign has been taken out.
    struct Rest {
        var sign: Rational
        var powers: [Monomial.Power] = []
        var sum = Polynomial(1)
        var denominator: [Monomial.Power] = []

        init(sign: Rational) { self.sign = sign }

        var isNumber: Bool { powers.isEmpty && denominator.isEmpty && sum.constant == 1 }

        /// The power, if nothing else is left.
        var onlyPower: Monomial.Power? {
            sign > 0 && powers.count == 1 && denominator.isEmpty && sum.constant == 1 ? powers[0] : nil
        }

        var form: Form {
            get throws(NormalFormFailure) {
                Form(try sum.scaled(by: sign, Monomial(sorted: powers)), over: Monomial(sorted: denominator))
            }
        }
    }
}
