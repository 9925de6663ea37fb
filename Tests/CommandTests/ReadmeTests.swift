import Foundation
import Testing

/// The theorem file that the README shows.
private func example() throws -> String {
    let lines = try String(contentsOfFile: "README.md", encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0.hasPrefix("    theorem ") })
    let block = lines[start...].prefix { $0.hasPrefix("    ") || $0.isEmpty }
    return block.map { String($0.dropFirst(4)) }.joined(separator: "\n")
}

@Test func theFilesThatTheReadmeNamesExist() throws {
    let text = try String(contentsOfFile: "README.md", encoding: .utf8)
    let links = text.matches(of: /\]\((?<path>[^):]+)\)/).map { String($0.output.path) }
    let paths = links + ["scripts/verify-example", "scripts/test", ".ci/run", "docs/schema.json", "docs/architecture.md"]
    for path in paths {
        #expect(FileManager.default.fileExists(atPath: path), "\(path)")
    }
}

@Test func theReadmesExampleIsAllProved() throws {
    let folder = try TemporaryFolder()
    let file = try folder.add("logistic.thm", try example())
    let list = try Command.run(["list", file])
    #expect(list.status == 0, "\(list.errors)")
    let command = try Command.run(["verify", file])
    #expect(command.status == 0, "\(command.output)\(command.errors)")
    #expect(command.output.contains("C = ["), "\(command.output)")
}
