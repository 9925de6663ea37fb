import Bounds
import Exact

extension Theorem {
    /// The arguments of `flowbound verify` that decide the claim on the candidate, without the file.
    public func replay(_ candidate: Candidate, only claim: String?) -> [String] {
        let (base, instance) = (candidate.base, candidate.instance)
        let varied = Set(families.first { $0.name == base.family }?.varied ?? [])
        let changed = instance.parameters.filter { varied.contains($0.name) || base.value(of: $0.name) != $0.value }
        var set = changed
        let replacements = Replacements(
            parameters: Dictionary(changed.map { ($0.name, $0.value) }) { first, _ in first })
        // What the instance gives by formulas is computed anew, and may come out otherwise.
        let again = try? self.instance(like: base, replacing: replacements, id: instance.id)
        if again?.parameters != instance.parameters { set = instance.parameters }
        var arguments = ["--instance", base.family ?? base.id]
        for parameter in set { arguments += ["--set", "\(parameter.name)=\(parameter.value)"] }
        if let seed = instance.seed, seed != base.seed || varied.contains("seed") {
            arguments += ["--set", "seed=\(seed)"]
        }
        let data = data(of: base)
        for (name, table) in instance.tables.sorted(by: { $0.key < $1.key }) where data[name] != table {
            arguments += ["--set", "\(name)=\(table)"]
        }
        if let claim { arguments += ["--only", claim] }
        return arguments
    }
}

/// A command as one types it into a shell.
public func shellCommand(_ words: [String]) -> String {
    words.map { word in
        let isPlain =
            !word.isEmpty && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_=./,+:".contains($0)) }
        return isPlain
            ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }.joined(separator: " ")
}

extension Instance {
    /// `K = 4, eps = 1/50, seed = 3`: what it is, on one line. A long table is cut.
    public var summary: String {
        var parts = parameters.map { "\($0.name) = \($0.value)" }
        if let seed { parts.append("seed = \(seed)") }
        for (name, table) in tables.sorted(by: { $0.key < $1.key }) {
            let text = table.description
            parts.append("\(name) = \(text.count <= 60 ? text : "\(text.prefix(57))...")")
        }
        return parts.isEmpty ? "the only instance" : parts.joined(separator: ", ")
    }
}
