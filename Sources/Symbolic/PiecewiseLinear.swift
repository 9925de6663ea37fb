import Exact

/// What the cells of a piecewise linear condition say about it.
public enum PiecewiseLinearDecision {
    /// It holds at all real values of the states.
    case holds(cells: Int)
    /// It fails here if nothing but states, rationals and gates occurs; else it may fail here.
    case candidate([Symbol: Rational])
    case open(String)
}

extension Graph {
    /// Decides a condition whose sides are built from states and numbers by + and -, by factors that are exact numbers,
    /// and by relu, abs, min, max: in every cell, where each gate is one of its branches, all sides are affine, and
    /// the negation of the condition has to contradict itself. Cells may be unbounded.
    ///
    /// softplus and irrational numbers become unknowns of which some inequalities are known, so that a contradiction
    /// with them is one without them: softplus(l) = log(1 + e^l) > log 1, softplus(l) > log e^l = l, and
    /// softplus(l) = l/2 + log(2 cosh(l/2)) >= l/2 + log 2.
    public func decidePiecewiseLinear(
        _ condition: Condition, mostCells: Int = 4096, isStopped: @escaping () -> Bool = { false },
        enclosing: (Expression) -> RationalInterval?
    ) -> PiecewiseLinearDecision {
        guard let cases = condition.negationNormalForm(negated: true).disjuncts(atMost: 64) else {
            return .open("too many alternatives to distinguish")
        }
        return withoutActuallyEscaping(enclosing) { enclosing in
            var cells = Cells(graph: self, most: mostCells, isStopped: isStopped, enclosing: enclosing)
            do throws(Cells.End) {
                for alternative in cases { try cells.search(alternative[...], [:], []) }
                return .holds(cells: max(cells.closed, 1))
            } catch {
                switch error {
                case .feasible(let point): return .candidate(point)
                case .open(let reason): return .open(reason)
                }
            }
        }
    }
}

/// left <= right, or left < right.
private struct SignCondition {
    let left: Expression
    let right: Expression
    let isStrict: Bool
}

extension Condition {
    /// A negation normal form as alternatives, each a list of inequalities; nil if there are more than `most`.
    fileprivate func disjuncts(atMost most: Int) -> [[SignCondition]]? {
        switch self {
        case .truth(let holds): return holds ? [[]] : []
        case .compare(let relation, let a, let b):
            switch relation {
            case .less: return [[SignCondition(left: a, right: b, isStrict: true)]]
            case .lessOrEqual: return [[SignCondition(left: a, right: b, isStrict: false)]]
            case .equal:
                return [[(a, b), (b, a)].map { SignCondition(left: $0, right: $1, isStrict: false) }]
            case .notEqual:
                return [(a, b), (b, a)].map { [SignCondition(left: $0, right: $1, isStrict: true)] }
            }
        case .and(let parts):
            var result: [[SignCondition]] = [[]]
            for part in parts {
                guard let more = part.disjuncts(atMost: most), result.count * more.count <= most else { return nil }
                result = result.flatMap { known in more.map { known + $0 } }
            }
            return result
        case .or(let parts):
            var result: [[SignCondition]] = []
            for part in parts {
                guard let more = part.disjuncts(atMost: most), result.count + more.count <= most else { return nil }
                result += more
            }
            return result
        case .not, .implies: return nil
        }
    }
}

/// An affine form of states and of what stands for softplus and irrational numbers.
private struct AffineForm {
    var terms: [Expression: Rational] = [:]
    var constant: Rational = 0

    func combined(_ a: Rational, with other: AffineForm, _ b: Rational) -> AffineForm {
        var result = AffineForm(terms: terms.mapValues { $0 * a }, constant: constant * a + other.constant * b)
        for (unknown, c) in other.terms { result.terms[unknown, default: 0] += c * b }
        result.terms = result.terms.filter { !$0.value.isZero }
        return result
    }

    func scaled(by a: Rational) -> AffineForm { combined(a, with: AffineForm(), 0) }

    static func - (a: AffineForm, b: AffineForm) -> AffineForm { a.combined(1, with: b, -1) }
}

private struct Cells {
    enum End: Error {
        case feasible([Symbol: Rational])
        case open(String)
    }

    struct Fact {
        let form: AffineForm
        let isStrict: Bool
    }

    /// What a formula is in a cell, or the gate that has to be decided first.
    private enum Part {
        case affine(AffineForm, [Fact])
        case gate(Expression, AffineForm, [Fact])
    }

    private let graph: Graph
    private let most: Int
    private let isStopped: () -> Bool
    private let enclosing: (Expression) -> RationalInterval?
    private(set) var closed = 0
    private var systems = 0

    init(
        graph: Graph, most: Int, isStopped: @escaping () -> Bool,
        enclosing: @escaping (Expression) -> RationalInterval?
    ) {
        self.graph = graph
        self.most = most
        self.isStopped = isStopped
        self.enclosing = enclosing
    }

    /// - Throws: a point at which the conditions may hold together.
    mutating func search(
        _ conditions: ArraySlice<SignCondition>, _ gates: [Expression: Bool], _ known: [Fact]
    ) throws(End) {
        guard let next = conditions.first else {
            if let point = try point(known) { throw .feasible(point) }
            closed += 1
            return
        }
        switch try part(graph.subtract(next.right, next.left), gates) {
        case .affine(let form, let facts):
            let more = known + facts + [Fact(form: form, isStrict: next.isStrict)]
            if try point(more) == nil { closed += 1 } else { try search(conditions.dropFirst(), gates, more) }
        case .gate(let gate, let argument, let facts):
            // A tie belongs to one side only: otherwise all cells would meet where all gates tie.
            for isOpen in [true, false] {
                let side = Fact(form: argument.scaled(by: isOpen ? 1 : -1), isStrict: !isOpen)
                let more = known + facts + [side]
                if try point(more) == nil { continue }
                var gates = gates
                gates[gate] = isOpen
                try search(conditions, gates, more)
            }
        }
    }

    /// A point that meets the inequalities; nil if there is none.
    private mutating func point(_ facts: [Fact]) throws(End) -> [Symbol: Rational]? {
        systems += 1
        guard systems <= most else { throw .open("more than \(most) cells to distinguish") }
        guard !isStopped() else { throw .open("the deadline or an interrupt came between two cells") }
        let unknowns = Set(facts.flatMap { $0.form.terms.keys }).sorted { $0.index < $1.index }
        guard unknowns.count <= 64 else { throw .open("more than 64 unknowns in piecewise linear form") }
        let system = facts.map { fact in
            LinearInequality(unknowns.map { fact.form.terms[$0] ?? 0 }, fact.form.constant, isStrict: fact.isStrict)
        }
        switch LinearFeasibility.decide(system, unknowns: unknowns.count) {
        case .contradiction: return nil
        case .unknown: throw .open("a linear programme of a cell is too long")
        case .point(let values):
            var point: [Symbol: Rational] = [:]
            for (unknown, value) in zip(unknowns, values) {
                if case .symbol(let symbol) = graph.node(unknown) { point[symbol] = value }
            }
            return point
        }
    }

    /// The formula in the cell, operands first.
    private func part(_ e: Expression, _ gates: [Expression: Bool]) throws(End) -> Part {
        var forms: [Expression: AffineForm] = [:]
        var facts: [Fact] = []
        func form(_ x: Expression) -> AffineForm { forms[x] ?? AffineForm() }
        for x in graph.reachable(from: [e], descend: { !isSingleNumber($0) }) {
            if isSingleNumber(x) {
                forms[x] = try number(x, &facts)
                continue
            }
            switch graph.node(x) {
            case .symbol(.state):
                forms[x] = AffineForm(terms: [x: 1])
            case .add(let a, let b):
                forms[x] = form(a).combined(1, with: form(b), 1)
            case .multiply(let a, let b):
                let (first, second) = (form(a), form(b))
                if first.terms.isEmpty {
                    forms[x] = second.scaled(by: first.constant)
                } else if second.terms.isEmpty {
                    forms[x] = first.scaled(by: second.constant)
                } else {
                    throw .open("a product of states is not piecewise linear")
                }
            case .divide(let a, let b):
                guard form(b).terms.isEmpty, let inverse = form(b).constant.reciprocal else {
                    throw .open("a quotient of states is not piecewise linear")
                }
                forms[x] = form(a).scaled(by: inverse)
            case .apply(.relu, let a), .apply(.abs, let a):
                guard let isOpen = isOpen(x, form(a), gates) else { return .gate(x, form(a), facts) }
                if case .apply(.relu, _) = graph.node(x) {
                    forms[x] = isOpen ? form(a) : AffineForm()
                } else {
                    forms[x] = form(a).scaled(by: isOpen ? 1 : -1)
                }
            case .minimum(let a, let b), .maximum(let a, let b):
                let difference = form(b) - form(a)
                guard let isOpen = isOpen(x, difference, gates) else { return .gate(x, difference, facts) }
                if case .minimum = graph.node(x) {
                    forms[x] = isOpen ? form(a) : form(b)
                } else {
                    forms[x] = isOpen ? form(b) : form(a)
                }
            case .apply(.softplus, let a):
                forms[x] = try softplus(x, form(a), &facts)
            case .constant, .pi, .symbol, .power, .apply, .cases, .expectation:
                throw .open("a side is not piecewise linear in the states")
            }
        }
        return .affine(form(e), facts)
    }

    /// A number that is not a rational combination of others: 2 log 2 is, so that it cancels against log 2.
    private func isSingleNumber(_ x: Expression) -> Bool {
        guard graph.isNumber(x) else { return false }
        switch graph.node(x) {
        case .add: return false
        case .multiply(let a, let b): return graph.constant(a) == nil && graph.constant(b) == nil
        case .constant, .pi, .symbol, .divide, .power, .apply, .minimum, .maximum, .cases, .expectation: return true
        }
    }

    /// Whether the gate's argument is >= 0 in the cell; nil if that is not decided yet.
    private func isOpen(_ gate: Expression, _ argument: AffineForm, _ gates: [Expression: Bool]) -> Bool? {
        argument.terms.isEmpty ? !argument.constant.isNegative : gates[gate]
    }

    private func number(_ x: Expression, _ facts: inout [Fact]) throws(End) -> AffineForm {
        if let value = graph.constant(x) ?? graph.exactValue(of: x, at: [:]) { return AffineForm(constant: value) }
        guard let value = enclosing(x), let lower = value.lower, let upper = value.upper else {
            throw .open("a number has no certain value")
        }
        facts.append(Fact(form: AffineForm(terms: [x: 1], constant: -lower), isStrict: false))
        facts.append(Fact(form: AffineForm(terms: [x: -1], constant: upper), isStrict: false))
        return AffineForm(terms: [x: 1])
    }

    private func softplus(_ x: Expression, _ argument: AffineForm, _ facts: inout [Fact]) throws(End) -> AffineForm {
        let result = AffineForm(terms: [x: 1])
        let ground = try number(graph.apply(.log, graph.constant(2)), &facts)
        facts.append(Fact(form: result, isStrict: true))
        facts.append(Fact(form: result - argument, isStrict: true))
        facts.append(Fact(form: result - ground.combined(1, with: argument, Rational(1, 2)), isStrict: false))
        return result
    }
}
