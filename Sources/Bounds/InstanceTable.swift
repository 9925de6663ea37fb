import Exact
import Syntax

/// All instances of a theorem, families as products of their lists, with exact parameters.
struct InstanceTable {
    /// More members of one family would be a mistake.
    static let mostMembers = 1000

    private(set) var instances: [Instance] = []
    private(set) var families: [Family] = []
    private(set) var diagnostics: [Diagnostic] = []

    private let names: NameTable
    private let dependencies: Dependencies
    private let replacements: Replacements
    /// The instances, families and members that the replacements are for; nil: all.
    private let selected: [String]?

    init(_ names: NameTable, _ dependencies: Dependencies, replacing replacements: Replacements, on selected: [String]? = nil) {
        self.names = names
        self.dependencies = dependencies
        self.replacements = replacements
        self.selected = selected
        for instance in names.contents.instances {
            do throws(Diagnostic) {
                try add(instance)
            } catch {
                diagnostics.append(error)
            }
        }
    }

    private mutating func add(_ instance: Placed<InstanceSyntax>) throws(Diagnostic) {
        let replaced = replacements(for: instance.value.name.text)
        var lists: [(name: String, values: [Rational])] = []
        for binding in instance.value.bindings {
            guard case .members(let set) = binding.value else { continue }
            // A parameter that is replaced has one value in every member.
            if let value = replaced.value(of: binding.name.text) {
                lists.append((binding.name.text, [value]))
            } else {
                lists.append((binding.name.text, try list(set, binding, instance)))
            }
        }
        let name = instance.value.name.text
        guard instance.value.isFamily else {
            instances.append(try member(instance, id: name, chosen: [:]))
            return
        }
        var count = 1
        for list in lists { count = min(count * list.values.count, Self.mostMembers + 1) }
        guard count <= Self.mostMembers else {
            throw Diagnostic(
                "E0901", "a family of more than \(Self.mostMembers) members is not supported yet", file: fileName(instance),
                span: instance.value.name.span, remedy: "list fewer values, or split the family")
        }
        var combinations: [[Rational]] = [[]]
        for list in lists { combinations = combinations.flatMap { known in list.values.map { known + [$0] } } }
        var members: [String] = []
        var seen: Set<String> = []
        for combination in combinations {
            let chosen = Dictionary(zip(lists.map(\.name), combination), uniquingKeysWith: { first, _ in first })
            let parts = zip(lists, combination).map { "\($0.name)=\($1)" }
            let id = parts.isEmpty ? name : "\(name)[\(parts.joined(separator: ","))]"
            if !seen.insert(id).inserted {
                throw Diagnostic(
                    "E0302", "the family has '\(id)' twice", file: fileName(instance), span: instance.value.name.span,
                    remedy: "list each value once")
            }
            instances.append(try member(instance, id: id, chosen: chosen))
            members.append(id)
        }
        families.append(Family(name: name, members: members, varied: lists.map(\.name)))
    }

    private func replacements(for name: String) -> Replacements {
        let isMeant = selected.map { $0.contains { $0 == name || $0.hasPrefix("\(name)[") } } ?? true
        return isMeant ? replacements : Replacements()
    }

    private func fileName(_ instance: Placed<InstanceSyntax>) -> String {
        names.contents.source(instance.place.file).name
    }

    /// The values of `K in [3, 5, 7]`.
    private func list(
        _ set: ExpressionSyntax, _ binding: BindingSyntax, _ instance: Placed<InstanceSyntax>
    ) throws(Diagnostic) -> [Rational] {
        let values: [Rational]
        do throws(Failure) {
            values = try Elaborator(names: names, dependencies: dependencies).numbers(in: set, Scope(file: instance.place.file))
        } catch {
            throw Diagnostic(
                "E0406", "the list of '\(binding.name.text)' has no exact values: \(error.text)", file: fileName(instance),
                span: binding.name.span, remedy: "list numbers: \(binding.name.text) in [3, 5, 7]")
        }
        if values.isEmpty {
            throw Diagnostic(
                "E0406", "the list of '\(binding.name.text)' is empty", file: fileName(instance), span: binding.name.span,
                remedy: "list numbers: \(binding.name.text) in [3, 5, 7]")
        }
        return values
    }

    private func member(
        _ instance: Placed<InstanceSyntax>, id: String, chosen: [String: Rational]
    ) throws(Diagnostic) -> Instance {
        let replaced = replacements(for: instance.value.name.text)
        let values = ParameterValues(
            names: names, dependencies: dependencies, instance: instance, id: id, chosen: chosen,
            overrides: replaced.parameters)
        let parameters = try values.compute()
        var seed = replaced.seed
        if seed == nil { seed = try self.seed(instance, chosen) }
        var result = Instance(
            id: id, family: instance.value.isFamily ? instance.value.name.text : nil, parameters: parameters, seed: seed)
        result.tables = replaced.tables
        return result
    }

    private func seed(_ instance: Placed<InstanceSyntax>, _ chosen: [String: Rational]) throws(Diagnostic) -> Int? {
        var value = chosen["seed"]
        var span = instance.value.name.span
        for binding in instance.value.bindings where binding.name.text == "seed" {
            span = binding.name.span
            guard case .value(let formula) = binding.value else { continue }
            let elaborator = Elaborator(names: names, dependencies: dependencies)
            value = (try? elaborator.number(formula, Scope(file: instance.place.file))).flatMap(elaborator.exactValue)
            if value == nil { value = Rational(-1) }
        }
        guard let value else { return nil }
        guard let seed = value.asInt, seed >= 0 else {
            throw Diagnostic(
                "E0405", "the seed is an integer from 0 on", file: fileName(instance), span: span,
                remedy: "write seed = 1")
        }
        return seed
    }
}

extension Replacements {
    fileprivate func value(of name: String) -> Rational? {
        name == "seed" ? seed.map { Rational($0) } : parameters[name]
    }
}
