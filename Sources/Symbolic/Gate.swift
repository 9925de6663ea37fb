/// A surface on which formulas may have a kink: where `second - first` changes its sign.
///
/// relu(x), abs(x), 0 < x, x <= 0 and x != 0 share one gate; min(a, b), max(a, b) and a < b share another.
public struct Gate: Hashable, Sendable {
    /// The older one of the two sides.
    public let first: Expression
    public let second: Expression
}

extension Graph {
    /// The gate of a comparison, and whether right - left is the opposite of its sign.
    func gate(_ left: Expression, _ right: Expression) -> (gate: Gate, isTurned: Bool) {
        left.index <= right.index
            ? (Gate(first: left, second: right), false) : (Gate(first: right, second: left), true)
    }

    /// The formula whose sign is the gate's.
    public func difference(of gate: Gate) -> Expression { subtract(gate.second, gate.first) }

    /// The sign of right - left, if it is among the known ones: true for > 0, false for < 0.
    func sign(_ left: Expression, _ right: Expression, among signs: [Gate: Bool]) -> Bool? {
        let (gate, isTurned) = gate(left, right)
        return signs[gate].map { $0 != isTurned }
    }

    /// The gates that the formulas read where those of `signs` have that sign: a branch that is not taken is not read.
    /// Each once, and after the gates that it reads itself. Gates that no state and no time moves are left out, and so are
    /// those on the variable of a law.
    public func gates(in roots: [Expression], given signs: [Gate: Bool] = [:]) -> [Gate] {
        var found: Set<Gate> = []
        var seen: Set<Expression> = []
        var pending = roots
        func sign(_ left: Expression, _ right: Expression) -> Bool? {
            let gate = gate(left, right).gate
            if found.contains(gate) || isMoving(gate) { found.insert(gate) }
            return self.sign(left, right, among: signs)
        }
        while let e = pending.popLast() {
            guard seen.insert(e).inserted else { continue }
            switch node(e) {
            case .apply(.relu, let a), .apply(.abs, let a):
                _ = sign(zero, a)
                pending.append(a)
            case .minimum(let a, let b), .maximum(let a, let b):
                _ = sign(a, b)
                pending += [a, b]
            case .cases(let condition, let a, let b):
                condition.forEachExpression { pending.append($0) }
                let decided = condition.map { relation, left, right in
                    sign(left, right).map { .truth(relation.holds(ofSign: $0)) } ?? .compare(relation, left, right)
                }
                if case .truth(let holds) = decided { pending.append(holds ? a : b) } else { pending += [a, b] }
            case .constant, .pi, .symbol, .add, .multiply, .divide, .power, .apply, .expectation:
                forEachOperand(of: e) { pending.append($0) }
            }
        }
        return found.sorted { latest($0) < latest($1) }
    }

    private func latest(_ gate: Gate) -> (Int, Int) { (gate.second.index, gate.first.index) }

    private func isMoving(_ gate: Gate) -> Bool {
        let sides = [gate.first, gate.second]
        guard sides.allSatisfy({ freeVariables(in: $0).isEmpty }) else { return false }
        return symbols(inAny: sides).contains { symbol in
            switch symbol {
            case .state, .time: true
            case .parameter, .moment, .open, .bound: false
            }
        }
    }
}

extension Comparison {
    /// Whether `left relation right` holds where right - left has that sign and is not 0.
    func holds(ofSign isPositive: Bool) -> Bool {
        switch self {
        case .less, .lessOrEqual: isPositive
        case .equal: false
        case .notEqual: true
        }
    }
}
