import Foundation
import Testing

/// The blocks of docs/ci.md that a reader types.
private func snippets() throws -> [String] {
    try String(contentsOfFile: "docs/ci.md", encoding: .utf8).matches(of: /(?s)```sh\n(.*?)```/).map { String($0.output.1) }
}

@Test func theSnippetsRun() throws {
    let folder = try TemporaryFolder()
    _ = try folder.add("theorems/logistic.thm", try String(contentsOfFile: "theorems/teaching/logistic.thm", encoding: .utf8))
    let program = URL(fileURLWithPath: Command.executable).deletingLastPathComponent().path
    let all = try snippets()
    #expect(all.count == 2)
    for snippet in all {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-e", "-c", snippet]
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["PATH": "\(program):/usr/bin:/bin", "GITHUB_STEP_SUMMARY": "\(folder.path)/summary.md"]) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(snippet)")
    }
    let made = ["out/junit.xml", "out/flowbound.sarif", "out/report.html", "summary.md", "run.json", "report.html", "report.md", "table.tex", "enclosures.csv"]
    for name in made { #expect(FileManager.default.fileExists(atPath: "\(folder.path)/\(name)"), "\(name)") }
}

@Test func theWorkflowRunsTheSnippet() throws {
    let page = try String(contentsOfFile: "docs/ci.md", encoding: .utf8)
    let command = try #require(try snippets().first?.split(separator: "\n").last.map(String.init))
    #expect(command.hasPrefix("flowbound verify "))
    #expect(page.ranges(of: command).count == 2, "once as a snippet, once in the workflow")
}
