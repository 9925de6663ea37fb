extension TheoremTemplate {
    static let mapText = #"""
        -- A theorem file about an explicit recursion: what moves, by which map, until when, and what is claimed about it.
        -- A statement starts in column 1; indented lines continue it; -- starts a comment. Numbers are exact: 0.1 is 1/10.
        --
        --   flowbound list FILE       reads the file: mistakes are shown with their line and a remedy
        --   flowbound verify FILE     decides every claim on every instance, at every step of the run
        --   flowbound test FILE       decides them on more instances, drawn from the ranges of the parameters
        --   flowbound explain stays   says what the claim 'stays' means (with FILE behind it, if it is in another folder)

        theorem template.map "Noisy averaging: the variance settles"

        -- Where the theorem is from, and how far it is the paper's own: stated (in the paper), abstract, recalled,
        -- reconstructed or derived (by you). A claim may carry a word of its own.
        source "Replace this by the paper" "Lemma 1" derived

        -- Exact numbers that every instance gives; 'where' is the range of the theorem.
        parameter r : real where 1/10 <= r <= 9/10   "how much of the old value is kept"
        parameter sigma : real = 1 where sigma > 0   "the noise; with a default, so instances may leave it out"

        -- What moves, with its start, and one equation for each state; all states move at once. Use 'data', 'set' and arrays,
        -- state W[i in I, j in J] = 0, for tables.
        state m = 1                                  "the mean"
        state s = 0                                  "the variance"
        map next(m) = r*m
        map next(s) = r^2*s + sigma^2*(1 - r)^2
        stop at 30 steps

        -- Formulas: they may read states, parameters, the step number t and events.
        let bound = sigma^2*(1 - r)/(1 + r)

        -- Stopping times of the proof: the first step at which this holds.
        event T = first t where m <= 1/2

        -- A hypothesis of the whole file, checked on every instance. Where it is certainly false, all claims are vacuous there.
        assume moderate : sigma <= 100

        -- Claims: an id, the paper's sentence, and behind the colon what is checked. next(q) is the value of q one
        -- step later, q@T the one at a moment.
        claim shrinks  "the mean decreases"                  : decreasing m
        claim stays    "the variance stays below its limit"  : always s <= bound
        claim gap      "the gap to it contracts by r^2"      : identity next(bound - s) = r^2*(bound - s)
        claim half     "the mean halves in log(2)/log(1/r) steps, rounded up" : T < log(2)/log(1/r) + 1
        claim then     "from T on the mean is at most 1/2"   : always on [T, end] : m <= 1/2

        -- An open constant is solved for: the report encloses the best C, and the claim holds with it.
        claim rate     "the mean is O(r^t)"                  : always m <= C*exp(t*log(r)) for some C where C <= 2
        -- This one is too strong; 'expect' says so below.
        claim exact    "the limit is reached at T"           : at T : s = bound
        note "A note stands below the claim that it is about, and is printed with it."

        -- Instances fix all parameters. A family is the product of its lists: scan[r=1/2], scan[r=3/4].
        instance quick r = 1/5
        instance noisy r = 1/2, sigma = 3
        family scan r in [1/2, 3/4, 4/5]

        -- The expected verdict, where it is not 'proved'. Anything unexpected is reported and changes the exit status.
        expect exact refuted                         -- or 'refuted on quick, scan[r=1/2]'

        -- Enclosures without a claim.
        show T
        show s at 10 steps, end

        """#
}
