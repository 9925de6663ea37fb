import Exact

extension NormalForms {
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
}
