import Arithmetic
import Exact
import Testing

@testable import GradientFlow
@testable import Symbolic

/// The models of the chain rule contain every partial derivative at every point of the tube, and the norm made of them is
/// that of the derivatives as formulas.
struct TangentNormTests {
    private struct Case {
        let field: VectorField
        let norm: TangentNorm
        let metric: Metric
        /// By state: the coefficients of the polynomial in tau.
        let coefficients: [[Rational]]
        let piece: TubePiece

        /// Nil where a model has an `if`.
        init?(_ graph: Graph, _ formulas: [Expression], _ random: inout TestRandom) throws {
            // Without its potential a field has no curvature form.
            field = try VectorField(graph: graph, field: formulas, potential: nil, derivedUpTo: 0)
            guard case .tangents(let rule, let tape) = try field.linearisation() else { return nil }
            metric = try Metric(field, environment: Environment(), plans: LawPlans())
            norm = TangentNorm(field, rule, tape, metric, LawPlans())
            let n = formulas.count
            let order = random.within(0...4)
            let p = BallVector<DoubleBall>(count: n * (order + 1), bits: 53)
            var exact: [[Rational]] = []
            for i in 0..<n {
                let list: [DoubleBall] = (0...order).map { j in
                    DoubleBall(j == 0 ? random.fraction(4) : random.fraction(3) * Rational(1, 12), bits: 53).midpoint
                }
                for (j, value) in list.enumerated() { p.span[i * (order + 1) + j] = value }
                exact.append(list.map { $0.lowerBound ?? 0 })
            }
            coefficients = exact
            piece = TubePiece(p, order: order, start: 0, length: 1, environment: Environment())
        }
    }

    /// Whether the enclosed number may be a value of the model at tau: c0 + c1 tau + c2 tau^2 +- (weighted tau^3 + uniform).
    private func mayBe(_ value: RationalInterval, _ model: ShortModel, _ tau: Rational) -> Bool {
        func exact(_ x: Double) -> Rational { Rational(exactly: x) ?? 0 }
        let middle = exact(model.c0) + exact(model.c1) * tau + exact(model.c2) * tau * tau
        let reach = exact(model.weighted) * tau * tau * tau + exact(model.uniform)
        guard let low = value.lower, let high = value.upper else { return true }
        return middle - reach <= high && low <= middle + reach
    }

    private func check(_ random: inout TestRandom, _ checked: inout Int) throws -> String? {
        let model = RandomModel(&random)
        let (g, n) = (model.graph, model.size)
        guard let test = try Case(g, model.field, &random) else { return nil }
        let rho = random.pick([0.0, 1e-9, 0.01, 0.1])
        let jacobian = test.norm.jacobian(test.piece, rho: Magnitude(rho))
        if jacobian.isEmpty { return nil }
        let tau = random.unit()
        let alone = random.chance(1, of: 2) ? random.below(n) : nil
        let point = (0..<n).map { i in
            let value = test.coefficients[i].reversed().reduce(Rational.zero) { $0 * tau + $1 }
            let reach = Rational(exactly: rho) ?? 0
            if let alone { return i == alone ? value + random.signed() * reach : value }
            return value + random.signed() * reach / 3
        }
        let values = Dictionary(uniqueKeysWithValues: point.enumerated().map { (Symbol.state($0), g.constant($1)) })
        let entries = (0..<n).flatMap { i in
            (0..<n).map { k in g.substitute(g.derivative(of: model.field[i], by: .state(k)), values) }
        }
        let truth = try enclose(entries, of: g, environment: Environment(), bits: 200)
        for i in 0..<n {
            for k in 0..<n {
                checked += 1
                if !mayBe(truth[i * n + k], jacobian[i * n + k], tau) {
                    return """
                        df_\(i)/dx_\(k) = \(truth[i * n + k]) is outside \(jacobian[i * n + k]) at \(point), tau = \(tau)
                          f = \(g.description(of: model.field[i])), p = \(test.coefficients), rho = \(rho)
                        """
                }
            }
        }
        return nil
    }

    @Test func everyPartialDerivativeIsContained() throws {
        var checked = 0
        let complaint = try complaints(cases: 300, suite: "TangentNormTests") { try check(&$0, &checked) }
        #expect(complaint == nil, "\(complaint ?? "")")
        #expect(checked > 2000, "only \(checked) derivatives were defined")
    }

    /// The same tube, bounded by formulas for the derivatives.
    @Test func theBoundIsAsGoodAsThatOfTheDerivativesAsFormulas() throws {
        var compared = 0
        let complaint = try complaints(cases: 300, suite: "TangentNormTests") { random in
            let model = RandomModel(&random)
            guard let test = try Case(model.graph, model.field, &random) else { return nil }
            let formulas = try VectorField(graph: model.graph, field: model.field)
            guard case .jacobian(let tape) = try formulas.linearisation() else { return "no Jacobian" }
            let other = JacobianNorm(formulas, tape, test.metric, LawPlans())
            let (a, b) = (test.norm.bound(test.piece, rho: Magnitude(1e-9)), other.bound(test.piece, rho: Magnitude(1e-9)))
            guard let a, let b else { return nil }
            compared += 1
            // The remainders of degree 3 differ with the order of the operations.
            return a.integral <= b.integral + 0.5 * (1 + Swift.abs(b.integral))
                ? nil : "\(a.integral) and \(b.integral) for \(model.graph.description(of: model.loss))"
        }
        #expect(complaint == nil, "\(complaint ?? "")")
        #expect(compared > 50, "only \(compared) bounds")
    }

    /// A tie of a gate on the tube, and a state that the field does not read.
    @Test func tiesAreSeen() throws {
        let g = Graph()
        let (x, y) = (g.symbol(.state(0)), g.symbol(.state(1)))
        let gates = [g.apply(.relu, x), g.apply(.abs, x), g.maximum(x, g.zero), g.minimum(g.negate(x), x)]
        for gate in gates {
            let field = try VectorField(graph: g, field: [g.add(gate, y), g.one], potential: nil, derivedUpTo: 0)
            let norm = try LogarithmicNorm(
                field, metric: Metric(field, environment: Environment(), plans: LawPlans()), plans: LawPlans())
            for (start, isSmooth) in [(2.0, true), (0.4, false)] {
                let p = BallVector<DoubleBall>(count: 2, bits: 53)
                p.span[0] = DoubleBall(exactly: start)
                let bound = norm.bound(p, order: 0, start: 0, length: 1, rho: Magnitude(0.5), environment: Environment())
                #expect((bound != nil) == isSmooth, "\(g.description(of: gate)) at \(start)")
            }
        }
    }
}
