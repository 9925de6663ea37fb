import Exact

extension NormalForms {
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
}
