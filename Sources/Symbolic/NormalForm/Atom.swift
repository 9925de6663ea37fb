import Exact

/// Something that the normal form treats as an unknown. Different atoms are taken as independent, which can only make
/// an identity harder to prove.
struct Atom {
    enum Kind {
        /// A symbol, pi, or a function without relations.
        case plain
        /// e^(unit).
        case exponential(Form)
        /// A positive integer that stands for itself under a root; whole powers return to the coefficient.
        case number(BigInt)
        /// The value of a formula under a root; whole powers return to the formula.
        case radicand(Form)
        /// sin(x), with sin^2 = 1 - cos^2; the other atom is cos(x).
        case sine(cosine: Int)
        /// log of the form.
        case logarithm(Form)
        /// log of a positive integer.
        case numberLogarithm(BigInt)
        /// A mean over a law; the body is a node of the graph.
        case mean(Law, variable: Int, body: Expression)
    }

    let kind: Kind
    /// The same thing as a node.
    let expression: Expression
}

/// What tells two atoms with arguments apart: the operation, and fingerprints of the arguments. Equal keys are only a
/// reason to compare the arguments exactly.
struct AtomKey: Hashable {
    enum Operation: Hashable {
        case function(Function)
        case radicand
        case minimum, maximum
        case cases(ConditionShape)
    }

    let operation: Operation
    /// Nil for an argument that is undefined everywhere, or that has none.
    let fingerprints: [UInt64?]
}

/// e^(unit), for a unit monomial over a denominator.
struct ExponentialKey: Hashable {
    let monomial: Monomial
    let denominator: Monomial
}

/// A condition without its formulas.
indirect enum ConditionShape: Hashable {
    case truth(Bool)
    case compare(Comparison)
    case not(ConditionShape)
    case and([ConditionShape])
    case or([ConditionShape])
    case implies(ConditionShape, ConditionShape)

    init(_ condition: Condition) {
        switch condition {
        case .truth(let holds): self = .truth(holds)
        case .compare(let relation, _, _): self = .compare(relation)
        case .not(let c): self = .not(ConditionShape(c))
        case .and(let list): self = .and(list.map(ConditionShape.init))
        case .or(let list): self = .or(list.map(ConditionShape.init))
        case .implies(let a, let b): self = .implies(ConditionShape(a), ConditionShape(b))
        }
    }

    /// The comparisons from left to right.
    var relations: [Comparison] {
        switch self {
        case .truth: []
        case .compare(let relation): [relation]
        case .not(let c): c.relations
        case .and(let list), .or(let list): list.flatMap(\.relations)
        case .implies(let a, let b): a.relations + b.relations
        }
    }
}
