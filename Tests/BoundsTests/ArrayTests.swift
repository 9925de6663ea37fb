import Testing

@testable import Bounds
@testable import Exact
@testable import Symbolic

/// The exact value of a formula in a file with arrays of states, tables and tuples, at W[i, j] = 10 i + j.
private func shown(_ formula: String) throws -> Rational? {
    let t = try load(
        """
        theorem t.t "t"
        parameter m : integer = 2
        set I = 1..m
        set J = 0..2
        set pair = {-1, 1}^2
        data X[I, J] : integer in 0..20
        data rows[I] : list of J
        state W[i in I, J] = i
        let f(y) = y[1] - y[2]
        let g(S) = sum(k in S) k
        let e(i) = vector(j in I) indicator(i = j)
        let M = matrix(i in I, j in I) (i + j)
        let others(i) = {k in distinct(rows[i]) where k != 2}
        flow gradient of sum(i in I, j in J) W[i, j]^2/2
        stop at 1
        show \(formula) at 0
        instance one X = [[7, 8, 9], [10, 11, 12]], rows = [[0, 2, 2], [1]]
        """)
    let problem = try t.problem(on: t.instances[0])
    if let show = problem.unsupportedShows.first { Issue.record("\(formula): \(show.obstacle)") }
    let values = (0..<6).map { (Symbol.state($0), Rational(10 * ($0 / 3 + 1) + $0 % 3)) }
    return problem.shows.first.flatMap {
        problem.graph.exactValue(of: $0.expression, at: Dictionary(uniqueKeysWithValues: values))
    }
}

@Test func arraysHaveTheirExactValues() throws {
    let values: [(String, Rational)] = [
        ("W[1, 0] + W[2, 2]", 32), ("X[2, 1]", 11), ("sum(i in I, j in J where X[i, j] > 9) W[i, j]", 63),
        ("dot(W[1, :], W[2, :])", 695), ("norm([3, 4])", 5), ("dot(W, W)", 1690),
        ("dot(M*e(1), [1, 1])", 5), ("(M*M)[1, 2]", 18), ("det(M)", -1), ("trace(M)", 6), ("transpose(W)[2, 1]", 12),
        ("outer(e(1), e(2))[1, 2]", 1), ("trace(eye(4))", 4), ("(2*W[:, 0] - W[:, 1])[2]", 19), ("(W/2)[1, 2]", 6),
        ("length(rows[1])", 3), ("size(distinct(rows[1]))", 2), ("rows[2][1]", 1), ("g(others(1))", 0), ("g(1..4)", 10),
        ("max([3, 9, 4])", 9), ("min(rows[1])", 0), ("f([5, 3])", 2), ("size(pair)", 4), ("sum(y in pair) f(y)^2", 8),
        ("sum(y in pair where y[1] = 1) f(-y)", -2), ("sum(x in {1, 2, 3}^3) x[1]*x[3]", 108),
        ("sum(j in J) (softmax(k in J) 0)[j]", 1), ("(softmax(j in 1..4) 0)[3]", Rational(1, 4)),
        ("gradient(W[1, 0]^2*W[2, 1], W[1, 0])", 420), ("gradient(dot(W, W), W)[2, 2]", 44), ("W[2, 2]'", -22),
        ("dot(W, W)'", -3380), ("(W')[1, 1]", -11), ("count(i in I, j in J where X[i, j] = 9)", 1),
        ("(if m = 2 then [1, 2] else [3, 4])[2]", 2), ("dot(vector(j in J) j, vector(j in J) 1)", 3),
    ]
    for (formula, expected) in values {
        #expect(try shown(formula) == expected, "\(formula)")
    }
}

@Test func statesOfAnArrayHaveTheirNamesStartsAndEquations() throws {
    let t = try load(
        """
        theorem t.t "t"
        set word = {2, 5}
        state G[k in word, 1..2] = k
        state s = 0
        flow G[k in word, l in 1..2]' = k*G[k, l] - s
        flow s' = sum(k in word) G[k, 1]
        stop at 1
        instance one
        """)
    let problem = try t.problem(on: t.instances[0])
    #expect(problem.states.map(\.name) == ["G[2, 1]", "G[2, 2]", "G[5, 1]", "G[5, 2]", "s"])
    #expect(problem.states.map { problem.graph.constant($0.start) } == [2, 2, 5, 5, 0])
    let at: [Symbol: Rational] = [.state(0): 1, .state(1): 2, .state(2): 3, .state(3): 4, .state(4): 7]
    #expect(problem.flow?.field.map { problem.graph.exactValue(of: $0, at: at) } == [-5, -3, 8, 13, 4])
}

@Test func gradientsMoveTheListedArrays() throws {
    let t = try load(
        """
        theorem t.t "t"
        state u[1..2] = 1
        state v[1..2] = 2
        state w = 3
        let loss = w*dot(u, v)
        flow gradient of loss in u, w with rate 5 on u
        stop at 1
        instance one
        """)
    let problem = try t.problem(on: t.instances[0])
    let at = Dictionary(uniqueKeysWithValues: [2, 3, 5, 7, 11].enumerated().map { (Symbol.state($0.offset), Rational($0.element)) })
    #expect(problem.flow?.field.map { problem.graph.exactValue(of: $0, at: at) } == [-275, -385, 0, 0, -31])
}

/// Each formula beside the error it gets, after `main.thm:L:C: error `.
@Test func mistakesWithArraysAreShownAtTheFormula() {
    for (formula, expected) in [
        ("W[3, 1]", "E0403: index 3 is outside 1..2 (instance one)"),
        ("W[1]", "E0404: a matrix of 2 x 2 takes 2 indices, here 1 (instance one)"),
        ("dot(W[1, :], [1, 2, 3])", "E0401: the sizes do not agree: a vector of 2, a vector of 3 (instance one)"),
        ("W + [1, 2]", "E0401: the sizes do not agree: a matrix of 2 x 2, a vector of 2 (instance one)"),
        ("dot([1, 2]*[3, 4], [1, 2])", "E0401: a vector of 2 times a vector of 2 has no meaning (instance one)"),
        ("trace([1, 2])", "E0401: expected a square matrix, found a vector of 2 (instance one)"),
        ("1/W", "E0401: a number / a matrix of 2 x 2 has no meaning (instance one)"),
        ("norm(W[1, 1])", "E0401: expected an array, found a number (instance one)"),
        ("sum(i in {1, 2}^2) i", "E0402: expected a number, found a vector of 2 (instance one)"),
    ] {
        let text = messages(
            """
            theorem t.t "t"
            state W[1..2, 1..2] = 1
            let q = \(formula)
            flow gradient of q
            stop at 1
            instance one
            """)
        #expect(text.contains(expected), "\(formula): \(text)")
    }
}

@Test func tablesAreCheckedAgainstTheirSets() {
    for (type, value, expected) in [
        ("integer in 1..3", "[[1, 2], [3, 3], [1, 1]]", ""),
        ("integer in 1..3", "[[1, 2], [3, 3]]", "E0606: data 'X' has 2 rows, 1..3 has 3 elements (instance one)"),
        ("integer in 1..3", "[[1, 2], [3], [1, 1]]", "E0606: data 'X' has 1 rows, 1..2 has 2 elements (instance one)"),
        ("integer in 1..3", "[[1, 2], [3, 4], [1, 1]]", "E0403: data 'X' holds 4, which is outside 1..3 (instance one)"),
        ("integer", "[[1, 1/2], [3, 4], [1, 1]]", "E0405: data 'X' holds integers, 1/2 is none (instance one)"),
        ("real", "[[1, 1/2], [3, 4], [1, 1]]", ""), ("real", "5", "E0606: data 'X' needs 2 levels of lists (instance one)"),
        ("real", "table \"x.csv\"", ""), ("real", "table \"y.csv\"", "E0606: the table \"y.csv\" lacks a cell in line 2 (instance one)"),
        ("real", "table \"z.csv\"", "E0606: cannot find the table \"z.csv\" beside the file or in proofs-data (instance one)"),
        ("real", "table \"w.csv\"", "E0606: the table \"w.csv\" has 'x' in line 1, which is no exact number (instance one)"),
    ] {
        let text = messages(
            """
            theorem t.t "t"
            source "w" "p" derived
            data X[1..3, 1..2] : \(type)
            state s = 0
            flow s' = X[1, 1]
            stop at 1
            claim c "c" : always s >= 0
            instance one X = \(value)
            """,
            ["x.csv": "1, 2\n3,4/5\n-1,0.5\n", "y.csv": "1,2\n3,\n4,5\n", "w.csv": "1,x\n"])
        #expect(expected.isEmpty ? text.isEmpty : text.contains(expected), "\(type), \(value): \(text)")
    }
}

@Test func anInstanceGivesEveryTable() {
    let text = messages(
        """
        theorem t.t "t"
        data X[1..2] : real
        state s = 0
        flow s' = X[1]
        stop at 1
        instance one
        """)
    #expect(text.contains("E0801: instance 'one' does not give 'X'"), "\(text)")
}

/// A mistake in a claim is an error of the file, but not where its hypothesis excludes the instance.
@Test func mistakesInClaimsAreErrorsOfTheFile() {
    func text(_ claim: String) -> String {
        messages(
            """
            theorem t.t "t"
            parameter K : integer
            state W[k in 1..K] = 1
            flow W[k in 1..K]' = -W[k]
            stop at 1
            claim c "c" derived \(claim)
            instance two K = 2
            instance three K = 3
            """)
    }
    #expect(
        text(": always W[3] <= 1")
            == """
            main.thm:6:32: error E0403: index 3 is outside 1..2 (instance two)
              6 | claim c "c" derived : always W[3] <= 1
                |                                ^
                = use an index of the set, or correct the data
            """)
    #expect(text("given K >= 3 : always W[3] <= 1") == "")
    #expect(text(": symmetry W[1] -> W[2], W[1] -> W[1]").contains("E0401: 'symmetry' replaces W[1] twice (instance two)"))
}

/// An equation over other index sets than its state's would leave entries without a meaning.
@Test func equationsRunOverTheIndexSetsOfTheirState() {
    for (dynamics, expected) in [
        ("flow W[i in 1..2]' = -W[i]", ""), ("flow W[j in {1, 2}]' = -W[j]", ""),
        ("flow W[i in 1..1]' = -W[i]", "E0401"), ("flow W[i in 1..3]' = -1", "E0401"), ("flow W' = -W[1]", "E0401"),
        ("flow W[i in 1..2, j in 1..2]' = -W[i]", "E0401"), ("flow W[i in {2, 1}]' = -W[i]", "E0401"),
        ("map next(W[i in 1..2]) = -W[i]", ""), ("map next(W[i in 1..1]) = -W[i]", "E0401"),
    ] {
        let text = messages(
            """
            theorem t.t "t"
            state W[i in 1..2] = 1
            \(dynamics)
            stop at 1\(dynamics.hasPrefix("map") ? " steps" : "")
            instance one
            """)
        #expect(expected.isEmpty ? text.isEmpty : text.contains(expected), "\(dynamics): \(text)")
    }
}
