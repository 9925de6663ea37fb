import Exact
import Testing

@testable import Symbolic

/// Chains of sums and products become one instruction, and mean what they meant.
struct ContractionTests {
    private func contractions(_ tape: Tape) -> [[ContractionTerm<Int>]] {
        tape.instructions.compactMap { if case .contraction(let terms) = $0 { terms } else { nil } }
    }

    private func dot(_ graph: Graph, _ x: [Expression], _ y: [Expression]) -> Expression {
        zip(x, y).reduce(graph.zero) { graph.add($0, graph.multiply($1.0, $1.1)) }
    }

    @Test func aDotProductIsOneInstruction() throws {
        let graph = Graph()
        let n = 6
        let inputs = (0..<2 * n).map(Symbol.state)
        let (x, y) = (inputs[..<n].map(graph.symbol), inputs[n...].map(graph.symbol))
        let tape = try graph.compile(outputs: [dot(graph, x, y)], inputs: inputs, varying: Set(inputs))
        #expect(tape.instructions.count == 2 * n + 1)
        #expect(contractions(tape).map(\.count) == [n])
        #expect(tape.varies[tape.outputs[0]])
    }

    @Test func aGradientOfDotProductsIsContractions() throws {
        // The derivative of sum over k, q of log-like functions of S(k, q) by x[e, k] is sum over q of slope(k, q) y[e, q].
        let graph = Graph()
        let (words, width) = (4, 3)
        let states = (0..<2 * words * width).map(Symbol.state)
        func entry(_ side: Int, _ e: Int, _ k: Int) -> Expression { graph.symbol(states[(side * width + e) * words + k]) }
        var loss = graph.zero
        for k in 0..<words {
            for q in 0..<words {
                let score = dot(graph, (0..<width).map { entry(0, $0, k) }, (0..<width).map { entry(1, $0, q) })
                loss = graph.add(loss, graph.apply(.softplus, score))
            }
        }
        let field = graph.gradient(of: loss, by: states).map(graph.negate)
        let tape = try graph.compile(outputs: field, inputs: states, varying: Set(states))
        for output in tape.outputs {
            guard case .contraction(let terms) = tape.instructions[output] else {
                Issue.record("\(tape.instructions[output]) is no contraction")
                continue
            }
            #expect(terms.count == words && terms.allSatisfy { $0.right != nil && $0.isNegative })
        }
        // States, scores, slopes and the outputs: nothing between.
        #expect(tape.instructions.count == states.count + 2 * words * words + states.count)
    }

    @Test func whatIsReadTwiceKeepsItsSlot() throws {
        let graph = Graph()
        let x = threeStates.map(graph.symbol)
        let shared = graph.multiply(x[0], x[1])
        let sum = graph.add(graph.add(shared, graph.multiply(x[1], x[2])), graph.multiply(x[0], x[2]))
        let tape = try graph.compile(outputs: [sum, graph.apply(.exp, shared), graph.apply(.exp, sum)], inputs: threeStates, varying: [])
        let terms = contractions(tape)
        #expect(terms.count == 1 && terms[0].filter { $0.right == nil }.count == 1)
        // Every part of the chain is asked for: it stays a chain.
        let parts = graph.add(shared, graph.multiply(x[1], x[2]))
        let whole = graph.subtract(parts, graph.multiply(x[0], x[2]))
        let apart = try graph.compile(
            outputs: [whole, parts, shared, graph.multiply(x[1], x[2]), graph.multiply(x[0], x[2])], inputs: threeStates,
            varying: [])
        #expect(contractions(apart).isEmpty)
    }

    @Test func squaresAndConstantsAndSigns() throws {
        let graph = Graph()
        let x = threeStates.map(graph.symbol)
        // -(x0 x1 - 3/2 x2) + x0^2 - 5
        let inner = graph.subtract(graph.multiply(x[0], x[1]), graph.multiply(graph.constant(Rational(3, 2)), x[2]))
        let e = graph.subtract(graph.add(graph.negate(inner), graph.power(x[0], 2)), graph.constant(5))
        let tape = try graph.compile(outputs: [e], inputs: threeStates, varying: [])
        #expect(contractions(tape).count == 1)
        #expect(tape.instructions.contains { if case .square = $0 { true } else { false } })
        #expect(!tape.instructions.contains { if case .scale = $0 { true } else { false } })
        let point: [Rational?] = [2, Rational(1, 3), -4]
        #expect(tape.exactValues(inputs: point)[tape.outputs[0]] == run(tape, point)[tape.outputs[0]])
        #expect(tape.exactValues(inputs: point)[tape.outputs[0]] == Rational(-2, 3) - 6 + 4 - 5)
        #expect(tape.exactValues(inputs: [2, nil, 1])[tape.outputs[0]] == nil)
    }

    /// A gate on a contraction is decided exactly.
    @Test func gatesOnContractionsAreExact() throws {
        let graph = Graph()
        let x = threeStates.map(graph.symbol)
        let sum = dot(graph, x, [x[1], x[2], x[0]])
        let condition = Condition.compare(.lessOrEqual, graph.one, sum)
        let tape = try graph.compile(
            outputs: [graph.cases(condition, x[0], x[1])], conditions: [condition], inputs: threeStates, varying: [])
        #expect(!contractions(tape).isEmpty)
        for point: [Rational] in [[1, 1, 0], [1, Rational(1, 2), Rational(1, 3)], [-1, 0, 2], [Rational(1, 3), 3, 0]] {
            let expected = point[0] * point[1] + point[1] * point[2] + point[2] * point[0] >= 1
            #expect(tape.exactTruth(ofGate: 0, inputs: point) == expected)
            #expect(ExactGates(tape).truths(inputs: point) == [expected])
        }
    }

    @Test func contractionsInsideLoops() throws {
        let graph = Graph()
        let variable = graph.makeBoundVariable()
        let n = graph.symbol(.bound(variable))
        let x = threeStates.map(graph.symbol)
        let outside = dot(graph, x, [x[1], x[2], x[0]])
        let body = graph.add(dot(graph, [n, x[0], outside], [x[0], n, n]), graph.multiply(n, x[2]))
        let e = graph.expectation(.binomial(trials: 4, probability: Rational(1, 3)), variable: variable, body)
        let tape = try graph.compile(outputs: [e, outside], inputs: threeStates, varying: [])
        #expect(!contractions(tape.loops[0].body).isEmpty)
        let point: [Rational?] = [2, Rational(1, 3), -4]
        let values = run(tape, point)
        let symbols = Dictionary(uniqueKeysWithValues: zip(threeStates, [2, Rational(1, 3), -4]))
        #expect(values[tape.outputs[0]] == expandedValue(graph, e, symbols))
        #expect(values[tape.outputs[1]] == expandedValue(graph, outside, symbols))
    }
}
