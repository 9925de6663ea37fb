import Testing

/// What moves, until when, and quadratic programs. The statement, the column with the width of the carets, what is wrong, and what to do.
@Test(arguments: [
    Message(
        "flow x = 3",
        "8+1 E0202: expected \"'\" after the state, found '='",
        "write \"flow x' = ...\""),
    Message(
        "flow x' 3",
        "9+1 E0202: expected '=' after \"x'\", found '3'",
        "write \"flow x' = ...\""),
    Message(
        "flow gradient loss",
        "15+4 E0202: expected 'of' after 'gradient', found 'loss'",
        "write 'flow gradient of loss'"),
    Message(
        "flow gradient of loss step eta",
        "23+4 E0202: a flow has no step",
        "write 'descent', or 'with rate' for a faster flow"),
    Message(
        "flow gradient of loss decay lam",
        "23+5 E0202: a flow has no 'decay'",
        "add the decay to the loss"),
    Message(
        "flow gradient of loss with 2",
        "28+1 E0202: expected 'rate' after 'with', found '2'",
        "write 'with rate r on u'"),
    Message(
        "descent gradient of loss decay lam",
        "26+5 E0202: 'decay' stands after 'step'",
        "write 'step eta decay lam'"),
    Message(
        "descent loss",
        "9+4 E0202: expected 'gradient of' after 'descent', found 'loss'",
        "write 'descent gradient of loss'"),
    Message(
        "map x = 3",
        "5+1 E0202: expected 'next' after 'map', found 'x'",
        "write 'map next(x) = ...'"),
    Message(
        "map next x = 3",
        "10+1 E0202: expected '(' after 'next', found 'x'",
        "write 'map next(x) = ...'"),
    Message(
        "map next(x) 3",
        "13+1 E0202: expected '=' after 'next(x)', found '3'",
        "write 'map next(x) = ...'"),
    Message(
        "schedule a = 3, 4",
        "15+1 E0202: expected 'during' after the value, found ','",
        "write 'schedule a = ... during first, ... during second'"),
    Message(
        "schedule a 3",
        "12+1 E0202: expected '=' after the name of the schedule, found '3'",
        "write 'schedule a = ... during first, ... during second'"),
    Message(
        "stage a flow gradient of loss for 3",
        "9+4 E0202: expected ':' before the dynamics of the stage",
        "write 'stage a : flow ...'"),
    Message(
        "stage a : descend gradient of loss for 3",
        "11+7 E0202: unknown dynamics 'descend'",
        "did you mean 'descent'?"),
    Message(
        "stage a : flow gradient of loss 3",
        "33+1 E0202: expected 'until' or 'for' in the stage, found '3'",
        "write 'until ...', or 'for 100 steps'"),
    Message(
        "stage a until b at latest 3",
        "17+2 E0202: expected ',' before 'at latest'",
        "write '..., at latest 100'"),
    Message(
        "stop 100",
        "6+3 E0202: expected 'when' or 'at' after 'stop', found '100'",
        "write 'stop at 100', or 'stop when ..., at latest 100'"),
    Message(
        "stop when x, at most 3",
        "14+2 E0202: expected 'at latest' after ',', found 'at'",
        "write '..., at latest 100'"),
    Message(
        "minimiser w of w[1]^2",
        "13+2 E0202: expected '[' after the name of the minimiser, found 'of'",
        "write 'minimiser w[k in S] of ...'"),
    Message(
        "minimiser w[k in S] sum(k in S) w[k]",
        "21+3 E0202: expected 'of' after the indices of the minimiser, found 'sum'",
        "write 'of sum(k in S) w[k]^2'"),
    Message(
        "minimiser w[k in S] of w[1]^2 where a",
        "31+5 E0202: expected 'subject' after the objective, found 'where'",
        "write 'subject to margin[i in I] : ... >= 1'"),
    Message(
        "minimiser w[k in S] of w[1]^2 subject w",
        "39+1 E0202: expected 'to' after 'subject', found 'w'",
        nil),
    Message(
        "minimiser w[k in S] of w[1]^2 subject to c : w[1] >= 1",
        "44+1 E0202: expected '[' after the name of the constraint, found ':'",
        "write 'c[i in I] : ...'"),
    Message(
        "minimiser w[k in S] of w[1]^2 subject to c[I] : w[1] >= 1",
        "45+1 E0202: expected 'in' after the index, found ']'",
        "write 'c[i in I] : ...'"),
    Message(
        "minimiser w[k in S] of w[1]^2 subject to c[i in I] : w[i]",
        "54+4 E0202: a constraint is one comparison",
        "write 'a >= b'"),
    Message(
        "minimiser w[k in S] of w[1]^2 subject to c[i in I] w[i] >= 1",
        "52+1 E0202: expected ':' after the indices of the constraint, found 'w'",
        nil),
])
func messagesOfDynamics(expected: Message) {
    expected.check()
}
