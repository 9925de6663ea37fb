import Exact

extension Graph {
    /// The formula in the syntax of theorem files, with as few parentheses as the grammar allows.
    ///
    /// `name` gives the text of a symbol. Nodes are shared in the graph and written out each time here, so a very large
    /// formula is cut: parts beyond about 2,000 nodes read `...`.
    public func description(of e: Expression, name: @escaping (Symbol) -> String = Graph.defaultName) -> String {
        var writer = FormulaWriter(graph: self, name: name)
        return writer.text(of: e, in: .sum)
    }

    /// The condition in the syntax of theorem files.
    public func description(of condition: Condition, name: @escaping (Symbol) -> String = Graph.defaultName) -> String {
        var writer = FormulaWriter(graph: self, name: name)
        return writer.text(of: condition, in: .implication)
    }

    /// A name for a symbol of which nothing else is known.
    public static func defaultName(_ symbol: Symbol) -> String {
        switch symbol {
        case .state(let index): "x\(index)"
        case .time: "t"
        case .parameter(let name), .moment(let name), .open(let name): name
        case .bound(let variable): "n\(variable)"
        }
    }
}

/// How tightly the surrounding formula binds.
private enum FormulaPlace: Int, Comparable {
    case sum, product, factor, base

    static func < (a: FormulaPlace, b: FormulaPlace) -> Bool { a.rawValue < b.rawValue }
}

private enum ConditionPlace: Int, Comparable {
    case implication, disjunction, conjunction, negation

    static func < (a: ConditionPlace, b: ConditionPlace) -> Bool { a.rawValue < b.rawValue }
}

private struct FormulaWriter {
    let graph: Graph
    let name: (Symbol) -> String
    private var nodesLeft = 2000
    private var depth = 0

    init(graph: Graph, name: @escaping (Symbol) -> String) {
        self.graph = graph
        self.name = name
    }

    mutating func text(of e: Expression, in place: FormulaPlace) -> String {
        nodesLeft -= 1
        guard nodesLeft > 0, depth < 200 else { return "..." }
        depth += 1
        defer { depth -= 1 }
        switch graph.node(e) {
        case .constant(let value): return number(value, in: place)
        case .pi: return "pi"
        case .symbol(let symbol): return name(symbol)
        case .add: return sum(e, in: place)
        case .multiply, .divide: return product(e, in: place)
        case .power(let a, let exponent):
            if exponent == Rational(1, 2) { return "sqrt(" + text(of: a, in: .sum) + ")" }
            let shown = exponent.isInteger ? "\(exponent)" : "(\(exponent))"
            return enclosed(text(of: a, in: .base) + "^" + shown, place == .base)
        case .apply(let function, let a): return function.rawValue + "(" + text(of: a, in: .sum) + ")"
        case .minimum(let a, let b): return "min(" + text(of: a, in: .sum) + ", " + text(of: b, in: .sum) + ")"
        case .maximum(let a, let b): return "max(" + text(of: a, in: .sum) + ", " + text(of: b, in: .sum) + ")"
        case .cases(let condition, let a, let b):
            let head = "if " + text(of: condition, in: .implication) + " then " + text(of: a, in: .sum)
            return enclosed(head + " else " + text(of: b, in: .sum), place > .sum)
        case .expectation(.binomial(let trials, let probability), let variable, let body):
            let binder = "mean(" + name(.bound(variable)) + " ~ binomial(\(trials), \(probability))) "
            // The binder takes the whole product that follows it.
            return enclosed(binder + text(of: body, in: .product), place > .sum)
        }
    }

    private func enclosed(_ text: String, _ needed: Bool) -> String { needed ? "(" + text + ")" : text }

    private func number(_ value: Rational, in place: FormulaPlace) -> String {
        let isPlain = value.isInteger && !value.isNegative
        return enclosed("\(value)", !isPlain && place > (value.isNegative ? .sum : .product))
    }

    private mutating func sum(_ e: Expression, in place: FormulaPlace) -> String {
        // A long sum is a chain to one side: walked, not recursed into.
        var terms: [Expression] = []
        var pending = [e]
        while let next = pending.popLast() {
            if case .add(let a, let b) = graph.node(next), terms.count < 2000 {
                pending.append(b)
                pending.append(a)
            } else {
                terms.append(next)
            }
        }
        // A sum does not begin with a minus sign if another term can stand first.
        if let first = terms.firstIndex(where: { !isNegative($0) }) { terms.swapAt(0, first) }
        var result = ""
        for (position, term) in terms.enumerated() where nodesLeft > 0 {
            let isLast = position == terms.count - 1
            // The last branch of an `if` takes everything that follows it.
            let shown = text(of: term, in: isLast || !isCases(term) ? .sum : .product)
            if result.isEmpty {
                result = shown
            } else if shown.hasPrefix("-") {
                result += " - " + shown.dropFirst()
            } else {
                result += " + " + shown
            }
        }
        return enclosed(nodesLeft > 0 ? result : result + " + ...", place > .sum)
    }

    private mutating func product(_ e: Expression, in place: FormulaPlace) -> String {
        var (coefficient, above, below) = (Rational.one, [Expression](), [Expression]())
        var pending = [(e, false)]
        while let (next, inverted) = pending.popLast() {
            switch graph.node(next) {
            case .constant(let value) where !value.isZero:
                coefficient = inverted ? coefficient / value : coefficient * value
            case .multiply(let a, let b):
                pending.append((b, inverted))
                pending.append((a, inverted))
            case .divide(let a, let b) where !inverted:
                pending.append((b, true))
                pending.append((a, false))
            default:
                if inverted { below.append(next) } else { above.append(next) }
            }
        }
        let sign = coefficient.isNegative ? "-" : ""
        coefficient = coefficient.magnitude
        var factors: [String] = []
        if coefficient.numerator != 1 { factors.append("\(coefficient.numerator)") }
        for factor in above { factors.append(text(of: factor, in: .factor)) }
        var divisors: [String] = []
        if coefficient.denominator != 1 { divisors.append("\(coefficient.denominator)") }
        for factor in below { divisors.append(text(of: factor, in: .factor)) }
        let top = factors.isEmpty ? "1" : factors.joined(separator: "*")
        let bottom = divisors.count > 1 ? "(" + divisors.joined(separator: "*") + ")" : divisors.first
        let result = sign + top + (bottom.map { "/" + $0 } ?? "")
        return enclosed(result, place > .product || !sign.isEmpty && place > .sum)
    }

    private func isNegative(_ e: Expression) -> Bool {
        switch graph.node(e) {
        case .constant(let value): value.isNegative
        case .multiply(let a, let b): graph.constant(a)?.isNegative ?? graph.constant(b)?.isNegative ?? false
        default: false
        }
    }

    private func isCases(_ e: Expression) -> Bool {
        if case .cases = graph.node(e) { return true }
        return false
    }

    mutating func text(of condition: Condition, in place: ConditionPlace) -> String {
        switch condition {
        case .truth(let holds):
            return holds ? "0 = 0" : "0 = 1"
        case .compare(let relation, let a, let b):
            return text(of: a, in: .sum) + " " + relation.rawValue + " " + text(of: b, in: .sum)
        case .not(let c):
            return "not " + text(of: c, in: .negation)
        case .and(let list):
            return enclosed(list.map { text(of: $0, in: .negation) }.joined(separator: " and "), place > .conjunction)
        case .or(let list):
            return enclosed(list.map { text(of: $0, in: .conjunction) }.joined(separator: " or "), place > .disjunction)
        case .implies(let a, let b):
            return enclosed(text(of: a, in: .disjunction) + " implies " + text(of: b, in: .disjunction), place > .implication)
        }
    }
}
