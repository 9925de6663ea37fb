import Exact
import Symbolic
import GradientFlow
import Testing

@testable import Checker

/// Open constants are solved for: the exact best one lies in the reported enclosure, which has three digits; with `where`,
/// the verdict follows from it in both directions.
struct OpenConstantTests {
    private let setting = """
        state x = 1
        flow x' = -x
        stop at 2
        event Thalf  = first t where x <= 1/2
        event Tnever = first t where x <= 1/100
        """

    @Test func verdictsWithWhere() async throws {
        try await VerdictTable(setting: setting, rows: [
            // sup of t exp(-t) on [1, 2] is exp(-1) = 0.367879441171442...
            (.proved, "always on [1, 2] : x <= C/t for some C"),
            (.proved, "always on [1, 2] : x <= C/t for some C where C <= 1/2"),
            (.refuted, "always on [1, 2] : x <= C/t for some C where C <= 1/3"),
            (.proved, "always on [1, 2] : x <= C/t for some C where C <= 3679/10^4"),
            (.refuted, "always on [1, 2] : x <= C/t for some C where C <= 3678/10^4"),
            (.notRefuted, "always on [1, 2] : x <= C/t for some C where C <= 367879442/10^9"),
            (.notProved, "always on [1, 2] : x <= C/t for some C where C <= 367879441/10^9"),
            (.proved, "always on [1, 2] : x <= C/t for some C where 1 <= C <= 2"),
            (.refuted, "always on [1, 2] : x <= C/t for some C where 1/20 <= C < 1/10"),
            // inf of exp(-t) on [0, 2] is exp(-2) = 0.1353...
            (.proved, "always x >= c for some c where c > 1/8"),
            (.refuted, "always x >= c for some c where c > 1/7"),
            (.proved, "always x >= c for some c where 0 < c < 1"),
            // A constant is positive unless its where bounds it below.
            (.proved, "always 1 + C >= x for some C"),
            (.refuted, "always x >= 1/2 + C for some C"),
            (.proved, "always x >= 1/2 + C for some C where C >= -1"),
            (.refuted, "always x >= 1/2 + C for some C where C >= -1/3"),
            (.refuted, "always x <= C for some C where -5 <= C <= 1/2"),
            (.proved, "always on [1/2, 2] : c/(1 + t) <= x <= C/(1 + t) for some c where c > 0, C where C <= 1"),
            (.refuted, "always on [1/2, 2] : c/(1 + t) <= x <= C/(1 + t) for some c where c > 1/2, C where C <= 1"),
            (.refuted, "always on [1/2, 2] : c/(1 + t) <= x <= C/(1 + t) for some c where c > 0, C where C <= 9/10"),
            // The part without a constant has to hold by itself.
            (.refuted, "always x <= C and x >= 1/2 for some C"),
            (.proved, "always x <= C and x >= 1/10 for some C"),
            // One constant for all comparisons.
            (.refuted, "always x <= C and C <= t + 1/2 for some C"),
            (.proved, "always on [1, 2] : x <= C and C <= t for some C"),
            // The coefficient vanishes, or has no sign.
            (.notProved, "always x <= C*t for some C"),
            (.notProved, "always x <= C*(1 - t) for some C"),
            (.notRefuted, "always 1 - x <= C*t for some C"),
            (.proved, "Thalf <= C*log(3) for some C where C <= 631/1000"),
            (.refuted, "Thalf <= C*log(3) for some C where C <= 63/100"),
            (.refuted, "Thalf >= c*log(3) for some c where c >= 1"),
            (.proved, "at 1 : x <= C for some C where C < 1/2"),
            (.refuted, "at 1 : x <= C for some C where C < 1/3"),
            (.undecided, "Tnever <= C for some C"),
            (.undecided, "Tnever <= C for some C where C <= 10"),
            (.refuted, "Tnever <= C for some C where C <= 1"),
            (.proved, "Tnever >= C for some C where C <= 1"),
            (.undecided, "always on [0, Tnever] : x <= C for some C"),
            (.undecided, "always x <= C + log(x - 1/2) for some C"),
        ]).check()
    }

    /// The best constants, as formulas that are evaluated with 200 bits.
    @Test func theBestConstantIsEnclosed() async throws {
        let g = Graph()
        func e(_ a: Int, _ b: Int = 1) -> Expression { g.apply(.exp, g.constant(Rational(BigInt(a), BigInt(b)))) }
        func log(_ a: Int) -> Expression { g.apply(.log, g.constant(a)) }
        let rows: [(claim: String, best: Expression, above: Bool)] = [
            ("always on [1, 2] : x <= C/t for some C", e(-1), true),
            ("always x <= C for some C", g.one, true),
            ("always x >= C for some C", e(-2), false),
            ("always on [1/2, 2] : x <= C/(1 + t) for some C", g.multiply(g.constant(Rational(3, 2)), e(-1, 2)), true),
            ("always on [1/2, 2] : x >= C/(1 + t) for some C", g.multiply(g.constant(3), e(-2)), false),
            // Inside: (1 + t) exp(-2 t) (1 + C) has its maximum of t exp(-t) at t = 1.
            ("always t*x <= C for some C", e(-1), true),
            ("always on [1/3, 2] : t*x <= 1 - C for some C", g.subtract(g.one, e(-1)), false),
            ("Thalf <= C*log(3) for some C", g.divide(log(2), log(3)), true),
            ("at Thalf : x >= C for some C", g.constant(Rational(1, 2)), false),
            ("at 1 : x^2 <= C/3 for some C", g.multiply(g.constant(3), e(-2)), true),
            ("log(2)*C <= log(3) for some C", g.divide(log(3), log(2)), false),
            ("always on [Thalf, end] : x <= C for some C", g.constant(Rational(1, 2)), true),
            ("always on [0, Thalf] : x >= C for some C", g.constant(Rational(1, 2)), false),
        ]
        var text = "theorem best \"b\"\n\(setting)\n"
        for (index, row) in rows.enumerated() { text += "claim c\(index) \"c\" derived : \(row.claim)\n" }
        let result = try await verified(text + "instance only\n")
        for (obligation, row) in zip(try #require(result.instances.first).obligations, rows) {
            guard case .proved(let evidence) = obligation.verdict, let constant = evidence.constants.first,
                let lower = constant.value.lower, let upper = constant.value.upper
            else {
                Issue.record("\(row.claim): \(obligation.verdict)")
                continue
            }
            let best = try enclose([row.best], of: g, environment: Environment(), bits: 200)[0]
            let (low, high) = (try #require(best.lower), try #require(best.upper))
            #expect(lower <= high && low <= upper, "\(row.claim): [\(lower.approximation), \(upper.approximation)], not \(low.approximation)")
            #expect(constant.holdsAbove == row.above, "\(row.claim)")
            #expect((upper - lower) * 1000 <= high, "\(row.claim): [\(lower.approximation), \(upper.approximation)] has not three digits")
            // The outward end is certified: asking for it is proved.
            let end = row.above ? upper : lower
            let again = try await verified(
                "theorem best \"b\"\n\(setting)\nclaim c \"c\" derived : \(row.claim) where C = \(end)\ninstance only\n"
                    .replacingOccurrences(of: "where C = ", with: row.above ? "where C <= " : "where C >= "))
            let outcome = try #require(again.instances.first?.obligations.first).verdict
            #expect(Outcome(outcome) == .proved || Outcome(outcome) == .undecided, "\(row.claim) with \(end): \(outcome)")
        }
    }
}
