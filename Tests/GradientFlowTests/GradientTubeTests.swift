import Arithmetic
import Exact
import Testing

@testable import GradientFlow
@testable import Symbolic

/// Tubes in gradient coordinates, against runs that know nothing of a loss.
struct GradientTubeTests {
    private func potential(_ model: RandomModel) -> VectorField.Potential {
        VectorField.Potential(loss: model.loss, rates: model.rates.map { model.graph.constant($0) })
    }

    @Test func theTubeCoversAnIndependentRun() throws {
        var covered = 0
        let complaint = try complaints(cases: 40, suite: "GradientTubeTests") { random in
            let model = RandomModel(&random)
            let g = model.graph
            let start = (0..<model.size).map { _ in g.constant(random.fraction(3)) }
            let end = Rational(BigInt(random.within(1...6)), 8)
            let field = try VectorField(graph: g, field: model.field, potential: potential(model), derivedUpTo: 0)
            let coarse = try makeTrajectory(field, start: start, environment: Environment(), bits: 53)
            let fine = try makeTrajectory(
                VectorField(graph: g, field: model.field), start: start, environment: Environment(), bits: 160)
            do {
                try coarse.cover(end)
                try fine.cover(end)
            } catch {
                // A gate on the way, or a blow-up.
                return nil
            }
            for (i, state) in model.states.enumerated() {
                let wide = try coarse.range(of: state, at: end...end)
                let narrow = try fine.range(of: state, at: end...end)
                guard let a = wide.lower, let b = wide.upper, let c = narrow.lower, let d = narrow.upper else { continue }
                covered += 1
                if a > d || b < c { return "\(g.description(of: model.loss)), rates \(model.rates): state \(i) in \(shown(wide)), not \(shown(narrow))" }
            }
            return nil
        }
        #expect(complaint == nil, "\(complaint ?? "")")
        #expect(covered > 40, "\(covered)")
    }

    /// With the rate 4^-k for all states the norm is 2^k times the 2-norm, and so are all radii of the same run.
    @Test(arguments: [-6, 0, 6])
    func radiiAreThoseOfTheNorm(k: Int) throws {
        let g = Graph()
        let (x, y) = (g.symbol(.state(0)), g.symbol(.state(1)))
        let rate = Rational.powerOfTwo(-2 * k)
        // The field does not depend on the rate.
        let loss = g.multiply(g.constant(rate.reciprocal ?? 1), g.apply(.softplus, g.multiply(x, y)))
        let slopes = g.gradient(of: loss, by: [.state(0), .state(1)])
        let field = slopes.map { g.multiply(g.constant(rate), g.negate($0)) }
        let start = [g.constant(Rational(1, 3)), g.constant(Rational(2, 7))]
        func run(_ field: VectorField) throws -> Tube<DoubleBall> {
            let trajectory = try makeTrajectory(field, start: start, environment: Environment(), bits: 53)
            try trajectory.cover(3)
            return try #require((trajectory as? TubeTrajectory<DoubleBall>)?.tube)
        }
        let plain = try run(VectorField(graph: g, field: field))
        for limit in [0, 24] {
            let scaled = try run(
                VectorField(
                    graph: g, field: field, potential: .init(loss: loss, rates: [g.constant(rate), g.constant(rate)]),
                    derivedUpTo: limit))
            #expect(scaled.steps.count == plain.steps.count)
            for (a, b) in zip(scaled.steps, plain.steps) {
                for (first, second) in [(a.startRadius, b.startRadius), (a.defect, b.defect), (a.wholeRadius, b.wholeRadius)] {
                    let ratio = first.upperDouble / second.upperDouble.scaled(k)
                    #expect(ratio > 0.5 && ratio < 2, "rate \(rate), t = \(a.start): \(first), \(second)")
                }
                let reach = a.metric.reach(a.wholeRadius, of: 0).upperDouble / b.wholeRadius.upperDouble
                #expect(reach > 0.5 && reach < 2)
            }
        }
    }

    /// A rate that may be 0 makes no norm: the run is as without a loss.
    @Test func onlyPositiveRatesMakeANorm() throws {
        let g = Graph()
        let x = g.symbol(.state(0))
        let loss = g.power(x, 2)
        for (rate, isUsed) in [(g.constant(3), true), (g.zero, false), (g.constant(-1), false), (g.power(g.symbol(.time), 2), false), (g.apply(.exp, g.symbol(.parameter("a"))), true)] {
            let field = try VectorField(
                graph: g, field: [g.multiply(rate, g.multiply(g.constant(-2), x))],
                potential: .init(loss: loss, rates: [rate]), derivedUpTo: 0)
            if case .curvature = try field.linearisation() { #expect(isUsed) } else { #expect(!isUsed) }
        }
    }

    @Test func aFlowTooLargeForDerivativesSaysSo() throws {
        let g = Graph()
        let field = (0..<2001).map { g.negate(g.symbol(.state($0))) }
        #expect(throws: IntegrationFailure.self) { try VectorField(graph: g, field: field) }
        let loss = (0..<2001).reduce(g.zero) { g.add($0, g.multiply(g.constant(Rational(1, 2)), g.power(g.symbol(.state($1)), 2))) }
        let flow = try VectorField(
            graph: g, field: field, potential: .init(loss: loss, rates: field.map { _ in g.one }))
        let trajectory = try makeTrajectory(
            flow, start: field.map { _ in g.one }, environment: Environment(), bits: 53)
        try trajectory.cover(Rational(1, 4))
        let value = try trajectory.range(of: g.symbol(.state(2000)), at: Rational(1, 4)...Rational(1, 4))
        let exact = try enclose([g.apply(.exp, g.constant(Rational(-1, 4)))], of: g, environment: Environment(), bits: 100)[0]
        #expect(meet(value, exact))
    }
}

extension Double {
    fileprivate func scaled(_ exponent: Int) -> Double { self * Double(sign: .plus, exponent: exponent, significand: 1) }
}
