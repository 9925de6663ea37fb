extension ErrorExplanation {
    /// What moves, tables and minimisers.
    static let aboutDynamics: [ErrorExplanation] = [
        ErrorExplanation(
            "E0501", .descent(
                """
                claim a "x falls" derived : decreasing x
                show x at 0, 5
                """),
            meaning: """
                Instants of a map or a descent are its steps, so lengths and moments written as numbers say 'steps'. \
                Events, end and formulas of them need no unit.
                """,
            fix: "Add 'steps': 'stop at 100 steps', 'show x at 0 steps, 5 steps'."),
        ErrorExplanation(
            "E0502", .descent(#"claim a "the loss falls" derived : always loss' < 0"#),
            meaning: "A map or a descent jumps from step to step, so q' has no meaning.",
            fix: "Write next(q) - q for the change in one step, or 'decreasing q'."),
        ErrorExplanation(
            "E0503", .flow(#"claim a "x falls" derived : always next(x) < x"#),
            meaning: "A flow is continuous in time, so no value comes next.",
            fix: "Write x' for the rate of change, or 'decreasing x'."),
        ErrorExplanation(
            "E0504", .flow(
                """
                claim a "x falls" derived : decreasing x
                show x at 5 steps
                """),
            meaning: "A flow is timed by real numbers. How many steps the program takes is no part of the theorem.",
            fix: "Leave out 'steps'."),
        ErrorExplanation(
            "E0601", .file(
                """
                theorem example.mistake "A mistake"
                state x = 1
                state y = 0
                flow x' = y - x
                stop at 10
                instance one
                """),
            meaning: """
                Every state needs an equation. If a gradient names its states with 'in', the others rest and need \
                none.
                """,
            fix: "Add \"flow y' = ...\" (or 'map next(y) = ...'), or make it a 'parameter' or a 'let'."),
        ErrorExplanation(
            "E0602", .flow("flow x' = -x"),
            meaning: "A state has one equation. 'gradient of loss' moves all states, unless 'in' names some.",
            fix: "Keep one of the two, or restrict the gradient: 'flow gradient of loss in W'."),
        ErrorExplanation(
            "E0603", .flow(
                """
                state y = 1
                map next(y) = y/2
                """),
            meaning: "A theorem is about a flow or about a descent or map, not about both.",
            fix: "Split the file, and move what both need to a model."),
        ErrorExplanation(
            "E0604", .file(
                """
                theorem example.mistake "A mistake"
                state x = 1
                flow x' = -x
                instance one
                """),
            meaning: "A run is finite: Flowbound follows it to its end, and 'always' means up to there.",
            fix: "Add 'stop at 100', or 'stop when c, at latest 100'; in steps 'stop at 100 steps'."),
        ErrorExplanation(
            "E0605", .check(#"claim a "a" derived : always n > 0"#),
            meaning: """
                The file has no flow, map or descent, so there is no time: no 'always', 't', 'end', event, prime or \
                'next'.
                """,
            fix: """
                Write 'everywhere' for all values of the states, 'identity' for equations, or a plain condition of \
                parameters.
                """),
        ErrorExplanation(
            "E0606", .file(
                """
                theorem example.mistake "A mistake"
                set I = 1..3
                data X[I] : real
                claim a "a" derived : sum(i in I) X[i] > 0
                instance one X = [1, 2]
                """),
            meaning: """
                A table has one row for each element of its first index set, one column for each of the second, and \
                exact numbers in all cells. CSV files have no header.
                """,
            fix: "Correct the table or the index set. Rows of different lengths are declared 'list of S'."),
        ErrorExplanation(
            "E0607", .file(
                """
                theorem example.mistake "A mistake"
                state x
                flow x' = -x
                stop at 10
                instance one
                """),
            meaning: "What moves starts somewhere.",
            fix: "Write 'state x = 1', or 'state x in [0, 1]' for a claim about every start of an interval."),
        ErrorExplanation(
            "E0608", .flow("stop at 20"),
            meaning: "The run has one end: one 'stop', or the end of the last stage.",
            fix: "Keep one."),
        ErrorExplanation(
            "E0609", .file(
                """
                theorem example.mistake "A mistake"
                minimiser w[k in 1..2] of w[1]^4 + w[2]^2
                  subject to side[i in 1..1] : w[1] >= 1
                claim a "a" derived : w[1] = 1
                instance one
                """),
            meaning: """
                Minimisers are solved exactly, and only quadratic programs are: the objective is a polynomial of \
                degree 2 in the entries.
                """,
            fix: """
                Write sums of squares and products of the entries, and linear terms. Of another problem state the \
                solution as numbers, and its conditions as claims.
                """),
        ErrorExplanation(
            "E0610", .file(
                """
                theorem example.mistake "A mistake"
                minimiser w[k in 1..2] of w[1]^2
                  subject to side[i in 1..1] : w[1] >= 1
                claim a "a" derived : w[1] = 1
                instance one
                """),
            meaning: """
                The minimum has to be unique, so the objective has to be strictly convex: its quadratic part is \
                positive definite.
                """,
            fix: "Add a square of every entry, as in w[1]^2 + w[2]^2."),
        ErrorExplanation(
            "E0611", .file(
                """
                theorem example.mistake "A mistake"
                minimiser w[k in 1..2] of w[1]^2 + w[2]^2
                  subject to side[i in 1..1] : w[1]*w[2] >= 1
                claim a "a" derived : w[1] = 1
                instance one
                """),
            meaning: "The constraints of a quadratic program are linear in the entries.",
            fix: "Write sums of multiples of the entries on both sides of the comparison."),
        ErrorExplanation(
            "E0612", .file(
                """
                theorem example.mistake "A mistake"
                minimiser w[k in 1..2] of w[1]^2 + w[2]^2
                  subject to side[i in 1..1] : sqrt(2)*w[1] >= 1
                claim a "a" derived : w[1] > 0
                instance one
                """),
            meaning: "Quadratic programs are solved in exact rational arithmetic, so that the solution is exact.",
            fix: "Use rational numbers: no roots and no functions. Scale the constraint if that makes it rational."),
        ErrorExplanation(
            "E0613", .file(
                """
                theorem example.mistake "A mistake"
                minimiser w[k in 1..2] of w[1]^2 + w[2]^2
                  subject to low[i in 1..1] : w[1] >= 1, high[i in 1..1] : w[1] <= 0
                claim a "a" derived : w[1] = 1
                instance one
                """),
            meaning: "No point meets all constraints, so there is no minimum.",
            fix: "Drop a constraint, or turn the one round whose direction is wrong."),
        ErrorExplanation(
            "E0614", .file(
                """
                theorem example.mistake "A mistake"
                minimiser w[k in 1..2] of w[1]^2 + w[2]^2
                  subject to side[i in 1..1] : w[1] > 1
                claim a "a" derived : w[1] = 1
                instance one
                """),
            meaning: "A minimum under strict inequalities need not exist.",
            fix: "Write <=, >= or =."),
        ErrorExplanation(
            "E0615", .file(
                """
                theorem example.mistake "A mistake"
                minimiser w[k in 1..2] of w[1]^2 + w[2]^2
                  subject to side[i in 1..2] : i*w[1] >= i
                state x = dual(side[1])
                flow x' = -x
                stop at 10
                instance one
                """),
            meaning: """
                Several active constraints say the same, so that the multipliers are not unique; the minimiser \
                itself is.
                """,
            fix: "Ask for the entries instead, or drop the constraint that is not needed."),
        ErrorExplanation(
            "E0616", .file(
                """
                theorem example.mistake "A mistake"
                minimiser w[k in 1..2] of w[1]^2 + w[2]^2
                  subject to side[i in [1, 1]] : w[1] >= 1
                claim a "a" derived : w[1] = 1
                instance one
                """),
            meaning: "Constraints are named by their indices, so each index occurs once.",
            fix: "Use a set without repetitions."),
        ErrorExplanation(
            "E0617", .file(
                """
                theorem example.mistake "A mistake"
                state x = 1
                let loss = x^2/2
                stage first : flow gradient of loss for 5
                stage second for 5
                instance one
                """),
            meaning: "Either every stage has dynamics of its own, or none has and all follow those of the file.",
            fix: "Write 'stage second : flow gradient of ... for 5', or take the dynamics out of the stages."),
        ErrorExplanation(
            "E0618", .file(
                """
                theorem example.mistake "A mistake"
                state x = 1
                let loss = x^2/2
                flow gradient of loss
                stage first : flow gradient of loss for 5
                instance one
                """),
            meaning: "Either every stage has dynamics of its own, or none has and all follow those of the file.",
            fix: "Delete the dynamics of the file, or those of the stages."),
        ErrorExplanation(
            "E0619", .file(
                """
                theorem example.mistake "A mistake"
                schedule eta = 1/2 during first
                state x = 1
                map next(x) = (1 - eta)*x
                stage first for 5 steps
                stage second for 5 steps
                instance one
                """),
            meaning: "A schedule has one value for every stage.",
            fix: "Add ', 1/4 during second'."),
    ]
}
