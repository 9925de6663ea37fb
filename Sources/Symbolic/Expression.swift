import Exact

/// A handle to a node of a ``Graph``. Equal handles of one graph are equal formulas, built the same way.
public struct Expression: Hashable, Sendable {
    public let index: Int
}

/// What a formula may depend on.
public enum Symbol: Hashable, Sendable {
    /// A moving quantity, by its position in the state vector.
    case state(Int)
    /// The time of a flow, or the step number of a map.
    case time
    /// A parameter that ranges over a box (`for all a in [1, 2]`); all other parameters are constants.
    case parameter(String)
    /// The time of an event or of the end of the run, known as an enclosure.
    case moment(String)
    /// An open constant (`for some C`).
    case open(String)
    /// The variable of an expectation, numbered so that no two binders share one.
    case bound(Int)
}

/// Elementary functions of one variable.
public enum Function: String, Hashable, Sendable, CaseIterable {
    case exp, log, log1p, expm1, sqrt, abs, floor
    case sin, cos, tanh, sinh, cosh, asinh, erf
    case sigmoid, softplus, relu
}

public enum Comparison: String, Hashable, Sendable {
    case less = "<"
    case lessOrEqual = "<="
    case equal = "="
    case notEqual = "!="
}

/// A statement about formulas. Greater-than forms are written with the sides exchanged; chains are conjunctions.
public indirect enum Condition: Hashable, Sendable {
    case truth(Bool)
    case compare(Comparison, Expression, Expression)
    case not(Condition)
    case and([Condition])
    case or([Condition])
    case implies(Condition, Condition)
}

/// A finite probability law with exact parameters.
public enum Law: Hashable, Sendable {
    /// The number of successes in `trials` independent trials. 0 <= probability <= 1, trials >= 0.
    case binomial(trials: Int, probability: Rational)
}

/// One node of the expression graph. Constants are exact; nothing here is rounded.
public enum Node: Hashable, Sendable {
    case constant(Rational)
    case pi
    case symbol(Symbol)
    case add(Expression, Expression)
    case multiply(Expression, Expression)
    case divide(Expression, Expression)
    /// x^r with an exact exponent: an integer, or a rational with a base >= 0 (> 0 if r < 0).
    case power(Expression, Rational)
    case apply(Function, Expression)
    case minimum(Expression, Expression)
    case maximum(Expression, Expression)
    /// `if condition then a else b`.
    case cases(Condition, Expression, Expression)
    /// The mean of `body` over `law`; the sum over the variable's range stays rolled.
    case expectation(Law, variable: Int, body: Expression)
}
