import Syntax

/// A statement in one line, every part of the tree shown, for tests to compare.
func notation(_ statement: StatementSyntax.Kind) -> String {
    switch statement {
    case .source(let work, let place, let provenance): "source <\(work)> <\(place)> \(provenance)"
    case .use(let path, _): "use <\(path)>"
    case .note(let text): "note <\(text)>"
    case .parameter(let name, let isInteger, let initial, let condition, let text):
        "parameter \(name.text) \(isInteger ? "integer" : "real")" + part("=", initial) + part("where", condition) + doc(text)
    case .set(let name, let set, let text): "set \(name.text)" + part("=", set) + doc(text)
    case .data(let name, let dimensions, let type, let text): "data \(name.text)\(notation(dimensions)) \(notation(type))" + doc(text)
    case .draw(let name, let dimensions, let law, let text): "draw \(name.text)\(notation(dimensions)) ~ \(law.text)" + doc(text)
    case .state(let name, let dimensions, let start, let text):
        "state \(name.text)\(dimensions.isEmpty ? "" : notation(dimensions))" + notation(start) + doc(text)
    case .define(let name, let parameters, let formula, let text):
        "let \(name.text)(\(parameters.map(\.text).joined(separator: ",")))" + part("=", formula) + doc(text)
    case .conserved(let quantity, let text): "conserved \(notation(quantity))" + doc(text)
    case .flowEquation(let state, let dimensions, let formula):
        "flow \(state.text)\(dimensions.isEmpty ? "" : notation(dimensions))" + part("=", formula)
    case .flowGradient(let gradient): "flow \(notation(gradient))"
    case .mapEquation(let state, let dimensions, let formula):
        "map \(state.text)\(dimensions.isEmpty ? "" : notation(dimensions))" + part("=", formula)
    case .descent(let gradient): "descent \(notation(gradient))"
    case .schedule(let name, let values):
        "schedule \(name.text) " + values.map { "\(notation($0.value)) during \($0.stage.text)" }.joined(separator: ", ")
    case .stage(let name, let dynamics, let end): "stage \(name.text)\(notation(dynamics)) \(notation(end))"
    case .stop(let end): "stop \(notation(end))"
    case .minimiser(let name, let dimensions, let objective, let constraints, let text):
        "minimiser \(name.text)\(notation(dimensions)) \(notation(objective)) : "
            + constraints.map(notation).joined(separator: ", ") + doc(text)
    case .assume(let name, let condition, let text): "assume \(name.text) \(notation(condition))" + doc(text)
    case .event(let name, let event, let text): "event \(name.text) \(notation(event))" + doc(text)
    case .claim(let claim): notation(claim)
    case .expect(let claim, let verdict, let members):
        "expect \(claim.text) \(verdict)" + members.map { " " + notation($0) }.joined()
    case .instance(let name, let isFamily, let bindings):
        "\(isFamily ? "family" : "instance") \(name.text)" + bindings.map { " " + notation($0) }.joined(separator: ",")
    case .show(let quantities, let moments):
        "show " + quantities.map(notation).joined(separator: ", ")
            + (moments.isEmpty ? "" : " at " + moments.map(notation).joined(separator: ", "))
    }
}

private func part(_ word: String, _ expression: ExpressionSyntax?) -> String {
    expression.map { " \(word) \(notation($0))" } ?? ""
}

private func doc(_ text: String?) -> String { text.map { " <\($0)>" } ?? "" }

private func notation(_ type: StatementSyntax.DataType) -> String {
    switch type {
    case .integer(let set): "integer" + part("in", set)
    case .real: "real"
    case .list(let element): "list of \(element.text)"
    }
}

private func notation(_ start: StatementSyntax.StartSyntax?) -> String {
    switch start {
    case .value(let value): part(" =", value).replacing("  ", with: " ")
    case .box(let low, let high): " in \(notation(low)) \(notation(high))"
    case nil: ""
    }
}

private func notation(_ dynamics: StatementSyntax.StageDynamics?) -> String {
    switch dynamics {
    case .flow(let gradient): " flow \(notation(gradient))"
    case .descent(let gradient): " descent \(notation(gradient))"
    case nil: ""
    }
}

private func notation(_ end: StatementSyntax.StageEnd) -> String {
    switch end {
    case .duration(let duration): "for \(notation(duration))"
    case .condition(let condition, let cap): "until \(notation(condition))" + (cap.map { " cap \(notation($0))" } ?? "")
    }
}

private func notation(_ event: StatementSyntax.EventSyntax) -> String {
    switch event {
    case .search(let first, let after, let condition): (first ? "first" : "last") + part("after", after) + " \(notation(condition))"
    case .moment(let moment): notation(moment)
    }
}

private func notation(_ constraint: ConstraintSyntax) -> String {
    constraint.name.text + notation(constraint.dimensions) + part("where", constraint.condition) + " \(notation(constraint.relation))"
}

private func notation(_ member: MemberSyntax) -> String {
    member.name.text + member.selectors.map { "[\($0.name.text) = \(notation($0.value))]" }.joined()
}

private func notation(_ binding: BindingSyntax) -> String {
    switch binding.value {
    case .value(let value): "\(binding.name.text) = \(notation(value))"
    case .table(let file, _): "\(binding.name.text) = table <\(file)>"
    case .members(let set): "\(binding.name.text) in \(notation(set))"
    }
}
