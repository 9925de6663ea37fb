import Exact

/// Which nodes of a formula are polynomials of degree at most 2 in the states that become cuts.
///
/// A *monomial* is a product of a fixed number and at most two states. A *chain* is a monomial or a sum in which each
/// addition adds a monomial: dot(a, b), an affine form. A sum of two dots is no chain, so that each dot stays one cut
/// wherever it is used.
struct CutPolynomials {
    private let graph: Graph
    /// By node: whether it depends on a state.
    private(set) var moves: [Bool]
    /// By node: whether it depends neither on a state nor on the time.
    private var isFixed: [Bool]
    /// By node: the degree of a monomial; -1 for anything else.
    private var degree: [Int8]
    private var isChain: [Bool]

    /// `nodes`: operands first.
    init(graph: Graph, nodes: [Expression]) {
        self.graph = graph
        let count = (nodes.last?.index ?? -1) + 1
        moves = Array(repeating: false, count: count)
        isFixed = moves
        isChain = moves
        degree = Array(repeating: -1, count: count)
        for x in nodes { classify(x) }
    }

    private mutating func classify(_ x: Expression) {
        var (moving, fixed) = (false, true)
        if case .symbol(let symbol) = graph.node(x) {
            switch symbol {
            case .state: (moving, fixed) = (true, false)
            case .time, .bound: fixed = false
            case .parameter, .moment, .open: break
            }
        }
        graph.forEachOperand(of: x) {
            moving = moving || moves[$0.index]
            fixed = fixed && isFixed[$0.index]
        }
        moves[x.index] = moving
        isFixed[x.index] = fixed
        degree[x.index] = fixed ? 0 : degree(of: x)
        isChain[x.index] = degree[x.index] > 0
        if case .add(let a, let b) = graph.node(x), isPart(a), isPart(b) {
            isChain[x.index] = moving && (degree[a.index] >= 0 || degree[b.index] >= 0)
        }
    }

    private func isPart(_ e: Expression) -> Bool { isChain[e.index] || isFixed[e.index] }

    private func degree(of x: Expression) -> Int8 {
        switch graph.node(x) {
        case .symbol(.state): return 1
        case .multiply(let a, let b):
            let (first, second) = (degree[a.index], degree[b.index])
            return first >= 0 && second >= 0 && first + second <= 2 ? first + second : -1
        case .divide(let a, let b): return isFixed[b.index] ? degree[a.index] : -1
        case .power(let a, 2): return degree[a.index] == 1 ? 2 : -1
        default: return -1
        }
    }

    /// Whether the node is a cut where it is reached. A constant multiple is passed through to what it multiplies, so that
    /// a contraction used with several factors is one cut.
    func isCut(_ x: Expression) -> Bool {
        guard isChain[x.index] else { return false }
        switch graph.node(x) {
        case .multiply(let a, let b): return !isFixed[a.index] && !isFixed[b.index]
        case .divide: return false
        default: return true
        }
    }

    /// The moving monomials of a chain: the coefficient and one or two states each.
    func monomials(of chain: Expression) -> [(coefficient: Expression, states: [Int])] {
        var found: [(coefficient: Expression, states: [Int])] = []
        var pending = [chain]
        while let x = pending.popLast() {
            if isFixed[x.index] { continue }
            if degree[x.index] > 0 {
                found.append(monomial(x))
            } else if case .add(let a, let b) = graph.node(x) {
                pending.append(a)
                pending.append(b)
            }
        }
        return found
    }

    private func monomial(_ e: Expression) -> (coefficient: Expression, states: [Int]) {
        var coefficient = graph.one
        var states: [Int] = []
        var pending = [e]
        while let x = pending.popLast() {
            if isFixed[x.index] {
                coefficient = graph.multiply(coefficient, x)
                continue
            }
            switch graph.node(x) {
            case .symbol(.state(let state)): states.append(state)
            case .multiply(let a, let b): pending += [a, b]
            case .power(let a, _): pending += [a, a]
            case .divide(let a, let b):
                pending.append(a)
                coefficient = graph.divide(coefficient, b)
            default: preconditionFailure("a monomial has no other nodes")
            }
        }
        return (coefficient, states.sorted())
    }
}
