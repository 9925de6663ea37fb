extension TheoremTemplate {
    static let flowText = #"""
        -- A theorem file: what moves, from where, until when, and what is claimed about it.
        -- A statement starts in column 1; indented lines continue it; -- starts a comment. Numbers are exact: 0.1 is 1/10.
        --
        --   flowbound list FILE       reads the file: mistakes are shown with their line and a remedy
        --   flowbound verify FILE     decides every claim on every instance, at every instant of the run
        --   flowbound test FILE       decides them on more instances, drawn from the ranges of the parameters
        --   flowbound explain exact   says what the claim 'exact' means (with FILE behind it, if it is in another folder)

        theorem template.flow "Gradient flow on a quadratic loss converges exponentially"

        -- Where the theorem is from, and how far it is the paper's own: stated (in the paper), abstract, recalled,
        -- reconstructed or derived (by you). A claim may carry a word of its own.
        source "Replace this by the paper" "Theorem 1" derived

        -- An exact number that every instance gives; 'where' is the range of the theorem.
        parameter a : real where 0 < a <= 4          "the curvature"
        parameter eps : real = 1/10 where 0 < eps < 1/2   "with a default, so instances may leave it out"

        -- What moves, with its start.
        state x = 1                                  "the weight"

        -- Formulas: they may read states, parameters, the time t and events.
        let loss = a*x^2/2

        -- The dynamics, and the end of the run. Explicit equations work too: flow x' = -a*x
        flow gradient of loss
        stop at 4

        -- Stopping times of the proof.
        event T = first t where x <= 1 - eps

        -- A hypothesis of the whole file, checked on every instance. Where it is certainly false, all claims are vacuous there.
        assume curved : a >= 1/4

        -- Claims: an id, the paper's sentence, and behind the colon what is checked.
        claim exact    "x = exp(-a t)"                    : always abs(x - exp(-a*t)) <= 1/10^9
        claim monotone "the loss decreases"               : decreasing loss
        claim energy   "the dissipation identity"         : identity loss' = -(x')^2
        claim time     "T = log(1/(1 - eps))/a"           : at T : abs(a*t - log(1/(1 - eps))) <= 1/10^9
        claim late     "after T, x stays below 1 - eps"   : always on [T, end] : x <= 1 - eps + 1/10^9

        -- An open constant is solved for: the report encloses the best C, and the claim holds with it.
        claim rate     "the loss is O(exp(-2at))"         : always loss <= C*loss@0*exp(-2*a*t) for some C where C <= 2
        -- This one is too strong; 'expect' says so below.
        claim slow     "x stays above 2/3"                : always x >= 2/3
        note "A note stands below the claim that it is about, and is printed with it."

        -- Instances fix all parameters. A family is the product of its lists: scan[a=1/2], scan[a=2].
        instance gentle a = 1/2
        instance steep  a = 3, eps = 1/4
        family scan a in [1/2, 1, 2]

        -- The expected verdict, where it is not 'proved'. Anything unexpected is reported and changes the exit status.
        expect slow refuted                          -- or 'refuted on steep, scan[a=2]'

        -- Enclosures without a claim.
        show T
        show x at 1, end

        """#
}
