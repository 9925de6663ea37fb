extension ExpressionSyntax.Kind {
    /// 1 + the largest height of the parts. The parser bounds it, so that a recursive walk over a parsed tree (releasing
    /// it, too) needs a bounded stack.
    var height: Int {
        switch self {
        case .number, .name, .wholeRange: 1
        case .call(_, _, let arguments): above(arguments)
        case .subscripted(let array, let indices): above([array] + indices)
        case .prime(let a), .negate(let a), .not(let a): above([a])
        case .at(let a, let moment): above([a, moment])
        case .binary(_, let a, let b), .range(let a, let b), .implies(let a, let b): above([a, b])
        case .conditional(let condition, let a, let b): above([condition, a, b])
        case .binder(_, let binder, let body): above(binder.expressions + (body.map { [$0] } ?? []))
        case .quantified(_, let binder, let body): above(binder.expressions + [body])
        case .vector(let elements), .set(let elements), .and(let elements), .or(let elements): above(elements)
        case .comprehension(_, let set, let condition): above([set] + (condition.map { [$0] } ?? []))
        case .relation(let operands, _): above(operands)
        }
    }
}

extension Binder {
    var expressions: [ExpressionSyntax] {
        let sets = generators.map { generator in
            switch generator {
            case .member(_, _, let set): set
            case .law(_, _, let law): law
            }
        }
        return sets + (condition.map { [$0] } ?? [])
    }
}

private func above(_ parts: [ExpressionSyntax]) -> Int {
    1 + (parts.lazy.map(\.height).max() ?? 0)
}
