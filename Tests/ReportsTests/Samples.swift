@testable import Bounds
import Checker
import Exact
import Reports
import Syntax

/// Results as `verify` could return them, built by hand.
enum Sample {
    static func claim(
        _ id: String, _ wording: String, _ encoded: String, line: Int, provenance: Provenance? = .recalled,
        kind: String = "condition", notes: [String] = [], column: Int = 1, family: String? = nil
    ) -> ClaimDescription {
        ClaimDescription(
            id: id, wording: wording, encoded: encoded, provenance: provenance, notes: notes, line: line, column: column,
            kind: kind, growthFamily: family)
    }

    static func obligation(
        _ claim: ClaimDescription, _ verdict: Verdict, expected: ExpectedVerdict? = nil, met: Bool = true, bits: Int = 53
    ) -> ObligationResult {
        ObligationResult(claim: claim, verdict: verdict, expected: expected, isAsExpected: met, bits: bits)
    }

    static func interval(_ low: Rational, _ high: Rational) -> RationalInterval { RationalInterval(low, high) }

    static func constant(_ name: String, _ low: Rational, _ high: Rational) -> ConstantEnclosure {
        ConstantEnclosure(name: name, value: interval(low, high))
    }

    static func theorem(
        _ instances: [InstanceResult], notes: [String] = [], warnings: [Diagnostic] = [], emptiness: [String] = []
    ) -> TheoremResult {
        TheoremResult(
            id: "incontext.theorem-3.1", title: "In-context learning with balanced features, gradient flow",
            file: "theorems/incontext/theorem-3.1.thm",
            sources: [
                SourceReference(
                    work: "Huang, Cheng, Liang, ICML 2024, arXiv 2310.05249", place: "Theorem 3.1", provenance: .recalled)
            ], notes: notes, instances: instances, warnings: warnings, emptiness: emptiness)
    }

    /// One obligation on one instance.
    static func single(_ verdict: Verdict, expected: ExpectedVerdict? = nil, met: Bool = true) -> TheoremResult {
        var instance = InstanceResult(id: "k3", isFamily: false, parameters: [], seed: nil)
        instance.obligations = [obligation(claim("a", "a", "1 <= 2", line: 1), verdict, expected: expected, met: met)]
        return theorem([instance])
    }

    static let monotone = claim(
        "id.monoA", "A_k is strictly increasing", "always A' > 0", line: 15, provenance: .derived, kind: "always")
    static let phaseOne = claim("lem.bal.I", "T1 = O(K^2 log K)", "T1 <= C*b1 for some C", line: 18)
    static let identity = claim(
        "id.grad", "gradient in the one coordinate s", "identity gradient(loss, s) = -g", line: 12, provenance: .derived,
        kind: "identity")
    static let tail = claim(
        "thm3.1.b", "(1 - Attn_k)^2 <= O(eps) with high probability",
        "at Tstar : probability(n ~ binomial(N, 1/K)) (v(n)^2 <= 4*eps) >= 1 - delta for some delta where delta <= 1/10",
        line: 30, provenance: .stated, kind: "at",
        notes: ["Llow lies below L*, so this Tstar is an upper bound of the paper's T*: refuting the bound here would not refute the paper"])
    static let counts = claim(
        "lem.counts", "counts concentrate (deviation 1/2)",
        "given 1/4 >= 20*K^3/N : K*probability(n ~ binomial(N, 1/K)) (abs(n - N/K) > N/(2*K)) <= 3*exp(-N/(100*K^2))", line: 36)
    static let growth = claim(
        "growth.Tstar", "T* grows like a power of K", "growth of Tstar in K over scaling within [1, 3]", line: 44,
        provenance: .derived, kind: "growth", family: "scaling")
    static let late = claim("lem.bal.II", "T2 - T1 = O(K log(K eps^-1/2)/eps)", "Tstar - T1 <= C*b2 for some C", line: 23)

    /// A run with every kind of verdict.
    static let rich: TheoremResult = {
        var k3 = run("k3", K: 3, N: 27, seed: nil)
        k3.obligations = [
            obligation(identity, .proved(Evidence()), bits: 0),
            obligation(monotone, .proved(Evidence(margin: margin(12, at: 9)))),
            obligation(phaseOne, .proved(Evidence(constants: [constant("C", Rational(31, 100), Rational(3_100_001, 10_000_000))]))),
            obligation(late, .proved(Evidence(constants: [constant("C", Rational(1, 3), Rational(1, 3))]))),
            obligation(tail, .proved(Evidence(constants: [constant("delta", Rational(3, 100), Rational(7, 200))]))),
            obligation(counts, .vacuous("1/4 >= 20*K^3/N is false: the right side is 20"), expected: .vacuous, bits: 0),
        ]
        var k20 = run("k20", K: 20, N: 400, seed: 7)
        k20.obligations = [
            obligation(identity, .proved(Evidence()), bits: 0),
            obligation(monotone, .proved(Evidence(margin: margin(3, at: 11))), bits: 128),
            obligation(phaseOne, .proved(Evidence(constants: [constant("C", Rational(29, 100), Rational(2_900_001, 10_000_000))]))),
            obligation(
                late,
                .undecided(Obstacle(.notReached, "Tstar is not reached by t = 4000", remedy: "stop later, or a larger eps")), met: false),
            obligation(
                tail,
                .refuted(Counterexample(
                    sentence: "at Tstar the probability is at most 0.852, so delta is at least 0.148, but delta <= 1/10",
                    constants: [constant("delta", Rational(148, 1000), Rational(149, 1000))])),
                expected: .refuted),
            obligation(counts, .vacuous("1/4 >= 20*K^3/N is false: the right side is 400"), expected: .vacuous, bits: 0),
        ]
        var scaling = InstanceResult(id: "scaling", isFamily: true, parameters: [], seed: nil)
        scaling.obligations = [
            obligation(growth, .consistent(Evidence(constants: [constant("exponent", Rational(41, 20), Rational(43, 20))])))
        ]
        return theorem([k3, k20, scaling], notes: ["flow time is eta times the number of gradient steps"])
    }()

    /// A run with all that plots need, of a theorem whose texts are made of what needs escaping.
    static let plotted: TheoremResult = {
        let trouble = "a < b & \"c\" | 'd' ]]> <script>alert(1)</script> 100% _{x} ::error:: \u{202E}\u{1}\n## $\\alpha$"
        var k3 = run("k3", K: 3, N: 27, seed: 1)
        let samples = (0...20).map { n -> ComparisonSeries.Sample in
            let t = Rational(n) / 2
            let known = n != 7
            return .init(
                moment: t, left: known ? interval(t / 3, t / 3 + Rational(1, 100)) : RationalInterval(nil, nil),
                right: interval(t + 1, t + 1), slack: known ? interval(t * Rational(2, 3) + Rational(99, 100), t + 1) : nil)
        }
        var first = obligation(
            claim("a.b", trouble, "always x <= C*y for some C", line: 3, notes: [trouble], column: 5), .proved(Evidence(constants: [constant("C", 2, 3)])))
        first.series = [ComparisonSeries(left: "x", right: "C*y", relation: "<=", constants: [("C", 3)], samples: samples)]
        first.comparisonsWithoutSeries = 2
        var second = obligation(claim("down", "x falls", "decreasing x", line: 4), .refuted(Counterexample(sentence: trouble, time: interval(2, 3))), met: false)
        second.series = [ComparisonSeries(left: trouble, right: nil, relation: "decreasing", constants: [], samples: samples)]
        k3.obligations = [
            first, second,
            obligation(
                claim("stuck", "y", "y <= 1", line: 5), .undecided(Obstacle(.precision, "too wide", remedy: "more, bits")), met: false),
            obligation(claim("empty", "z", "given 1 > 2 : z <= 1", line: 6), .vacuous("1 > 2 is false")),
        ]
        k3.profile = (0..<5).map { n in
            RunPiece(
                start: Rational(n), end: Rational(n + 1), radius: .powerOfTwo(n - 40), defect: .powerOfTwo(-50),
                logarithmicNorm: Rational(n - 3))
        }
        k3.portrait = PhasePortrait(
            names: ["a < b", "x'"],
            samples: (0...20).map { .init(moment: Rational($0) / 2, x: interval(Rational($0), Rational($0)), y: interval(Rational($0 * $0), Rational($0 * $0))) })
        var tally = SeedTally(atLeast: 9)
        (tally.proved, tally.refuted) = (9, 1)
        k3.obligations.append(
            ObligationResult(
                claim: claim("most", "nine of ten", "x > 0 for at least 9 of seeds 1..10", line: 7),
                verdict: .proved(Evidence(remark: "proved on 9 of 10 seeds")), expected: nil, isAsExpected: true, bits: 53,
                seeds: tally))
        k3.alarms = ["the invariant is violated"]
        var family = InstanceResult(id: "scaling", isFamily: true, parameters: [], seed: nil)
        var slope = obligation(growth, .consistent(Evidence(constants: [constant("exponent", Rational(41, 20), Rational(43, 20))])))
        slope.growth = GrowthSeries(
            parameter: "K",
            points: (2...5).map { .init(instance: "scaling[K=\($0)]", group: [], parameter: Rational($0), quantity: interval(Rational($0 * $0), Rational($0 * $0 + 1))) })
        family.obligations = [slope]
        return theorem([k3, family], emptiness: ["claim empty is vacuous on every instance: nothing is verified"])
    }()

    /// A document with everything: verdicts of all kinds, plots, files that cannot be used.
    static var everything: Outcome {
        let source = SourceFile(name: "a,b.thm", utf8: Array("theorem a\n  x é los\n".utf8))
        let diagnostic = Diagnostic("E0301", "unknown name 'los'", file: "a,b.thm", span: Span(17, 20), remedy: "did you mean 'loss'?")
        var outcome = Outcome(
            theorems: [rich, plotted],
            invalid: [
                InvalidFile(file: "a,b.thm", messages: [.init(diagnostic, source: source)]),
                InvalidFile(file: "no where.thm", messages: [.init("no such file", file: "no where.thm")]),
            ])
        outcome.command = ["flowbound", "verify", "a,b.thm", "it's"]
        return outcome
    }

    private static func margin(_ thousandths: Int, at time: Int) -> Margin {
        Margin(
            value: interval(Rational(thousandths) / 1000, Rational(thousandths + 1) / 1000),
            time: interval(Rational(time), Rational(time) + Rational(1, 8)))
    }

    private static func run(_ id: String, K: Int, N: Int, seed: Int?) -> InstanceResult {
        var instance = InstanceResult(
            id: id, isFamily: false,
            parameters: [.init(name: "K", value: Rational(K)), .init(name: "N", value: Rational(N)), .init(name: "eps", value: Rational(1, 100))],
            seed: seed)
        instance.dimension = 1
        instance.steps = 41
        instance.bits = 53
        instance.horizon = interval(Rational(123, 10), Rational(1231, 100))
        instance.events = [
            EventResult(name: "T1", status: .reached, time: interval(Rational(31_415_926, 10_000_000), Rational(31_415_927, 10_000_000))),
            EventResult(name: "Tstar", status: .notReached, time: interval(4000, 4000)),
        ]
        instance.observations = [
            Observation(quantity: "T1", at: nil, value: interval(3, 4)),
            Observation(quantity: "loss", at: "10", value: interval(Rational(1, 7), Rational(1_000_001, 7_000_000))),
        ]
        instance.rungs = [RungLog(bits: 53, steps: 41, radius: interval(0, Rational(1, 3_000_000)), undecided: 1, reason: "Tstar is not reached")]
        return instance
    }
}
