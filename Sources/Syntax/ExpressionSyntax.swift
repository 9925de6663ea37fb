import Exact

/// A formula or condition as written, every node with its span. Conditions and sums share one type: which of the two
/// is meant is checked later, where the message can say what was expected.
public struct ExpressionSyntax: Hashable, Sendable {
    public let kind: Kind
    public let span: Span
    /// Levels of the tree below and with this node.
    let height: Int

    public init(_ kind: Kind, _ span: Span) {
        self.kind = kind
        self.span = span
        height = kind.height
    }

    public indirect enum Kind: Hashable, Sendable {
        case number(Rational)
        /// `t`, `end`, `seed` and `pi` are names here.
        case name(String)
        /// `f(a, b)`: a let, a built-in function, `start(stage)`, `gradient(q, s)`.
        case call(name: String, nameSpan: Span, arguments: [ExpressionSyntax])
        /// `X[i, 1..3, :]`
        case subscripted(ExpressionSyntax, [ExpressionSyntax])
        /// `:` inside brackets.
        case wholeRange
        /// q'
        case prime(ExpressionSyntax)
        /// q@T1
        case at(ExpressionSyntax, moment: ExpressionSyntax)
        case negate(ExpressionSyntax)
        case binary(BinaryOperator, ExpressionSyntax, ExpressionSyntax)
        /// `if c then a else b`
        case conditional(ExpressionSyntax, ExpressionSyntax, ExpressionSyntax)
        /// `sum(i in I where c) body`; the body of `count` is nil.
        case binder(BinderOperator, Binder, body: ExpressionSyntax?)
        /// `all(i in I) c`, `any(i in I) c`
        case quantified(universal: Bool, Binder, body: ExpressionSyntax)
        /// [a, b]
        case vector([ExpressionSyntax])
        /// {1, 2}
        case set([ExpressionSyntax])
        /// {i in I where c}
        case comprehension(name: String, ExpressionSyntax, condition: ExpressionSyntax?)
        /// 1..n
        case range(ExpressionSyntax, ExpressionSyntax)
        /// a <= b < c, a in S: operands.count = relations.count + 1
        case relation([ExpressionSyntax], [Relation])
        case not(ExpressionSyntax)
        case and([ExpressionSyntax])
        case or([ExpressionSyntax])
        case implies(ExpressionSyntax, ExpressionSyntax)
    }
}

public enum BinaryOperator: String, Hashable, Sendable {
    case add = "+", subtract = "-", multiply = "*", divide = "/", power = "^"
}

public enum Relation: String, Hashable, Sendable {
    case less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">=", equal = "=", notEqual = "!="
    case member = "in"
}

public enum BinderOperator: String, Hashable, Sendable {
    case sum, product, mean, probability, count, max, min, softmax, vector, matrix
}

/// `(i in I, n ~ binomial(N, p) where c)`
public struct Binder: Hashable, Sendable {
    public enum Generator: Hashable, Sendable {
        case member(name: String, nameSpan: Span, set: ExpressionSyntax)
        /// One name, or a tuple of names for a law of several counts. The law is a `call`.
        case law(names: [String], namesSpan: Span, law: ExpressionSyntax)
    }

    public let generators: [Generator]
    public let condition: ExpressionSyntax?
    public let span: Span

    public init(_ generators: [Generator], condition: ExpressionSyntax?, span: Span) {
        self.generators = generators
        self.condition = condition
        self.span = span
    }
}
