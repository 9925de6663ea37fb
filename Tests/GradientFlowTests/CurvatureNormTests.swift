import Arithmetic
import Exact
import Testing

@testable import GradientFlow
@testable import Symbolic

/// The bounds from the curvature form are above the largest eigenvalue of minus the Hessian, in gradient coordinates, at
/// every point of the tube.
struct CurvatureNormTests {
    /// Enclosures of 200 bits of the second derivatives at an exact point; nil where one is undefined.
    private func hessian(_ model: RandomModel, at point: [Rational]) throws -> [[Ball]]? {
        let g = model.graph
        let values = Dictionary(uniqueKeysWithValues: point.enumerated().map { (Symbol.state($0), g.constant($1)) })
        let seconds = (0..<model.size).flatMap { i in
            let slope = g.derivative(of: model.loss, by: .state(i))
            return (0..<model.size).map { g.substitute(g.derivative(of: slope, by: .state($0)), values) }
        }
        let intervals = try enclose(seconds, of: g, environment: Environment(), bits: 200)
        var balls: [Ball] = []
        for interval in intervals {
            guard let low = interval.lower, let high = interval.upper else { return nil }
            balls.append(.interval(low, high, bits: 200))
        }
        return (0..<model.size).map { i in (0..<model.size).map { balls[i * model.size + $0] } }
    }

    /// Whether a pivot of bound/rate_i on the diagonal plus H is certainly negative: then lambda_max(-H) > bound, in the
    /// coordinates x_i/sqrt(rate_i), by the law of inertia.
    private func isRefuted(_ bound: Double, _ h: [[Ball]], rates: [Rational]) -> Bool {
        guard let bound = Rational(exactly: bound) else { return false }
        var a = h
        for i in a.indices { a[i][i] = a[i][i] + Ball(bound / rates[i], bits: 200) }
        for k in a.indices {
            if a[k][k].isCertainlyNegative { return true }
            // Too near to 0 to go on.
            guard a[k][k].isCertainlyPositive else { return false }
            for i in a.indices where i > k {
                let factor = a[i][k] / a[k][k]
                for j in a.indices where j > k { a[i][j] = a[i][j] - factor * a[k][j] }
            }
        }
        return false
    }

    /// The bound at tau: the Bernstein polynomials weigh the controls.
    private func value(_ spectrum: SpectralBound, _ tau: Rational) -> Double {
        func exact(_ x: Double) -> Rational { Rational(exactly: x) ?? 0 }
        let rest: Rational = 1 - tau
        let weights = [rest * rest, 2 * tau * rest, tau * tau]
        var sum = exact(spectrum.uniform) + exact(spectrum.weighted) * tau * tau * tau
        for (weight, control) in zip(weights, spectrum.controls) { sum += weight * exact(control) }
        // Rounded up by far more than the conversion may round down.
        return sum.approximation + 1e-14 * (1 + Swift.abs(sum.approximation))
    }

    private func check(_ random: inout TestRandom, _ checked: inout Int) throws -> String? {
        let model = RandomModel(&random)
        let (g, n) = (model.graph, model.size)
        let potential = VectorField.Potential(loss: model.loss, rates: model.rates.map { g.constant($0) })
        let field = try VectorField(graph: g, field: model.field, potential: potential, derivedUpTo: 0)
        guard case .curvature(let form, let tape) = try field.linearisation() else { return "\(g.description(of: model.loss)): no form" }
        let metric = try Metric(field, environment: Environment(), plans: LawPlans())
        let norm = CurvatureNorm(field, form, tape, metric, LawPlans())
        let order = random.within(0...4)
        let p = BallVector<DoubleBall>(count: n * (order + 1), bits: 53)
        var coefficients: [[Rational]] = []
        for i in 0..<n {
            let list: [DoubleBall] = (0...order).map { j in
                DoubleBall(j == 0 ? random.fraction(4) : random.fraction(3) * Rational(1, 12), bits: 53).midpoint
            }
            for (j, value) in list.enumerated() { p.span[i * (order + 1) + j] = value }
            coefficients.append(list.map { $0.lowerBound ?? 0 })
        }
        let rho = random.pick([0.0, 1e-9, 0.01, 0.1])
        let piece = TubePiece(p, order: order, start: 0, length: 1, environment: Environment())
        guard let spectrum = norm.spectrum(piece, rho: Magnitude(rho)) else { return nil }
        for _ in 0..<3 {
            let tau = random.unit()
            // One coordinate takes the whole radius, or all share it: sum of e_i^2/rate_i <= rho^2. The roots of the rates
            // are replaced by fractions below them.
            let alone = random.chance(1, of: 2) ? random.below(n) : nil
            let point = (0..<n).map { i in
                let value = coefficients[i].reversed().reduce(Rational.zero) { $0 * tau + $1 }
                let root = Rational(exactly: (model.rates[i].approximation.squareRoot() * 0.999 * 4096).rounded(.down)) ?? 0
                let reach = (Rational(exactly: rho) ?? 0) * root / 4096
                if let alone { return i == alone ? value + random.signed() * reach : value }
                return value + random.signed() * reach / 3
            }
            guard let h = try hessian(model, at: point) else { continue }
            let dense = spectrum.dense.map { value($0, tau) } ?? .infinity
            let node = spectrum.bilinear.map { value($0, tau) + spectrum.interactions } ?? .infinity
            for (name, bound) in [("dense", dense), ("node", node)] where bound.isFinite {
                checked += 1
                if isRefuted(bound, h, rates: model.rates) {
                    return """
                        \(name) bound \(bound) is below the largest eigenvalue of -H at \(point)
                          loss \(g.description(of: model.loss)), rates \(model.rates)
                          p = \(coefficients), tau = \(tau), rho = \(rho)
                        """
                }
            }
        }
        return nil
    }

    @Test func theBoundsHoldEverywhereInTheTube() throws {
        var checked = 0
        let complaint = try complaints(cases: 250, suite: "CurvatureNormTests") { try check(&$0, &checked) }
        #expect(complaint == nil, "\(complaint ?? "")")
        #expect(checked > 300, "only \(checked) bounds were finite")
    }

    /// The check itself sees a bound that is too low.
    @Test func aBoundThatIsTooLowIsSeen() {
        let h = [[Ball(-2, bits: 200), Ball(1, bits: 200)], [Ball(1, bits: 200), Ball(-2, bits: 200)]]
        #expect(isRefuted(2.99, h, rates: [1, 1]) && !isRefuted(3.01, h, rates: [1, 1]))
        #expect(isRefuted(11.99, h, rates: [4, 4]) && !isRefuted(12.01, h, rates: [4, 4]))
    }

    /// lambda_max(-H) of products is known: |lambda| for lambda x y, sqrt(rate_x rate_y) |lambda| with rates, 2 for -x^2.
    @Test func productsAreSharp() throws {
        let g = Graph()
        let (x, y) = (g.symbol(.state(0)), g.symbol(.state(1)))
        let cases: [(Expression, [Rational], Double)] = [
            (g.multiply(x, y), [1, 1], 1), (g.multiply(g.constant(-3), g.multiply(x, y)), [4, 1], 6),
            (g.negate(g.power(x, 2)), [1, 1], 2), (g.negate(g.add(g.power(x, 2), g.multiply(x, y))), [1, 1], 1 + 2.0.squareRoot()),
            // Two cuts on one pair of states, and a square that lowers nothing where the other state moves freely.
            (g.add(g.apply(.sin, g.zero), g.power(x, 2)), [9, 1], 0),
        ]
        for (loss, rates, truth) in cases {
            let slopes = g.gradient(of: loss, by: [.state(0), .state(1)])
            let flow = zip(rates, slopes).map { g.multiply(g.constant($0), g.negate($1)) }
            let field = try VectorField(
                graph: g, field: flow, potential: .init(loss: loss, rates: rates.map { g.constant($0) }), derivedUpTo: 0)
            let norm = try LogarithmicNorm(
                field, metric: Metric(field, environment: Environment(), plans: LawPlans()), plans: LawPlans())
            let p = BallVector<DoubleBall>(count: 6, bits: 53)
            let found = norm.bound(p, order: 2, start: 0, length: 1, rho: Magnitude(0.5), environment: Environment())
            let bound = try #require(found)
            #expect(bound.integral >= truth && bound.integral < truth + 1e-12, "\(g.description(of: loss)): \(bound)")
        }
    }

    /// What is dropped from the Hessian still has to be smooth on the tube.
    @Test func aKinkIsSeen() throws {
        let g = Graph()
        let x = g.symbol(.state(0))
        for loss in [g.apply(.relu, x), g.power(g.apply(.abs, x), 3), g.apply(.softplus, g.maximum(x, g.zero)), g.power(x, Rational(3, 2))] {
            let field = try VectorField(
                graph: g, field: [g.negate(g.derivative(of: loss, by: .state(0)))],
                potential: .init(loss: loss, rates: [g.one]), derivedUpTo: 0)
            let norm = try LogarithmicNorm(
                field, metric: Metric(field, environment: Environment(), plans: LawPlans()), plans: LawPlans())
            for (start, isSmooth) in [(1.0, true), (0.4, false)] {
                let p = BallVector<DoubleBall>(count: 1, bits: 53)
                p.span[0] = DoubleBall(exactly: start)
                let bound = norm.bound(p, order: 0, start: 0, length: 1, rho: Magnitude(0.5), environment: Environment())
                #expect((bound != nil) == isSmooth, "\(g.description(of: loss)) at \(start)")
            }
        }
    }
}
