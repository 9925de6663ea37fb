import Exact
import Testing

@testable import Bounds
@testable import Symbolic

/// Whether the condition holds by exact arithmetic or by normal form, as the checker decides equality.
private func holds(_ condition: Condition, _ graph: Graph) -> Bool {
    switch condition {
    case .and(let parts): parts.allSatisfy { holds($0, graph) }
    case .compare(.equal, let a, let b): graph.isExactlyZero(graph.subtract(a, b))
    case .truth, .compare, .not, .or, .implies: graph.exactTruth(of: condition, at: [:]) ?? false
    }
}

/// For each claim whether it holds, or its obstacle.
private func outcomes(_ file: String) throws -> [String] {
    let t = try load(file)
    let problem = try t.problem(on: t.instances[0])
    return problem.claims.map { claim in
        switch claim.body {
        case .condition(let condition): holds(condition, problem.graph) ? "holds" : "fails"
        case .unsupported(let obstacle): obstacle
        case .identity, .always, .sometime, .monotone, .at, .growth, .everywhere, .solution, .symmetry: "no condition"
        }
    }
}

// MARK: Margins of attention

/// The max-margin problem of one layer of attention: in each sentence the best token beats the others by 1.
private func margin(_ claims: [String], tokens: Int, words: String, best: String, objective: String) throws -> [String] {
    let statements = claims.enumerated().map { "claim c\($0) \"c\" derived : \($1)" }.joined(separator: "\n")
    return try outcomes(
        """
        theorem t.t "t"
        parameter J : integer = \(tokens)
        set token = 0..J - 1
        minimiser Wstar[k in token, q in token] of \(objective)
          subject to pair[s in sentence, k in other(s)] : Wstar[best[s], query(s)] - Wstar[k, query(s)] >= 1
        set sentence = 1..n
        parameter n : integer
        data word[sentence] : list of token
        data best[sentence] : integer in token
        let len(s)   = length(word[s])
        let query(s) = word[s][len(s)]
        let other(s) = {k in distinct(word[s]) where k != best[s]}
        let m = len(1) - 1
        \(statements)
        instance one n = \(best.split(separator: ",").count), word = \(words), best = \(best)
        """)
}

private let squares = "sum(k in token, q in token) Wstar[k, q]^2"

@Test func theMarginOfAStar() throws {
    let claims = [
        "norm(Wstar)^2 = n*m/(m + 1)", "all(s in sentence, k in other(s)) Wstar[best[s], query(s)] = m/(m + 1)",
        "all(s in sentence, k in other(s)) Wstar[k, query(s)] = -1/(m + 1)", "norm(Wstar)^2 = n",
    ]
    for (words, best) in [("[[0, 1, 2], [1, 2, 3]]", "[0, 1]"), ("[[0, 1, 2, 3]]", "[0]")] {
        let found = try margin(claims, tokens: 4, words: words, best: best, objective: squares)
        #expect(found == ["holds", "holds", "holds", "fails"])
    }
}

/// The query stands three times below the optimal token: the multipliers of the three copies can be shared in many ways.
@Test func theMarginOfABipartiteOrder() throws {
    let found = try margin(
        [
            "norm(Wstar)^2 = 4/5 and dot(Wstar, Wstar) = 4/5 and Wstar[0, 4] = 4/5", "all(k in 1..4) Wstar[k, 4] = -1/5",
            "dual(pair[1, 1]) >= 0",
        ], tokens: 5, words: "[[0, 1, 4], [0, 2, 4], [0, 3, 4]]", best: "[0, 0, 0]", objective: squares)
    #expect(found[..<2] == ["holds", "holds"])
    #expect(found[2] == "the multipliers of 'Wstar' may not be unique: its active constraints are linearly dependent")
}

@Test func anActiveConstraintMayHaveTheMultiplierZero() throws {
    let found = try margin(
        [
            "Wstar[0, 3] = 1/2 and Wstar[1, 3] = 1/2 and Wstar[2, 3] = -1/2 and Wstar[3, 3] = -1/2",
            "Wstar[1, 3] - Wstar[3, 3] = 1 and dual(pair[2, 3]) = 0",
        ], tokens: 4, words: "[[0, 3], [1, 2, 3]]", best: "[0, 1]", objective: squares)
    #expect(found == ["holds", "holds"])
}

/// Multipliers are those of the objective as written: half of it halves them.
@Test func theMarginOfAChain() throws {
    let point = "Wstar[0, 3] = 5/4 and Wstar[1, 3] = 1/4 and Wstar[2, 3] = -3/4 and Wstar[3, 3] = -3/4 and norm(Wstar)^2 = 11/4"
    func multipliers(_ factor: String) -> String {
        "dual(pair[1, 1]) = \(factor)*5/4 and dual(pair[2, 2]) = \(factor)*3/4 and dual(pair[2, 3]) = \(factor)*3/4 and dual(pair[1, 3]) = 0"
    }
    for (objective, factor) in [("1/2*\(squares)", "1"), (squares, "2"), ("dot(Wstar, Wstar)/2", "1")] {
        let found = try margin(
            [point, multipliers(factor)], tokens: 4, words: "[[0, 1, 3], [1, 2, 3]]", best: "[0, 1]", objective: objective)
        #expect(found == ["holds", "holds"], "\(objective)")
    }
}

// MARK: Other programs

/// Every form of a constraint; a minimiser may read data, draws, lets and other minimisers, in any order.
@Test func minimisersReadConstants() throws {
    let found = try outcomes(
        """
        theorem t.t "t"
        claim order "o" derived : v[1] = 2*w[1] and v[2] = X[2]
        claim point "p" derived : w[1] = 3 and w[2] = -1/2 and w[3] = Z[1]
        claim multipliers "m" derived : dual(fixed[3]) = 2*Z[1] and dual(low[1]) = 0 and dual(high[2]) = 5
        minimiser v[i in 1..2] of sum(i in 1..2) (v[i] - target(i))^2/4
          subject to free[i in {1}] : v[i] >= -100
        let target(i) = if i = 1 then 2*w[1] else X[i]
        data X[1..2] : real
        draw Z[1..1] ~ normal
        minimiser w[k in 1..3] of (w[1] - 3)*(w[1] - 3) + 2*(w[2] - 2)^2/2 + w[3]*w[3]
          subject to low[i in 1..2 where i != 2] : w[i] >= 0, high[i in {2}] : w[i] <= -1/2, fixed[i in {3}] : w[i] = Z[1]
        instance one X = [1, 7], seed = 1
        """)
    #expect(found == ["holds", "holds", "holds"])
}

@Test func aMultiplierBelongsToAConstraint() {
    let text = messages(
        """
        theorem t.t "t"
        claim outside "o" derived : dual(low[2]) = 0
        minimiser w[k in 1..2] of w[1]^2 + w[2]^2 subject to low[i in 1..2 where i != 2] : w[i] >= 0
        instance one
        """)
    #expect(text.contains("E0403: there is no constraint low[2] (instance one)"), "\(text)")
}

@Test func polynomialsHaveTheValuesOfTheirFormulas() throws {
    var random = SplitMix64(state: 11)
    let graph = Graph()
    let symbols = (0..<3).map { Symbol.open("w[\($0)]") }
    let variables = Dictionary(uniqueKeysWithValues: symbols.enumerated().map { ($1, $0) })
    func number() -> Rational { Rational(Int.random(in: -5...5, using: &random)) / Rational(Int.random(in: 1...3, using: &random)) }
    func form() -> Symbolic.Expression {
        symbols.reduce(graph.constant(number())) { graph.add($0, graph.multiply(graph.constant(number()), graph.symbol($1))) }
    }
    for _ in 0..<100 {
        let products = graph.add(graph.multiply(form(), form()), graph.power(graph.subtract(form(), form()), 2))
        let e = graph.subtract(graph.divide(products, graph.constant(3)), graph.negate(form()))
        let polynomial = try QuadraticPolynomial(e, in: graph, variables: variables)
        let at = symbols.map { _ in number() }
        var value = polynomial.constant
        for (i, a) in polynomial.linear { value += a * at[i] }
        for (pair, a) in polynomial.quadratic { value += a * at[pair.first] * at[pair.second] }
        #expect(graph.exactValue(of: e, at: Dictionary(uniqueKeysWithValues: zip(symbols, at))) == value)
    }
}

@Test func mistakesWithMinimisersAreShown() {
    let square = "w[1]^2 + w[2]^2"
    for (objective, constraint, expected) in [
        (square, "c[i in 1..2] : w[i] >= 1", ""),
        ("w[1]^3 + w[2]^2", "c[i in 1..2] : w[i] >= 1", "E0609: the objective of 'w' is not quadratic in its entries (instance one)"),
        ("exp(w[1]) + w[2]^2", "c[i in 1..2] : w[i] >= 1", "E0609: the objective of 'w' is not quadratic"),
        ("abs(w[1]) + w[2]^2", "c[i in 1..2] : w[i] >= 1", "E0609: the objective of 'w' is not quadratic"),
        ("(if w[1] > 0 then 1 else 2)*w[2]^2", "c[i in 1..2] : w[i] >= 1", "E0609: the objective of 'w' is not quadratic"),
        ("w[1]^2", "c[i in 1..2] : w[i] >= 1", "E0610: the objective of 'w' is not positive definite (instance one)"),
        ("w[1]^2 + 3*w[1]*w[2] + w[2]^2", "c[i in 1..2] : w[i] >= 1", "E0610: the objective of 'w' is not positive definite"),
        (square, "c[i in 1..2] : w[i]^2 >= i", "E0611: the constraint c[1] is not linear (instance one)"),
        (square, "c[i in 1..2] : norm(w) >= i", "E0611: the constraint c[1] is not linear (instance one)"),
        (square, "c[i in 1..2] : w[i] >= sqrt(i)", "E0612: a quadratic program needs exact rational numbers (instance one)"),
        ("pi*w[1]^2 + w[2]^2", "c[i in 1..2] : w[i] >= 1", "E0612: a quadratic program needs exact rational numbers"),
        (square, "c[i in 1..2] : w[i] >= 1, d[i in 1..2] : w[i] <= 1/2", "E0613: nothing meets the constraints of 'w' (instance one)"),
        (square, "c[i in 1..2] : w[i] > 1", "E0614: a constraint is written with <=, >= or ="),
        (square, "c[i in [1, 1]] : w[i] >= 1", "E0616: the constraint c[1] is stated twice (instance one)"),
        (square, "w[i in 1..2] : w[i] >= 1", "E0302: 'w' is already a minimiser (line 2)"),
        (square, "c[i in 1..2] : w[i] >= s", "E0707: the minimiser 'w' reads the state 's'"),
        (square, "c[i in 1..2] : w[i] >= dual(c[1])", "E0308: the definition of 'w' uses itself"),
        ("f + \(square)", "c[i in 1..2] : w[i] >= 1", "E0308: the definition of 'w' uses itself"),
        (square, "c[i in 1..3] : w[i] >= 1", "E0403: index 3 is outside 1..2 (instance one)"),
    ] {
        let text = messages(
            """
            theorem t.t "t"
            minimiser w[k in 1..2] of \(objective) subject to \(constraint)
            state s = 0
            let f = w[1]
            flow s' = f
            stop at 1
            instance one
            """)
        #expect(expected.isEmpty ? text.isEmpty : text.contains(expected), "\(objective), \(constraint): \(text)")
    }
}

@Test func mistakesWithMultipliersAreShown() {
    for (formula, expected) in [
        ("dual(c[1])", ""), ("dual(c[1] + 1)", "E0402: 'dual' takes one constraint of a minimiser"),
        ("dual(w[1])", "E0402: 'w' is a minimiser, 'dual' takes a constraint"), ("dual(cc[1])", "E0301: unknown name 'cc'"),
        ("c[1]", "E0402: 'c' is a constraint, which stands only in dual(...)"),
        ("dual(c[1, 2])", "E0404: 'c' takes 1 index, here 2"), ("dual(c[3])", "E0403: there is no constraint c[3] (instance one)"),
    ] {
        let text = messages(
            """
            theorem t.t "t"
            minimiser w[k in 1..2] of w[1]^2 + w[2]^2 subject to c[i in 1..2] : w[i] >= 1
            state s = 0
            flow s' = \(formula)
            stop at 1
            instance one
            """)
        #expect(expected.isEmpty ? text.isEmpty : text.contains(expected), "\(formula): \(text)")
    }
}

/// A multiplier that is not unique is no number: a model cannot rest on it.
@Test func hypothesesOnAmbiguousMultipliersAreErrors() {
    let text = messages(
        """
        theorem t.t "t"
        minimiser w[k in 1..2] of w[1]^2 + w[2]^2 subject to c[i in 1..2] : w[1] >= 1
        assume h : dual(c[1]) >= 0
        claim p "p" derived : w[1] = 1
        instance one
        """)
    #expect(text.contains("E0615: the multipliers of 'w' may not be unique"), "\(text)")
}
