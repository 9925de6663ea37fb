import Foundation

/// The edges of the package as `Package.swift` declares them and as docs/architecture.md allows them. The tests run in the
/// package's folder.
enum Manifest {
    typealias Edges = [String: Set<String>]

    /// The targets but for tests, with their dependencies.
    static func declared() throws -> Edges {
        let text = try String(contentsOfFile: "Package.swift", encoding: .utf8)
        let target = /\.(?:systemLibrary|target|executableTarget|plugin|macro)\(\s*name:\s*"(?<name>[^"]+)"(?<rest>(?:[^()]|\([^()]*(?:\([^()]*\)[^()]*)*\))*)\)/
        let list = /dependencies:\s*\[(?<items>(?:[^\[\]])*)\]/
        let product = /\.product\(\s*name:\s*"([^"]+)"[^)]*\)/
        var edges: Edges = [:]
        for match in text.matches(of: target) {
            let items = String(match.output.rest.firstMatch(of: list)?.output.items ?? "")
            let products = items.matches(of: product).map { String($0.output.1) }
            let targets = items.replacing(product, with: "").matches(of: /"([^"]+)"/).map { String($0.output.1) }
            edges[String(match.output.name)] = Set(products + targets)
        }
        return edges
    }

    /// The table of layers: first and last column.
    static func allowed() throws -> Edges {
        let text = try String(contentsOfFile: "docs/architecture.md", encoding: .utf8)
        var edges: Edges = [:]
        for line in text.split(separator: "\n") where line.hasPrefix("| ") && !line.hasPrefix("| target ") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 5 else { continue }
            edges[cells[1]] = Set(cells[3].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
        }
        return edges
    }
}

/// All files with one of the endings below a folder, as paths from the package's folder.
func files(below folder: String, endings: Set<String>) -> [String] {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.filter { endings.contains(($0 as NSString).pathExtension) }.sorted().map { "\(folder)/\($0)" }
}

func contents(of path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
}
