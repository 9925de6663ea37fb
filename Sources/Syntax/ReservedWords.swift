/// The words that no name may be.
enum ReservedWords {
    /// Words that stand for a value: names in the syntax tree, but not free to declare.
    static let values: Set<String> = ["t", "end", "seed", "pi"]

    static let connectives: Set<String> = ["and", "or", "not", "implies", "in", "if", "then", "else", "where", "for", "all", "any"]

    /// Words that begin a claim's body.
    static let bodies: Set<String> = [
        "identity", "solution", "symmetry", "always", "sometime", "increasing", "decreasing", "at", "everywhere", "growth",
    ]

    static let operators: Set<String> = [
        "sum", "product", "mean", "probability", "count", "max", "min", "softmax", "vector", "matrix",
    ]

    static let functions: Set<String> = [
        "exp", "log", "log1p", "expm1", "sqrt", "abs", "sin", "cos", "tanh", "sinh", "cosh", "asinh", "erf", "sigmoid",
        "softplus", "relu", "max", "min", "floor", "dot", "outer", "norm", "opnorm", "trace", "det", "transpose", "eye",
        "size", "length", "distinct", "divides", "indicator", "next", "total", "gradient", "dual", "start",
        "binomial", "multinomial", "uniform",
    ]
    static let all = values.union(connectives).union(bodies).union(operators).union(functions)
}

/// The words that begin a statement, in the order of the reference.
public let statementKeywords = [
    "theorem", "model", "source", "use", "note", "parameter", "set", "data", "draw", "state", "let", "flow", "map", "descent",
    "schedule", "stage", "stop", "minimiser", "conserved", "event", "assume", "claim", "expect", "instance", "family", "show",
]

/// Whether a word is kept for the language, so that nothing may be declared with it.
public func isReservedWord(_ word: String) -> Bool {
    ReservedWords.all.contains(word)
}
