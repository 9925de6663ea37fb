import Syntax

extension ExpressionSyntax {
    /// The formulas directly inside, sets and laws of binders included.
    var children: [ExpressionSyntax] {
        switch kind {
        case .number, .name, .wholeRange: []
        case .call(_, _, let arguments): arguments
        case .subscripted(let base, let indices): [base] + indices
        case .prime(let q), .negate(let q), .not(let q): [q]
        case .at(let q, let moment): [q, moment]
        case .binary(_, let a, let b), .range(let a, let b), .implies(let a, let b): [a, b]
        case .conditional(let c, let a, let b): [c, a, b]
        case .binder(_, let binder, let body): binder.formulas + (body.map { [$0] } ?? [])
        case .quantified(_, let binder, let body): binder.formulas + [body]
        case .vector(let parts), .set(let parts), .and(let parts), .or(let parts), .relation(let parts, _): parts
        case .comprehension(_, let set, let condition): [set] + (condition.map { [$0] } ?? [])
        }
    }

    /// Visits the formula and everything inside it, without recursion: left-deep sums may be very long.
    func visit(_ body: (ExpressionSyntax) -> Void) {
        var pending = [self]
        while let next = pending.popLast() {
            body(next)
            pending.append(contentsOf: next.children.reversed())
        }
    }

    /// Every name that occurs: variables, functions, binders.
    var mentionedNames: Set<String> {
        var names: Set<String> = []
        visit { part in
            switch part.kind {
            case .name(let name), .call(let name, _, _): names.insert(name)
            default: break
            }
        }
        return names
    }

    /// How often a name occurs as a variable.
    func occurrences(of name: String) -> Int {
        var count = 0
        visit { if case .name(name) = $0.kind { count += 1 } }
        return count
    }
}

extension Binder {
    var formulas: [ExpressionSyntax] {
        generators.map { generator in
            switch generator {
            case .member(_, _, let set): set
            case .law(_, _, let law): law
            }
        } + (condition.map { [$0] } ?? [])
    }
}
