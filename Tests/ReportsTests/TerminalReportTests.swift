import Checker
import Exact
import Reports
import Syntax
import Testing

@Test func theReportReadsLikeThis() {
    #expect(terminalReport(of: Sample.rich) == richReport)
}

@Test func aRunInStepsIsCountedInSteps() {
    var instance = InstanceResult(id: "gd", isFamily: false, parameters: [], seed: nil)
    instance.clock = .steps
    instance.dimension = 1
    instance.steps = 1_234_567
    instance.bits = 53
    instance.horizon = Sample.interval(1_234_567, 1_234_567)
    instance.events = [
        EventResult(name: "T1", status: .reached, time: Sample.interval(1_000_001, 1_000_001)),
        EventResult(name: "T2", status: .reached, time: Sample.interval(7, 9)),
    ]
    let margin = Margin(value: Sample.interval(1, 2), time: Sample.interval(12, 12))
    instance.obligations = [Sample.obligation(Sample.monotone, .proved(Evidence(margin: margin)))]
    let report = terminalReport(of: Sample.theorem([instance]))
    for line in [
        "1 state, 1234567 steps, 53 bits, run to step 1234567", "T1 = 1000001\n", "T2 in [7, 9]\n", "margin >= 1 at step 12",
    ] {
        #expect(report.contains(line), "\(line):\n\(report)")
    }
}

private let richReport = #"""
incontext.theorem-3.1  In-context learning with balanced features, gradient flow
  theorems/incontext/theorem-3.1.thm
  Huang, Cheng, Liang, ICML 2024, arXiv 2310.05249, Theorem 3.1 (as recalled)
  note: flow time is eta times the number of gradient steps

  k3       K = 3, N = 27, eps = 1/100
           1 state, 41 steps, 53 bits, run to t in [12.3, 12.31]
           T1 in [3.1415926, 3.1415927]
           Tstar > 4000, not reached in the run
           loss at 10 in [0.1428571428, 0.1428572858]
  k20      K = 20, N = 400, eps = 1/100, seed = 7
           1 state, 41 steps, 53 bits, run to t in [12.3, 12.31]
           T1 in [3.1415926, 3.1415927]
           Tstar > 4000, not reached in the run
           loss at 10 in [0.1428571428, 0.1428572858]
  scaling  family

id.grad  "gradient in the one coordinate s" (derived here)
    identity gradient(loss, s) = -g
    ✓ proved  both instances  exact

id.monoA  "A_k is strictly increasing" (derived here)
    always A' > 0
    ✓ proved  both instances  margin >= 0.003 on k20 at t in [11, 11.125]  53 to 128 bits

lem.bal.I  "T1 = O(K^2 log K)" (as recalled)
    T1 <= C*b1 for some C
    ✓ proved  k3   C = [0.31, 0.310001]  53 bits
    ✓ proved  k20  C = [0.29, 0.290001]  53 bits

lem.bal.II  "T2 - T1 = O(K log(K eps^-1/2)/eps)" (as recalled)
    Tstar - T1 <= C*b2 for some C
    ✓ proved     k3   C = 1/3  53 bits
    ? undecided  k20           53 bits
      why: Tstar is not reached by t = 4000
      try: stop later, or a larger eps

thm3.1.b  "(1 - Attn_k)^2 <= O(eps) with high probability" (the paper's statement)
    at Tstar : probability(n ~ binomial(N, 1/K)) (v(n)^2 <= 4*eps) >= 1 - delta for some delta where
    delta <= 1/10
    note: Llow lies below L*, so this Tstar is an upper bound of the paper's T*: refuting the bound
          here would not refute the paper
    ✓ proved                k3   delta = [0.03, 0.035]   53 bits
    ✗ refuted, as expected  k20  delta = [0.148, 0.149]  53 bits
      at Tstar the probability is at most 0.852, so delta is at least 0.148, but delta <= 1/10

lem.counts  "counts concentrate (deviation 1/2)" (as recalled)
    given 1/4 >= 20*K^3/N : K*probability(n ~ binomial(N, 1/K)) (abs(n - N/K) > N/(2*K)) <=
    3*exp(-N/(100*K^2))
    - vacuous, as expected  k3   1/4 >= 20*K^3/N is false: the right side is 20
    - vacuous, as expected  k20  1/4 >= 20*K^3/N is false: the right side is 400

growth.Tstar  "T* grows like a power of K" (derived here)
    growth of Tstar in K over scaling within [1, 3]
    ~ consistent  scaling  exponent = [2.05, 2.15]  53 bits

"""#

@Test func theSummaryCountsAndNamesWhatIsNotAsExpected() {
    #expect(
        terminalSummary(of: Outcome(theorems: [Sample.rich])) == """
            1 theorem, 2 instances, 13 obligations: 8 proved, 1 consistent, 1 refuted, 2 vacuous, 1 undecided
              ? undecided: incontext.theorem-3.1 lem.bal.II on k20
            Not all as expected.

            """)
}

@Test func verboseHasARowPerObligationAndTheLadder() {
    let text = terminalReport(of: Sample.rich, style: ReportStyle(verbose: true))
    #expect(text.contains("    ✓ proved  k3   exact\n    ✓ proved  k20  exact\n"), "\(text)")
    #expect(text.contains("53 bits: 41 steps, radius <= 3.34e-7, 1 undecided: Tstar is not reached"), "\(text)")
}

@Test func noLineIsWiderThanAsked() {
    for verbose in [false, true] {
        let lines = terminalReport(of: Sample.rich, style: ReportStyle(verbose: verbose)).split(separator: "\n")
        for line in lines { #expect(line.count <= 100, "\(line)") }
    }
}

@Test func colourAddsNothingButCodes() {
    let plain = terminalReport(of: Sample.rich)
    let coloured = terminalReport(of: Sample.rich, style: ReportStyle(colour: true))
    #expect(!plain.contains("\u{1B}"))
    #expect(coloured.contains("\u{1B}[32m✓ proved\u{1B}[0m"))
    #expect(coloured.replacing(/\u{1B}\[[0-9]+m/, with: "") == plain)
}

@Test(arguments: Provenance.allCases)
func onlyStatedIsThePapers(provenance: Provenance) {
    var instance = InstanceResult(id: "k3", isFamily: false, parameters: [], seed: nil)
    instance.obligations = [
        Sample.obligation(Sample.claim("a", "x", "1 <= 2", line: 1, provenance: provenance), .proved(Evidence()))
    ]
    let text = terminalReport(of: Sample.theorem([instance]))
    #expect(text.contains("the paper's") == (provenance == .stated), "\(text)")
}

@Test func manyEqualVerdictsShareARow() {
    let instances = (1...20).map { number in
        var instance = InstanceResult(id: "n\(number)", isFamily: false, parameters: [], seed: nil)
        instance.obligations = [
            Sample.obligation(
                Sample.monotone, number % 4 == 0 ? .undecided(Obstacle(.precision, "too wide")) : .proved(Evidence()), met: number % 4 != 0)
        ]
        return instance
    }
    let text = terminalReport(of: Sample.theorem(instances))
    #expect(text.contains("    ✓ proved     15 instances  53 bits\n      on n1, n2, n3, n5, n6, n7,"), "\(text)")
    #expect(text.contains("    ? undecided  5 instances   53 bits\n      on n4, n8, n12, n16, n20\n      why: too wide\n"), "\(text)")
}

@Test func aTheoremWithoutObligationsSaysSo() {
    #expect(terminalReport(of: Sample.theorem([])).contains("warning: no claim was checked: nothing is verified"))
}

@Test func controlCharactersOfAFileDoNotReachTheTerminal() {
    var instance = InstanceResult(id: "k3", isFamily: false, parameters: [], seed: nil)
    instance.obligations = [Sample.obligation(Sample.claim("a", "x\u{1B}[2Jy", "1 <= 2", line: 1), .proved(Evidence()))]
    #expect(!terminalReport(of: Sample.theorem([instance])).contains("\u{1B}"))
}
