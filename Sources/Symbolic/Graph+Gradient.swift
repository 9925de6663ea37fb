import Exact

extension Graph {
    /// All partial derivatives at once, by reverse accumulation: the size of the result is a small multiple of the size
    /// of the formula, whatever the number of symbols. Meaning and gates as in ``derivative(of:by:)``.
    public func gradient(of e: Expression, by symbols: [Symbol]) -> [Expression] {
        if symbols.count <= 1 { return symbols.map { derivative(of: e, by: $0) } }
        var sweep = ReverseSweep(graph: self, root: e, symbols: symbols)
        return sweep.run()
    }
}

/// One reverse pass. `adjoints[x]` is the derivative of the root by the node x, all paths so far added up.
private struct ReverseSweep {
    let graph: Graph
    let root: Expression
    let symbols: [Symbol]
    private let positions: [Symbol: Int]
    private var moving: Set<Expression> = []
    private var adjoints: [Expression: Expression] = [:]
    private var partials: [Expression]

    init(graph: Graph, root: Expression, symbols: [Symbol]) {
        self.graph = graph
        self.root = root
        self.symbols = symbols
        positions = Dictionary(zip(symbols, symbols.indices), uniquingKeysWith: { first, _ in first })
        partials = Array(repeating: graph.zero, count: symbols.count)
    }

    mutating func run() -> [Expression] {
        let nodes = graph.reachable(from: [root])
        for x in nodes {
            var moves = false
            if case .symbol(let symbol) = graph.node(x) { moves = positions[symbol] != nil }
            graph.forEachOperand(of: x) { moves = moves || moving.contains($0) }
            if moves { moving.insert(x) }
        }
        adjoints[root] = graph.one
        for x in nodes.reversed() {
            guard let adjoint = adjoints[x] else { continue }
            if moving.contains(x) { spread(adjoint, from: x) } else { keepDomain(of: x) }
        }
        // A symbol named twice gets its derivative twice.
        return symbols.map { partials[positions[$0] ?? 0] }
    }

    private mutating func spread(_ adjoint: Expression, from x: Expression) {
        let graph = self.graph
        switch graph.node(x) {
        case .constant, .pi:
            break
        case .symbol(let symbol):
            if let position = positions[symbol] { partials[position] = graph.add(partials[position], adjoint) }
        case .add(let a, let b):
            send(adjoint, to: a)
            send(adjoint, to: b)
        case .multiply(let a, let b) where a == b:
            send(graph.multiply(graph.constant(2), graph.multiply(adjoint, a)), to: a)
        case .multiply(let a, let b):
            send(graph.multiply(adjoint, b), to: a)
            send(graph.multiply(adjoint, a), to: b)
        case .divide(let a, let b):
            send(graph.divide(adjoint, b), to: a)
            if case .power(let c, let exponent) = graph.node(b), moving.contains(c) {
                let relative = graph.divide(graph.multiply(adjoint, x), c)
                send(graph.multiply(graph.constant(-exponent), relative), to: c)
            } else {
                send(graph.negate(graph.divide(graph.multiply(adjoint, x), b)), to: b)
            }
        case .power(let a, let exponent):
            if !exponent.isZero { send(graph.multiply(adjoint, graph.slope(ofPower: exponent, at: a, value: x)), to: a) }
        case .apply(let function, let a):
            send(graph.multiply(adjoint, graph.slope(of: function, at: a, value: x) ?? graph.slope(ofGate: function, at: a, value: x)), to: a)
        case .minimum(let a, let b):
            send(graph.multiply(adjoint, graph.split(a, below: b, first: graph.one, second: graph.zero)), to: a)
            send(graph.multiply(adjoint, graph.split(a, below: b, first: graph.zero, second: graph.one)), to: b)
        case .maximum(let a, let b):
            send(graph.multiply(adjoint, graph.split(a, below: b, first: graph.zero, second: graph.one)), to: a)
            send(graph.multiply(adjoint, graph.split(a, below: b, first: graph.one, second: graph.zero)), to: b)
        case .cases, .expectation:
            spreadWhole(adjoint, from: x)
        }
    }

    /// Branches and bodies are differentiated on their own: an adjoint must not enter a branch that is not taken
    /// (it may be undefined there), nor a sum (its terms belong to one value of the variable).
    private mutating func spreadWhole(_ adjoint: Expression, from x: Expression) {
        let own = symbols.indices.filter { positions[symbols[$0]] == $0 && graph.symbols(in: x).contains(symbols[$0]) }
        let wanted = own.map { symbols[$0] }
        let inner: [Expression]
        switch graph.node(x) {
        case .cases(let condition, let a, let b):
            let (first, second) = (graph.gradient(of: a, by: wanted), graph.gradient(of: b, by: wanted))
            inner = wanted.indices.map { i in
                graph.branchwise(condition, first[i], second[i]) { left, right in
                    graph.symbols(in: left).contains(wanted[i]) || graph.symbols(in: right).contains(wanted[i])
                }
            }
        case .expectation(let law, let variable, let body):
            inner = graph.gradient(of: body, by: wanted).map { graph.expectation(law, variable: variable, $0) }
        default:
            return
        }
        for (position, part) in zip(own, inner) where graph.constant(part)?.isZero != true {
            partials[position] = graph.add(partials[position], graph.multiply(adjoint, part))
        }
    }

    private mutating func send(_ product: @autoclosure () -> Expression, to x: Expression) {
        guard moving.contains(x) || graph.mayLackValue(x) else { return }
        let adjoint = product()
        if graph.constant(adjoint)?.isZero == true { return }
        adjoints[x] = adjoints[x].map { graph.add($0, adjoint) } ?? adjoint
    }

    /// A number that may have no value leaves 0 times itself in every derivative.
    private mutating func keepDomain(of x: Expression) {
        if !graph.mayLackValue(x) { return }
        for position in partials.indices { partials[position] = graph.add(partials[position], graph.multiply(graph.zero, x)) }
    }
}
