/// One term of a sum of products: left right, or left alone, added or subtracted.
public struct ContractionTerm<Operand: Sendable>: Sendable {
    public let isNegative: Bool
    public let left: Operand
    /// Nil: the term is `left` alone.
    public let right: Operand?

    func map<Other>(_ transform: (Operand) -> Other) -> ContractionTerm<Other> {
        ContractionTerm<Other>(isNegative: isNegative, left: transform(left), right: right.map(transform))
    }
}

/// Chains of sums, differences and signs become one instruction each: `dot(x, y)` is n products and n - 1 sums, but one
/// contraction, with one accumulated rounding error and no slots between.
///
/// A node joins the chain that reads it if nothing else does. Squares stay instructions of their own, because a square
/// is never negative, and a product of two enclosures does not know that.
struct ContractionPlan {
    private let graph: Graph
    private(set) var steps: [Expression: Step]
    /// How often each node is read; what needs a slot for other reasons counts twice.
    private var uses: [Expression: Int] = [:]

    /// - Parameter pinned: nodes that need slots of their own.
    init(_ graph: Graph, _ steps: [Expression: Step], pinned: [Expression]) {
        self.graph = graph
        self.steps = steps
        for step in steps.values { for operand in step.operands { uses[operand, default: 0] += 1 } }
        for e in pinned { uses[e, default: 0] += 2 }
        // A chain is met at its end before any of its parts.
        for e in steps.keys.sorted(by: { $0.index > $1.index }) { contract(e) }
    }

    /// Fewer products gain nothing over their own instructions.
    private static func isWorthwhile(_ terms: [ContractionTerm<Expression>]) -> Bool {
        terms.count >= 4 || terms.reduce(0) { $0 + ($1.right == nil ? 0 : 1) } >= 2
    }

    private mutating func contract(_ root: Expression) {
        guard let step = steps[root], step.isSum else { return }
        var terms: [ContractionTerm<Expression>] = []
        var joined: [Expression] = []
        var pending: [(e: Expression, isNegative: Bool)] = [(root, false)]
        while let (e, isNegative) = pending.popLast() {
            guard let step = steps[e], e == root || uses[e] == 1 else {
                terms.append(ContractionTerm(isNegative: isNegative, left: e, right: nil))
                continue
            }
            switch step {
            case .add(let a, let b):
                pending.append((b, isNegative))
                pending.append((a, isNegative))
            case .subtract(let a, let b):
                pending.append((b, !isNegative))
                pending.append((a, isNegative))
            case .negate(let a):
                pending.append((a, !isNegative))
            case .multiply(let a, let b):
                terms.append(ContractionTerm(isNegative: isNegative, left: a, right: b))
            case .scale(_, let a):
                terms.append(ContractionTerm(isNegative: isNegative, left: factor(of: e, besides: a), right: a))
            default:
                terms.append(ContractionTerm(isNegative: isNegative, left: e, right: nil))
                continue
            }
            joined.append(e)
        }
        guard Self.isWorthwhile(terms) else { return }
        for e in joined {
            if case .scale(let value, let a) = steps[e] { steps[factor(of: e, besides: a)] = .constant(value) }
            steps[e] = nil
        }
        steps[root] = .contraction(terms)
    }

    /// The constant of a node that scales.
    private func factor(of e: Expression, besides operand: Expression) -> Expression {
        guard case .multiply(let a, let b) = graph.node(e) else { preconditionFailure("a scaled node is a product") }
        return a == operand ? b : a
    }
}

extension Step {
    fileprivate var isSum: Bool {
        switch self {
        case .add, .subtract, .negate: true
        default: false
        }
    }
}
