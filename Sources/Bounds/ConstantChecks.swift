import Syntax

/// Draws and minimisers: constants that are known before the run.
extension StaticChecks {
    func checkDraws() {
        for draw in contents.draws {
            let facts = check(file: draw.place.file) { (formula) throws(Diagnostic) in
                try formula.bind(draw.dimensions)
            }
            checkConstant(facts, "the index set of '\(draw.name.text)'", file: draw.place.file)
        }
    }

    func checkMinimisers() {
        for minimiser in contents.minimisers {
            let file = minimiser.place.file
            let facts = check(file: file) { (formula) throws(Diagnostic) in
                let outer = formula.local
                try formula.bind(minimiser.dimensions)
                formula.local = outer
                try formula.number(minimiser.objective)
                for constraint in minimiser.constraints { try self.check(constraint, &formula) }
            }
            checkConstant(facts, "the minimiser '\(minimiser.name.text)'", file: file)
        }
    }

    private func check(_ constraint: ConstraintSyntax, _ formula: inout FormulaCheck) throws(Diagnostic) {
        let outer = formula.local
        try formula.bind(constraint.dimensions)
        if let condition = constraint.condition { try formula.condition(condition) }
        try formula.condition(constraint.relation)
        formula.local = outer
        guard case .relation(_, let relations) = constraint.relation.kind else { return }
        if ![[.lessOrEqual], [.greaterOrEqual], [.equal]].contains(relations) {
            throw formula.error(
                "E0614", "a constraint is written with <=, >= or =", constraint.relation.span, remedy: "write 'a >= b'")
        }
    }
}
