import Foundation
import Testing

private struct Case: CustomTestStringConvertible, Sendable {
    let text: String
    let message: String
    var models: [String: String] = [:]
    var testDescription: String { message.split(separator: "\n").first.map(String.init) ?? "" }

    init(_ text: String, _ message: String, models: [String: String] = [:]) {
        self.text = text
        self.message = message
        self.models = models
    }
}

private let flow = """
    theorem t.t "t"
    source "w" "p" stated
    state x = 1
    let loss = x^2/2
    flow gradient of loss
    stop at 10
    instance one

    """

private let map = """
    theorem t.t "t"
    source "w" "p" stated
    state x = 1
    map next(x) = x/2
    stop at 10 steps
    instance one

    """

private let descent = """
    theorem t.t "t"
    source "w" "p" stated
    state x = 1
    let loss = x^2/2
    descent gradient of loss step 1/10
    stop at 10 steps
    instance one

    """

private let check = """
    theorem t.t "t"
    source "w" "p" stated
    parameter n : integer where n >= 1
    instance n6  n = 6
    instance n18 n = 18

    """

private let names: [Case] = [
    Case(flow + "claim a \"a\" : always los < 1", """
        main.thm:8:22: error E0301: unknown name 'los'
          8 | claim a "a" : always los < 1
            |                      ^^^
            = did you mean 'loss'? (let, line 4)
        """),
    Case(flow + "claim a \"a\" : sum(k in 1..3) k + k > 1", """
        main.thm:8:34: error E0301: unknown name 'k'
          8 | claim a "a" : sum(k in 1..3) k + k > 1
            |                                  ^
            = the body of 'sum(k in 1..3)' is a product: put the sum in parentheses
        """),
    Case(flow + "claim a \"a\" : always Loss < 1", """
        main.thm:8:22: error E0301: unknown name 'Loss'
          8 | claim a "a" : always Loss < 1
            |                      ^^^^
            = did you mean 'loss'? (let, line 4)
        """),
    Case(flow + "claim a \"a\" : always sqr(x) < 1", """
        main.thm:8:22: error E0301: unknown name 'sqr'
          8 | claim a "a" : always sqr(x) < 1
            |                      ^^^
            = did you mean 'sqrt'?
        """),
    Case(check + "claim a \"a\" : A < n\nuse \"model.thm\"\nstate A = 0", """
        main.thm:8:7: error E0302: 'A' is already a let (model.thm, line 2)
          8 | state A = 0
            |       ^
            = choose another name
        """, models: ["model.thm": "model m.m \"m\"\nlet A = 1\n"]),
    Case(check + "claim a \"a\" : sum(n in 1..3) n < 7", """
        main.thm:6:19: error E0302: 'n' is already a parameter (line 3)
          6 | claim a "a" : sum(n in 1..3) n < 7
            |                   ^
            = choose another name
        """),
    Case(check + "claim a \"a\" : n <= 18\nlet spare = n", """
        main.thm:7:5: warning W0303: let 'spare' is never used
          7 | let spare = n
            |     ^^^^^
            = delete the line, or use 'spare' in a claim
        """),
    Case(check + "let G(i) = i\nclaim a \"a\" : G[1] <= n", """
        main.thm:7:15: error E0304: 'G' is a let and takes (), not []
          7 | claim a "a" : G[1] <= n
            |               ^^^^
            = write G(1)
        """),
    Case(flow + "claim a \"a\" : always x(t) < 2", """
        main.thm:8:22: error E0304: 'x' is a state and takes no ()
          8 | claim a "a" : always x(t) < 2
            |                      ^^^^
            = write x
        """),
    Case(flow + "claim decay \"a\" : always loss < 1\nexpect decays refuted", """
        main.thm:9:8: error E0305: no claim is called 'decays'
          9 | expect decays refuted
            |        ^^^^^^
            = did you mean 'decay'? (claim, line 8)
        """),
    Case(check + "claim a \"a\" : n <= 18\nexpect a proved on n12", """
        main.thm:7:20: error E0306: no instance or family is called 'n12'
          7 | expect a proved on n12
            |                    ^^^
            = instances: n6, n18
        """),
    Case(check + "claim a \"a\" : n <= 18\nfamily f n in [1, 2]\nexpect a proved on f[n = 3]", """
        main.thm:8:20: error E0306: no instance or family is called 'f[n=3]'
          8 | expect a proved on f[n = 3]
            |                    ^
            = instances: f[n=1], f[n=2]
        """),
    Case(check + "claim a \"a\" : n <= 18\nuse \"a.thm\"", """
        b.thm:2:5: error E0307: 'use' makes a cycle: a.thm, b.thm, a.thm
          2 | use "a.thm"
            |     ^^^^^^^
            = move what both need to a third model
        """, models: ["a.thm": "model m.a \"m\"\nuse \"b.thm\"\n", "b.thm": "model m.b \"m\"\nuse \"a.thm\"\n"]),
    Case(check + "claim a \"a\" : f(n) <= 18\nlet f(i) = if i = 0 then 1 else i*f(i - 1)", """
        main.thm:7:5: error E0308: the definition of 'f' uses itself
          7 | let f(i) = if i = 0 then 1 else i*f(i - 1)
            |     ^
            = write it as a state
        """),
    Case(check + "claim a \"a\" : n <= 18\nuse \"modle.thm\"", """
        main.thm:7:5: error E0309: cannot read "modle.thm"
          7 | use "modle.thm"
            |     ^^^^^^^^^^^
            = did you mean "model.thm"?
        """, models: ["model.thm": "model m.m \"m\"\n"]),
]

private let kinds: [Case] = [
    Case(check + "claim a \"a\" : n + 1", """
        main.thm:6:15: error E0402: expected a condition, found an integer
          6 | claim a "a" : n + 1
            |               ^^^^^
            = compare it with something
        """),
    Case(flow + "claim a \"a\" : always loss", """
        main.thm:8:22: error E0402: expected a condition, found a real
          8 | claim a "a" : always loss
            |                      ^^^^
            = compare it with something
        """),
    Case(check + "claim a \"a\" : identity n <= 18", """
        main.thm:6:24: error E0402: 'identity' needs equations, found '<='
          6 | claim a "a" : identity n <= 18
            |                        ^^^^^^^
            = write 'always' or 'everywhere'
        """),
    Case(check + "let S(i, j) = i + j\nclaim a \"a\" : S(1) <= n", """
        main.thm:7:15: error E0404: 'S' takes 2 arguments, here 1
          7 | claim a "a" : S(1) <= n
            |               ^^^^
            = write S(i, j)
        """),
    Case(check + "claim a \"a\" : exp(1, 2) <= n", """
        main.thm:6:15: error E0404: 'exp' takes 1 argument, here 2
          6 | claim a "a" : exp(1, 2) <= n
            |               ^^^^^^^^^
            = write exp(x)
        """),
    Case(check + "claim a \"a\" : n <= 18\ninstance half n = 7/2", """
        main.thm:7:15: error E0405: parameter 'n' is an integer, 7/2 is not
          7 | instance half n = 7/2
            |               ^
            = give an integer, or declare it real
        """),
    Case(check + "claim a \"a\" : n <= 18\ninstance bad n = 1/(2 - 2)", """
        main.thm:7:14: error E0406: parameter 'n' has no exact value: 1/(2 - 2) is not an exact rational that can be computed (instance bad)
          7 | instance bad n = 1/(2 - 2)
            |              ^
            = write a number, or a formula in + - * / ^ of exact numbers
        """),
]

private let dynamics: [Case] = [
    Case(flow + "claim a \"a\" : always next(x) < x", """
        main.thm:8:22: error E0503: a flow has no next value
          8 | claim a "a" : always next(x) < x
            |                      ^^^^^^^
            = write x'
        """),
    Case(flow + "claim a \"a\" : always x < 2\nshow x at 100 steps", """
        main.thm:9:11: error E0504: a flow is timed by a number, not by steps
          9 | show x at 100 steps
            |           ^^^^^^^^^
            = write 'at 100'
        """),
    Case(descent + "claim a \"a\" : always x < 2\nshow x at 5", """
        main.thm:9:11: error E0501: a descent is counted in steps, 5 is a time
          9 | show x at 5
            |           ^
            = write 'at 5 steps'
        """),
    Case(descent + "event T = first t where x < 1/9\nclaim a \"a\" : always x < 2\nshow x at 0, T, 5", """
        main.thm:10:11: error E0501: a descent is counted in steps, 0 is a time
          10 | show x at 0, T, 5
             |           ^
             = write 'at 0 steps, T, 5 steps'
        """),
    Case(descent + "claim a \"a\" : always (x^2)' < 2", """
        main.thm:8:22: error E0502: a descent has no time derivative
          8 | claim a "a" : always (x^2)' < 2
            |                      ^^^^^^
            = write 'next(x^2) - (x^2)', or 'decreasing x^2'
        """),
    Case(descent + "flow x' = -x", """
        main.thm:8:6: error E0603: flow and descent in one theorem
          8 | flow x' = -x
            |      ^
            = split the file
        """),
    Case(map + "claim a \"a\" : always x' < 2", """
        main.thm:7:22: error E0502: a map has no time derivative
          7 | claim a "a" : always x' < 2
            |                      ^^
            = write 'next(x) - x', or 'decreasing x'
        """),
    Case(map + "map next(x) = x", """
        main.thm:7:10: error E0602: state 'x' is moved twice (lines 4 and 7)
          7 | map next(x) = x
            |          ^
            = keep one
        """),
    Case(map + "state y = 1", """
        main.thm:7:7: error E0601: nothing moves the state 'y'
          7 | state y = 1
            |       ^
            = add 'map next(y) = ...', or make it a parameter or a let
        """),
    Case("theorem t.t \"t\"\nstate x = 1\nmap next(x) = x/2\nstop when x < 1/9, at latest 7\ninstance one", """
        main.thm:4:30: error E0501: a map is counted in steps, 7 is a time
          4 | stop when x < 1/9, at latest 7
            |                              ^
            = write 'at latest 7 steps'
        """),
    Case("theorem t.t \"t\"\nstate x = 1\nmap next(x) = x/2\ninstance one", """
        main.thm:3:10: error E0604: the run has no end
          3 | map next(x) = x/2
            |          ^
            = add 'stop at ...' or 'stop when ..., at latest ...'
        """),
    Case("theorem t.t \"t\"\nstate x = 1\nflow x' = -x\nstop at 5 steps\ninstance one", """
        main.thm:4:9: error E0504: a flow is timed by a number, not by steps
          4 | stop at 5 steps
            |         ^^^^^^^
            = write 'stop at 5'
        """),
    Case("theorem t.t \"t\"\nstate x = 1\nstate y = 1\nflow x' = -x\nmap next(y) = y\nstop at 5\ninstance one", """
        main.thm:5:10: error E0603: flow and map in one theorem
          5 | map next(y) = y
            |          ^
            = split the file
        """),
    Case(map + "event T = first t where x < 1/9\nclaim a \"a\" : always next(x) < T\nmap next(y) = T*y\nstate y = 1", """
        main.thm:9:15: error E0901: the moment 'T' in the dynamics is not supported yet
          9 | map next(y) = T*y
            |               ^
            = 'flowbound explain E0901' says what this version does not run
        """),
    Case(check + "claim a \"a\" : next(n) < 2", """
        main.thm:6:15: error E0605: 'next' needs dynamics
          6 | claim a "a" : next(n) < 2
            |               ^^^^^^^
            = add 'map next(x) = ...'
        """),
    Case(map + "claim a \"a\" : next(x) < 2", """
        main.thm:7:20: error E0708: a plain condition reads the state 'x'
          7 | claim a "a" : next(x) < 2
            |                    ^
            = write 'always' or 'at T :' before it
        """),
    Case(flow + "flow x' = -x", """
        main.thm:8:6: error E0602: state 'x' is moved twice (lines 5 and 8)
          8 | flow x' = -x
            |      ^
            = keep one
        """),
    Case(flow + "descent gradient of loss step 1", """
        main.thm:8:9: error E0603: flow and descent in one theorem
          8 | descent gradient of loss step 1
            |         ^^^^^^^^^^^^^^^^^^^^^^^
            = split the file
        """),
    Case("theorem t.t \"t\"\nstate x = 1\nflow x' = -x\ninstance one", """
        main.thm:3:6: error E0604: the run has no end
          3 | flow x' = -x
            |      ^
            = add 'stop at ...' or 'stop when ..., at latest ...'
        """),
    Case(check + "claim a \"a\" : always n < 2", """
        main.thm:6:15: error E0605: 'always' needs dynamics
          6 | claim a "a" : always n < 2
            |               ^^^^^^
            = write 'everywhere', or a plain condition
        """),
    Case(check + "claim a \"a\" : solution n = 2", """
        main.thm:6:15: error E0605: 'solution' needs dynamics
          6 | claim a "a" : solution n = 2
            |               ^^^^^^^^
            = write 'identity'
        """),
]

private let claims: [Case] = [
    Case(flow + "claim a \"a\" : always loss <= 1 for some C", """
        main.thm:8:41: error E0701: 'C' is quantified but does not occur
          8 | claim a "a" : always loss <= 1 for some C
            |                                         ^
            = use it in the claim, or delete 'for some C'
        """),
    Case(flow + "claim a \"a\" : always C*loss <= D for some C, D", """
        main.thm:8:22: error E0702: two open constants in one comparison
          8 | claim a "a" : always C*loss <= D for some C, D
            |                      ^^^^^^^^^^^
            = split it, or make one a parameter
        """),
    Case(flow + "claim a \"a\" : always not loss > C for some C", """
        main.thm:8:22: error E0703: cannot solve this comparison for the open constant 'C'
          8 | claim a "a" : always not loss > C for some C
            |                      ^^^^^^^^^^^^
            = let 'C' enter once, as a factor or a summand
        """),
    Case(flow + "parameter k : integer = 1\nclaim a \"a\" : always x <= k + 1 for all k in [1, 2]", """
        main.thm:9:41: error E0704: 'k' in 'for all' is not a real parameter
          9 | claim a "a" : always x <= k + 1 for all k in [1, 2]
            |                                         ^
            = declare 'parameter k : real'
        """),
    Case(check + "family f n in [1, 2]\nclaim a \"a\" : growth of n in n over f within [0, 1]", """
        main.thm:7:37: error E0705: growth needs a family with at least 3 values of 'n'
          7 | claim a "a" : growth of n in n over f within [0, 1]
            |                                     ^
            = write 'family f n in [5, 10, 20]'
        """),
    Case(flow + "claim a \"a\" given loss < 1 : always x < 2", """
        main.thm:8:19: error E0706: 'given' reads the state 'x'
          8 | claim a "a" given loss < 1 : always x < 2
            |                   ^^^^
            = write 'always while ...', or 'implies'
        """),
    Case(flow + "claim a \"a\" : x < 2", """
        main.thm:8:15: error E0708: a plain condition reads the state 'x'
          8 | claim a "a" : x < 2
            |               ^
            = write 'always' or 'at T :' before it
        """),
    Case(
        "theorem t.t \"t\"\nparameter K : integer = 3\nclaim a \"a\" : K < 5\nclaim b \"b\" stated : K < 5\ninstance one", """
        main.thm:3:7: warning W0701: claim 'a' has no provenance
          3 | claim a "a" : K < 5
            |       ^
            = add a 'source', or write 'derived' after the sentence
        """),
]

private let instances: [Case] = [
    Case(
        "theorem t.t \"t\"\nparameter K : integer\nparameter N : integer\nclaim a \"a\" : K < N\ninstance k3 K = 3", """
        main.thm:5:10: error E0801: instance 'k3' does not give 'N'
          5 | instance k3 K = 3
            |          ^^
            = add N = ...
        """),
    Case(
        "theorem t.t \"t\"\nparameter K : integer where K >= 3\nclaim a \"a\" : K < 9\ninstance k2 K = 2", """
        main.thm:4:13: error E0802: 'where' fails: K = 2, but K >= 3 (instance k2)
          4 | instance k2 K = 2
            |             ^
            = give another value, or change the 'where'
        """),
    Case(check + "assume step : n < 1\nclaim a \"a\" : n <= 18", """
        main.thm:6:8: error E0804: every instance makes 'assume step' false: nothing is verified
          6 | assume step : n < 1
            |        ^^^^
            = add an instance that meets it, or 'expect' every claim to be vacuous
        """),
    Case(check + "claim a \"a\" : n <= 18\ninstance bad N = 7", """
        main.thm:7:14: error E0301: unknown name 'N'
          7 | instance bad N = 7
            |              ^
            = did you mean 'n'? (parameter, line 3)
        """),
    Case("theorem t.t \"t\"\nclaim a \"a\" : 1 < 2", """
        main.thm:1:9: error E0805: the file has no instance: nothing is verified
          1 | theorem t.t "t"
            |         ^^^
            = add 'instance one'
        """),
]

@Test(arguments: names + kinds + dynamics + claims + instances)
private func message(_ c: Case) {
    #expect(messages(c.text, c.models) == c.message)
}

@Test func allErrorsAreReportedInOrder() {
    let text = messages(
        """
        theorem t.t "t"
        state x = 1
        flow x' = -y
        stop at q
        claim a "a" : always z < 1 and y < 1
        instance one K = 1
        """)
    let places = text.split(separator: "\n").filter { $0.hasPrefix("main.thm") }.map { $0.split(separator: " ")[0...2].joined(separator: " ") }
    #expect(
        places == [
            "main.thm:3:12: error E0301:", "main.thm:4:9: error E0301:", "main.thm:5:22: error E0301:",
            "main.thm:6:14: error E0301:",
        ])
}

@Test func overridesNameTheKnownParameters() {
    #expect(
        messages(check + "claim a \"a\" : n <= 18", overrides: ["N": 3])
            == """
            main.thm:1:9: error E0301: no parameter is called 'N', so it cannot be set
              1 | theorem t.t "t"
                |         ^^^
                = did you mean 'n'? parameters: n
            """)
}

@Test func filesThatAreNotTheorems() {
    #expect(messages(path: "/nowhere/at-all.thm") == ["""
        /nowhere/at-all.thm:1:1: error E0309: cannot read "/nowhere/at-all.thm"
          1 |\u{20}
            | ^
        """])
    #expect(
        messages("model m.m \"m\"\nlet a = 1")
            == """
            main.thm:1:7: error E0311: 'm.m' is a model, not a theorem
              1 | model m.m "m"
                |       ^^^
                = name a file that uses it
            """)
    #expect(
        messages("theorem t.t \"t\"\nuse \"other.thm\"\ninstance one", ["other.thm": "theorem o.o \"o\"\ninstance one"])
            == """
            other.thm:1:9: error E0312: only a model can be used, 'o.o' is a theorem
              1 | theorem o.o "o"
                |         ^^^
                = move what both need to a model
            """)
}

@Test func modelsHaveNoClaims() {
    let text = messages(
        "theorem t.t \"t\"\nuse \"m.thm\"\ninstance one", ["m.thm": "model m.m \"m\"\nclaim a \"a\" : 1 < 2\ninstance two"])
    #expect(text.contains("m.thm:2:7: error E0310: a model has no claims"))
    #expect(text.contains("m.thm:3:10: error E0310: a model has no instances"))
}

@Test func statesNeedAStartAndRunsOneEnd() {
    #expect(messages(flow + "state z").hasPrefix("main.thm:8:7: error E0607: the state 'z' has no start"))
    #expect(messages(flow + "stop at 5").hasPrefix("main.thm:8:1: error E0608: the run has two ends"))
}

@Test func constantsReadParametersOnly() {
    #expect(messages(flow.replacingOccurrences(of: "stop at 10", with: "stop at loss")).contains("error E0707: 'stop at' reads the state 'x'"))
    #expect(messages(flow + "state z = x").contains("error E0707: the start of 'z' reads the state 'x'"))
    #expect(messages(flow + "show x").contains("error E0707: 'show' without 'at' reads the state 'x'"))
}
