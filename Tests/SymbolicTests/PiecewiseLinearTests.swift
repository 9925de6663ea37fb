import Testing

@testable import Exact
@testable import Symbolic

/// Random piecewise linear conditions: the cells say that one holds, or where it fails, and exact values agree.
struct PiecewiseLinearTests {
    private let relations: [Comparison] = [.less, .lessOrEqual, .equal, .notEqual]

    /// Sums, multiples and gates of three states; small integers make ties frequent.
    private func side(_ random: inout SeededGenerator, _ graph: Graph, depth: Int) -> Expression {
        if depth == 0 {
            let pick = random.int(0...3)
            return pick < 3 ? graph.symbol(threeStates[pick]) : graph.constant(random.int(-2...2))
        }
        let a = side(&random, graph, depth: depth - 1)
        let b = side(&random, graph, depth: depth - 1)
        switch random.int(0...6) {
        case 0: return graph.apply(.relu, a)
        case 1: return graph.apply(.abs, a)
        case 2: return graph.minimum(a, b)
        case 3: return graph.maximum(a, b)
        case 4: return graph.multiply(graph.constant(random.int(-2...2)), a)
        case 5: return graph.subtract(a, b)
        default: return graph.add(a, b)
        }
    }

    private func condition(_ random: inout SeededGenerator, _ graph: Graph, depth: Int) -> Condition {
        if depth == 0 || random.int(0...2) == 0 {
            let relation = relations[random.int(0...3)]
            return graph.compare(relation, side(&random, graph, depth: 2), side(&random, graph, depth: 2))
        }
        let a = condition(&random, graph, depth: depth - 1)
        let b = condition(&random, graph, depth: depth - 1)
        switch random.int(0...3) {
        case 0: return .and([a, b])
        case 1: return .or([a, b])
        case 2: return .implies(a, b)
        default: return .not(a)
        }
    }

    @Test(arguments: 0..<8)
    func agreesWithExactValues(seed: Int) {
        var random = SeededGenerator(UInt64(seed))
        var (held, failed) = (0, 0)
        for _ in 0..<60 {
            let graph = Graph()
            let claim = condition(&random, graph, depth: 2)
            switch graph.decidePiecewiseLinear(claim, enclosing: { _ in nil }) {
            case .holds:
                held += 1
                for _ in 0..<200 {
                    var point: [Symbol: Rational] = [:]
                    for state in threeStates {
                        point[state] = random.int(0...1) == 0 ? Rational(random.int(-4...4)) : random.rational()
                    }
                    #expect(graph.exactTruth(of: claim, at: point) == true, "seed \(seed): \(claim) fails at \(point)")
                }
            case .candidate(let found):
                failed += 1
                let point = Dictionary(uniqueKeysWithValues: threeStates.map { ($0, found[$0] ?? 0) })
                #expect(graph.exactTruth(of: claim, at: point) == false, "seed \(seed): \(claim) holds at \(point)")
            case .open(let reason):
                Issue.record("seed \(seed): \(claim) is open: \(reason)")
            }
        }
        #expect(held > 0 && failed > 0)
    }

    @Test func limitsAreReasons() {
        let graph = Graph()
        let (x, y) = (graph.symbol(x0), graph.symbol(x1))
        func reason(_ condition: Condition, cells: Int = 4096) -> String? {
            let decision = graph.decidePiecewiseLinear(condition, mostCells: cells, enclosing: { _ in nil })
            if case .open(let reason) = decision { return reason }
            return nil
        }
        #expect(reason(.compare(.less, x, graph.multiply(x, y)))?.contains("product") == true)
        #expect(reason(.compare(.less, x, graph.divide(graph.one, y)))?.contains("quotient") == true)
        #expect(reason(.compare(.less, x, graph.divide(graph.one, graph.zero))) != nil)
        #expect(reason(.compare(.lessOrEqual, x, graph.symbol(.time))) != nil)
        let gates = graph.add(graph.apply(.abs, x), graph.apply(.abs, y))
        #expect(reason(.compare(.lessOrEqual, graph.zero, gates), cells: 2)?.contains("more than 2 cells") == true)
        #expect(reason(.compare(.lessOrEqual, graph.zero, gates)) == nil)
    }
}
