import Testing

/// Characters, numbers, strings. The statement, the column with the width of the carets, what is wrong, and what to do.
@Test(arguments: [
    Message(
        "let x = a $ b",
        "11+1 E0101: unexpected character '$'",
        "delete it"),
    Message(
        "let x = a && b",
        "11+1 E0101: unexpected character '&'",
        "write 'and'"),
    Message(
        "let x = a | b",
        "11+1 E0101: unexpected character '|'",
        "write 'or', or abs(...)"),
    Message(
        "let x = !a",
        "9+1 E0101: unexpected character '!'",
        "write 'not', or '!=' for 'is not equal'"),
    Message(
        "let x = a − b",
        "11+1 E0101: unexpected character '−'",
        "write '-'"),
    Message(
        "let x = y²",
        "10+1 E0101: unexpected character '²'",
        "write '^2'"),
    Message(
        "let x = y³",
        "10+1 E0101: unexpected character '³'",
        "write '^3'"),
    Message(
        "let x’ = 3",
        "6+1 E0101: unexpected character '’'",
        "write \"'\" for a time derivative"),
    Message(
        "claim c “x” : p",
        "9+1 E0101: unexpected character '“'",
        "write '\"'"),
    Message(
        "let x = ∀",
        "9+1 E0101: unexpected character '∀'",
        "write 'all(i in I) ...'"),
    Message(
        "let x = ∃",
        "9+1 E0101: unexpected character '∃'",
        "write 'any(i in I) ...', or 'for some C'"),
    Message(
        "let x = ∞",
        "9+1 E0101: unexpected character '∞'",
        "no number is infinite: write a bound"),
    Message(
        "let é = 3",
        "5+1 E0101: unexpected character 'é'",
        "delete it"),
    Message(
        "let _x = 1",
        "5+1 E0101: unexpected character '_'",
        "delete it"),
    Message(
        "# comment",
        "1+1 E0101: unexpected character '#'",
        "write '--' for a comment"),
    Message(
        "let x = 1.",
        "9+2 E0102: a number needs a digit after the point",
        "write 1.0"),
    Message(
        "let x = 1.e3",
        "9+2 E0102: a number needs a digit after the point",
        "write 1.0"),
    Message(
        "let x = .5",
        "9+2 E0102: a number needs a digit before the point",
        "write 0.5"),
    Message(
        "let x = 1...5",
        "12+2 E0102: a number needs a digit before the point",
        "write 0.5"),
    Message(
        "let x = \"open",
        "9+5 E0103: this string is not closed on its line",
        "add '\"' at the end"),
    Message(
        "let x = 1e1000001",
        "9+9 E0105: the exponent of this number is beyond 1000000",
        "write a power, 10^n, or use log"),
    Message(
        "let x = 1.5e-99999999999999999999",
        "9+25 E0105: the exponent of this number is beyond 1000000",
        "write a power, 10^n, or use log"),
])
func messagesOfTokens(expected: Message) {
    expected.check()
}
