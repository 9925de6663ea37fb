import Exact
import Symbolic
import Syntax

/// Computes the parameters of one instance exactly.
struct ParameterValues {
    let names: NameTable
    let dependencies: Dependencies
    let instance: Placed<InstanceSyntax>
    /// `k3`, `scaling[K=5]`
    let id: String
    /// Values of the lists of a family, for this member.
    let chosen: [String: Rational]
    let overrides: [String: Rational]

    private var contents: Contents { names.contents }

    func compute() throws(Diagnostic) -> [Instance.Parameter] {
        let (values, elaborator) = try self.values()
        for parameter in contents.parameters where try !meetsCondition(parameter, values, elaborator) {
            let name = parameter.name.text
            throw Diagnostic(
                "E0802",
                "'where' fails: \(name) = \(values[name]?.shortText ?? ""), but \(text(ofConditionOf: parameter)) (instance \(id))",
                file: fileName, span: span(of: name), remedy: "give another value, or change the 'where'")
        }
        return contents.parameters.compactMap { parameter in
            values[parameter.name.text].map { Instance.Parameter(name: parameter.name.text, value: $0) }
        }
    }

    /// The instance's parameters whether or not they meet their conditions, and an elaborator that knows them.
    func values() throws(Diagnostic) -> (values: [String: Rational], elaborator: Elaborator) {
        var formulas: [String: (formula: ExpressionSyntax, file: Int)] = [:]
        for parameter in contents.parameters {
            if let initial = parameter.initial { formulas[parameter.name.text] = (initial, parameter.place.file) }
        }
        for binding in instance.value.bindings {
            if case .value(let formula) = binding.value { formulas[binding.name.text] = (formula, instance.place.file) }
        }
        let given = chosen.merging(overrides) { _, override in override }
        for parameter in contents.parameters where formulas[parameter.name.text] == nil && given[parameter.name.text] == nil {
            throw Diagnostic(
                "E0801", "instance '\(id)' does not give '\(parameter.name.text)'", file: fileName,
                span: instance.value.name.span, remedy: "add \(parameter.name.text) = ...")
        }
        let elaborator = Elaborator(names: names, dependencies: dependencies)
        var values: [String: Rational] = [:]
        for name in try order(formulas, given) {
            let value: Rational
            if let known = given[name] { value = known } else { value = try evaluate(name, formulas, elaborator) }
            values[name] = value
            elaborator.parameters[name] = elaborator.graph.constant(value)
            try checkInteger(name, value)
        }
        return (values, elaborator)
    }

    private var fileName: String { contents.source(instance.place.file).name }

    /// Where an error about a parameter of this instance is shown.
    private func span(of parameter: String) -> Span {
        instance.value.bindings.first { $0.name.text == parameter }?.name.span ?? instance.value.name.span
    }

    private func isBound(_ parameter: String) -> Bool {
        overrides[parameter] != nil || instance.value.bindings.contains { $0.name.text == parameter }
    }

    /// The parameters, each after those that its formula reads.
    private func order(
        _ formulas: [String: (formula: ExpressionSyntax, file: Int)], _ given: [String: Rational]
    ) throws(Diagnostic) -> [String] {
        let sorted = Ordering.sort(contents.parameters.map(\.name.text)) { name in
            if given[name] != nil { return [] }
            if let formula = formulas[name]?.formula {
                return formula.mentionedNames.filter { names[$0] != nil }.sorted()
            }
            return dependencies.references[name] ?? []
        }
        for cycle in sorted.cycles {
            let name = cycle.first { names[$0]?.kind == .parameter } ?? cycle[0]
            throw Diagnostic(
                "E0308", "the definition of '\(name)' uses itself", file: fileName, span: span(of: name),
                remedy: "give one of the values as a number")
        }
        return sorted.order.filter { names[$0]?.kind == .parameter }
    }

    private func evaluate(
        _ name: String, _ formulas: [String: (formula: ExpressionSyntax, file: Int)], _ elaborator: Elaborator
    ) throws(Diagnostic) -> Rational {
        guard let (formula, file) = formulas[name] else {
            throw failure(name, "has no formula")
        }
        let e: Expression
        do throws(Failure) {
            e = try elaborator.number(formula, Scope(file: file))
        } catch {
            throw failure(name, error.text)
        }
        if let value = elaborator.exactValue(e) { return value }
        let text = contents.source(file).text(formula.span)
        throw failure(name, "\(text) is not an exact rational that can be computed")
    }

    private func failure(_ name: String, _ reason: String) -> Diagnostic {
        Diagnostic(
            "E0406", "parameter '\(name)' has no exact value: \(reason) (instance \(id))", file: fileName,
            span: span(of: name), remedy: "write a number, or a formula in + - * / ^ of exact numbers")
    }

    private func checkInteger(_ name: String, _ value: Rational) throws(Diagnostic) {
        guard names.isInteger(name), !value.isInteger else { return }
        let text = "parameter '\(name)' is an integer, \(value.shortText) is not"
        let remedy = "give an integer, or declare it real"
        if !isBound(name), let declaration = names[name] {
            throw Diagnostic(
                "E0405", text, file: contents.source(declaration.place.file).name, span: declaration.name.span, remedy: remedy)
        }
        throw Diagnostic("E0405", text, file: fileName, span: span(of: name), remedy: remedy)
    }

    func text(ofConditionOf parameter: ParameterDeclaration) -> String {
        parameter.condition.map { contents.source(parameter.place.file).text($0.span) } ?? ""
    }

    /// Whether the values meet the `where` of the parameter.
    func meetsCondition(
        _ parameter: ParameterDeclaration, _ values: [String: Rational], _ elaborator: Elaborator
    ) throws(Diagnostic) -> Bool {
        guard let syntax = parameter.condition, values[parameter.name.text] != nil else { return true }
        let name = parameter.name.text
        let condition: Condition
        do throws(Failure) {
            condition = try elaborator.condition(syntax, Scope(file: parameter.place.file))
        } catch {
            throw failure(name, error.text)
        }
        guard let truth = elaborator.exactTruth(condition) else {
            throw Diagnostic(
                "E0802", "'where' is not decided by exact arithmetic: \(text(ofConditionOf: parameter)) (instance \(id))",
                file: fileName, span: span(of: name), remedy: "write it as an 'assume'")
        }
        return truth
    }
}
