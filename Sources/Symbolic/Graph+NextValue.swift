extension Graph {
    /// The value one step later along x(t + 1) = map(t, x(t)): the formula with the map's values as its states and t + 1
    /// as its time. All other symbols are constants.
    /// - Precondition: the map has an entry for every state that the formula reads.
    public func nextValue(of e: Expression, along map: [Expression]) -> Expression {
        var later: [Symbol: Expression] = [.time: add(symbol(.time), one)]
        for (index, value) in map.enumerated() { later[.state(index)] = value }
        return substitute(e, later)
    }
}
