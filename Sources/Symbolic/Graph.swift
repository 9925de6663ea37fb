import Exact

/// A hash-consed graph of formulas: equal formulas are one node.
///
/// The constructors fold exact constants and drop neutral elements, and nothing more: a formula that may be
/// undefined somewhere (1/x, log x) is never simplified away, because a claim about an undefined term is
/// neither true nor false. One graph belongs to one theorem on one instance, and to one task.
public final class Graph {
    public private(set) var nodes: [Node] = []
    private var handles: [Node: Expression] = [:]
    private var totality: [Bool] = []
    private var nextBound = 0

    /// Derivatives already built, by node and symbol.
    var derivatives: [DerivativeKey: Expression] = [:]

    /// Per node, in increasing order: the variables of expectations that occur free in it. Filled on demand.
    var freeVariables: [[Int]] = []

    /// Per node: whether a symbol other than a law's variable occurs in it. Filled together with `freeVariables`.
    var readsSymbols: [Bool] = []

    /// Derivatives along a field already built.
    var lieDerivatives: [[Expression]: [Expression: Expression]] = [:]

    /// What is certain about the values of each node. Filled on demand.
    var certainties: [Certainty] = []

    /// Free symbols already collected.
    var symbolSets: [Expression: Set<Symbol>] = [:]

    /// Forms already prepared for compilation, by node.
    var machineForms: [Expression: Expression] = [:]

    /// How deep expectations over its own law are nested in an expectation, itself included.
    var lawHeights: [Expression: Int] = [:]

    /// The variable that all prepared expectations of one law and height share.
    var sharedVariables: [SharedVariableKey: Int] = [:]

    /// Work that sums and products of exact constants may still take, in steps of a greatest common divisor. When it is
    /// used up they stay formulas, as long powers do: 1 + 1/2 + ... + 1/100000 would keep exact arithmetic busy for minutes.
    public var foldingBudget = Int.max

    public init() {}

    public func node(_ e: Expression) -> Node { nodes[e.index] }

    /// A variable that no other binder uses.
    public func makeBoundVariable() -> Int {
        nextBound += 1
        return nextBound
    }

    /// Whether the formula has a finite value at every real value of its symbols.
    public func isTotal(_ e: Expression) -> Bool { totality[e.index] }

    /// The exact value of a constant node; nil for every other node.
    public func constant(_ e: Expression) -> Rational? {
        if case .constant(let value) = nodes[e.index] { return value }
        return nil
    }

    private func insert(_ node: Node, total: Bool) -> Expression {
        if let known = handles[node] { return known }
        let handle = Expression(index: nodes.count)
        nodes.append(node)
        totality.append(total)
        handles[node] = handle
        return handle
    }
}

// MARK: - Constructors

extension Graph {
    public func constant(_ value: Rational) -> Expression { insert(.constant(value), total: true) }
    public func constant(_ value: Int) -> Expression { constant(Rational(value)) }
    public var zero: Expression { constant(Rational.zero) }
    public var one: Expression { constant(Rational.one) }
    public var pi: Expression { insert(.pi, total: true) }

    public func symbol(_ symbol: Symbol) -> Expression { insert(.symbol(symbol), total: true) }

    public func add(_ a: Expression, _ b: Expression) -> Expression {
        switch (constant(a), constant(b)) {
        case (let x?, let y?) where affords(x, y): return constant(x + y)
        case (let x?, nil) where x.isZero: return b
        case (nil, let y?) where y.isZero: return a
        default:
            let (first, second) = a.index <= b.index ? (a, b) : (b, a)
            return insert(.add(first, second), total: isTotal(a) && isTotal(b))
        }
    }

    /// Whether two constants are combined exactly; takes the price off the budget.
    private func affords(_ x: Rational, _ y: Rational) -> Bool {
        if foldingBudget == .max { return true }
        let size = x.numerator.bitWidth + x.denominator.bitWidth + y.numerator.bitWidth + y.denominator.bitWidth
        let price = x.isInteger && y.isInteger ? size : size * (1 + size / 64)
        guard price <= foldingBudget else { return false }
        foldingBudget -= price
        return true
    }

    public func multiply(_ a: Expression, _ b: Expression) -> Expression {
        switch (constant(a), constant(b)) {
        case (let x?, let y?) where affords(x, y): return constant(x * y)
        case (let x?, nil) where x.isZero && isTotal(b): return zero
        case (nil, let y?) where y.isZero && isTotal(a): return zero
        case (let x?, nil) where x == 1: return b
        case (nil, let y?) where y == 1: return a
        default:
            let (first, second) = a.index <= b.index ? (a, b) : (b, a)
            return insert(.multiply(first, second), total: isTotal(a) && isTotal(b))
        }
    }

    public func negate(_ a: Expression) -> Expression { multiply(constant(-1), a) }

    public func subtract(_ a: Expression, _ b: Expression) -> Expression {
        if a == b && isTotal(a) { return zero }
        return add(a, negate(b))
    }

    public func divide(_ a: Expression, _ b: Expression) -> Expression {
        if let divisor = constant(b), let inverse = divisor.reciprocal {
            return multiply(constant(inverse), a)
        }
        return insert(.divide(a, b), total: false)
    }

    /// x^exponent. x^0 is 1.
    public func power(_ a: Expression, _ exponent: Rational) -> Expression {
        if exponent.isZero && isTotal(a) { return one }
        if exponent == 1 { return a }
        if let base = constant(a), let n = exponent.asInt, Graph.isFolded(base, toPower: n), let value = base.power(n) {
            return constant(value)
        }
        // (x^r)^n = x^(r n) where x is certainly defined and >= 0: the square of a norm is a sum of squares.
        if case .power(let base, let inner) = node(a), !inner.isInteger, inner.isPositive, exponent.isInteger,
            case let known = certainty(base), known.isDefined && known.isNonNegative
        {
            return power(base, inner * exponent)
        }
        let total = exponent.isInteger && !exponent.isNegative && isTotal(a)
        return insert(.power(a, exponent), total: total)
    }

    /// Whether the power of a constant becomes a constant: a longer one, (1 - 1/K)^N with N = 10^6, stays a formula.
    public static func isFolded(_ base: Rational, toPower n: Int) -> Bool {
        if base.magnitude == 1 || base.isZero { return true }
        let bits = base.numerator.magnitude.bitWidth + base.denominator.magnitude.bitWidth
        return n.magnitude.multipliedReportingOverflow(by: UInt(bits)).partialValue <= 1 << 16 && n.magnitude <= 1 << 16
    }

    public func apply(_ function: Function, _ a: Expression) -> Expression {
        if let x = constant(a), let value = function.exactValue(x) { return constant(value) }
        if function == .sqrt { return power(a, Rational(1, 2)) }
        return insert(.apply(function, a), total: function.isTotal && isTotal(a))
    }

    public func minimum(_ a: Expression, _ b: Expression) -> Expression {
        if let x = constant(a), let y = constant(b) { return constant(min(x, y)) }
        return a == b ? a : insert(.minimum(a, b), total: isTotal(a) && isTotal(b))
    }

    public func maximum(_ a: Expression, _ b: Expression) -> Expression {
        if let x = constant(a), let y = constant(b) { return constant(max(x, y)) }
        return a == b ? a : insert(.maximum(a, b), total: isTotal(a) && isTotal(b))
    }

    public func cases(_ condition: Condition, _ then: Expression, _ otherwise: Expression) -> Expression {
        if case .truth(let holds) = condition { return holds ? then : otherwise }
        return insert(.cases(condition, then, otherwise), total: false)
    }

    /// - Precondition: `variable` comes from ``makeBoundVariable()``.
    public func expectation(_ law: Law, variable: Int, _ body: Expression) -> Expression {
        if constant(body) != nil { return body }
        return insert(.expectation(law, variable: variable, body: body), total: isTotal(body))
    }

    /// `left relation right`, decided here if both sides are constants.
    public func compare(_ relation: Comparison, _ left: Expression, _ right: Expression) -> Condition {
        guard let x = constant(left), let y = constant(right) else { return .compare(relation, left, right) }
        switch relation {
        case .less: return .truth(x < y)
        case .lessOrEqual: return .truth(x <= y)
        case .equal: return .truth(x == y)
        case .notEqual: return .truth(x != y)
        }
    }
}

extension Function {
    /// Whether the function is defined on all reals.
    var isTotal: Bool {
        switch self {
        case .log, .log1p, .sqrt: false
        case .exp, .expm1, .abs, .floor, .sin, .cos, .tanh, .sinh, .cosh, .asinh, .erf, .sigmoid, .softplus, .relu: true
        }
    }

    /// The value at a rational, where it is a rational that needs no computation.
    func exactValue(_ x: Rational) -> Rational? {
        switch self {
        case .abs: return x.magnitude
        case .floor: return Rational(x.floor)
        case .relu: return x.isNegative ? .zero : x
        case .exp, .cosh: return x.isZero ? .one : nil
        case .cos: return x.isZero ? .one : nil
        case .log: return x == 1 ? .zero : nil
        case .expm1, .log1p, .sin, .tanh, .sinh, .asinh, .erf: return x.isZero ? .zero : nil
        case .sigmoid: return x.isZero ? Rational(1, 2) : nil
        case .sqrt: return x.exactSquareRoot
        case .softplus: return nil
        }
    }
}

extension Rational {
    /// The square root, if it is rational.
    var exactSquareRoot: Rational? {
        guard !isNegative else { return nil }
        let n = BigInt(numerator.magnitude.squareRoot())
        let d = BigInt(denominator.magnitude.squareRoot())
        return n * n == numerator && d * d == denominator ? Rational(n, d) : nil
    }
}

struct DerivativeKey: Hashable {
    let expression: Expression
    let symbol: Symbol
}

struct SharedVariableKey: Hashable {
    let law: Law
    let height: Int
}
