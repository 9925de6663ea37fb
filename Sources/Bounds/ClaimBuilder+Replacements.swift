import Exact
import Symbolic
import Syntax

/// Formulas in the place of states: `solution` and `symmetry`.
extension ClaimBuilder {
    /// `W = eta*t/norm(V)*V` for a number or entry by entry.
    func replacements(
        _ state: ExpressionSyntax, _ e: ExpressionSyntax, _ scope: Scope
    ) throws(Failure) -> [Claim.Replacement] {
        let (targets, images): ([Expression], [Expression])
        switch (try elaborator.value(state, scope), try elaborator.value(e, scope)) {
        case (.number(let x), .number(let y)):
            (targets, images) = ([x], [y])
        case (.array(let a), .array(let b)):
            guard a.shape == b.shape, let x = a.numbers, let y = b.numbers else {
                throw misfit(a.description, b.description, e, scope)
            }
            (targets, images) = (x, y)
        case (let a, let b):
            throw misfit(a.description, b.description, e, scope)
        }
        var result: [Claim.Replacement] = []
        for (target, image) in zip(targets, images) {
            guard case .symbol(.state(let position)) = graph.node(target) else {
                throw elaborator.wrong(
                    "'\(claim.kindName)' names a state first", "E0402", state.span, scope,
                    remedy: claim.kindName == "solution" ? "write 'solution x = ...' with a state x" : "write 'symmetry x -> ...' with a state x")
            }
            result.append(Claim.Replacement(position: position, value: image))
        }
        return result
    }

    private func misfit(_ state: String, _ image: String, _ e: ExpressionSyntax, _ scope: Scope) -> Failure {
        elaborator.wrong(
            "'\(claim.kindName)' puts \(image) in the place of \(state)", "E0401", e.span, scope,
            remedy: "give \(state)")
    }

    /// The substitution of all pairs together; index names on the left stand for all indices of the state.
    func symmetry(_ pairs: [(ExpressionSyntax, ExpressionSyntax)]) throws(Failure) -> [Claim.Replacement] {
        var result: [Claim.Replacement] = []
        for (pattern, image) in pairs {
            for inner in try scopes(of: pattern) { result += try replacements(pattern, image, inner) }
        }
        return try distinct(result)
    }

    /// The replacements, if no state has two.
    func distinct(_ replacements: [Claim.Replacement]) throws(Failure) -> [Claim.Replacement] {
        var seen: Set<Int> = []
        guard let twice = replacements.first(where: { !seen.insert($0.position).inserted }) else { return replacements }
        let name = elaborator.stateNames[twice.position]
        throw elaborator.wrong(
            "'\(claim.kindName)' replaces \(name) twice", "E0401", claim.bodySpan, scope, remedy: "keep one of the two")
    }

    /// One scope for every index that fits the pattern; a name that occurs twice is the same index.
    private func scopes(of pattern: ExpressionSyntax) throws(Failure) -> [Scope] {
        guard case .subscripted(let base, let syntax) = pattern.kind else { return [scope] }
        let array = try elaborator.array(base, scope)
        guard syntax.count == array.axes.count else { return [scope] }
        var scopes = [scope]
        for (axis, index) in zip(array.axes, syntax) {
            guard case .name(let name) = index.kind, elaborator.names[name] == nil else { continue }
            scopes = scopes.flatMap { known in
                let values = known.local[name] == nil ? axis : []
                return (known.local[name] != nil ? [known] : []) + values.map { value in
                    var inner = known
                    inner.local[name] = .number(graph.constant(value))
                    return inner
                }
            }
        }
        return scopes
    }
}

extension [QuantifierSyntax] {
    /// The open constants.
    var openNames: [String] {
        compactMap { if case .some(let name, _) = $0 { name.text } else { nil } }
    }
}
