import Exact

extension Graph {
    /// The partial derivative, by the rules of calculus, as a formula.
    ///
    /// It is the derivative at every point where the formula is defined and every gate has one sign. Gates are abs, relu,
    /// min, max, floor, and a `cases` whose condition depends on the symbol: the derivative is taken branch by branch, and
    /// **at a tie it is undefined** (the node 1/0), even where the branches happen to join smoothly.
    /// An expectation over a finite law is differentiated under the sum, a `cases` whose condition does not depend on the
    /// symbol branch by branch. A constant that may have no value (log(-1)) stays in the derivative as 0*log(-1).
    public func derivative(of e: Expression, by symbol: Symbol) -> Expression {
        let rule = ForwardRule(graph: self) { $0 == symbol ? self.one : self.zero }
        for x in reachable(from: [e], descend: { derivatives[DerivativeKey(expression: $0, symbol: symbol)] == nil }) {
            let key = DerivativeKey(expression: x, symbol: symbol)
            if derivatives[key] != nil { continue }
            derivatives[key] = rule.derivative(of: x) {
                self.derivatives[DerivativeKey(expression: $0, symbol: symbol)] ?? self.zero
            }
        }
        return derivatives[DerivativeKey(expression: e, symbol: symbol)] ?? zero
    }

    /// The derivative in time along a flow: the partial derivative by time plus the sum of the partial derivatives by
    /// state i times `field[i]`, built in one pass. All other symbols are constants. Gates as in ``derivative(of:by:)``.
    /// - Precondition: the field has an entry for every state that the formula reads.
    public func lieDerivative(of e: Expression, along field: [Expression]) -> Expression {
        let rule = ForwardRule(graph: self) { symbol in
            switch symbol {
            case .state(let index):
                precondition(field.indices.contains(index), "the field moves every state that is read")
                return field[index]
            case .time: return self.one
            case .parameter, .moment, .open, .bound: return self.zero
            }
        }
        var known = lieDerivatives.removeValue(forKey: field) ?? [:]
        for x in reachable(from: [e], descend: { known[$0] == nil }) where known[x] == nil {
            known[x] = rule.derivative(of: x) { known[$0] ?? self.zero }
        }
        let result = known[e] ?? zero
        lieDerivatives[field] = known
        return result
    }
}

/// One step of differentiation: the derivative of a node from the derivatives of its operands.
struct ForwardRule {
    let graph: Graph
    let seed: (Symbol) -> Expression

    func derivative(of e: Expression, _ d: (Expression) -> Expression) -> Expression {
        switch graph.node(e) {
        case .constant, .pi:
            return graph.zero
        case .symbol(let symbol):
            return seed(symbol)
        case .add(let a, let b):
            return graph.add(d(a), d(b))
        case .multiply(let a, let b):
            return graph.add(times(d(a), b), times(d(b), a))
        case .divide(let a, let b):
            return quotient(e, a, b, d) ?? constant(e)
        case .power(let a, let exponent):
            if isZero(d(a)) { return constant(e) }
            if exponent.isZero { return graph.zero }
            return times(d(a), graph.slope(ofPower: exponent, at: a, value: e))
        case .apply(let function, let a):
            if isZero(d(a)) { return constant(e) }
            if let slope = graph.slope(of: function, at: a, value: e) { return times(d(a), slope) }
            return gate(function, e, a, d(a))
        case .minimum(let a, let b):
            if isZero(d(a)) && isZero(d(b)) { return graph.zero }
            return graph.split(a, below: b, first: d(a), second: d(b))
        case .maximum(let a, let b):
            if isZero(d(a)) && isZero(d(b)) { return graph.zero }
            return graph.split(a, below: b, first: d(b), second: d(a))
        case .cases(let condition, let a, let b):
            return graph.branchwise(condition, d(a), d(b), moves: { !isZero(d($0)) || !isZero(d($1)) })
        case .expectation(let law, let variable, let body):
            return graph.expectation(law, variable: variable, d(body))
        }
    }

    /// (a/b)' = (a' - (a/b) b')/b, and for b = c^r: a'/b - r (a/b) c'/c, which does not form c^(r-1). Nil if it is zero.
    private func quotient(_ e: Expression, _ a: Expression, _ b: Expression, _ d: (Expression) -> Expression) -> Expression? {
        if isZero(d(a)) && isZero(d(b)) { return nil }
        if isZero(d(b)) { return graph.divide(d(a), b) }
        if case .power(let c, let exponent) = graph.node(b), !isZero(d(c)) {
            let relative = graph.multiply(graph.constant(exponent), graph.divide(graph.multiply(e, d(c)), c))
            return isZero(d(a)) ? graph.negate(relative) : graph.subtract(graph.divide(d(a), b), relative)
        }
        return graph.divide(graph.subtract(d(a), graph.multiply(e, d(b))), b)
    }

    private func gate(_ function: Function, _ e: Expression, _ a: Expression, _ slope: Expression) -> Expression {
        switch function {
        case .abs: graph.split(a, positive: slope, negative: graph.negate(slope))
        case .relu: graph.split(a, positive: slope, negative: graph.zero)
        default: graph.slope(ofGate: function, at: a, value: e)
        }
    }

    /// The derivative of something that does not move: 0, except that a number that may have no value keeps that trait.
    private func constant(_ e: Expression) -> Expression {
        graph.mayLackValue(e) ? graph.multiply(graph.zero, e) : graph.zero
    }

    private func times(_ slope: Expression, _ factor: Expression) -> Expression {
        isZero(slope) ? graph.zero : graph.multiply(slope, factor)
    }

    private func isZero(_ e: Expression) -> Bool { graph.constant(e)?.isZero ?? false }
}

extension Graph {
    /// Whether the formula is a number of which it is not known that it exists, such as log(-1) or 1/0.
    func mayLackValue(_ e: Expression) -> Bool { isNumber(e) && !certainty(e).isDefined }

    /// The derivative of `if condition then a else b` from those of the branches. Where a comparison moves and its two
    /// sides meet, the condition may change, and the derivative is undefined.
    func branchwise(
        _ condition: Condition, _ a: Expression, _ b: Expression, moves: (Expression, Expression) -> Bool
    ) -> Expression {
        let ties = comparisons(in: condition).filter { moves($0.1, $0.2) }
        let inside = a == b ? a : cases(condition, a, b)
        if ties.isEmpty { return inside }
        // One side first: l != r and r != l are one gate.
        let apart = Set(ties.map { $0.1.index <= $0.2.index ? [$0.1, $0.2] : [$0.2, $0.1] })
        let gates = apart.sorted { ($0[0].index, $0[1].index) < ($1[0].index, $1[1].index) }
            .map { compare(.notEqual, $0[0], $0[1]) }
        return cases(gates.count == 1 ? gates[0] : .and(gates), inside, undefined)
    }
}
