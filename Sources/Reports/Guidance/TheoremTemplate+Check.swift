extension TheoremTemplate {
    static let checkText = #"""
        -- A theorem file without a run: identities between formulas, and facts about exact numbers.
        -- A statement starts in column 1; indented lines continue it; -- starts a comment. Numbers are exact: 0.1 is 1/10.
        --
        --   flowbound list FILE       reads the file: mistakes are shown with their line and a remedy
        --   flowbound verify FILE     decides every claim on every instance
        --   flowbound test FILE       decides them on more instances, drawn from the ranges of the parameters
        --   flowbound explain grad    says what the claim 'grad' means (with FILE behind it, if it is in another folder)

        theorem template.check "The gradient of a two-layer network, and a counting lemma"

        -- Where the theorem is from, and how far it is the paper's own: stated (in the paper), abstract, recalled,
        -- reconstructed or derived (by you). A claim may carry a word of its own.
        source "Replace this by the paper" "Lemma 1" derived

        -- An exact number that every instance gives; 'where' is the range of the lemma.
        parameter n : integer where 2 <= n <= 50     "the number of samples"
        parameter a : real = 1 where a > 0           "the target; with a default, so instances may leave it out"

        -- A finite set, and a table of variables over it. Nothing moves them, so claims speak of all their values.
        set I = 1..3
        state u[i in I] = 0
        state v = 0

        -- Formulas.
        let loss = sum(i in I) (a - u[i]*v)^2/2

        -- A hypothesis of the whole file, checked on every instance. Where it is certainly false, all claims are vacuous there.
        assume bounded : a <= 1000

        -- Claims: an id, the paper's sentence, and behind the colon what is checked. 'identity' is an equation for
        -- all values of the variables, 'everywhere' another condition on them, and a plain condition reads parameters only.
        claim grad   "the gradient in u"            : identity all(i in I) gradient(loss, u[i]) = -v*(a - u[i]*v)
        claim mean   "(u1 - u2)^2 is non-negative"  : everywhere (u[1] - u[2])^2 >= 0
        claim cubes  "the sum of cubes is a square" : sum(k in 1..n) k^3 = (sum(k in 1..n) k)^2
        claim moment "E k(k - 1) = n(n - 1)/4"      : abs(mean(k ~ binomial(n, 1/2)) k*(k - 1) - n*(n - 1)/4) <= 1/10^9

        -- An open constant is solved for: the report encloses the best C, and the claim holds with it.
        claim harmonic "the harmonic sum is O(log n)" : sum(k in 1..n) 1/k <= C*log(n) for some C where C <= 3
        -- This one is wrong; 'expect' says so below.
        claim slip   "a slip of the pen"            : identity (u[1] - v)^2 = u[1]^2 - v^2
        note "A note stands below the claim that it is about, and is printed with it."

        -- Instances fix all parameters. A family is the product of its lists: scan[n=2], scan[n=5].
        instance small n = 4
        instance large n = 50, a = 1/3
        family scan n in [2, 5, 10]

        -- The expected verdict, where it is not 'proved'. Anything unexpected is reported and changes the exit status.
        expect slip refuted                          -- or 'refuted on small, scan[n=2]'

        """#
}
