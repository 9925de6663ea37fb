import Exact
import Testing

@testable import Symbolic

struct CurvatureTests {
    /// B at a rational point, from the definition; nil where something is undefined.
    private func matrix(_ form: CurvatureForm, _ graph: Graph, size: Int, at point: [Symbol: Rational]) -> [[Rational]]? {
        func value(_ e: Expression) -> Rational? { graph.exactValue(of: e, at: point) }
        var b = Array(repeating: Array(repeating: Rational.zero, count: size), count: size)
        var gradients: [[Rational]] = []
        for cut in form.cuts {
            guard let adjoint = value(cut.adjoint) else { return nil }
            var gradient = Array(repeating: Rational.zero, count: size)
            for term in cut.terms {
                guard let coefficient = value(form.coefficients[term.coefficient]) else { return nil }
                guard let second = term.second else {
                    gradient[term.first] += coefficient
                    continue
                }
                guard let x = point[.state(term.first)], let y = point[.state(second)] else { return nil }
                gradient[term.first] += coefficient * y
                gradient[second] += coefficient * x
                b[term.first][second] += adjoint * coefficient
                b[second][term.first] += adjoint * coefficient
            }
            gradients.append(gradient)
        }
        for interaction in form.interactions {
            guard let factor = value(interaction.value) else { return nil }
            let (u, v) = (gradients[interaction.first], gradients[interaction.second])
            for i in 0..<size {
                for k in 0..<size {
                    b[i][k] += factor * u[i] * v[k]
                    if interaction.first != interaction.second { b[i][k] += factor * v[i] * u[k] }
                }
            }
        }
        return b
    }

    private func hessian(_ graph: Graph, _ e: Expression, _ states: [Symbol], at point: [Symbol: Rational]) -> [[Rational]]? {
        var rows: [[Rational]] = []
        for x in states {
            var row: [Rational] = []
            for y in states {
                let second = graph.derivative(of: graph.derivative(of: e, by: x), by: y)
                guard let value = graph.exactValue(of: second, at: point) else { return nil }
                row.append(value)
            }
            rows.append(row)
        }
        return rows
    }

    /// Whether a symmetric matrix of three rows is positive semidefinite: every principal minor is >= 0.
    private func isPositiveSemidefinite(_ a: [[Rational]]) -> Bool {
        func minor(_ i: Int, _ k: Int) -> Rational { a[i][i] * a[k][k] - a[i][k] * a[k][i] }
        let first = a[0][0] * minor(1, 2)
        let second = a[0][1] * (a[1][0] * a[2][2] - a[1][2] * a[2][0])
        let third = a[0][2] * (a[1][0] * a[2][1] - a[1][1] * a[2][0])
        let minors = [a[0][0], a[1][1], a[2][2], minor(0, 1), minor(0, 2), minor(1, 2), first - second + third]
        return minors.allSatisfy { !$0.isNegative }
    }

    /// Losses whose values are exact: sums with weights of both signs of squares, products, quotients and gates.
    private func loss(_ graph: Graph, _ random: inout SeededGenerator) -> Expression {
        func part() -> Expression {
            let e = random.rationalFunction(graph, depth: random.int(1...3))
            switch random.int(0...7) {
            case 0, 1: return graph.power(e, 2)
            case 2: return graph.power(e, 4)
            case 3: return graph.apply(.relu, e)
            case 4: return graph.apply(.abs, e)
            case 5: return graph.maximum(e, random.rationalFunction(graph, depth: 2))
            case 6: return graph.minimum(graph.power(e, 2), random.rationalFunction(graph, depth: 1))
            default: return e
            }
        }
        return (0..<random.int(1...4)).reduce(graph.zero) { sum, _ in
            graph.add(sum, graph.multiply(graph.constant(random.rational()), part()))
        }
    }

    @Test func theHessianIsTheFormPlusSomethingPositive() {
        var compared = 0
        for seed in 0..<150 {
            var random = SeededGenerator(UInt64(seed))
            let graph = Graph()
            let loss = loss(graph, &random)
            guard let form = graph.curvature(of: loss) else { continue }
            for _ in 0..<3 {
                let point = random.point()
                guard let h = hessian(graph, loss, threeStates, at: point), let b = matrix(form, graph, size: 3, at: point)
                else { continue }
                let difference = (0..<3).map { i in (0..<3).map { h[i][$0] - b[i][$0] } }
                #expect(isPositiveSemidefinite(difference), "seed \(seed) at \(point): \(difference)")
                compared += 1
            }
        }
        #expect(compared > 150, "\(compared)")
    }

    /// Without convex nodes nothing is left out.
    @Test func nothingIsLostFromProducts() {
        let graph = Graph()
        let (x, y, z) = (graph.symbol(x0), graph.symbol(x1), graph.symbol(x2))
        let shared = graph.add(graph.multiply(x, y), graph.multiply(x, z))
        let cubic = graph.multiply(shared, graph.add(shared, graph.power(x, 2)))
        let losses = [
            graph.multiply(graph.multiply(x, y), z), cubic, graph.divide(shared, graph.add(graph.one, graph.power(y, 2))),
            graph.subtract(graph.multiply(z, cubic), graph.power(shared, 3)), graph.add(shared, shared),
        ]
        for loss in losses {
            let form = graph.curvature(of: loss)
            var random = SeededGenerator(7)
            for _ in 0..<5 {
                let point = random.point()
                #expect(
                    form.flatMap { matrix($0, graph, size: 3, at: point) } == hessian(graph, loss, threeStates, at: point),
                    "\(graph.description(of: loss)) at \(point)")
            }
        }
    }

    /// dot(x, y) used with two factors and in two places.
    @Test func aContractionIsOneCut() {
        let graph = Graph()
        let x = (0..<4).map { graph.symbol(.state($0)) }
        let y = (4..<8).map { graph.symbol(.state($0)) }
        func dot(_ a: [Expression], _ b: [Expression]) -> Expression {
            zip(a, b).reduce(graph.zero) { graph.add($0, graph.multiply($1.0, $1.1)) }
        }
        let (first, second) = (dot(x, y), dot(x, x))
        let root = graph.divide(first, graph.apply(.sqrt, graph.constant(3)))
        let loss = graph.multiply(graph.apply(.tanh, root), graph.add(graph.apply(.sin, first), graph.subtract(first, second)))
        let form = graph.curvature(of: loss)
        #expect(form?.cuts.map(\.terms.count) == [4, 4])
        #expect(form?.interactions.count == 2, "sin and tanh see the first cut, their product both")
    }

    /// Logistic and softmax regression, least squares: all of the Hessian is positive.
    @Test func convexLossesLeaveNothing() {
        let graph = Graph()
        let scores = (0..<3).map { k in
            graph.add(graph.symbol(.state(k)), graph.multiply(graph.constant(k + 2), graph.symbol(.state(3))))
        }
        let weights = scores.map { graph.apply(.exp, $0) }
        let total = weights.reduce(graph.zero) { graph.add($0, $1) }
        let losses = [
            graph.apply(.softplus, graph.negate(scores[0])), graph.power(graph.subtract(scores[1], graph.pi), 2),
            graph.subtract(graph.apply(.log, total), scores[2]), graph.negate(graph.apply(.log, graph.divide(weights[1], total))),
            graph.apply(.log1p, graph.multiply(graph.constant(3), weights[0])), graph.apply(.exp, graph.power(scores[0], 2)),
        ]
        for loss in losses {
            let form = graph.curvature(of: loss)
            #expect(form?.interactions.isEmpty == true, "\(graph.description(of: loss))")
        }
        // A negative weight, or a concave node with a positive one, is kept.
        let kept = [graph.negate(losses[0]), graph.negate(losses[2]), graph.apply(.log, graph.divide(weights[1], total))]
        for loss in kept {
            #expect(graph.curvature(of: loss)?.interactions.isEmpty == false, "\(graph.description(of: loss))")
        }
    }

    @Test func lawsAndBranchesAreRefused() {
        let graph = Graph()
        let x = graph.symbol(x0)
        #expect(graph.curvature(of: graph.cases(.compare(.less, x, graph.zero), x, graph.power(x, 2))) == nil)
        let n = graph.makeBoundVariable()
        let mean = graph.expectation(
            .binomial(trials: 3, probability: Rational(1, 2)), variable: n, graph.multiply(graph.symbol(.bound(n)), x))
        #expect(graph.curvature(of: mean) == nil)
    }
}
