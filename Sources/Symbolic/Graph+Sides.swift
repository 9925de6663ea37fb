/// Formulas on one side of each of their gates.
extension Graph {
    /// The formulas with the branches that hold where those gates have that sign: equal to them there, and smooth across.
    ///
    /// `passed` are gates that change their sign at some instant. Their branches are chosen only where both agree at the tie
    /// (relu, abs, min, max), and in the derivatives of these, which then mean the one on that side; every other condition
    /// on them stays as it is, since it may say something of the tie itself. At the ties of `joined` gates such a
    /// derivative is that on one of the sides.
    public func onSide(
        _ roots: [Expression], of signs: [Gate: Bool], passing passed: [Gate: Bool] = [:], joining joined: Set<Gate> = []
    ) -> [Expression] {
        if signs.isEmpty && passed.isEmpty && joined.isEmpty { return roots }
        let all = signs.merging(passed) { first, _ in first }
        var images: [Expression: Expression] = [:]
        func image(_ e: Expression) -> Expression { images[e] ?? e }
        for e in reachable(from: roots) {
            images[e] =
                switch node(e) {
                case .apply(.relu, let a):
                    switch sign(zero, a, among: all) {
                    case nil: rebuild(e, image)
                    case let isOpen?: isOpen ? image(a) : zero
                    }
                case .apply(.abs, let a):
                    switch sign(zero, a, among: all) {
                    case nil: rebuild(e, image)
                    case let isPositive?: isPositive ? image(a) : negate(image(a))
                    }
                case .minimum(let a, let b):
                    switch sign(a, b, among: all) {
                    case nil: rebuild(e, image)
                    case let isFirst?: image(isFirst ? a : b)
                    }
                case .maximum(let a, let b):
                    switch sign(a, b, among: all) {
                    case nil: rebuild(e, image)
                    case let isSecond?: image(isSecond ? b : a)
                    }
                case .cases(let condition, let a, let b):
                    if let (gate, first, second) = slopes(condition, a, b), passed[gate] != nil || joined.contains(gate) {
                        switch onSide(condition, passed, image) {
                        case .truth(let isFirst): image(isFirst ? first : second)
                        case let open: cases(open, image(first), image(second))
                        }
                    } else {
                        cases(onSide(condition, signs, image), image(a), image(b))
                    }
                case .constant, .pi, .symbol, .add, .multiply, .divide, .power, .apply, .expectation:
                    rebuild(e, image)
                }
        }
        return roots.map(image)
    }

    private func onSide(
        _ condition: Condition, _ signs: [Gate: Bool], _ image: (Expression) -> Expression
    ) -> Condition {
        condition.map { relation, left, right in
            sign(left, right, among: signs).map { .truth(relation.holds(ofSign: $0)) }
                ?? compare(relation, image(left), image(right))
        }
    }

    /// The gate and both slopes of `if a < b then p else if b < a then n else 1/0`, which is how a derivative of relu, abs, min
    /// or max is written.
    private func slopes(
        _ condition: Condition, _ first: Expression, _ rest: Expression
    ) -> (gate: Gate, first: Expression, second: Expression)? {
        guard case .compare(.less, let left, let right) = condition,
            case .cases(.compare(.less, right, left), let second, undefined) = node(rest)
        else { return nil }
        return (gate(left, right).gate, first, second)
    }

    /// Lists of formulas with the values of `roots` on every side where the gates of `signs` have that sign, those of `passed`
    /// any: one list per pattern, or one that leaves the passed gates open if they are many.
    ///
    /// `atTies`: at the tie of a passed gate as well, where a derivative of relu, abs, min or max stands for those on both
    /// sides. Otherwise only where no gate ties.
    public func sides(
        of roots: [Expression], given signs: [Gate: Bool], passing passed: [Gate], atTies: Bool
    ) -> [[Expression]] {
        if passed.count > 3 { return [onSide(roots, of: signs, joining: Set(passed))] }
        return (0..<(1 << passed.count)).map { pattern in
            let list = passed.enumerated().map { ($1, pattern >> $0 & 1 == 1) }
            let chosen = Dictionary(list) { first, _ in first }
            return atTies
                ? onSide(roots, of: signs, passing: chosen) : onSide(roots, of: signs.merging(chosen) { first, _ in first })
        }
    }
}
