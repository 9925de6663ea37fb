import Exact
import Testing

@testable import Symbolic

struct CompilationTests {
    @Test func randomFormulasHaveTheSameValueOnTheTape() throws {
        for seed in 0..<400 {
            var random = SeededGenerator(UInt64(seed))
            let graph = Graph()
            let outputs = (0..<3).map { _ in random.rationalFunction(graph, depth: 5) }
            let tape = try graph.compile(outputs: outputs, inputs: threeStates, varying: [x0])
            for _ in 0..<4 {
                let point = random.point()
                let slots = run(tape, threeStates.map { point[$0] })
                let exact = tape.exactValues(inputs: threeStates.map { point[$0] })
                #expect(exact == slots, "seed \(seed) at \(point)")
                for (output, slot) in zip(outputs, tape.outputs) {
                    let expected = expandedValue(graph, output, point)
                    #expect(slots[slot] == expected, "seed \(seed) at \(point)")
                    #expect(graph.exactValue(of: output, at: point) == expected, "seed \(seed) at \(point)")
                }
            }
        }
    }

    @Test func expectationsOverOneLawShareALoopAndItsWork() throws {
        let model = BalancedModel(features: 10, length: 100)
        let graph = model.graph
        let tape = try graph.compile(
            outputs: [model.loss, model.g, model.attention], inputs: [x0], varying: [x0])
        #expect(tape.loops.count == 1)
        let body = tape.loops[0].body
        #expect(body.outputs.count == 3)
        // exp(s) is computed once, outside.
        #expect(!body.instructions.contains { if case .apply(.exp, _) = $0 { true } else { false } })
        #expect(tape.instructions.filter { if case .apply(.exp, _) = $0 { true } else { false } }.count == 1)
        #expect(tape.loops[0].captured.count == 1)
        // n exp(s) + N - n is formed once for u, v in all three.
        #expect(body.instructions.count < 30, "\(body.instructions)")
        #expect(tape.varies[tape.outputs[0]])
    }

    @Test func largeLawsStayRolled() throws {
        let model = BalancedModel(features: 1000, length: 1_000_000)
        let tape = try model.graph.compile(outputs: [model.loss, model.g], inputs: [x0], varying: [x0])
        #expect(model.graph.nodes.count < 200)
        #expect(tape.instructions.count + tape.loops[0].body.instructions.count < 50)
    }

    @Test func nestedAndDependentExpectationsAgreeWithTheirSums() throws {
        for seed in 0..<60 {
            var random = SeededGenerator(UInt64(seed))
            let graph = Graph()
            let laws = [Law.binomial(trials: 3, probability: Rational(1, 3)), .binomial(trials: 2, probability: Rational(2, 5))]
            var pool = threeStates.map(graph.symbol)
            var open: [Symbol] = []
            func mean(_ depth: Int) -> Expression {
                let variable = graph.makeBoundVariable()
                open.append(.bound(variable))
                defer { open.removeLast() }
                var body = random.rationalFunction(graph, depth: 3, extra: open + open)
                if depth > 0 { body = graph.add(graph.multiply(mean(depth - 1), graph.symbol(.bound(variable))), body) }
                if open.count == 1, let known = pool.randomElement(using: &random) { body = graph.multiply(known, body) }
                return graph.expectation(laws[random.int(0...1)], variable: variable, body)
            }
            var outputs: [Expression] = []
            for _ in 0..<4 {
                let e = mean(random.int(0...2))
                outputs.append(e)
                pool.append(graph.add(e, graph.symbol(x0)))
            }
            let tape = try graph.compile(outputs: outputs, inputs: threeStates, varying: [x1])
            let point = random.point()
            let slots = run(tape, threeStates.map { point[$0] })
            for (output, slot) in zip(outputs, tape.outputs) {
                #expect(slots[slot] == expandedValue(graph, output, point), "seed \(seed) at \(point)")
            }
        }
    }

    @Test func loopsThatWaitForEachOtherAreSeparate() throws {
        let graph = Graph()
        let law = Law.binomial(trials: 4, probability: Rational(1, 2))
        let (n, m) = (graph.makeBoundVariable(), graph.makeBoundVariable())
        let x = graph.symbol(x0)
        let first = graph.expectation(law, variable: n, graph.power(graph.add(graph.symbol(.bound(n)), x), 2))
        let second = graph.expectation(law, variable: m, graph.multiply(graph.symbol(.bound(m)), first))
        let tape = try graph.compile(outputs: [first, second], inputs: [x0], varying: [])
        #expect(tape.loops.count == 2)
        #expect(tape.loops[1].captured == [tape.outputs[0]])
        #expect(run(tape, [3])[tape.outputs[1]] == expandedValue(graph, second, [x0: 3]))
    }

    @Test func instructionsAreTheCheapOnes() throws {
        let graph = Graph()
        let (x, y) = (graph.symbol(x0), graph.symbol(x1))
        func last(_ e: Expression) throws -> String {
            let tape = try graph.compile(outputs: [e], inputs: [x0, x1], varying: [])
            return "\(tape.instructions[tape.outputs[0]]) of \(tape.instructions.count)"
        }
        #expect(try last(graph.subtract(x, y)) == "subtract(0, 1) of 3")
        #expect(try last(graph.subtract(y, x)) == "subtract(1, 0) of 3")
        #expect(try last(graph.negate(x)) == "negate(0) of 2")
        #expect(try last(graph.multiply(graph.constant(3), x)) == "scale(3, 0) of 2")
        #expect(try last(graph.multiply(x, x)) == "square(0) of 2")
        #expect(try last(graph.power(x, 2)) == "square(0) of 2")
        #expect(try last(graph.power(x, -1)) == "reciprocal(0) of 2")
        #expect(try last(graph.divide(graph.one, x)) == "reciprocal(0) of 2")
        #expect(try last(graph.power(x, -3)) == "reciprocal(1) of 3")
        #expect(try last(graph.power(x, 5)) == "integerPower(0, 5) of 2")
        #expect(try last(graph.apply(.sqrt, x)) == "power(0, 1/2) of 2")
        #expect(try last(graph.power(x, Rational(-1, 2))) == "reciprocal(1) of 3")
    }

    @Test func gatesReadRightMinusLeft() throws {
        let graph = Graph()
        let (x, y) = (graph.symbol(x0), graph.symbol(x1))
        let condition = Condition.implies(.compare(.less, x, y), .not(.compare(.equal, x, graph.one)))
        let e = graph.cases(condition, x, y)
        let tape = try graph.compile(outputs: [e], conditions: [condition], inputs: [x0, x1], varying: [x1])
        for a in -2...2 {
            for b in -2...2 {
                let expected = a < b ? a != 1 : true
                let inputs: [Rational?] = [Rational(a), Rational(b)]
                #expect(tape.exactTruth(ofGate: 0, inputs: inputs) == expected)
                #expect(ExactGates(tape).truths(inputs: inputs) == [expected])
                #expect(run(tape, inputs)[tape.outputs[0]] == Rational(expected ? a : b))
            }
        }
        #expect(tape.exactTruth(ofGate: 0, inputs: [1, nil]) == nil)
        #expect(tape.exactTruth(ofGate: 0, inputs: [2, nil]) == true)
        #expect(tape.varies[tape.outputs[0]])
    }

    @Test func conditionsOnTheLawsVariableAreDecidedWithoutCapturedValues() throws {
        let model = BalancedModel(features: 10, length: 100)
        let tape = try model.graph.compile(outputs: [model.g], inputs: [x0], varying: [x0])
        let body = tape.loops[0].body
        let gates = ExactGates(body)
        for n in [0, 1, 57, 99, 100] {
            #expect(gates.truths(inputs: [Rational(n), nil]) == [n == 100])
        }
        #expect(body.varies[body.outputs[0]])
    }

    @Test func missingInputsAreNamed() {
        let graph = Graph()
        let e = graph.add(graph.symbol(x0), graph.symbol(.parameter("a")))
        #expect(throws: TapeError.missingInput(.parameter("a"))) {
            try graph.compile(outputs: [e], inputs: [x0], varying: [])
        }
    }

    @Test func aVariableOfTheCallerMayBeAnInput() throws {
        let graph = Graph()
        let (n, m) = (graph.makeBoundVariable(), graph.makeBoundVariable())
        let law = Law.binomial(trials: 3, probability: Rational(1, 2))
        let e = graph.expectation(law, variable: m, graph.multiply(graph.symbol(.bound(n)), graph.power(graph.symbol(.bound(m)), 2)))
        let tape = try graph.compile(outputs: [e], inputs: [.bound(n)], varying: [])
        #expect(run(tape, [5])[tape.outputs[0]] == 15)
    }

    @Test func longSumsNeedNoStack() throws {
        let graph = Graph()
        var sum = graph.zero
        for i in 1...50_000 {
            sum = graph.add(sum, graph.multiply(graph.constant(i), graph.power(graph.symbol(.state(i % 100)), Rational(i))))
        }
        let tape = try graph.compile(outputs: [sum], inputs: (0..<100).map(Symbol.state), varying: [])
        #expect(tape.instructions.count > 100_000)
        let symbols = graph.symbols(in: sum)
        #expect(symbols.count == 100)
        let same = graph.substitute(sum, [.state(3): graph.symbol(.state(3))])
        #expect(same == sum)
    }

    @Test func undefinedStaysUndefined() throws {
        let graph = Graph()
        let x = graph.symbol(x0)
        let never = graph.divide(graph.one, graph.zero)
        let e = graph.cases(.compare(.less, x, graph.zero), x, never)
        let zeroth = graph.power(graph.divide(graph.one, x), 0)
        let tape = try graph.compile(outputs: [e, zeroth], inputs: [x0], varying: [])
        #expect(run(tape, [-1])[tape.outputs[0]] == -1)
        #expect(run(tape, [1])[tape.outputs[0]] == nil)
        #expect(run(tape, [1])[tape.outputs[1]] == 1)
        #expect(run(tape, [0])[tape.outputs[1]] == nil)
    }
}
