import Testing

/// Statements that declare names. The statement, the column with the width of the carets, what is wrong, and what to do.
@Test(arguments: [
    Message(
        "parameter K integer",
        "13+7 E0202: expected ':' after the name of the parameter, found 'integer'",
        "write 'parameter K : real'"),
    Message(
        "parameter K : natural",
        "15+7 E0202: unknown type 'natural'",
        "one of 'integer', 'real'"),
    Message(
        "parameter K : intger",
        "15+6 E0202: unknown type 'intger'",
        "did you mean 'integer'?"),
    Message(
        "parameter K :",
        "14+1 E0202: expected a type, found the end of the statement",
        "one of 'integer', 'real'"),
    Message(
        "parameter end : real",
        "11+3 E0202: 'end' is a reserved word and cannot be a name",
        "choose another name"),
    Message(
        "set I : 1..n",
        "7+1 E0202: expected '=' after the name of the set, found ':'",
        "write 'set I = 1..n'"),
    Message(
        "data X : real",
        "8+1 E0202: expected '[' after the name of the data, found ':'",
        "write 'data X[1..n] : real'"),
    Message(
        "data X[I] real",
        "11+4 E0202: expected ':' after the indices of the data, found 'real'",
        "write 'data X[...] : real'"),
    Message(
        "data X[I] : list integer",
        "18+7 E0202: expected 'of' after 'list', found 'integer'",
        "write 'list of integer'"),
    Message(
        "data X[I : real",
        "10+1 E0202: expected ']' after the indices, found ':'",
        nil),
    Message(
        "draw Z : normal",
        "8+1 E0202: expected '[' after the name of the draw, found ':'",
        "write 'draw Z[1..n] ~ normal'"),
    Message(
        "draw Z[1..m] ~ gaussian",
        "16+8 E0202: unknown law 'gaussian'",
        "one of 'normal', 'sign', 'uniform'"),
    Message(
        "draw Z[1..m] = normal",
        "14+1 E0202: expected '~' after the indices of the draw, found '='",
        "write 'draw Z[...] ~ normal'"),
    Message(
        "state x in [0]",
        "14+1 E0202: expected ',' between the two bounds, found ']'",
        "write [lo, hi]"),
    Message(
        "state x in (0, 1)",
        "12+1 E0202: expected '[' after 'in', found '('",
        "write [lo, hi]"),
    Message(
        "let x[i] = 3",
        "6+1 E0202: expected '=' after the name of the formula, found '['",
        "a let takes (), not []"),
    Message(
        "let t = 3",
        "5+1 E0202: 't' is a reserved word and cannot be a name",
        "choose another name"),
    Message(
        "let f(i = 3",
        "9+1 E0202: expected ')' after the arguments of 'f', found '='",
        nil),
    Message(
        "let : 3",
        "5+1 E0202: expected a name for the formula, found ':'",
        nil),
    Message(
        "assume x > 0",
        "10+1 E0202: expected ':' after the name of the hypothesis, found '>'",
        "write 'assume x : ...'"),
    Message(
        "event T1 : first t where a",
        "10+1 E0202: expected '=' after the name of the event, found ':'",
        "write 'event T1 = first t where ...'"),
    Message(
        "event T1 = T2 + 1",
        "15+1 E0202: expected the end of the event, found '+'",
        "put a longer moment in parentheses: (T1 + 1)"),
    Message(
        "event T1 = first t when a",
        "20+4 E0202: expected 'where' in the event, found 'when'",
        "write 'first t where ...'"),
    Message(
        "event T1 = first where a",
        "18+5 E0202: expected the end of the event, found 'where'",
        "write 'first t where ...'"),
    Message(
        "event T1 = start(3)",
        "18+1 E0202: expected the name of a stage, found '3'",
        nil),
])
func messagesOfDeclarations(expected: Message) {
    expected.check()
}
