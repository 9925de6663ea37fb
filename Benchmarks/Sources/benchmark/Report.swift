/// docs/performance.md: what was measured, where and how.
struct Report {
    let machine: Machine
    let options: Options
    let balls: [Row]
    let doubles: [Row]
    let threads: [ThreadRow]

    var markdown: String {
        """
        # Performance

        Times of Flowbound's arithmetic beside [Arb](https://arblib.org) and
        [MPFI](https://gitlab.inria.fr/mpfi/mpfi), on the same operands in the same run. Written by

            scripts/benchmark --rounds \(options.rounds) --write docs/performance.md

        ## Machine

        \(machine.lines.map { "* \($0)" }.joined(separator: "\n"))

        Arb, FLINT, MPFI, MPFR and GMP are the distribution's packages.

        ## How timed

        Time of the thread on its processor. An operation is repeated in batches of at least \(Int(options.batch / 1000))
        microseconds; ours, Arb's and MPFI's batches take turns, \(options.batches) of each in a round, in
        \(options.rounds) rounds over all rows, and the fastest batch counts. Times are in nanoseconds per operation;
        differences below 10 % are noise. The same operands return in every pass of a batch, so caches are warm and
        branches are learnt: one product of two new matrices takes longer, and not by the same factor on every side.

        Operands have mantissas of full width, magnitudes from 2^-3 to 2^2, and radii of 1/2 to 2 units in the last place;
        coefficient k of a series is 2^-k times that. A scalar operation goes through 32 pairs of operands. Before it is
        timed, every result is compared exactly with those of Arb and MPFI for the same operands: a row where two of the
        three sets have no common point is not shown. That finds wrong results, but does not prove containment.

        Arb runs `arb_dot`, `arb_mat_mul`, `_arb_poly_mullow` and `_arb_poly_exp_series`; MPFI, which has no such
        functions, runs loops of `mpfi_mul` and `mpfi_add`. Our products of matrices and series are `BallMatrix.times`
        and `BallSeries.times`, with the allocation of their results. Every side is asked for the precision in the
        table; it may work with more. *Width/Arb* is the median width of our results over the width of Arb's. A target
        is a ratio to Arb unless it says ns.

        ## Balls of any precision

        \(Table(balls).markdown)

        ## Balls in doubles

        Arb and MPFI run at 53 bits, in software, with a wider range of exponents. The 32 pairs of a scalar operation are
        independent, so our loops over them may be vectorised.

        \(Table(doubles).markdown)

        ## Two threads

        The same work on one thread and, twice at the same time, on two, in wall time: the speed-up is 2 if they do not
        hinder each other.

        \(Table(threads).markdown)

        ## What is not compared

        * FLINT 3, which Arb has become a part of. It has assembly kernels of its own and should be expected to be faster
          than the Arb measured here.
        * A GMP tuned for the machine; it would make Arb and MPFI faster, and our kernels where they call it.

        """
    }

    var text: String {
        var parts = [machine.lines.joined(separator: "\n")]
        if !balls.isEmpty { parts.append("Balls of any precision\n\n" + Table(balls).text) }
        if !doubles.isEmpty { parts.append("Balls in doubles; Arb and MPFI at 53 bits\n\n" + Table(doubles).text) }
        if !threads.isEmpty { parts.append("Two threads\n\n" + Table(threads).text) }
        return parts.joined(separator: "\n\n")
    }
}
