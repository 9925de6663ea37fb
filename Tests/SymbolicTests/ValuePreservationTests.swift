import Exact
import Testing

@testable import Symbolic

/// Every rewriting of the normal form keeps the value: the form of a random formula, turned back into a formula, has
/// the same value in doubles. A wrong rule (log x^2 = 2 log x, sqrt(x^2) = x) shows at once at a negative point.
struct ValuePreservationTests {
    private func randomFormula(_ graph: Graph, _ random: inout SeededGenerator, _ depth: Int) -> Expression {
        if depth == 0 {
            let leaves = [graph.symbol(x0), graph.symbol(x1), graph.constant(random.int(-6...8)), graph.constant(random.rational()), graph.pi]
            return leaves[random.int(0...4)]
        }
        let a = randomFormula(graph, &random, depth - random.int(1...depth))
        let b = randomFormula(graph, &random, depth - 1)
        switch random.int(0...11) {
        case 0, 1: return graph.add(a, b)
        case 2: return graph.subtract(a, b)
        case 3, 4: return graph.multiply(a, b)
        case 5: return graph.divide(a, b)
        case 6: return graph.power(b, Rational([-2, -1, 2, 3][random.int(0...3)]))
        case 7: return graph.power(b, Rational(BigInt([-3, -1, 1, 3][random.int(0...3)]), 2))
        case 8: return graph.minimum(a, b)
        case 9: return graph.cases(graph.compare(.less, a, b), b, a)
        default:
            let functions = Function.allCases.filter { $0 != .floor }
            return graph.apply(functions[random.int(0...(functions.count - 1))], b)
        }
    }

    @Test func formsHaveTheValueOfTheirFormula() {
        var compared = 0
        for seed in 0..<3000 {
            var random = SeededGenerator(UInt64(seed))
            let graph = Graph()
            let e = randomFormula(graph, &random, random.int(2...5))
            let forms = NormalForms(graph)
            guard let form = try? forms.form(of: graph.machineForm(e)) else { continue }
            let back = forms.expression(of: form)
            for _ in 0..<4 {
                let point = [x0: Double(random.int(-300...300)) / 97, x1: Double(random.int(-300...300)) / 89]
                let (a, b) = (approximate(graph, e, point), approximate(graph, back, point))
                guard a.isFinite, b.isFinite, abs(a) < 1e5 else { continue }
                // Cancellation in either form is judged by moving the point a little.
                let moved = point.mapValues { $0 * (1 + 1e-9) }
                let slack = abs(approximate(graph, e, moved) - a) + abs(approximate(graph, back, moved) - b)
                guard slack < 1e-4 * (1 + abs(a)) else { continue }
                #expect(abs(a - b) <= 1e-6 * (1 + abs(a)) + 100 * slack, "seed \(seed) at \(point): \(graph.description(of: e)) became \(graph.description(of: back))")
                compared += 1
            }
        }
        #expect(compared > 3000)
    }

    /// A formula that is called undefined everywhere has no value at random points.
    @Test func undefinedMeansWithoutAValue() {
        var seen = 0
        for seed in 0..<3000 {
            var random = SeededGenerator(UInt64(seed))
            let graph = Graph()
            let e = randomFormula(graph, &random, random.int(2...4))
            do throws(NormalFormFailure) {
                _ = try NormalForms(graph).form(of: graph.machineForm(e))
            } catch {
                guard case .undefined = error else { continue }
                seen += 1
                for _ in 0..<4 {
                    let point = [x0: Double(random.int(-300...300)) / 97, x1: Double(random.int(-300...300)) / 89]
                    let value = approximate(graph, e, point)
                    // Rounding can hide a zero denominator, and then the value is huge.
                    #expect(!value.isFinite || abs(value) > 1e10, "seed \(seed): \(graph.description(of: e)) = \(value) at \(point)")
                }
            }
        }
        #expect(seen > 20)
    }

    @Test func certainSignsHold() {
        for seed in 0..<2000 {
            var random = SeededGenerator(UInt64(seed))
            let graph = Graph()
            let e = randomFormula(graph, &random, random.int(1...5))
            let certainty = graph.certainty(e)
            for _ in 0..<4 {
                let point = [x0: Double(random.int(-300...300)) / 97, x1: Double(random.int(-300...300)) / 89]
                let value = approximate(graph, e, point)
                let text = "seed \(seed): \(graph.description(of: e)) = \(value) at \(point)"
                if abs(value) < 1e-9 || value.isNaN { continue }
                if certainty.isNonNegative { #expect(value > 0, "\(text)") }
                if certainty.isNonPositive { #expect(value < 0, "\(text)") }
            }
        }
    }
}
