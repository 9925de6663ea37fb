import Exact

extension Graph {
    /// Whether the formula certainly exists and is >= 0 (> 0 if `strictly`) for all values of its symbols: by rules on
    /// its parts, or because its normal form has no term of the other sign, as 1 - p^2 - q^2 = 2 p q for p + q = 1 with
    /// p and q shares of exponentials. False says nothing.
    public func isNonNegative(_ e: Expression, strictly: Bool = false) -> Bool {
        let difference = machineForm(e)
        let known = certainty(difference)
        guard certainty(e).isDefined else { return false }
        if strictly ? known.isPositive : known.isNonNegative { return true }
        let forms = NormalForms(self)
        guard let form = try? forms.form(of: difference), let sign = try? forms.sign(of: form) else { return false }
        return strictly ? sign.isPositive : sign.isNonNegative
    }
}

extension Graph {
    /// Whether the formula certainly has a value for all values of its symbols. False says nothing.
    public func isCertainlyDefined(_ e: Expression) -> Bool { certainty(e).isDefined }

    /// Whether the formula is made without abs, relu, floor, min, max and `if`: continuous wherever it is defined.
    public func isGateFree(_ e: Expression) -> Bool {
        reachable(from: [e]).allSatisfy { x in
            switch node(x) {
            case .apply(.abs, _), .apply(.relu, _), .apply(.floor, _), .minimum, .maximum, .cases: false
            case .constant, .pi, .symbol, .add, .multiply, .divide, .power, .apply, .expectation: true
            }
        }
    }
}

extension NormalForms {
    /// What is certain about the sign of the form's value, wherever it has one: over a common denominator, every term
    /// with the sign of its coefficient times those of its atoms' powers.
    fileprivate func sign(of form: Form) throws(NormalFormFailure) -> Certainty {
        let (numerator, denominator) = try common(form)
        return denominator.powers.reduce(sign(of: numerator)) { known, power in
            .product(known, sign(of: factors[power.base]).power(-power.exponent.rational))
        }
    }

    private func sign(of polynomial: Polynomial) -> Certainty {
        polynomial.terms.reduce(Certainty(.zero)) { sum, term in
            let product = term.key.powers.reduce(Certainty(term.value)) { known, power in
                .product(known, graph.certainty(atoms[power.base].expression).power(power.exponent.rational))
            }
            return .sum(sum, product)
        }
    }
}
