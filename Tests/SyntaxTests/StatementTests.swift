import Syntax
import Testing

/// Every statement of the grammar, with each of its optional parts.
@Test(arguments: [
    ("source \"A, B, ICML 2024\" \"Theorem 3.1\" recalled", "source <A, B, ICML 2024> <Theorem 3.1> recalled"),
    ("use \"model.thm\"", "use <model.thm>"),
    ("note \"flow time is -- eta\"", "note <flow time is -- eta>"),
    ("parameter K : integer", "parameter K integer"),
    ("parameter e : real = 1/100 where 0 < e < 1 \"target\"", "parameter e real = (/ 1 100) where (0 < e < 1) <target>"),
    ("parameter n : integer where n >= 6 and divides(6, n)", "parameter n integer where (and (n >= 6) (call divides 6 n))"),
    ("set I = 1..n/2 \"half\"", "set I = (.. 1 (/ n 2)) <half>"),
    ("set I2 = n/2 + 1..2*n/3", "set I2 = (.. (+ (/ n 2) 1) (/ (* 2 n) 3))"),
    ("set sign = {-1, 1}^K", "set sign = (^ (set (neg 1) 1) K)"),
    ("set prompt = feature^N", "set prompt = (^ feature N)"),
    ("data X[I, 1..L] : integer in word \"samples\"", "data X[I, (.. 1 L)] integer in word <samples>"),
    ("data X[i in I] : integer", "data X[i in I] integer"),
    ("data w[token] : real", "data w[token] real"),
    ("data word[sentence] : list of token", "data word[sentence] list of token"),
    ("data word[sentence] : list of integer", "data word[sentence] list of integer"),
    ("draw Z[1..m, word] ~ normal \"start\"", "draw Z[(.. 1 m), word] ~ normal <start>"),
    ("draw a[1..m] ~ sign", "draw a[(.. 1 m)] ~ sign"),
    ("state w = 0 \"the weight\"", "state w = 0 <the weight>"),
    ("state W[i in 1..m, token] = if i = 1 then a else 0", "state W[i in (.. 1 m), token] = (if (i = 1) a 0)"),
    ("state x in [-1, 1]", "state x in (neg 1) 1"),
    ("state V[1..2, 1..2] \"any\"", "state V[(.. 1 2), (.. 1 2)] <any>"),
    ("let c = K - 1", "let c() = (- K 1)"),
    ("let f(i, j) = a[i] \"doc\"", "let f(i,j) = (index a i) <doc>"),
    ("let ok(i) = a[i] > 0 and b", "let ok(i) = (and ((index a i) > 0) b)"),
    ("conserved u^2 - v^2 \"balancedness\"", "conserved (- (^ u 2) (^ v 2)) <balancedness>"),
    ("flow x' = -x", "flow x = (neg x)"),
    ("flow G[k in word]' = G[k]", "flow G[k in word] = (index G k)"),
    ("flow gradient of loss", "flow gradient loss"),
    ("flow gradient of loss in WK, WQ with rate 1/2", "flow gradient loss in WK,WQ rate (/ 1 2)"),
    ("flow normalised gradient of loss with rate m1 on u with rate 2 on v", "flow normalised gradient loss rate m1 on u rate 2 on v"),
    ("map next(s) = s + eta*g", "map s = (+ s (* eta g))"),
    ("map next(G[k in word]) = 2*G[k]", "map G[k in word] = (* 2 (index G k))"),
    ("descent gradient of loss step eta", "descent gradient loss step eta"),
    (
        "descent normalised gradient of loss in V step eta decay lam with rate r on V",
        "descent normalised gradient loss in V step eta decay lam rate r on V"
    ),
    ("schedule eta = eta1 during a, 2*eta2 during b", "schedule eta eta1 during a, (* 2 eta2) during b"),
    ("stage a for t1 steps", "stage a for t1 steps"),
    ("stage a until K1 <= e, at latest 10 steps", "stage a until (K1 <= e) cap 10 steps"),
    ("stage a : flow gradient of loss in w with rate 1/2 for T2", "stage a flow gradient loss in w rate (/ 1 2) for T2"),
    ("stage a : descent gradient of loss step eta until c", "stage a descent gradient loss step eta until c"),
    ("stop at 100", "stop for 100"),
    ("stop at 2*T steps", "stop for (* 2 T) steps"),
    ("stop when a and b, at latest 100*(K + 1)", "stop until (and a b) cap (* 100 (+ K 1))"),
    ("stop when a", "stop until a"),
    (
        "minimiser w[k in S] of sum(k in S) w[k]^2\n  subject to m[i in I, j in J where i != j] : w[i] >= 1, n[i in I] : w[i] = 0 \"qp\"",
        "minimiser w[k in S] (sum {k in S} (^ (index w k) 2)) : "
            + "m[i in I, j in J] where (i != j) ((index w i) >= 1), n[i in I] ((index w i) = 0) <qp>"
    ),
    ("assume small : u0*v0 < a \"start below\"", "assume small ((* u0 v0) < a) <start below>"),
    ("assume step : eta <= 1", "assume step (eta <= 1)"),
    ("event T1 = first t where margin >= gap and b(3) < 0", "event T1 first (and (margin >= gap) ((call b 3) < 0))"),
    ("event T1 = last t where a \"doc\"", "event T1 last a <doc>"),
    ("event T2 = first t after T1 + 1 where a", "event T2 first after (+ T1 1) a"),
    ("event T2 = end(neurons)", "event T2 (call end neurons)"),
    ("event T2 = start(neurons) \"doc\"", "event T2 (call start neurons) <doc>"),
    ("event T2 = (T1 + 1)", "event T2 (+ T1 1)"),
    ("event T2 = first", "event T2 first"),
    ("expect thm3.1.b refuted on k3, scaling[K = 5, seed = 2], k5", "expect thm3.1.b refuted k3 scaling[K = 5][seed = 2] k5"),
    ("expect growth vacuous", "expect growth vacuous"),
    ("instance only", "instance only"),
    ("instance one eta = 1/10", "instance one eta = (/ 1 10)"),
    (
        "instance n6 n = 6, c0 = 1/10, seed = 1, X = [[1, 2], [3]], Y = table \"n18.csv\", Z = table",
        "instance n6 n = 6, c0 = (/ 1 10), seed = 1, X = (vec (vec 1 2) (vec 3)), Y = table <n18.csv>, Z = table"
    ),
    ("family f K in [5, 7], N = K^2, seed in 1..5", "family f K in (vec 5 7), N = (^ K 2), seed in (.. 1 5)"),
    ("show w, t*err at 0, 10 steps, end(neurons), end", "show w, (* t err) at 0, 10 steps, (call end neurons), end"),
    ("show G(1)", "show (call G 1)"),
])
func statementsReadInFull(text: String, expected: String) {
    #expect(statements(text).map(notation) == [expected], "\(messages("theorem test \"test\"\n" + text))")
}

@Test(arguments: [
    ("theorem incontext.theorem-3.1 \"In context\"", false, "incontext.theorem-3.1", "In context"),
    ("model a.b \"\"", true, "a.b", ""),
    ("theorem growth \"a reserved word as id\"", false, "growth", "a reserved word as id"),
    ("-- a comment\n\ntheorem\n  x-y-- comment\n  \"title\"", false, "x-y", "title"),
    ("\u{FEFF}theorem x \"byte order mark\"", false, "x", "byte order mark"),
    ("theorem x \"windows\"\r\nuse \"a.thm\"\r\n", false, "x", "windows"),
])
func headers(text: String, isModel: Bool, id: String, title: String) {
    let result = parse(sourceFile(text))
    #expect(result.diagnostics.isEmpty, "\(messages(text))")
    #expect(result.file.header?.isModel == isModel)
    #expect(result.file.header?.id.text == id)
    #expect(result.file.header?.title == title)
}

@Test func statementSpansRunToTheirLastToken() {
    let source = sourceFile("theorem x \"y\"\nlet a =\n  1 -- comment\n\nstop at 3\n")
    let texts = parse(source).file.statements.map { String(decoding: source.utf8[$0.span.start..<$0.span.end], as: UTF8.self) }
    #expect(texts == ["let a =\n  1", "stop at 3"])
}
