import Testing

/// Statements as a whole, and where the theorem comes from. The statement, the column with the width of the carets, what is wrong, and what to do.
@Test(arguments: [
    Message(
        "paramter K : real",
        "1+8 E0201: unknown statement 'paramter'",
        "did you mean 'parameter'?"),
    Message(
        "foo bar",
        "1+3 E0201: unknown statement 'foo'",
        "indent the line if it continues the statement above"),
    Message(
        ")",
        "1+1 E0201: expected a statement, found ')'",
        "indent the line if it continues the statement above"),
    Message(
        "theorem z \"again\"",
        "1+7 E0204: 'theorem' can only be the first statement",
        "a file holds one theorem or one model: move this one to a file of its own"),
    Message(
        "let a = 1 let b = 2",
        "11+3 E0202: expected the end of the statement, found 'let'",
        "start 'let' in column 1"),
    Message(
        "let x = 2x",
        "10+1 E0202: expected the end of the statement, found 'x'",
        "write 2*x"),
    Message(
        "let x = 2(a + b)",
        "10+1 E0202: expected the end of the statement, found '('",
        "write '*' for a product"),
    Message(
        "let x = (a + b)(c)",
        "16+1 E0202: expected the end of the statement, found '('",
        "write '*' for a product"),
    Message(
        "let x = 1..n",
        "10+2 E0202: expected the end of the statement, found '..'",
        "a range is declared with 'set': set I = 1..n"),
    Message(
        "source \"a\" stated",
        "12+6 E0202: expected the place in the work in quotes, found 'stated'",
        "put it between two '\"'"),
    Message(
        "source \"a\" \"b\"",
        "15+1 E0202: expected a provenance, found the end of the statement",
        "one of stated, abstract, recalled, reconstructed, derived"),
    Message(
        "use model",
        "5+5 E0202: expected the file in quotes, found 'model'",
        "put it between two '\"'"),
    Message(
        "note hello",
        "6+5 E0202: expected the text of the note in quotes, found 'hello'",
        "put it between two '\"'"),
    Message(
        "note",
        "5+1 E0202: expected the text of the note in quotes, found the end of the statement",
        nil),
    Message(
        "conserved",
        "10+1 E0203: expected an expression, found the end of the statement",
        "put a formula there"),
])
func messagesOfStatements(expected: Message) {
    expected.check()
}
