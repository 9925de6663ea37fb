import Foundation
import Testing

private let decay = """
    theorem t.decay "Exponential decay"
    parameter a : real where a > 0
    state x = 1
    flow x' = -a*x
    stop at 2
    event half = first t where x <= 1/2
    claim down "x decreases"         : decreasing x
    claim up   "x stays above one"   : always x >= 1
    claim c    "x is O(exp(-a t))"   : always x <= C*exp(-a*t) for some C where C <= 2
    instance slow a = 1/2
    instance fast a = 2
    expect up refuted
    """

private func file(_ folder: TemporaryFolder, _ text: String = decay) throws -> String { try folder.add("decay.thm", text) }

private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

private func names(_ folder: TemporaryFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
}

@Test func allReportsAtOnce() throws {
    let folder = try TemporaryFolder()
    let path = try file(folder)
    let kinds = ["html", "markdown", "latex", "csv", "junit", "sarif"]
    let options = kinds.flatMap { ["--\($0)", "\(folder.path)/out.\($0)"] }
    let command = try Command.run(["verify", path, "--json"] + options)
    #expect(command.status == 0, "\(command.errors)")
    #expect(try names(folder) == ["decay.thm"] + kinds.map { "out.\($0)" }.sorted(), "nothing is left behind")
    let saved = try folder.add("run.json", command.output)
    let again = kinds.flatMap { ["--\($0)", "\(folder.path)/again.\($0)"] }
    #expect(try Command.run(["report", saved] + again).status == 0)
    for kind in kinds { #expect(try text("\(folder.path)/out.\(kind)") == text("\(folder.path)/again.\(kind)"), "\(kind)") }
    #expect(try text("\(folder.path)/out.html").contains("<svg"))
    #expect(try text("\(folder.path)/out.csv").split(separator: "\n").count > 500)
}

@Test func enclosuresAreTakenOnlyWhenAsked() throws {
    let folder = try TemporaryFolder()
    let path = try file(folder)
    #expect(try Command.run(["verify", path, "--json"]).output.contains("\"series\": []"))
    let plotted = try Command.run(["verify", path, "--json", "--plots"])
    #expect(plotted.output.contains("\"samples\": [\n"), "\(plotted.errors)")
    #expect(try Command.run(["verify", path, "--plots"]).status == 64)
}

/// Every sampled enclosure of x = exp(-t/2) contains the value, as 30 digits of it show.
@Test func sampledEnclosuresContainTheSolution() throws {
    let folder = try TemporaryFolder()
    let csv = "\(folder.path)/x.csv"
    #expect(try Command.run(["verify", try file(folder), "--instance", "slow", "--only", "down", "--csv", csv]).status == 0)
    let rows = try text(csv).split(separator: "\n").dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    #expect(rows.count > 100 && rows.allSatisfy { $0[4] == "left" })
    for row in rows.enumerated().filter({ $0.offset % 10 == 0 }).map(\.element) {
        let reference = try Command.run(["evaluate", "exp(-t/2)", "--with", "t=\(row[5])", "--bits", "100", "--json"])
        let ends = reference.output.matches(of: /"(?:lo|hi)": "([^"]+)"/).map { String($0.output.1) }
        let (low, high) = try (#require(Decimal(string: row[6])), #require(Decimal(string: row[7])))
        let (a, b) = try (#require(Decimal(string: ends[0])), #require(Decimal(string: ends[1])))
        #expect(low <= b && a <= high, "t = \(row[5]): [\(low), \(high)] and [\(a), \(b)]")
        #expect(high - low < Decimal(string: "1e-9")!, "t = \(row[5])")
    }
}

@Test func whatCannotBeWrittenIsSaidBeforeTheRun() throws {
    let folder = try TemporaryFolder()
    let path = try file(folder)
    let table = [
        ("\(folder.path)/none/out.xml", "No such file or directory"), (folder.path, "it is a directory"), ("-", "/dev/stdout"),
        (path, "it is read as"), ("\(path)/out.xml", "Not a directory"), ("", "it has no name"),
        ("\(folder.path)/\(String(repeating: "x", count: 300))", "File name too long"),
    ]
    for (target, reason) in table {
        let command = try Command.run(["verify", path, "--junit", target])
        #expect(command.status == 64, "\(target)")
        #expect(command.errors.contains("cannot write '\(target)'") && command.errors.contains(reason), "\(command.errors)")
        #expect(command.output == "", "\(target)")
    }
    let twice = try Command.run(["verify", path, "--junit", "\(folder.path)/a", "--html", "\(folder.path)/./a"])
    #expect(twice.status == 64 && twice.errors.contains("given twice"), "\(twice.errors)")
    #expect(try text(path) == decay)
    #expect(try names(folder) == ["decay.thm"])
}

@Test func verdictsAreToldThoughAReportCannotBeWritten() throws {
    let full = "/dev/full"
    guard FileManager.default.fileExists(atPath: full) else { return }
    let folder = try TemporaryFolder()
    let command = try Command.run(["verify", try file(folder), "--sarif", full, "--junit", "\(folder.path)/out.xml"])
    #expect(command.status == 70)
    #expect(command.output.contains("All as expected.") && command.errors.contains("cannot write '/dev/full'"), "\(command.errors)")
    #expect(try text("\(folder.path)/out.xml").contains("</testsuites>"), "the other report is written")
}

@Test func aReplacedFileKeepsItsPermissionsAndALinkItsTarget() throws {
    let folder = try TemporaryFolder()
    let path = try file(folder)
    let old = try folder.add("old.xml", "old")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: old)
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/link.xml", withDestinationPath: "old.xml")
    #expect(try Command.run(["verify", path, "--junit", "\(folder.path)/link.xml"]).status == 0)
    let mode = try FileManager.default.attributesOfItem(atPath: old)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(try text(old).contains("</testsuites>"))
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder.path)/link.xml") == "old.xml")
}

@Test func standardOutputIsAFileToo() throws {
    let folder = try TemporaryFolder()
    let saved = try folder.add("run.json", try Command.run(["verify", try file(folder), "--json"]).output)
    let command = try Command.run(["report", saved, "--markdown", "/dev/stdout"])
    #expect(command.status == 0 && command.output.hasPrefix("# Flowbound"), "\(command.errors)")
}

@Test func errorsOfTheFileAreInEveryFormat() throws {
    let folder = try TemporaryFolder()
    let path = try folder.add("broken.thm", "theorem a.broken \"x\"\nstate x = los\n")
    let out = "\(folder.path)/out"
    let command = try Command.run(["verify", path, "--github", "--junit", out + ".xml", "--sarif", out + ".sarif", "--html", out + ".html"])
    #expect(command.status == 3)
    #expect(command.output.contains(",line=2,col=11,title=E0301::unknown name 'los'"), "\(command.output)")
    #expect(try text(out + ".xml").contains("<error type=\"E0301\""))
    #expect(try text(out + ".sarif").contains("\"startColumn\": 11"))
    #expect(try text(out + ".html").contains("E0301"))
}

@Test func annotationsNameFilesFromTheTopOfTheRepository() throws {
    let folder = try TemporaryFolder()
    let path = try file(folder, decay.replacingOccurrences(of: "expect up refuted", with: ""))
    let summary = try folder.add("summary.md", "before\n")
    let command = try Command.run(
        ["verify", path, "--github"], environment: ["GITHUB_WORKSPACE": folder.path, "GITHUB_STEP_SUMMARY": summary])
    #expect(command.status == 1)
    #expect(command.output.contains("\n::error file=decay.thm,line=8,col=1,title=up on slow%3A refuted::refuted: "), "\(command.output)")
    #expect(try text(summary).hasPrefix("before\n# Flowbound\n"))
    let hidden = try Command.run(["verify", path, "--github"], environment: ["GITHUB_STEP_SUMMARY": "\(folder.path)/none/x"])
    #expect(hidden.status == 64 && hidden.output == "", "\(hidden.errors)")
}

@Test func withADocumentOnStandardOutputAnnotationsGoBesideIt() throws {
    let folder = try TemporaryFolder()
    let path = try file(folder, decay.replacingOccurrences(of: "expect up refuted", with: ""))
    let command = try Command.run(["verify", path, "--github", "--json"], environment: ["GITHUB_STEP_SUMMARY": ""])
    #expect(try JSONSerialization.jsonObject(with: Data(command.output.utf8)) is [String: Any])
    #expect(command.errors.contains("::error file="), "\(command.errors)")
}

@Test func interruptedRunsWriteTheirReports() throws {
    let folder = try TemporaryFolder()
    let long = """
        theorem t.circle "A run that takes longer than anybody waits"
        state x = 1
        state y = 0
        flow x' = y
        flow y' = -x
        stop at 10^9
        claim bounded "the orbit stays in a disc" : always x^2 + y^2 <= 2
        instance only
        """
    let out = "\(folder.path)/out.xml"
    let command = try Command.run(["verify", try folder.add("circle.thm", long), "--junit", out, "--html", out + ".html"], interruptAfter: 2)
    #expect(command.status == 130, "\(command.errors)")
    #expect(try text(out).contains("type=\"interrupted\"") && text(out + ".html").contains("</html>"))
    #expect(try names(folder) == ["circle.thm", "out.xml", "out.xml.html"])
}

@Test(arguments: [
    ("{\"schema\": 7, \"tool\": \"flowbound\"}", "version 7"), ("{\"schema\": 1, \"tool\": \"flow", "only the beginning of one"),
])
func aDocumentThatCannotBeReadIs3(document: String, reason: String) throws {
    let folder = try TemporaryFolder()
    let saved = try folder.add("run.json", document)
    let command = try Command.run(["report", saved, "--html", "\(folder.path)/out.html"])
    #expect(command.status == 3 && command.errors.contains("cannot use '\(saved)'") && command.errors.contains(reason), "\(command.errors)")
    #expect(try names(folder) == ["run.json"])
}

@Test func reportsNeedADocumentAndAnOutput() throws {
    let folder = try TemporaryFolder()
    #expect(try Command.run(["report", "\(folder.path)/none.json", "--html", "\(folder.path)/x"]).status == 3)
    #expect(try Command.run(["report", folder.path, "--html", "\(folder.path)/x"]).status == 3)
    #expect(try Command.run(["report", "\(folder.path)/none.json"]).status == 64)
}

@Test func everyOptionIsInTheHelp() throws {
    let help = try Command.run(["verify", "--help"]).output
    for option in ["html", "markdown", "latex", "csv", "junit", "sarif", "github", "plots", "json"] {
        #expect(help.contains("--\(option)"), "\(option)")
    }
}
