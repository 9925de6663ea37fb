import Testing

/// Formulas. The statement, the column with the width of the carets, what is wrong, and what to do.
@Test(arguments: [
    Message(
        "let x = where",
        "9+5 E0203: expected an expression, found 'where'",
        "put a formula there"),
    Message(
        "let x = \"a\"",
        "9+3 E0203: expected an expression, found a string",
        "put a formula there"),
    Message(
        "let x = a == b",
        "12+1 E0203: expected an expression, found '='",
        "write '=' once"),
    Message(
        "let x = a < = b",
        "13+1 E0203: expected an expression, found '='",
        "write '<=' without a space"),
    Message(
        "let x = a ** b",
        "12+1 E0203: expected an expression, found '*'",
        "write '^' for a power"),
    Message(
        "let x = a + + b",
        "13+1 E0203: expected an expression, found '+'",
        "a sign '+' stands between two terms only: delete it"),
    Message(
        "let x = 1 + all(i in I) x[i] > 0",
        "13+3 E0203: expected an expression, found 'all'",
        "put the condition in parentheses"),
    Message(
        "let x = log + 1",
        "9+3 E0202: 'log' is a function",
        "write log(...)"),
    Message(
        "let x = mean + 1",
        "14+1 E0202: expected '(' after 'mean', found '+'",
        "write mean(i in 1..n) ..."),
    Message(
        "let x = sum(1..n) i",
        "13+1 E0202: expected 'i in SET' or 'n ~ LAW' in the parentheses of 'sum', found '1'",
        "write sum(i in 1..n) ..."),
    Message(
        "let x = sum(t in I) t",
        "13+1 E0202: 't' is a reserved word and cannot be a name",
        "choose another name"),
    Message(
        "let x = sum(i in I i",
        "20+1 E0202: expected ')' after the indices of 'sum', found 'i'",
        nil),
    Message(
        "let x = max(i in 1..n) x[i",
        "27+1 E0202: expected ']' after the indices, found the end of the statement",
        nil),
    Message(
        "let x = mean(n ~ N) n",
        "18+1 E0202: expected a law after '~', found 'N'",
        "write binomial(N, p), multinomial(N, [p, q]) or uniform(S)"),
    Message(
        "let x = mean((a, b) in S) a",
        "21+2 E0202: expected '~' after the names of the counts, found 'in'",
        nil),
    Message(
        "let x = probability(n ~ binomial(N, p)) n > 3",
        "41+1 E0202: expected '(' before the condition of 'probability', found 'n'",
        "write probability(n ~ binomial(N, p)) (condition)"),
    Message(
        "let x = f(a, b",
        "15+1 E0202: expected ')' after the arguments of 'f', found the end of the statement",
        nil),
    Message(
        "let x = (a + b",
        "15+1 E0202: expected ')' to close '(', found the end of the statement",
        nil),
    Message(
        "let x = [1, 2",
        "14+1 E0202: expected ',' or ']', found the end of the statement",
        nil),
    Message(
        "let x = {1..n}",
        "11+2 E0202: expected ',' or '}', found '..'",
        "a range has no brackets: write 1..n"),
    Message(
        "let x = {i in I where a",
        "24+1 E0202: expected '}' after the set, found the end of the statement",
        nil),
    Message(
        "let x = if a > b then c",
        "24+1 E0202: expected 'else' after the first case of 'if', found the end of the statement",
        "write 'if c then a else b'"),
    Message(
        "let x = if a > b c",
        "18+1 E0202: expected 'then' after the condition of 'if', found 'c'",
        "write 'if c then a else b'"),
    Message(
        "let x = q@log",
        "11+3 E0202: expected a moment after '@', found 'log'",
        "write a number, an event, end, start(stage), end(stage), or a formula in ()"),
    Message(
        "let x = q@",
        "11+1 E0202: expected a moment after '@', found the end of the statement",
        "write a number, an event, end, start(stage), end(stage), or a formula in ()"),
    Message(
        "let x = √",
        "10+1 E0203: expected an expression, found the end of the statement",
        "put a formula there"),
    Message(
        "let x = a @ (T1",
        "16+1 E0202: expected ')' after the moment, found the end of the statement",
        nil),
])
func messagesOfFormulas(expected: Message) {
    expected.check()
}
