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

    func form(ofAtom atom: Int, _ exponent: Rational = 1) throws(NormalFormFailure) -> Form {
        try reduce(Form(Polynomial(Monomial(atom, try Exponent(exponent)))))
    }

    func apply(_ function: Function, _ x: Form) throws(NormalFormFailure) -> Form {
        switch function {
        case .exp: return try exponential(x)
        case .expm1: return try add(exponential(x), Form(-1))
        case .log: return try logarithm(x)
        case .log1p: return try logarithm(add(Form(1), x))
        case .sqrt: return try rationalPower(x, Rational(1, 2))
        case .abs: return try absolute(x)
        case .sigmoid:
            return try inverse(add(Form(1), exponential(x.scaled(by: -1))))
        case .softplus:
            return try logarithm(add(Form(1), exponential(x)))
        case .tanh:
            let square = try exponential(x.scaled(by: 2))
            return try multiply(add(square, Form(-1)), inverse(add(square, Form(1))))
        case .sinh, .cosh:
            let (up, down) = (try exponential(x), try exponential(x.scaled(by: -1)))
            return try add(up, down.scaled(by: function == .sinh ? -1 : 1)).scaled(by: Rational(1, 2))
        case .sin, .cos: return try circular(function, x)
        case .asinh, .erf:
            // Odd: the sign is taken out.
            let sign: Rational = leadingCoefficient(x)?.isNegative == true ? -1 : 1
            return try form(ofAtom: functionAtom(function, x.scaled(by: sign))).scaled(by: sign)
        case .floor:
            if let c = x.constant { return Form(Rational(c.floor)) }
            return try form(ofAtom: functionAtom(.floor, x))
        case .relu:
            if let c = x.constant { return c.isNegative ? Form() : x }
            return try form(ofAtom: functionAtom(.relu, x))
        }
    }

    private func functionAtom(_ function: Function, _ x: Form) throws(NormalFormFailure) -> Int {
        try keyedAtom(.function(function), [x]) { () throws(NormalFormFailure) -> Int in
            makeAtom(.plain, graph.apply(function, expression(of: x)))
        }
    }

    /// sin and cos of one argument are made together, tied by sin^2 = 1 - cos^2.
    private func circular(_ function: Function, _ x: Form) throws(NormalFormFailure) -> Form {
        if x.isEmpty { return Form(function == .cos ? 1 : 0) }
        let sign: Rational = leadingCoefficient(x)?.isNegative == true ? -1 : 1
        let argument = try x.scaled(by: sign)
        let sine = try keyedAtom(.function(.sin), [argument]) { () throws(NormalFormFailure) -> Int in
            let node = expression(of: argument)
            let cosine = makeAtom(.plain, graph.apply(.cos, node))
            tie(cosine)
            return makeAtom(.sine(cosine: cosine), graph.apply(.sin, node))
        }
        guard function == .cos, case .sine(let cosine) = atoms[sine].kind else {
            return try form(ofAtom: sine).scaled(by: sign)
        }
        return try form(ofAtom: cosine)
    }

    // MARK: Exponential and logarithm

    /// e^(sum of c*unit) is the product of (e^unit)^c, with any rational c since e^unit > 0; e^(c log f) is f^c.
    func exponential(_ x: Form) throws(NormalFormFailure) -> Form {
        var result = Form(1)
        for (denominator, numerator) in x.sortedParts {
            for (monomial, c) in numerator.sortedTerms {
                result = try multiply(result, exponential(c, monomial, denominator))
            }
        }
        return result
    }

    private func exponential(_ c: Rational, _ monomial: Monomial, _ denominator: Monomial) throws(NormalFormFailure) -> Form {
        if denominator.isOne, monomial.powers.count == 1, monomial.powers[0].exponent == .one {
            switch atoms[monomial.powers[0].base].kind {
            case .logarithm(let f): return c.isInteger ? try power(f, small(c)) : try rationalPower(f, c)
            case .numberLogarithm(let value): return try numberPower(Rational(value), c)
            case .plain, .exponential, .number, .radicand, .sine, .mean: break
            }
        }
        let key = ExponentialKey(monomial: monomial, denominator: denominator)
        let atom: Int
        if let known = exponentialAtoms[key] {
            atom = known
        } else {
            atom = makeAtom(.exponential(key), graph.apply(.exp, divide(expression(of: monomial), denominator)))
            exponentialAtoms[key] = atom
        }
        return try form(ofAtom: atom, c)
    }

    /// The logarithm, with certainly positive factors and numbers split off.
    func logarithm(_ x: Form) throws(NormalFormFailure) -> Form {
        guard let parts = try product(of: x) else { throw .undefined }
        var result = try numberLogarithm(parts.coefficient.magnitude)
        var rest = Product.Rest(sign: parts.coefficient.isNegative ? -1 : 1)
        for power in parts.monomial.powers {
            if certainty(ofAtom: power.base).isPositive {
                result = try add(result, multiply(Form(power.exponent.rational), logarithm(ofAtom: power.base)))
            } else {
                rest.powers.append(power)
            }
        }
        if parts.sum.constant != 1 {
            if certainty(parts.sum).isPositive {
                result = try add(result, logarithmAtom(Form(parts.sum)))
            } else {
                rest.sum = parts.sum
            }
        }
        for power in parts.denominator.powers {
            if certainty(factors[power.base]).isPositive {
                let part = try logarithmAtom(Form(factors[power.base]))
                result = try add(result, multiply(Form(-power.exponent.rational), part))
            } else {
                rest.denominator.append(power)
            }
        }
        if rest.isNumber {
            if rest.sign < 0 { throw .undefined }
            return result
        }
        // log(x^r) is r log x where x^r > 0 means x > 0: for odd and for fractional r.
        if let power = rest.onlyPower, !power.exponent.isInteger || power.exponent.numerator % 2 != 0 {
            return try add(result, multiply(Form(power.exponent.rational), logarithm(ofAtom: power.base)))
        }
        return try add(result, logarithmAtom(rest.form))
    }

    private func logarithm(ofAtom atom: Int) throws(NormalFormFailure) -> Form {
        switch atoms[atom].kind {
        case .exponential(let key): return Form(Polynomial(key.monomial), over: key.denominator)
        case .number(let value): return try numberLogarithm(Rational(value))
        case .radicand(let form): return try logarithm(form)
        case .plain, .sine, .logarithm, .numberLogarithm, .mean:
            return try logarithmAtom(form(ofAtom: atom))
        }
    }

    private func logarithmAtom(_ x: Form) throws(NormalFormFailure) -> Form {
        let atom = try keyedAtom(.function(.log), [x]) { () throws(NormalFormFailure) -> Int in
            makeAtom(.logarithm(x), graph.apply(.log, expression(of: x)))
        }
        return try form(ofAtom: atom)
    }

    // MARK: Numbers

    private func small(_ exponent: Rational) throws(NormalFormFailure) -> Int {
        guard let n = exponent.asInt, n.magnitude < 1 << 30 else { throw .tooLarge("an exponent") }
        return n
    }

    /// log of a positive rational, as logarithms of primes (of a part without small factors where that is left).
    func numberLogarithm(_ x: Rational) throws(NormalFormFailure) -> Form {
        var result = Form()
        for (prime, exponent) in factorization(x) {
            let atom: Int
            if let known = numberLogarithms[prime] {
                atom = known
            } else {
                atom = makeAtom(.numberLogarithm(prime), graph.apply(.log, graph.constant(Rational(prime))))
                numberLogarithms[prime] = atom
            }
            result = try add(result, form(ofAtom: atom).scaled(by: Rational(exponent)))
        }
        return result
    }

    /// x^r for a positive rational x, as powers of primes with exponents in [0, 1) times a rational.
    func numberPower(_ x: Rational, _ exponent: Rational) throws(NormalFormFailure) -> Form {
        var result = Form(1)
        for (prime, multiplicity) in factorization(x) {
            let atom: Int
            if let known = numberAtoms[prime] {
                atom = known
            } else {
                atom = makeAtom(.number(prime), graph.constant(Rational(prime)))
                numberAtoms[prime] = atom
            }
            result = try multiply(result, form(ofAtom: atom, exponent * Rational(multiplicity)))
        }
        return result
    }

    private func factorization(_ x: Rational) -> [(BigInt, Int)] {
        var found: [(BigInt, Int)] = []
        for (number, sign) in [(x.numerator, 1), (x.denominator, -1)] {
            var rest = number
            var divisor = BigInt(2)
            while divisor < 1000 && divisor * divisor <= rest {
                var count = 0
                while rest.isMultiple(of: divisor) {
                    rest /= divisor
                    count += 1
                }
                if count > 0 { found.append((divisor, sign * count)) }
                divisor += divisor == 2 ? 1 : 2
            }
            if rest > 1 { found.append((rest, sign)) }
        }
        return found
    }

    // MARK: Roots and absolute values

    /// x^r for r not an integer; it exists only where x >= 0 (x > 0 if r < 0).
    func rationalPower(_ x: Form, _ exponent: Rational) throws(NormalFormFailure) -> Form {
        guard let parts = try product(of: x) else {
            if exponent.isPositive { return Form() }
            throw .undefined
        }
        var result = try numberPower(parts.coefficient.magnitude, exponent)
        var rest = Product.Rest(sign: parts.coefficient.isNegative ? -1 : 1)
        for power in parts.monomial.powers {
            let total = power.exponent.rational * exponent
            if certainty(ofAtom: power.base).isNonNegative {
                result = try multiply(result, form(ofAtom: power.base, total))
            } else if power.exponent.isInteger && power.exponent.numerator % 2 == 0 {
                result = try multiply(result, absolutePower(form(ofAtom: power.base), total))
            } else {
                rest.powers.append(power)
            }
        }
        if parts.sum.constant != 1 {
            if certainty(parts.sum).isPositive {
                result = try multiply(result, radical(Form(parts.sum), exponent))
            } else {
                rest.sum = parts.sum
            }
        }
        for power in parts.denominator.powers {
            if certainty(factors[power.base]).isPositive {
                let part = try radical(Form(factors[power.base]), -power.exponent.rational * exponent)
                result = try multiply(result, part)
            } else {
                rest.denominator.append(power)
            }
        }
        if rest.isNumber {
            if rest.sign < 0 { throw .undefined }
            return result
        }
        if let power = rest.onlyPower {
            return try multiply(result, form(ofAtom: power.base, power.exponent.rational * exponent))
        }
        return try multiply(result, radical(rest.form, exponent))
    }

    /// f^r as a power of the atom that stands for f under roots.
    private func radical(_ f: Form, _ exponent: Rational) throws(NormalFormFailure) -> Form {
        let atom = try keyedAtom(.radicand, [f]) { () throws(NormalFormFailure) -> Int in
            makeAtom(.radicand(f), expression(of: f))
        }
        return try form(ofAtom: atom, exponent)
    }

    /// |f|^r as (f^2)^(r/2).
    private func absolutePower(_ f: Form, _ exponent: Rational) throws(NormalFormFailure) -> Form {
        try radical(multiply(f, f), exponent * Rational(1, 2))
    }

    /// |x|, factor by factor.
    func absolute(_ x: Form) throws(NormalFormFailure) -> Form {
        guard let parts = try product(of: x) else { return Form() }
        var result = Form(parts.coefficient.magnitude)
        for power in parts.monomial.powers {
            let factor = try form(ofAtom: power.base)
            result = try multiply(result, absolute(factor, certainty(ofAtom: power.base), power.exponent))
        }
        if parts.sum.constant != 1 {
            result = try multiply(result, absolute(Form(parts.sum), certainty(parts.sum), .one))
        }
        for power in parts.denominator.powers {
            let factor = Form(factors[power.base])
            result = try multiply(result, absolute(factor, certainty(factors[power.base]), -power.exponent))
        }
        return result
    }

    /// |f|^r.
    private func absolute(_ f: Form, _ known: Certainty, _ exponent: Exponent) throws(NormalFormFailure) -> Form {
        guard exponent.isInteger else { return try rationalPower(f, exponent.rational) }
        if known.isNonNegative || exponent.numerator % 2 == 0 { return try power(f, exponent.numerator) }
        if known.isNonPositive { return try power(f.scaled(by: -1), exponent.numerator) }
        return try absolutePower(f, exponent.rational)
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
