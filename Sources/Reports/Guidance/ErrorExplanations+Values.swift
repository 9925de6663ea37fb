extension ErrorExplanation {
    /// Shapes, kinds and values.
    static let aboutValues: [ErrorExplanation] = [
        ErrorExplanation(
            "E0401", .check(#"claim a "a" derived : norm([n, 1] + [1, 2, 3]) > 0"#),
            meaning: """
                Arrays are added entry by entry and multiplied as matrices: their sizes have to fit. Which sizes \
                there are is known on the instance that the message names.
                """,
            fix: """
                Make the index sets equal, transpose one of the two, or write dot(a, b) for the product of two \
                vectors.
                """),
        ErrorExplanation(
            "E0402", .flow(#"claim a "the loss is small" derived : always loss"#),
            meaning: """
                A number stands where a condition is needed, or the other way round; or a set, a state, a law or a \
                list of equations is needed. The message says what was found.
                """,
            fix: """
                Compare the number with something; write indicator(c) for a condition as a number, 1..n or {1, 2} \
                for a set.
                """),
        ErrorExplanation(
            "E0403", .check(#"claim a "a" derived : [1, 2, 3][n] > 0"#),
            meaning: """
                An index lies outside its set on the instance that the message names, or a cell of a table lies \
                outside the set that its declaration gives.
                """,
            fix: "Use an index of the set, or correct the table."),
        ErrorExplanation(
            "E0404", .check(
                """
                let S(i, j) = i + j
                claim a "a" derived : S(n) > 0
                """),
            meaning: """
                A 'let' and a function take as many arguments as they are declared with, an array as many indices as \
                it has index sets.
                """,
            fix: "Give as many as the remedy shows."),
        ErrorExplanation(
            "E0405", .file(
                """
                theorem example.mistake "A mistake"
                parameter n : integer
                claim a "a" derived : n > 0
                instance one n = 7/2
                """),
            meaning: "A parameter or a table that is declared 'integer', or a seed, has another value.",
            fix: "Give an integer, or declare the parameter 'real'."),
        ErrorExplanation(
            "E0406", .file(
                """
                theorem example.mistake "A mistake"
                parameter n : real
                claim a "a" derived : n > 0
                instance one n = sqrt(2)
                """),
            meaning: """
                Parameters, ranges and the numbers of a law are exact rationals, computed before the run. This one \
                has no exact value, or no value at all.
                """,
            fix: """
                Write a number, or a formula in + - * / ^ of exact numbers. An irrational number can be a 'let', \
                which is a formula and stays exact.
                """),
        ErrorExplanation(
            "E0407", .formula("1 + log(x)", with: "x=-1"),
            meaning: """
                'flowbound evaluate': the formula certainly leaves the domain of a function. In a theorem file the \
                claim is undecided instead.
                """,
            fix: "Give values inside the domain."),
        ErrorExplanation(
            "E0408", .formula("1/x", with: "x=[-1, 1]"),
            meaning: """
                'flowbound evaluate': the formula may leave the domain of a function for some of the given values, \
                so there is no bound on it.
                """,
            fix: "Give narrower intervals, or --tight, with which intervals are cut into parts."),
        ErrorExplanation(
            "E0409", .flow("state y = 2^(10^12)"),
            meaning: "An exact power of this size does not fit into memory.",
            fix: "Compare logarithms, or write exp(k*log(2)), which is enclosed and never written out."),
        ErrorExplanation(
            "E0410", .formula("x + 1", with: "x=[1, 0]"),
            meaning: """
                'flowbound evaluate': what --with gives is no name with a point or an interval, or a name is given \
                twice.
                """,
            fix: "Write x=1/3 or 'x=[0, 1/2]', with the lower end first, once for each name."),
    ]
}
