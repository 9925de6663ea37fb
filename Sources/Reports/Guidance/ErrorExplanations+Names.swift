extension ErrorExplanation {
    /// Names and files.
    static let aboutNames: [ErrorExplanation] = [
        ErrorExplanation(
            "E0301", .flow(#"claim a "the loss is small" derived : always los < 1"#),
            meaning: """
                No statement of the file, or of the models that it uses, declares this name, and no 'sum', 'for \
                some' or argument around it does. Upper and lower case differ.
                """,
            fix: """
                Correct the spelling, or declare it: 'parameter' for a number that instances give, 'state' for what \
                moves, 'let' for a formula, 'event' for a time.
                """),
        ErrorExplanation(
            "E0302", .flow("let x = 2*t"),
            meaning: """
                A name means one thing in a theorem and all its models, so that no formula reads something else than \
                its author meant. Reserved words, ids of claims and names of instances are checked the same way.
                """,
            fix: "Choose another name, or delete one of the two."),
        ErrorExplanation(
            "E0303", .flow("parameter eta : real = 1 where eta > 0"),
            meaning: """
                The parameter changes nothing: probably a formula was meant to read it. Defaults that come from a \
                model may stay unused.
                """,
            fix: "Use it in the model or in a claim, or delete its line and its values in the instances."),
        ErrorExplanation(
            "E0304", .flow(
                """
                let G(i) = i*x
                claim a "a" derived : always G[1] < 2
                """),
            meaning: """
                Brackets take an entry of what is stored (states, data, arrays); parentheses apply what is defined \
                (let, functions).
                """,
            fix: "Use the other ones, as the remedy shows."),
        ErrorExplanation(
            "E0305", .flow(
                """
                claim decay "the loss decays" derived : decreasing loss
                expect decays refuted
                """),
            meaning: "'expect' and '--only' name claims by their ids.",
            fix: "Correct the id; 'flowbound list FILE' shows those of a file."),
        ErrorExplanation(
            "E0306", .flow(
                """
                claim decay "the loss decays" derived : decreasing loss
                expect decay refuted on two
                """),
            meaning: "'expect ... on' names instances, families, or members of families as in scaling[K = 5].",
            fix: "Correct the name; 'flowbound list FILE' shows those of a file."),
        ErrorExplanation(
            "E0307", .file(
                """
                theorem example.mistake "A mistake"
                use "example.thm"
                instance one
                """),
            meaning: "A file uses itself, directly or through other models; the message has the way round.",
            fix: "Move what both files need to a third model, which uses neither."),
        ErrorExplanation(
            "E0308", .check(
                """
                let f(i) = if i = 0 then 1 else i*f(i - 1)
                claim a "a" derived : f(n) >= n
                """),
            meaning: """
                Definitions are expanded before the run, so none may need itself. The same holds for parameters: two \
                of them cannot be computed from each other.
                """,
            fix: """
                For a recursion in time declare a 'state' and move it with 'map'; for a product over a range write \
                product(k in 1..n) k. Of parameters, give one as a number.
                """),
        ErrorExplanation(
            "E0309", .file(
                """
                theorem example.mistake "A mistake"
                use "modle.thm"
                instance one
                """),
            meaning: "The file cannot be opened. The path of a model is relative to the file that uses it.",
            fix: """
                Correct the path. The message suggests a .thm file of that folder with a similar name, if there is \
                one.
                """),
        ErrorExplanation(
            "E0310", .file(
                """
                theorem example.mistake "A mistake"
                use "model.thm"
                instance one
                """,
                beside: "model.thm",
                """
                model example.shared "Shared"
                parameter a : real = 1
                claim a1 "a is 1" derived : a = 1
                """),
            meaning: "A model is shared by theorems, so it has no claims and no instances of its own.",
            fix: "Move the claim or the instance to the theorem that uses the model."),
        ErrorExplanation(
            "E0311", .file(
                """
                model example.shared "Shared"
                parameter a : real = 1
                """),
            meaning: "A model has nothing to verify: it only declares what theorems use.",
            fix: "Name a theorem file that uses it. A folder may be named too: its models are left out."),
        ErrorExplanation(
            "E0312", .file(
                """
                theorem example.mistake "A mistake"
                use "other.thm"
                instance one
                """,
                beside: "other.thm",
                """
                theorem example.other "Another theorem"
                instance one
                """),
            meaning: "A theorem cannot be used by another one, because its claims and instances are its own.",
            fix: "Move what both need to a 'model', and let both use it."),
    ]
}
