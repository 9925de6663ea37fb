import Bounds
import Syntax

/// What `--only`, `--instance` and `--set` name.
struct Selection {
    let claims: [String]
    let instances: [String]
    let parameters: [String]

    /// `scaling[K = 5]` and `scaling[K=5]` are the same member.
    static func normalized(_ instance: String) -> String {
        instance.filter { !$0.isWhitespace }
    }

    /// One sentence for every name that no theorem has.
    func unknownNames(in theorems: [Theorem]) -> [String] {
        let claimNames = theorems.flatMap(\.claims).flatMap { Self.idsAbove($0.id) }
        let instanceNames = theorems.flatMap { $0.instances.map(\.id) + $0.families.map(\.name) }
        let parameterNames = theorems.flatMap { $0.parameters.map(\.name) + $0.tables.map(\.name) } + ["seed"]
        return Self.unknown(claims, "claim", among: claimNames)
            + Self.unknown(instances.map(Self.normalized), "instance or family", among: instanceNames)
            + Self.unknown(parameters, "parameter", among: parameterNames)
    }

    /// Whether something of the theorem is selected; a name is known as soon as one of several theorems has it.
    func applies(to theorem: Theorem) -> Bool {
        let hasClaim = theorem.claims.contains { claim in
            Self.idsAbove(claim.id).contains(where: claims.contains)
        }
        let names = Set(instances.map(Self.normalized))
        let hasInstance = theorem.instances.contains { names.contains($0.id) } || theorem.families.contains { names.contains($0.name) }
        return (claims.isEmpty || hasClaim) && (instances.isEmpty || hasInstance)
    }

    /// `lem.bal.I` and what selects it: `lem`, `lem.bal`, `lem.bal.I`.
    private static func idsAbove(_ id: String) -> [String] {
        id.indices.filter { id[$0] == "." }.map { String(id[..<$0]) } + [id]
    }

    private static func unknown(_ names: [String], _ noun: String, among known: [String]) -> [String] {
        names.filter { !known.contains($0) }.map { name in
            if let close = closestName(to: name, in: known) {
                return "no \(noun) is called '\(name)'; did you mean '\(close)'?"
            }
            return "no \(noun) is called '\(name)'; 'flowbound list' shows what there is"
        }
    }
}
