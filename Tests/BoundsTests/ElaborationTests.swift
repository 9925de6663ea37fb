import Testing

@testable import Bounds
@testable import Exact
@testable import Symbolic

private func shown(_ formula: String, at x: Rational = 0) throws -> Rational? {
    let t = try load(
        """
        theorem t.t "t"
        parameter K : integer = 5
        state x = 0
        flow x' = x^2 + K
        stop at 1
        set odd = {i in 1..9 where not divides(2, i)}
        let f(a, b) = a^2 - b
        let big = x > 2 and x < 10
        show \(formula) at 0
        instance one
        """)
    let problem = try t.problem(on: t.instances[0])
    if let show = problem.unsupportedShows.first { Issue.record("\(formula): \(show.obstacle)") }
    return problem.shows.first.flatMap { problem.graph.exactValue(of: $0.expression, at: [.state(0): x, .time: 7]) }
}

@Test func formulasHaveTheirExactValues() throws {
    for (formula, expected) in [
        ("f(K, 3) - 2*x", Rational(18)), ("-2^2", -4), ("2^-2", Rational(1, 4)), ("2^3^2", 512), ("10 - 3 - 2", 5),
        ("12/3/2", 2), ("if x > 1 then 7 else 1/0", 7),
        ("if K in {1, 2} then [4, 5][K] else 3", 3), ("if K = 5 or x > 9 then 6 else [4, 5][K]", 6),
        ("if K < 5 and x > 9 then [4, 5][K] else 8", 8), ("if K < 5 implies x > 9 then 9 else [4, 5][K]", 9),
        ("max(x, K, 1)", 5), ("min(x, K)", 2), ("indicator(big)", 0),
        ("sum(i in 1..4) i*x", 20), ("product(i in 1..4) i", 24), ("mean(i in {1, 2, 6}) i", 3),
        ("sum(i in odd) i", 25), ("count(i in 1..10, j in 1..i where divides(i, 10))", 18),
        ("max(i in [3, 9, 4]) i", 9), ("size({1, 1, 2})", 2), ("indicator(K in {1, 5})", 1), ("x'", 9), ("x''", 36),
        ("(t*x)'", 65), ("gradient(x^3, x)", 12), ("indicator(1 <= x <= 2 < 3)", 1), ("sqrt(9/4)", Rational(3, 2)),
        ("abs(-3) + floor(7/2) + relu(-1)", 6), ("indicator(any(i in 1..3) i = x)", 1), ("indicator(all(i in 1..3) i = x)", 0),
        ("sum(i in 1..3) sum(j in i..3) i*j", 25), ("sum(k in 1..2) k*sum(k in 1..3) k", 18),
    ] {
        #expect(try shown(formula, at: 2) == expected, "\(formula)")
    }
}

@Test func equalExpectationsAreOneNode() throws {
    let t = try load(
        """
        theorem t.t "t"
        state s = 0
        flow s' = mean(n ~ binomial(4, 1/3)) exp(s*n)
        stop at 1
        let u(k) = exp(s*k)
        claim a "a" derived : identity mean(n ~ binomial(4, 1/3)) u(n) = mean(m ~ binomial(4, 1/3)) u(m)
        claim b "b" derived : identity s' = probability(n ~ binomial(4, 1/3)) (u(n) > 1)
        instance one
        """)
    let problem = try t.problem(on: t.instances[0])
    guard case .identity(let pairs) = problem.claims[0].body else {
        Issue.record("no identity")
        return
    }
    #expect(pairs[0].0 == pairs[0].1)
    #expect(pairs[0].0 == problem.flow?.field[0])
}

@Test func unsupportedClaimsAreObstaclesOfTheirOwn() throws {
    let t = try load(
        """
        theorem t.t "t"
        source "w" "p" stated
        state x = 1
        flow x' = -x
        stop at 1
        event T = first t where x < 1/2
        event L = last t where x > 1/2
        claim running "r" : always total(x*T) < 1
        claim later "l" : always x@T < 1
        claim every "e" : everywhere x = x
        claim solved "s" : solution x = exp(-t)
        claim law "l" : mean(n ~ binomial(7/2, 1/2)) n < 7
        claim good "g" : always x <= 1
        show x@0, x at 0
        show x at 1
        instance one
        """)
    let problem = try t.problem(on: t.instances[0])
    let texts = problem.claims.map { claim -> String in
        if case .unsupported(let text) = claim.body { text } else { "supported" }
    }
    #expect(
        texts == [
            "'total' of a formula that reads 'T' is not supported yet", "supported", "supported", "supported",
            "the number of trials of 'binomial' is an integer from 0 to 5000000, 7/2 is not", "supported",
        ])
    guard case .last(after: nil, _) = problem.events[1].definition else {
        Issue.record("\(problem.events[1].definition)")
        return
    }
    #expect(problem.unsupportedShows.map(\.obstacle) == [])
    #expect(problem.shows.count == 3)
    #expect(problem.graph.constant(problem.shows[0].expression) == 1)
    #expect(problem.momentValues.map(\.name) == ["x@T"])
}

@Test func theModelDoesNotIgnoreWhatIsMissing() {
    #expect(
        messages(
            """
            theorem t.t "t"
            state x = 1
            let p = total(x)
            flow x' = -p
            stop at 1
            instance one
            """)
            == """
            main.thm:3:9: error E0901: 'total' in the dynamics is not supported yet
              3 | let p = total(x)
                |         ^^^^^^^^
                = 'flowbound explain E0901' says what this version does not run
            """)
}

@Test func ratesAndFrozenStates() throws {
    let t = try load(
        """
        theorem t.t "t"
        parameter m : real = 3
        state u = 1
        state v = 2
        state w = 5
        let loss = u*v*w
        flow gradient of loss in u, v with rate m on u
        stop at 1
        claim a "a" derived : always u <= 1
        instance one
        """)
    let problem = try t.problem(on: t.instances[0])
    let point: [Symbol: Rational] = [.state(0): 7, .state(1): 11, .state(2): 13]
    let expected: [Rational?] = [-429, -91, 0]
    #expect(problem.flow?.field.map { problem.graph.exactValue(of: $0, at: point) } == expected)
    #expect(problem.flow?.potential == nil)
}

@Test func familiesAreProductsOfTheirLists() throws {
    let t = try load(
        """
        theorem t.t "t"
        parameter K : integer
        parameter eps : real
        parameter N : integer = K + 1
        claim a "a" derived : K < N
        claim b "b" derived : eps*K < N
        family f K in [5, 7], eps in {1/10, 1/100}
        instance one K = 1, eps = 1/2, N = 9
        expect a refuted on f[K = 5], one
        expect a undecided on f[K = 5, eps = 1/100]
        expect b vacuous
        expect b proved on f
        """)
    #expect(
        t.instances.map(\.id) == ["f[K=5,eps=1/10]", "f[K=5,eps=1/100]", "f[K=7,eps=1/10]", "f[K=7,eps=1/100]", "one"])
    #expect(t.instances.map { $0.value(of: "N") } == [6, 6, 8, 8, 9])
    #expect(t.instances.map { t.expectation(of: "a", on: $0) } == [.refuted, .undecided, nil, nil, .refuted])
    #expect(t.instances.map { t.expectation(of: "b", on: $0) } == [.proved, .proved, .proved, .proved, .vacuous])
}

@Test func encodedClaimsAreOneLine() throws {
    let t = try load(
        """
        theorem t.t "t"
        parameter K : integer = 5
        note "first"
        claim a.b "a -- not a comment" -- a comment
           derived   given K > 1 -- because
           : K <=
             C for some C  -- done
           where C <= 9
        note "second"
        instance one
        note "third"
        """)
    #expect(t.claims[0].encoded == "given K > 1 : K <= C for some C where C <= 9")
    #expect(t.notes == ["first"])
    #expect(t.claims[0].notes == ["second", "third"])
}

/// A stopped building yields no problem and no error of the file; one that is stopped late enough yields the problem.
@Test func buildingStops() throws {
    let theorem = try load(
        """
        theorem t.t "t"
        set sign = {-1, 1}^3
        state w[i in 1..3] = 1
        let f(y) = sum(i in 1..3) y[i]*w[i]
        flow gradient of mean(y in sign) softplus(f(y))
        stop at 1
        claim a "a" derived : always sum(y in sign) f(y)^2 >= 0
        instance one
        """)
    var whole = 0
    _ = try theorem.problem(on: theorem.instances[0]) {
        whole += 1
        return false
    }
    #expect(whole > 8)
    for limit in 0...whole {
        var asked = 0
        let stops = {
            asked += 1
            return asked > limit
        }
        if limit == whole {
            #expect(try theorem.problem(on: theorem.instances[0], isStopped: stops).claims.count == 1)
        } else {
            do {
                _ = try theorem.problem(on: theorem.instances[0], isStopped: stops)
                Issue.record("stopped at question \(limit + 1) of \(whole), and yet a problem")
            } catch {
                #expect(error.diagnostics.isEmpty, "stopped at question \(limit + 1) of \(whole): \(error)")
            }
        }
    }
}
