import Syntax
import Testing

/// Every form of a claim's body.
@Test(arguments: [
    ("Tk <= 3", "(Tk <= 3)"),
    ("T1 <= T2 <= T3", "(T1 <= T2 <= T3)"),
    ("identity (w + exp(w) - t)' = 0", "identity ((prime (- (+ w (call exp w)) t)) = 0)"),
    (
        "identity ((x^2 - 1)/2 + 3*c*(x - 1) - K*t)' = 0",
        "identity ((prime (- (+ (/ (- (^ x 2) 1) 2) (* (* 3 c) (- x 1))) (* K t))) = 0)"
    ),
    ("identity all(n in 2..K) -gradient(loss, z[n]) = beta(n)", "identity (all {n in (.. 2 K)} ((neg (call gradient loss (index z n))) = (call beta n)))"),
    ("solution V = eta*t*Vstar", "solution V (* (* eta t) Vstar)"),
    ("solution W[1, :] = x", "solution (index W 1 :) x"),
    ("symmetry W[a, b] -> W[s(a), b], w -> -w", "symmetry (index W a b) -> (index W (call s a) b), w -> (neg w)"),
    ("symmetry x → y", "symmetry x -> y"),
    ("always w <= log(1 + t)", "always (w <= (call log (+ 1 t)))"),
    ("always on [0, T1] : a >= c/K", "always on [0, T1] (a >= (/ c K))"),
    ("always on (0, end(neurons)] : a > 0", "always on (0, (call end neurons)] (a > 0)"),
    ("always on [T1 + 1, 2*T2) : a > 0", "always on [(+ T1 1), (* 2 T2)) (a > 0)"),
    ("always during attention : all(j in J) W[j] = 0", "always during attention (all {j in J} ((index W j) = 0))"),
    ("always while cone >= 0 : norm(W) <= eta*t", "always while (cone >= 0) ((call norm W) <= (* eta t))"),
    ("always on [0, 1] while c > 0 and d : p > 0", "always on [0, 1] while (and (c > 0) d) (p > 0)"),
    ("always while - 1 < x : p", "always while ((neg 1) < x) p"),
    ("always while <= 3", "always (while <= 3)"),
    ("always on <= 3", "always (on <= 3)"),
    ("always during' <= 3", "always ((prime during) <= 3)"),
    ("always a <= b and c implies d", "always (implies (and (a <= b) c) d)"),
    ("sometime on [0, 1] : x > 0", "sometime on [0, 1] (x > 0)"),
    ("sometime x > 0", "sometime (x > 0)"),
    ("increasing A", "increasing A"),
    ("increasing A(1, 3) during attention", "increasing (call A 1 3) during attention"),
    ("decreasing B1 on [0, T1k]", "decreasing B1 on [0, T1k]"),
    ("at 0 : p > 0", "at 0 : (p > 0)"),
    ("at Tstar : p > 0", "at Tstar : (p > 0)"),
    ("at end : p > 0", "at end : (p > 0)"),
    ("at start(attention) : ratio > 1", "at (call start attention) : (ratio > 1)"),
    ("at (T1 + 1) : p", "at (+ T1 1) : p"),
    ("everywhere h2(0) <= 0 implies K2 >= 1", "everywhere (implies ((call h2 0) <= 0) (K2 >= 1))"),
    ("growth of T in u0 over tiny within [-1/2, 0]", "growth T u0 tiny (/ (neg 1) 2) 0"),
])
func bodies(text: String, expected: String) {
    #expect(
        statements("claim id \"w\" : \(text)").map(notation) == ["claim id <w> : \(expected)"],
        "\(messages("theorem test \"test\"\nclaim id \"w\" : \(text)"))")
}

@Test(arguments: [
    ("for some C", "some C"),
    ("for some C where C <= 2/5", "some C where (C <= (/ 2 5))"),
    ("for some C where 0 < C < 1", "some C where (0 < C < 1)"),
    ("for some c where c > 0, C", "some c where (c > 0) some C"),
    ("for all a in [1, 2]", "all a in [1, 2]"),
    ("for at least 9 of seeds 1..10", "seeds 9 of (.. 1 10)"),
    ("for some C for all a in [1, 2] for at least 1 of seeds {1, 3}", "some C all a in [1, 2] seeds 1 of (set 1 3)"),
])
func quantifiers(text: String, expected: String) {
    #expect(statements("claim id \"w\" : always x < C \(text)").map(notation) == ["claim id <w> : always (x < C) \(expected)"])
}

@Test(arguments: [
    ("claim closed \"a\" : p", "claim closed <a> : p"),
    ("claim growth \"a\" derived : p", "claim growth <a> derived : p"),
    ("claim lemma4.5.left-2 \"a\" given T1 < T2 : p", "claim lemma4.5.left-2 <a> given (T1 < T2) : p"),
    ("claim a \"a\" recalled given all(k in S) w[k] = 0 : p", "claim a <a> recalled given (all {k in S} ((index w k) = 0)) : p"),
    ("claim a \"a\" stated : p", "claim a <a> stated : p"),
    ("claim a \"a\" abstract : p", "claim a <a> abstract : p"),
    ("claim a \"a\" reconstructed : p", "claim a <a> reconstructed : p"),
    ("claim α.β \"ids have two spellings, too\" : p", "claim alpha.beta <ids have two spellings, too> : p"),
])
func claimHeads(text: String, expected: String) {
    #expect(statements(text).map(notation) == [expected])
}

@Test func bodySpanLeavesOutTheQuantifiers() {
    let source = sourceFile("theorem x \"y\"\nclaim a \"b\" : always x <= C for some C where C < 1\n")
    guard case .claim(let claim) = parse(source).file.statements.first?.kind else {
        Issue.record("the claim was not read")
        return
    }
    #expect(String(decoding: source.utf8[claim.bodySpan.start..<claim.bodySpan.end], as: UTF8.self) == "always x <= C")
}
