extension ErrorExplanation {
    /// Claims, instances, and what is not run yet; warnings.
    static let aboutClaims: [ErrorExplanation] = [
        ErrorExplanation(
            "E0701", .flow(#"claim a "the loss is bounded" derived : always loss <= 1 for some C"#),
            meaning: "The constant of 'for some' is solved for, so the body has to read it.",
            fix: "Use it in the claim, or delete 'for some C'."),
        ErrorExplanation(
            "E0702", .flow(#"claim a "the loss is bounded" derived : always C*loss <= D for some C, D"#),
            meaning: """
                A comparison is solved for one constant; two of them would leave a trade-off without a best value.
                """,
            fix: """
                Write two comparisons, each with its own constant: 'c*s <= q <= C*s' is allowed. Or make one a \
                parameter.
                """),
        ErrorExplanation(
            "E0703", .flow(#"claim a "the loss decays" derived : always loss <= C*exp(-C*t) for some C"#),
            meaning: """
                The best constant is found by solving the comparison for it, so it enters once, as a factor or a \
                summand, and not under 'not', 'or' or the left side of 'implies'.
                """,
            fix: "Write the claim so, or make the rate a parameter and keep C for the factor."),
        ErrorExplanation(
            "E0704", .flow(
                """
                parameter k : integer = 1
                claim a "a" derived : always x <= k for all k in [1, 2]
                """),
            meaning: "'for all' lets a real parameter take every value of an interval.",
            fix: "Declare 'parameter k : real', or list the integers in a 'family'."),
        ErrorExplanation(
            "E0705", .file(
                """
                theorem example.mistake "A mistake"
                parameter K : integer where K >= 1
                family scaling K in [5, 10]
                claim a "a" derived : growth of K^2 in K over scaling within [1, 3]
                """),
            meaning: "Growth compares neighbouring members of a family, so it needs at least three of them.",
            fix: "List three values or more: 'family scaling K in [5, 10, 20]'."),
        ErrorExplanation(
            "E0706", .flow(#"claim a "a" derived given x < 1 : always loss < 1"#),
            meaning: """
                'given' and 'assume' are about the instance, and are decided once: they read parameters and events, \
                not what moves.
                """,
            fix: """
                Write 'always while x < 1 : ...' for times up to which the hypothesis holds, or 'always (x < 1 \
                implies ...)'.
                """),
        ErrorExplanation(
            "E0707", .flow("event T = first t after x where x <= 1/2"),
            meaning: """
                Ends of the run, ends of intervals, starts, rates and sets are fixed before the run or by events; \
                they cannot read what moves.
                """,
            fix: """
                Use parameters, or parameters and events, as the remedy says. The value of a state at a moment is \
                x@T.
                """),
        ErrorExplanation(
            "E0708", .flow(#"claim a "x is small" derived : x < 2"#),
            meaning: """
                A condition that reads a state is true at some times and false at others: the claim has to say when.
                """,
            fix: "Write 'always x < 2', 'at end : x < 2' or 'sometime x < 2'."),
        ErrorExplanation(
            "E0709", .file(
                """
                theorem example.mistake "A mistake"
                draw z[1..1] ~ sign
                claim a "often" derived : z[1] = 1 for at least 11 of seeds 1..10
                instance one seed = 1
                """),
            meaning: "More runs have to succeed than there are seeds, or none has to.",
            fix: "Count from 1 to all of the seeds, of at most 1000."),
        ErrorExplanation(
            "E0801", .file(
                """
                theorem example.mistake "A mistake"
                parameter K : integer
                parameter N : integer
                claim a "a" derived : K < N
                instance small K = 3
                """),
            meaning: "An instance fixes every parameter and every table that has no default.",
            fix: "Add N = ..., a formula of other parameters is allowed (N = K^2), or give the parameter a default."),
        ErrorExplanation(
            "E0802", .file(
                """
                theorem example.mistake "A mistake"
                parameter K : integer where K >= 3
                claim a "a" derived : K < 9
                instance small K = 2
                """),
            meaning: """
                The instance does not meet the 'where' of a parameter, or exact arithmetic cannot say whether it \
                does.
                """,
            fix: """
                Choose another value. What exact numbers do not decide is written as an 'assume', which is enclosed.
                """),
        ErrorExplanation(
            "E0803", .file(
                """
                theorem example.mistake "A mistake"
                draw z[1..3] ~ normal
                claim a "a" derived : z[1] < 10
                instance one
                """),
            meaning: "Random constants are drawn from the seed of the instance, so that everybody gets the same ones.",
            fix: "Add 'seed = 1' to the instance, or 'seed in [1, 2, 3]' to a family."),
        ErrorExplanation(
            "E0804", .check(
                """
                assume large : n >= 100
                claim a "a" derived : n > 0
                """),
            meaning: """
                The hypothesis is false on every instance, so every claim would be vacuous and nothing verified.
                """,
            fix: "Add an instance that meets it. If that is meant, 'expect' every claim to be vacuous."),
        ErrorExplanation(
            "E0805", .file(
                """
                theorem example.mistake "A mistake"
                claim a "a" derived : 1 < 2
                """),
            meaning: """
                Verdicts are about instances: without one nothing is verified. 'flowbound test' draws one, if every \
                parameter has a range to draw from.
                """,
            fix: "Add 'instance one', with values for all parameters that have no default; for 'test', a 'where' with bounds."),
        ErrorExplanation(
            "E0901", .file(
                """
                theorem example.mistake "A mistake"
                state x = 1
                event T = first t where x <= 1/2
                flow x' = -T*x
                stop at 10
                instance one
                """),
            meaning: """
                The language has this form, and this version does not run it. In the dynamics, the data or the end \
                of the run it is an error; in a claim, an event or a 'show' that one alone is undecided. Not run \
                are: events and q@T in the dynamics or in the end of the run (q@0 may stand there), total(q) in the \
                dynamics, tables for anything but 'data', determinants of more than 6 rows, 'opnorm' of more than \
                two rows and columns, indices or 'where' that read states.
                """,
            fix: """
                Say it otherwise: a stage that ends when the event happens, a parameter for the time, explicit \
                formulas. docs/language.md, 'Not run yet', has the list.
                """),
        ErrorExplanation(
            "W0303", .check(
                """
                let spare = 2*n
                claim a "a" derived : n > 0
                """),
            meaning: "Nothing reads the formula: probably a claim was meant to. The file can be used.",
            fix: "Use it in a claim, or delete its line."),
        ErrorExplanation(
            "W0701", .check(#"claim a "n is positive" : n > 0"#),
            meaning: "The report cannot say how far the claim is the paper's own. The file can be used.",
            fix: """
                Add a 'source' statement, or a word behind the sentence: stated, abstract, recalled, reconstructed \
                or derived.
                """),
    ]
}
