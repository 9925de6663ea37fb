extension TheoremTemplate {
    static let descentText = #"""
        -- A theorem file about gradient descent: what moves, in which steps, until when, and what is claimed about it.
        -- A statement starts in column 1; indented lines continue it; -- starts a comment. Numbers are exact: 0.1 is 1/10.
        --
        --   flowbound list FILE       reads the file: mistakes are shown with their line and a remedy
        --   flowbound verify FILE     decides every claim on every instance, at every step of the run
        --   flowbound test FILE       decides them on more instances, drawn from the ranges of the parameters
        --   flowbound explain rate    says what the claim 'rate' means (with FILE behind it, if it is in another folder)

        theorem template.descent "Gradient descent on a quadratic loss converges linearly"

        -- Where the theorem is from, and how far it is the paper's own: stated (in the paper), abstract, recalled,
        -- reconstructed or derived (by you). A claim may carry a word of its own.
        source "Replace this by the paper" "Theorem 1" derived

        -- Exact numbers that every instance gives; 'where' is the range of the theorem.
        parameter eta : real where 0 < eta <= 1/2    "the step size"
        parameter b : real = 1/4 where 0 < b <= 1/2  "the smaller curvature; with a default, so instances may leave it out"

        -- What moves, with its start.
        state x = 1
        state y = 1

        -- Formulas: they may read states, parameters, the step number t and events.
        let loss = (x^2 + b*y^2)/2

        -- Each step is x <- x - eta*(gradient of loss in x). A run in steps is counted in steps.
        descent gradient of loss step eta
        stop at 100 steps

        -- Stopping times of the proof: the first step at which this holds.
        event T = first t where loss <= 3/5*loss@0

        -- A hypothesis of the whole file, checked on every instance. Where it is certainly false, all claims are vacuous there.
        assume stable : eta*b >= 1/100

        -- Claims: an id, the paper's sentence, and behind the colon what is checked. next(q) is the value of q one
        -- step later, q@0 the one at the start.
        claim step     "one step of x"                       : identity next(x) = (1 - eta)*x
        claim monotone "the loss decreases at every step"    : decreasing loss
        claim early    "x contracts faster than y up to T"   : always on [0, T] : abs(x) <= abs(y)
        claim reached  "T takes at most 2/(eta b) steps"     : T <= 2/(eta*b)
        claim small    "at the end x is small"               : at end : abs(x) <= exp(-100*eta)

        -- An open constant is solved for: the report encloses the best C, and the claim holds with it.
        claim rate     "the loss decays like (1 - eta b)^2t" :
          always loss <= C*loss@0*exp(2*t*log(1 - eta*b)) for some C where C <= 2
        -- This one is too strong; 'expect' says so below.
        claim factor   "every step divides the loss by 4"    : always next(loss) <= loss/4
        note "A note stands below the claim that it is about, and is printed with it."

        -- Instances fix all parameters. A family is the product of its lists: scan[eta=1/10], scan[eta=1/5].
        instance slow eta = 1/20
        instance fast eta = 1/2, b = 1/2
        family scan eta in [1/10, 1/5, 2/5]

        -- The expected verdict, where it is not 'proved'. Anything unexpected is reported and changes the exit status.
        expect factor refuted                        -- or 'refuted on slow, scan[eta=1/10]'

        -- Enclosures without a claim.
        show T
        show loss at 10 steps, end

        """#
}
