import Syntax
import Testing

/// The grammar of formulas, section by section.
@Test(arguments: [
    // Sums, products, signs, powers.
    ("a + b - c", "(- (+ a b) c)"),
    ("a - (b - c)", "(- a (- b c))"),
    ("a*b/c", "(/ (* a b) c)"),
    ("a + b*c", "(+ a (* b c))"),
    ("-a^2", "(neg (^ a 2))"),
    ("-a*b", "(* (neg a) b)"),
    ("a*-b", "(* a (neg b))"),
    ("- -a", "(neg (neg a))"),
    ("a^b^c", "(^ a (^ b c))"),
    ("10^-6", "(^ 10 (neg 6))"),
    ("2^-x^2", "(^ 2 (neg (^ x 2)))"),
    ("1/10^12", "(/ 1 (^ 10 12))"),
    ("K^(-99/50)", "(^ K (/ (neg 99) 50))"),
    ("1.5e-3", "3/2000"),
    ("0.49", "49/100"),
    ("pi + t - end + seed", "(+ (- (+ pi t) end) seed)"),
    // What is stored and what is defined.
    ("X[i, h]", "(index X i h)"),
    ("W[:, k]", "(index W : k)"),
    ("X[I, 1..L]", "(index X I (.. 1 L))"),
    ("word[s][len(s)]", "(index (index word s) (call len s))"),
    ("f(a, b + 1)", "(call f a (+ b 1))"),
    ("pre(k, -y)", "(call pre k (neg y))"),
    ("indicator(a > 0)", "(call indicator (a > 0))"),
    ("size(1..n)", "(call size (.. 1 n))"),
    ("next(W[k, 3])", "(call next (index W k 3))"),
    ("gradient(loss, W[1, k])", "(call gradient loss (index W 1 k))"),
    ("max(a, b)", "(call max a b)"),
    ("min(N, K - 1)", "(call min N (- K 1))"),
    // Along a run.
    ("G(1)'", "(prime (call G 1))"),
    ("x''", "(prime (prime x))"),
    ("p(i, 1)[2]'", "(prime (index (call p i 1) 2))"),
    ("(u*v)'", "(prime (* u v))"),
    ("u@0", "(at u 0)"),
    ("S(1, 2)@T1 - 1", "(- (at (call S 1 2) T1) 1)"),
    ("K1@end(elementary)", "(at K1 (call end elementary))"),
    ("loss@end", "(at loss end)"),
    ("q@(T1 + 1)'", "(prime (at q (+ T1 1)))"),
    ("t - end(attention)", "(- t (call end attention))"),
    ("q@start(a)[1]", "(index (at q (call start a)) 1)"),
    // Cases.
    ("if a > b then c else d + 1", "(if (a > b) c (+ d 1))"),
    ("if a then b else if c then d else e", "(if a b (if c d e))"),
    ("1 + if a then b else c", "(+ 1 (if a b c))"),
    // Vectors, sets.
    ("[a, b]", "(vec a b)"),
    ("[[1, 2], [3]]", "(vec (vec 1 2) (vec 3))"),
    ("{-1, 1}^K", "(^ (set (neg 1) 1) K)"),
    ("{k in distinct(word[s]) where k != best[s]}", "(those k (call distinct (index word s)) (k != (index best s)))"),
    ("{k in 1..n}", "(those k (.. 1 n))"),
])
func formulas(text: String, expected: String) {
    #expect(tree(text) == expected)
}

/// A binder's body is a product, as on paper.
@Test(arguments: [
    ("sum(i in I) a(i)*b(i) + c", "(+ (sum {i in I} (* (call a i) (call b i))) c)"),
    ("2*sum(i in I) a(i)*b", "(* 2 (sum {i in I} (* (call a i) b)))"),
    ("sum(i in I) -x", "(sum {i in I} (neg x))"),
    ("sum(i in I) sum(j in J) x*y", "(sum {i in I} (sum {j in J} (* x y)))"),
    ("sum(i in 1..N where x[i] = m) y[i]", "(sum {i in (.. 1 N) where ((index x i) = m)} (index y i))"),
    ("sum(i in I, j in J) x", "(sum {i in I, j in J} x)"),
    ("(softmax(j in 1..N) z[x[j]])[i]", "(index (softmax {j in (.. 1 N)} (index z (index x j))) i)"),
    ("softmax(h in S) (a/b)", "(softmax {h in S} (/ a b))"),
    ("max(i in I1) gate(i)", "(max {i in I1} (call gate i))"),
    ("-min(i in I) y(i)*F(i)", "(neg (min {i in I} (* (call y i) (call F i))))"),
    ("min((a, b) ~ multinomial(N, p)) a", "(min {a b ~ (call multinomial N p)} a)"),
    ("max((a + b), c)", "(call max (+ a b) c)"),
    ("max(n ~ uniform(S)) n", "(max {n ~ (call uniform S)} n)"),
    ("1/2*mean(n ~ binomial(N, 1/K)) v(n)^2", "(* (/ 1 2) (mean {n ~ (call binomial N (/ 1 K))} (^ (call v n) 2)))"),
    ("q*mean((n1, nk, M) ~ multinomial(N, [p, q])) n1", "(* q (mean {n1 nk M ~ (call multinomial N (vec p q))} n1))"),
    ("mean(x in P, w in {-1, 1}^K) x", "(mean {x in P, w in (^ (set (neg 1) 1) K)} x)"),
    (
        "probability(n ~ binomial(N, p)) (v(n)^2 <= 4) >= 1 - d",
        "((probability {n ~ (call binomial N p)} ((^ (call v n) 2) <= 4)) >= (- 1 d))"
    ),
    ("count(l in 1..n where a[l] = k) + 1", "(+ (count {l in (.. 1 n) where ((index a l) = k)}) 1)"),
    ("vector(j in 1..d) indicator(j = i)", "(vector {j in (.. 1 d)} (call indicator (j = i)))"),
    ("matrix(a in I, b in J) A(a, b)", "(matrix {a in I, b in J} (call A a b))"),
    ("product(i in I) x", "(product {i in I} x)"),
])
func binders(text: String, expected: String) {
    #expect(tree(text) == expected)
}

@Test(arguments: [
    ("a <= b", "(a <= b)"),
    ("0 < eps < 1", "(0 < eps < 1)"),
    ("a >= b > c != d = e", "(a >= b > c != d = e)"),
    ("a in 1..n", "(a in (.. 1 n))"),
    ("a = b in S", "(a = b in S)"),
    ("a and b or c and not d", "(or (and a b) (and c (not d)))"),
    ("a and b and c", "(and a b c)"),
    ("(a and b) and c", "(and (and a b) c)"),
    ("a implies b implies c", "(implies a (implies b c))"),
    ("not not a < b", "(not (not (a < b)))"),
    ("all(i in I) a[i] < b and c", "(and (all {i in I} ((index a i) < b)) c)"),
    ("all(k in 1..2, j in J where k != j) -x = b", "(all {k in (.. 1 2), j in J where (k != j)} ((neg x) = b))"),
    ("any(i in I) all(j in J) a", "(any {i in I} (all {j in J} a))"),
    ("all(i in I) not a", "(all {i in I} (not a))"),
    ("all(i in I) (a implies b)", "(all {i in I} (implies a b))"),
    ("(a < b) = c", "((a < b) = c)"),
])
func conditions(text: String, expected: String) {
    #expect(tree(text) == expected)
}

/// One token, two spellings.
@Test(arguments: [
    ("a ≤ b ≥ c ≠ d", "a <= b >= c != d"),
    ("a ∧ b ∨ ¬c", "a and b or not c"),
    ("a ∈ S ⇒ b", "a in S implies b"),
    ("a·b×c⋅d", "a*b*c*d"),
    ("Σ(i in I) a", "sum(i in I) a"),
    ("∑(i ∈ I) a", "sum(i in I) a"),
    ("Π(i in I) a + ∏(i in I) a", "product(i in I) a + product(i in I) a"),
    ("𝔼(n ~ binomial(N, p)) n", "mean(n ~ binomial(N, p)) n"),
    ("√x + √(a + b)^2 + √f(x)'", "sqrt(x) + sqrt(a + b)^2 + sqrt(f(x))'"),
    ("√√2", "sqrt(sqrt(2))"),
    ("α + ω·Γ - Δx_1", "alpha + omega*Gamma - Deltax_1"),
    ("σ0^2 + xσ + αβ", "sigma0^2 + xsigma + alphabeta"),
    ("ς + ϵ + ϑ + ϕ + µ", "sigma + epsilon + theta + phi + mu"),
    ("2*π", "2*pi"),
    ("λ(ρ)", "lambda(rho)"),
])
func unicodeSpellings(text: String, ascii: String) {
    #expect(tree(text) == tree(ascii))
}

@Test func spansCoverWhatTheyName() {
    let text = "let x = a + f(b, [c])'*(d - e)@(T) where"
    let source = sourceFile("theorem t \"t\"\n" + text.dropLast(6))
    guard case .define(_, _, let sum, _) = parse(source).file.statements.first?.kind,
        case .binary(.add, let a, let product) = sum.kind,
        case .binary(.multiply, let prime, let at) = product.kind,
        case .at(let difference, let moment) = at.kind
    else {
        Issue.record("\(messages("theorem t \"t\"\n" + text))")
        return
    }
    func written(_ span: Span) -> String { String(decoding: source.utf8[span.start..<span.end], as: UTF8.self) }
    #expect(written(sum.span) == "a + f(b, [c])'*(d - e)@(T)")
    #expect(written(a.span) == "a")
    #expect(written(product.span) == "f(b, [c])'*(d - e)@(T)")
    #expect(written(prime.span) == "f(b, [c])'")
    #expect(written(at.span) == "(d - e)@(T)")
    #expect(written(difference.span) == "(d - e)")
    #expect(written(moment.span) == "(T)")
}
