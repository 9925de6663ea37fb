import Syntax

func notation(_ claim: ClaimSyntax) -> String {
    var words = ["claim \(claim.id.text) <\(claim.wording)>"]
    if let provenance = claim.provenance { words.append(provenance.rawValue) }
    if let given = claim.given { words.append("given \(notation(given))") }
    words.append(": \(notation(claim.body))")
    words += claim.quantifiers.map(notation)
    return words.joined(separator: " ")
}

private func notation(_ body: ClaimSyntax.Body) -> String {
    switch body {
    case .condition(let condition): notation(condition)
    case .identity(let condition): "identity \(notation(condition))"
    case .solution(let state, let value): "solution \(notation(state)) \(notation(value))"
    case .symmetry(let pairs): "symmetry " + pairs.map { "\(notation($0.0)) -> \(notation($0.1))" }.joined(separator: ", ")
    case .always(let scope, let condition, let claimed): temporal("always", scope, condition, claimed)
    case .sometime(let scope, let condition, let claimed): temporal("sometime", scope, condition, claimed)
    case .monotone(let increasing, let quantity, let scope):
        (increasing ? "increasing " : "decreasing ") + notation(quantity) + notation(scope)
    case .at(let moment, let condition): "at \(notation(moment)) : \(notation(condition))"
    case .everywhere(let condition): "everywhere \(notation(condition))"
    case .growth(let quantity, let parameter, let family, let low, let high):
        "growth \(notation(quantity)) \(parameter.text) \(family.text) \(notation(low)) \(notation(high))"
    }
}

private func temporal(_ word: String, _ scope: ScopeSyntax?, _ condition: ExpressionSyntax?, _ claimed: ExpressionSyntax) -> String {
    word + notation(scope) + (condition.map { " while \(notation($0))" } ?? "") + " \(notation(claimed))"
}

private func notation(_ scope: ScopeSyntax?) -> String {
    switch scope {
    case .interval(let low, let high, let openStart, let openEnd, _):
        " on " + (openStart ? "(" : "[") + "\(notation(low)), \(notation(high))" + (openEnd ? ")" : "]")
    case .stage(let stage): " during \(stage.text)"
    case nil: ""
    }
}

private func notation(_ quantifier: QuantifierSyntax) -> String {
    switch quantifier {
    case .some(let name, let condition): "some \(name.text)" + (condition.map { " where \(notation($0))" } ?? "")
    case .all(let name, let low, let high): "all \(name.text) in [\(notation(low)), \(notation(high))]"
    case .seeds(let count, let set, _): "seeds \(count) of \(notation(set))"
    }
}
