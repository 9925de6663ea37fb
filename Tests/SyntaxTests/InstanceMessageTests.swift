import Testing

/// Instances, expectations, what to show. The statement, the column with the width of the carets, what is wrong, and what to do.
@Test(arguments: [
    Message(
        "instance",
        "9+1 E0202: expected a name for the instance, found the end of the statement",
        nil),
    Message(
        "instance K = 3",
        "10+1 E0202: expected a name for the instance before its values",
        "write 'instance one K = ...'"),
    Message(
        "instance k K in [3, 5]",
        "14+2 E0202: an instance has one value of 'K'",
        "write 'family'"),
    Message(
        "instance k K 3",
        "14+1 E0202: expected '=' after 'K', found '3'",
        "write 'K = ...'"),
    Message(
        "instance k K = 3 N = 4",
        "18+1 E0202: expected ',' or the end of the statement, found 'N'",
        "write ',' between two values"),
    Message(
        "instance k seed = 1, t = 3",
        "22+1 E0202: 't' is a reserved word and cannot be a name",
        "choose another name"),
    Message(
        "family f K in [3, 5] N = 3",
        "22+1 E0202: expected ',' or the end of the statement, found 'N'",
        "write ',' between two values"),
    Message(
        "expect c refutd",
        "10+6 E0202: unknown verdict 'refutd'",
        "did you mean 'refuted'?"),
    Message(
        "expect c yes",
        "10+3 E0202: unknown verdict 'yes'",
        "one of 'proved', 'refuted', 'undecided', 'vacuous', 'consistent'"),
    Message(
        "expect c",
        "9+1 E0202: expected a verdict, found the end of the statement",
        "one of 'proved', 'refuted', 'undecided', 'vacuous', 'consistent'"),
    Message(
        "expect 3 proved",
        "8+1 E0202: expected the id of a claim, found '3'",
        "an id starts with a letter, as in 'thm3.1.a'"),
    Message(
        "expect c proved on k[K]",
        "23+1 E0202: expected '=' after 'K', found ']'",
        "write 'k[K = 5]'"),
    Message(
        "expect c proved on k[K = 5",
        "27+1 E0202: expected ']' after the member of the family, found the end of the statement",
        nil),
    Message(
        "show",
        "5+1 E0203: expected an expression, found the end of the statement",
        "put a formula there"),
    Message(
        "show x at",
        "10+1 E0203: expected an expression, found the end of the statement",
        "put a formula there"),
])
func messagesOfInstances(expected: Message) {
    expected.check()
}
