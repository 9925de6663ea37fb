import Syntax

/// A syntax tree as nested lists, `(+ a (* 2 b))`, for tests to compare.
func notation(_ expression: ExpressionSyntax) -> String {
    switch expression.kind {
    case .number(let value): "\(value)"
    case .name(let name): name
    case .call(let name, _, let arguments): list("call \(name)", arguments)
    case .subscripted(let array, let indices): list("index", [array] + indices)
    case .wholeRange: ":"
    case .prime(let a): list("prime", [a])
    case .at(let a, let moment): list("at", [a, moment])
    case .negate(let a): list("neg", [a])
    case .binary(let operation, let a, let b): list(operation.rawValue, [a, b])
    case .conditional(let condition, let a, let b): list("if", [condition, a, b])
    case .binder(let operation, let binder, let body):
        "(\(operation.rawValue) \(notation(binder))" + (body.map { " \(notation($0))" } ?? "") + ")"
    case .quantified(let universal, let binder, let body):
        "(\(universal ? "all" : "any") \(notation(binder)) \(notation(body)))"
    case .vector(let elements): list("vec", elements)
    case .set(let elements): list("set", elements)
    case .comprehension(let name, let set, let condition): list("those \(name)", [set] + (condition.map { [$0] } ?? []))
    case .range(let a, let b): list("..", [a, b])
    case .relation(let operands, let relations): relation(operands.map(notation), relations)
    case .not(let a): list("not", [a])
    case .and(let parts): list("and", parts)
    case .or(let parts): list("or", parts)
    case .implies(let a, let b): list("implies", [a, b])
    }
}

func notation(_ binder: Binder) -> String {
    let generators = binder.generators.map { generator in
        switch generator {
        case .member(let name, _, let set): "\(name) in \(notation(set))"
        case .law(let names, _, let law): "\(names.joined(separator: " ")) ~ \(notation(law))"
        }
    }
    return "{" + generators.joined(separator: ", ") + (binder.condition.map { " where \(notation($0))" } ?? "") + "}"
}

private func list(_ head: String, _ parts: [ExpressionSyntax]) -> String {
    "(" + ([head] + parts.map(notation)).joined(separator: " ") + ")"
}

private func relation(_ operands: [String], _ relations: [Relation]) -> String {
    "(" + operands[0] + zip(relations, operands.dropFirst()).map { " \($0.rawValue) \($1)" }.joined() + ")"
}

/// Dimensions in the notation of the language.
func notation(_ dimensions: [Dimension]) -> String {
    "[" + dimensions.map { ($0.name.map { "\($0.text) in " } ?? "") + notation($0.set) }.joined(separator: ", ") + "]"
}

func notation(_ duration: Duration) -> String {
    notation(duration.value) + (duration.inSteps ? " steps" : "")
}

func notation(_ gradient: GradientSyntax) -> String {
    var words = [gradient.normalised ? "normalised gradient" : "gradient", notation(gradient.loss)]
    if !gradient.moving.isEmpty { words.append("in " + gradient.moving.map(\.text).joined(separator: ",")) }
    if let step = gradient.step { words.append("step " + notation(step)) }
    if let decay = gradient.decay { words.append("decay " + notation(decay)) }
    for rate in gradient.rates { words.append("rate " + notation(rate.rate) + (rate.state.map { " on \($0.text)" } ?? "")) }
    return words.joined(separator: " ")
}
