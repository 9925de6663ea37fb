import Exact
import Symbolic
import Syntax

/// A parameter, for those who choose its values.
public struct ParameterDescription: Sendable {
    public let name: String
    public let isInteger: Bool
    /// Its `where`, as written.
    public let condition: String?
    /// Whether it has a default, no `where`, and no instance that gives it: a constant with a name.
    public let isConstant: Bool
}

/// Why values make no instance.
public enum UnusableValues: Error, Hashable, Sendable {
    /// The `where` of the parameter fails.
    case condition(parameter: String, text: String)
    /// Another error of the file on these values: its message.
    case invalid(String)
}

/// Instances other than those of the file.
extension Theorem {
    /// In an order in which the bounds of a parameter read earlier ones, where that is possible.
    public var parameters: [ParameterDescription] {
        let contents = elaboration.contents
        let given = Set(contents.instances.flatMap(\.value.bindings).map(\.name.text))
        return contents.parametersInOrder.map { parameter in
            let text = parameter.condition.map { contents.source(parameter.place.file).text($0.span) }
            return ParameterDescription(
                name: parameter.name.text, isInteger: parameter.isInteger, condition: text,
                isConstant: parameter.initial != nil && text == nil && !given.contains(parameter.name.text))
        }
    }

    /// Every `assume`, then every `given`, in the order of the file, with its condition as written.
    public var hypotheses: [(hypothesis: Hypothesis, text: String)] {
        let contents = elaboration.contents
        let assumptions = contents.assumptions.map { item in
            (Hypothesis.assumption(item.value.name.text), contents.source(item.place.file).text(item.value.condition.span))
        }
        let given = contents.claims.compactMap { item -> (Hypothesis, String)? in
            item.value.given.map { (.given(claim: item.value.id.text), contents.source(item.place.file).text($0.span)) }
        }
        return (assumptions + given).map { (hypothesis: $0.0, text: $0.1) }
    }

    /// Whether an instance has a seed that matters.
    public var drawsConstants: Bool { !elaboration.contents.draws.isEmpty }

    /// What `where` and `assume` say about the parameter alone, when the parameters in `known` have these values. Hypotheses
    /// that are `dropped` say nothing.
    public func range(
        of parameter: String, given known: [String: Rational], without dropped: Set<Hypothesis> = []
    ) -> ParameterRange {
        ParameterRanges(names: elaboration.names, dependencies: elaboration.dependencies)
            .range(of: parameter, given: known, without: dropped)
    }

    private func syntax(of instance: Instance) -> Placed<InstanceSyntax>? {
        let name = instance.family ?? instance.id
        return elaboration.contents.instances.first { $0.value.name.text == name }
    }

    /// The parameters that an instance of the file gives by a formula of others, as in `N = K^2`, or leaves to such a default.
    public func dependentParameters(of instance: Instance) -> Set<String> {
        let names = elaboration.names
        var given: [String: ExpressionSyntax] = [:]
        for parameter in elaboration.contents.parameters { given[parameter.name.text] = parameter.initial }
        for binding in syntax(of: instance)?.value.bindings ?? [] {
            switch binding.value {
            case .value(let formula): given[binding.name.text] = formula
            case .members, .table: given[binding.name.text] = nil
            }
        }
        return Set(given.filter { item in item.value.mentionedNames.contains { names[$0] != nil } }.keys)
    }

    /// The instance that `--instance base --set ...` runs.
    public func instance(
        like base: Instance, replacing replacements: Replacements, id: String
    ) throws(UnusableValues) -> Instance {
        guard let written = syntax(of: base) else { throw .invalid("no instance is called '\(base.id)'") }
        let varied = Set(families.first { $0.name == base.family }?.varied ?? [])
        var chosen: [String: Rational] = [:]
        for parameter in base.parameters where varied.contains(parameter.name) { chosen[parameter.name] = parameter.value }
        let values = ParameterValues(
            names: elaboration.names, dependencies: elaboration.dependencies, instance: written, id: id, chosen: chosen,
            overrides: replacements.parameters)
        let known: [String: Rational]
        var failing: ParameterDeclaration?
        do throws(Diagnostic) {
            let (found, elaborator) = try values.values()
            known = found
            for parameter in elaboration.contents.parameters where failing == nil {
                if try !values.meetsCondition(parameter, found, elaborator) { failing = parameter }
            }
        } catch {
            throw .invalid(error.message)
        }
        if let failing {
            throw .condition(parameter: failing.name.text, text: values.text(ofConditionOf: failing))
        }
        var result = Instance(
            id: id, family: nil,
            parameters: elaboration.contents.parameters.compactMap { parameter in
                known[parameter.name.text].map { Instance.Parameter(name: parameter.name.text, value: $0) }
            }, seed: replacements.seed ?? base.seed)
        result.tables = data(of: base).merging(replacements.tables) { $1 }
        return result
    }
}

extension Contents {
    /// In an order in which the bounds of a parameter read earlier ones, where that is possible.
    var parametersInOrder: [ParameterDeclaration] {
        let declarations = Dictionary(parameters.map { ($0.name.text, $0) }) { first, _ in first }
        let order = Ordering.sort(parameters.map(\.name.text)) { name in
            let mentioned = declarations[name]?.condition?.mentionedNames ?? []
            return mentioned.filter { $0 != name && declarations[$0] != nil }.sorted()
        }.order
        return order.compactMap { declarations[$0] }
    }
}
