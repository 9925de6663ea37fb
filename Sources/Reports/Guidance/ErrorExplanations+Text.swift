extension ErrorExplanation {
    /// Characters, layout and grammar.
    static let aboutText: [ErrorExplanation] = [
        ErrorExplanation(
            "E0101", .flow(#"claim a "x stays small" derived : always x < 2$"#),
            meaning: """
                The character belongs to no word, number or operator of the language. Invisible characters and the \
                quotes of word processors count too: the message names them.
                """,
            fix: """
                Delete it, or write the ASCII spelling that the message offers. Greek letters and signs such as ≤ \
                and · are allowed.
                """),
        ErrorExplanation(
            "E0102", .flow(#"claim a "x stays small" derived : always x < .5"#),
            meaning: "A digit stands on both sides of the decimal point, so that 1..3 is a range and never a number.",
            fix: "Write 0.5 for .5, and 5.0 or 5 for 5."),
        ErrorExplanation(
            "E0103", .flow(#"claim a "x stays small derived : always x < 2"#),
            meaning: "A string ends with '\"' on the line where it starts. It may not contain a '\"' itself.",
            fix: """
                Close it, and shorten it if it is too long for one line: the title, the sentence of a claim and a \
                line of documentation are one line each.
                """),
        ErrorExplanation(
            "E0104", .latin1(
                """
                theorem example.mistake "Schrödinger"
                instance one
                """),
            meaning: """
                The bytes of the file are no UTF-8 text. The line is the first one with such a byte; the file here \
                is in Latin-1.
                """,
            fix: "Save the file as UTF-8, in the editor or with 'iconv -f latin1 -t utf-8'."),
        ErrorExplanation(
            "E0105", .flow(#"claim a "x stays small" derived : always x < 1e2000000"#),
            meaning: """
                Numbers are exact, so a huge exponent would be written out. The limit is 1000000, and 100000 digits \
                for one number.
                """,
            fix: "Write a power, 10^n, or compare logarithms."),
        ErrorExplanation(
            "E0201", .flow(#"clam a "x stays small" derived : always x < 2"#),
            meaning: """
                Every line that starts in column 1 begins a statement, with one of the keywords of the language: \
                parameter, state, let, flow, stop, event, assume, claim, expect, instance, show, ...
                """,
            fix: "Correct the keyword, or indent the line if it continues the statement above."),
        ErrorExplanation(
            "E0202", .flow(#"claim a "x stays small" derived : always on [1, 2] x < 2"#),
            meaning: """
                The statement has another form here: a word or a sign is missing, or there is one too many. The \
                message says what was expected and what was found.
                """,
            fix: "Compare with the form in the remedy, or with the table of statements in docs/language.md."),
        ErrorExplanation(
            "E0203", .flow(#"claim a "x stays small" derived : always x <"#),
            meaning: "A formula has to stand here. 'and', 'where', 'for' and the other reserved words begin none.",
            fix: """
                Write the formula. A condition used as a term, and a 'not', 'all' or 'any' inside a formula, go into \
                parentheses.
                """),
        ErrorExplanation(
            "E0204", .file(
                """
                state x = 1
                """),
            meaning: "A file holds one theorem or one model, and says so first.",
            fix: "Start with 'theorem ID \"title\"', or with 'model ID \"title\"' for what several theorems share."),
        ErrorExplanation(
            "E0205", .file(
                """
                  theorem example.mistake "A mistake"
                instance one
                """),
            meaning: "An indented line continues the statement above it; here there is none.",
            fix: "Start the line in column 1."),
        ErrorExplanation(
            "E0206", .file(
                """
                theorem example.mistake "A mistake"
                claim a "deep" derived : \(String(repeating: "(", count: 300))1\(String(repeating: ")", count: 300)) < 2
                instance one
                """),
            meaning: "Formulas are read to a depth of 256 levels of parentheses, functions and operators.",
            fix: "Name a part of the formula with 'let', and use the name."),
    ]
}
