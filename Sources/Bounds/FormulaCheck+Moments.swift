import Syntax

extension FormulaCheck {
    /// q@T: a number that does not move, whatever q reads; a moment other than 0 has to be found by the run.
    mutating func kind(
        ofValue q: ExpressionSyntax, at moment: ExpressionSyntax, _ e: ExpressionSyntax
    ) throws(Diagnostic) -> Kind {
        try needMotion("'@'", e.span)
        let outer = facts
        (facts.state, facts.time, facts.openConstant) = (nil, nil, nil)
        try number(moment)
        if let moving = facts.moving {
            throw error("E0707", "'@' reads \(moving.text)", moving.span, remedy: "use parameters and events")
        }
        let kind = try kind(of: q)
        guard kind.isNumber || kind == .vector || kind == .matrix else {
            throw error(
                "E0402", "expected a number, found \(kind.withArticle)", q.span,
                remedy: kind == .condition ? "write indicator(\(text(q)))@..." : "write '@' behind a number")
        }
        if let constant = facts.openConstant {
            unsupported("an open constant ('\(constant.name)') under '@'", e.span)
        }
        (facts.state, facts.time, facts.openConstant) = (outer.state, outer.time, outer.openConstant)
        if case .number(0) = moment.kind { return kind }
        facts.moment = facts.moment ?? Facts.Read(name: text(e), span: e.span)
        return kind
    }
}
