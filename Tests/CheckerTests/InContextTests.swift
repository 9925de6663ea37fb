import Exact
import GradientFlow
import Symbolic
import Testing

@testable import Checker

/// The balanced in-context flow with infinitely many examples: x' = K x^2/(x + c)^3, c = K - 1, whose hitting times are
/// explicit: K t(x) = (x^2 - 1)/2 + 3c(x - 1) + 3c^2 log x + c^3 (1 - 1/x).
struct InContextTests {
    private func time(_ g: Graph, _ k: Int, at x: Expression) -> Expression {
        let c = g.constant(k - 1)
        let parts = [
            g.multiply(g.constant(Rational(1, 2)), g.subtract(g.power(x, 2), g.one)),
            g.multiply(g.constant(3), g.multiply(c, g.subtract(x, g.one))),
            g.multiply(g.constant(3), g.multiply(g.power(c, 2), g.apply(.log, x))),
            g.multiply(g.power(c, 3), g.subtract(g.one, g.divide(g.one, x))),
        ]
        return g.divide(parts.reduce(g.zero, g.add), g.constant(k))
    }

    @Test(arguments: [10, 1000], [53, 128])
    func eventTimesContainTheClosedForm(k: Int, bits: Int) async throws {
        let text = """
            theorem infinite "i"
            parameter K : integer where K >= 3
            let c = K - 1
            state x = 1
            let loss = K*c/(2*(x + c)^2)
            flow x' = K*x^2/(x + c)^3
            stop when loss <= 1/1000 and log(x)*(K - 1)/K >= log(K), at latest 10^9
            event Tstar = first t where loss <= 1/1000
            event T1    = first t where log(x)*(K - 1)/K >= log(K)
            claim order "o" derived : T1 < Tstar
            instance only K = \(k)

            """
        var options = VerificationOptions()
        options.bits = bits
        let result = try await verified(text, options: options)
        let instance = try #require(result.instances.first)
        let g = Graph()
        let size = g.constant(k)
        // loss = 1/1000 at x = sqrt(500 K c) - c; A = log K at x = K^(K/(K - 1)).
        let star = g.subtract(g.apply(.sqrt, g.multiply(g.constant(500 * k), g.constant(k - 1))), g.constant(k - 1))
        let one = g.power(size, Rational(BigInt(k), BigInt(k - 1)))
        for (name, level) in [("Tstar", star), ("T1", one)] {
            let truth = try enclose([time(g, k, at: level)], of: g, environment: Environment(), bits: 300)[0]
            let (low, high) = (try #require(truth.lower), try #require(truth.upper))
            let event = try #require(instance.events.first { $0.name == name })
            #expect(event.status == .reached)
            let found = try #require(event.time)
            let (a, b) = (try #require(found.lower), try #require(found.upper))
            #expect(a <= high && low <= b, "\(name) for K = \(k) at \(bits) bits: [\(a), \(b)], not \(low.approximation)")
            #expect((b - a) * Rational(BigInt(10).power(12)) <= low, "\(name) for K = \(k) at \(bits) bits has width \((b - a).approximation)")
        }
    }

    /// Tolerances of 10^-12 and hypotheses about the closed form, as claims.
    @Test func theClosedFormIsProved() async throws {
        try await VerdictTable(
            setting: """
                parameter K : integer = 10
                let c = K - 1
                state x = 1
                let F = ((x^2 - 1)/2 + 3*c*(x - 1) + 3*c^2*log(x) + c^3*(1 - 1/x))/K
                flow x' = K*x^2/(x + c)^3
                stop at 250
                event T = first t where x >= 20
                """,
            rows: [
                (.proved, "identity (F - t)' = 0"),
                (.refuted, "identity (F - t)' = 1/10^9"),
                (.proved, "always abs(F - t) <= 1/10^9"),
                (.refuted, "always abs(F - t) >= 1/10^9"),
                (.proved, "abs(T - ((20^2 - 1)/2 + 3*c*19 + 3*c^2*log(20) + c^3*19/20)/K) <= 1/10^12"),
                (.refuted, "abs(T - ((20^2 - 1)/2 + 3*c*19 + 3*c^2*log(20) + c^3*19/20)/K) >= 1/10^12"),
                (.proved, "increasing x"),
                (.refuted, "always x <= 19"),
            ]
        ).check()
    }
}
