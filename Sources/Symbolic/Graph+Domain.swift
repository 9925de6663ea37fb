extension Graph {
    /// `value` where `base` is defined, undefined elsewhere: value + 0 base, unless `base` certainly has a value.
    ///
    /// A derivative may have a value where its function has none: (log x)' = 1/x is defined for x < 0.
    public func restrict(_ value: Expression, toDomainOf base: Expression) -> Expression {
        certainty(base).isDefined ? value : add(value, multiply(zero, base))
    }
}
