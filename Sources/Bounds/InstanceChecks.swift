import Syntax

extension StaticChecks {
    /// Names and formulas of instances and families; their values are computed in ``InstanceTable``.
    func checkInstances() {
        var known: [String: Int] = [:]
        for instance in contents.instances {
            let file = instance.place.file
            let name = instance.value.name
            if contents.isModel(file) {
                error("E0310", "a model has no instances", file: file, name.span, remedy: "move it to a theorem that uses the model")
            } else if let line = known[name.text] {
                error("E0302", "'\(name.text)' is already an instance (line \(line))", file: file, name.span, remedy: "choose another name")
            } else {
                known[name.text] = contents.source(file).line(of: name.span.start)
            }
            checkBindings(instance)
        }
    }

    private func checkBindings(_ instance: Placed<InstanceSyntax>) {
        let file = instance.place.file
        var bound: Set<String> = []
        for binding in instance.value.bindings {
            let name = binding.name
            if !bound.insert(name.text).inserted {
                error("E0302", "'\(name.text)' is given twice", file: file, name.span, remedy: "keep one")
            }
            checkBound(name, file: file)
            if names[name.text]?.kind == .data { continue }  // its cells are read with the instance
            let formula: ExpressionSyntax
            switch binding.value {
            case .value(let e): formula = e
            case .members(let e): formula = e
            case .table(_, let span):
                collector.add(Feature(name: "'table'", file: file, span: span))
                continue
            }
            var check = FormulaCheck(names: names, motion: motion, file: file, known: self.known)
            do throws(Diagnostic) {
                if case .members = binding.value { try check.set(formula) } else { try check.number(formula) }
                checkConstant(check.facts, "the value of '\(name.text)'", file: file)
            } catch {
                collector.add(error)
            }
        }
    }

    private func checkBound(_ name: Identifier, file: Int) {
        if name.text == "seed" || names.broken.contains(name.text) { return }
        guard let declaration = names[name.text] else {
            collector.add(unknownParameter(name, file: file))
            return
        }
        if declaration.kind != .parameter && declaration.kind != .data {
            error(
                "E0301", "'\(name.text)' is \(declaration.kind.withArticle), an instance gives parameters", file: file, name.span,
                remedy: declaration.kind == .state ? "start the state at a parameter" : "make it a parameter")
        }
    }

    private func unknownParameter(_ name: Identifier, file: Int) -> Diagnostic {
        let parameters = contents.parameters.map(\.name.text)
        var remedy = parameters.isEmpty ? "add 'parameter \(name.text) : real'" : "parameters: \(parameters.listed)"
        if let near = closestName(to: name.text, in: parameters), let known = names[near] {
            remedy = "did you mean '\(near)'? (\(known.kind.rawValue), \(names.position(of: known, from: file)))"
        }
        return Diagnostic(
            "E0301", "unknown name '\(name.text)'", file: contents.source(file).name, span: name.span, remedy: remedy)
    }
}
