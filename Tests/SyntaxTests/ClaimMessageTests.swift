import Testing

/// Claims. The statement, the column with the width of the carets, what is wrong, and what to do.
@Test(arguments: [
    Message(
        "claim 4.5 \"x\" : p",
        "7+3 E0202: expected an id for the claim, found '4.5'",
        "an id starts with a letter, as in 'thm3.1.a'"),
    Message(
        "claim \"x\" : p",
        "7+3 E0202: expected an id for the claim, found a string",
        "an id starts with a letter, as in 'thm3.1.a'"),
    Message(
        "claim c : p",
        "9+1 E0202: expected the wording of the claim in quotes, found ':'",
        nil),
    Message(
        "claim c \"x\" p",
        "13+1 E0202: expected ':' before the body of the claim, found 'p'",
        "write 'claim c \"...\" : ...'"),
    Message(
        "claim c \"x\" statd : p",
        "13+5 E0202: unknown provenance 'statd'",
        "did you mean 'stated'?"),
    Message(
        "claim c \"x\" :",
        "14+1 E0203: expected an expression, found the end of the statement",
        "put a formula there"),
    Message(
        "claim c \"x\" : always on [T1, T2] x > 0",
        "34+1 E0202: expected ':' after the scope of 'always'",
        "write 'always on [T1, T2] : ...'"),
    Message(
        "claim c \"x\" : always on [T1] : x > 0",
        "28+1 E0202: expected ',' in the interval, found ']'",
        "write 'on [T1, T2]'"),
    Message(
        "claim c \"x\" : always on [T1, T2 : x > 0",
        "33+1 E0202: expected ']' or ')' after the interval, found ':'",
        "write 'on [T1, T2]'"),
    Message(
        "claim c \"x\" : sometime during a x > 0",
        "33+1 E0202: expected ':' after the scope of 'sometime'",
        "write 'sometime on [T1, T2] : ...'"),
    Message(
        "claim c \"x\" : always while c x > 0",
        "30+1 E0202: expected ':' after the condition of 'while'",
        "write 'always while c : ...'"),
    Message(
        "claim c \"x\" : always : x > 0",
        "22+1 E0202: 'always' without a scope has no ':'",
        "delete ':'"),
    Message(
        "claim c \"x\" : at T1 + 1 : p",
        "21+1 E0202: expected ':' after the moment of 'at', found '+'",
        "write 'at T1 : ...', with () around a longer moment"),
    Message(
        "claim c \"x\" : at : p",
        "18+1 E0202: expected a moment after 'at', found ':'",
        "write a number, an event, end, start(stage), end(stage), or a formula in ()"),
    Message(
        "claim c \"x\" : symmetry x = y",
        "26+1 E0202: expected '->' after the state, found '='",
        "write 'symmetry x[i] -> x[s(i)]'"),
    Message(
        "claim c \"x\" : solution x -> y",
        "26+2 E0202: expected '=' after the state of 'solution', found '->'",
        "write 'solution x = ...'"),
    Message(
        "claim c \"x\" : growth T in K over f within [1, 2]",
        "22+1 E0202: expected 'of' after 'growth', found 'T'",
        "write 'growth of T in K over family within [lo, hi]'"),
    Message(
        "claim c \"x\" : growth of T over f within [1, 2]",
        "27+4 E0202: expected 'in' after the quantity of 'growth', found 'over'",
        "write 'growth of T in K over family within [lo, hi]'"),
    Message(
        "claim c \"x\" : growth of T in K within [1, 2]",
        "32+6 E0202: expected 'over' after the parameter, found 'within'",
        "write 'growth of T in K over family within [lo, hi]'"),
    Message(
        "claim c \"x\" : growth of T in K over f in [1, 2]",
        "39+2 E0202: expected 'within' after the family, found 'in'",
        "write 'growth of T in K over family within [lo, hi]'"),
    Message(
        "claim c \"x\" : p for some C where C > 0 and C < 1",
        "40+3 E0202: expected the end of the statement, found 'and'",
        "write a chain, 0 < C < 1"),
    Message(
        "claim c \"x\" : p for any C",
        "21+3 E0202: expected 'some', 'all' or 'at least' after 'for', found 'any'",
        "write 'for some C where C <= 1'"),
    Message(
        "claim c \"x\" : p for at 9 of seeds 1..10",
        "24+1 E0202: expected 'least' after 'at', found '9'",
        "write 'for at least 9 of seeds 1..10'"),
    Message(
        "claim c \"x\" : p for at least k of seeds 1..10",
        "30+1 E0202: expected a number, found 'k'",
        nil),
    Message(
        "claim c \"x\" : p for at least 9 of 1..10",
        "35+1 E0202: expected 'seeds' after 'of', found '1'",
        "write 'for at least 9 of seeds 1..10'"),
    Message(
        "claim c \"x\" : p for all a = 3",
        "27+1 E0202: expected 'in' after the parameter, found '='",
        "write 'for all a in [lo, hi]'"),
    Message(
        "claim c \"x\" : p for all a in (1, 2)",
        "30+1 E0202: expected '[' after 'in', found '('",
        "write [lo, hi]"),
])
func messagesOfClaims(expected: Message) {
    expected.check()
}
