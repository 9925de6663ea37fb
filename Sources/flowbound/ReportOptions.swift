import ArgumentParser
import Foundation
import Reports

/// The files that `verify` and `report` write.
struct ReportOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Write a page with plots: one file, to be read in a browser.", valueName: "file"),
        completion: .file(extensions: ["html"]))
    var html: String?

    @Option(
        help: ArgumentHelp("Write the verdicts as Markdown.", valueName: "file"),
        completion: .file(extensions: ["md"]))
    var markdown: String?

    @Option(
        help: ArgumentHelp("Write the verdicts as LaTeX tables.", valueName: "file"),
        completion: .file(extensions: ["tex"]))
    var latex: String?

    @Option(
        help: ArgumentHelp("Write the enclosures of both sides of the claims over time.", valueName: "file"),
        completion: .file(extensions: ["csv"]))
    var csv: String?

    @Option(
        help: ArgumentHelp("Write JUnit XML: a test case per obligation.", valueName: "file"),
        completion: .file(extensions: ["xml"]))
    var junit: String?

    @Option(
        help: ArgumentHelp("Write SARIF 2.1.0: what code scanning shows.", valueName: "file"),
        completion: .file(extensions: ["sarif"]))
    var sarif: String?

    /// Whether something is asked for that needs enclosures over time.
    var needsPlots: Bool { html != nil || csv != nil }

    /// The files asked for, all of them checked. `inputs`: files that must not be written over.
    func files(sparing inputs: [String]) throws(OutputFile.Problem) -> ReportFiles {
        let asked: [(path: String?, write: ReportFiles.Writer)] = [
            (html, { htmlReport(of: $0) }), (markdown, { markdownReport(of: $0) }), (latex, { latexTables(of: $0) }),
            (csv, { csvTable(of: $0) }), (junit, { junitDocument(of: $0) }), (sarif, { sarifDocument(of: $0).serialized() }),
        ]
        var files = ReportFiles()
        for case (let path?, let write) in asked {
            let file = try OutputFile(path)
            if let input = inputs.first(where: { Self.isSame($0, file.target) }) {
                throw OutputFile.Problem(path, "it is read as '\(input)'")
            }
            if let other = files.all.first(where: { Self.isSame($0.file.target, file.target) }), !file.target.hasPrefix("/dev/") {
                throw OutputFile.Problem(path, "it is given twice, as '\(other.file.path)'")
            }
            files.all.append((file, write))
        }
        return files
    }

    private static func isSame(_ a: String, _ b: String) -> Bool {
        var (first, second) = (stat(), stat())
        if stat(a, &first) == 0, stat(b, &second) == 0 {
            return first.st_dev == second.st_dev && first.st_ino == second.st_ino
        }
        return URL(fileURLWithPath: a).standardizedFileURL.path == URL(fileURLWithPath: b).standardizedFileURL.path
    }
}

/// Files to be written when the run is over.
struct ReportFiles {
    typealias Writer = (RunDocument) -> String

    fileprivate(set) var all: [(file: OutputFile, write: Writer)] = []

    /// Writes all files that can be written; complains about the others. Returns whether all were.
    func write(_ document: RunDocument) -> Bool {
        var isComplete = true
        for (file, write) in all {
            do throws(OutputFile.Problem) {
                try file.write(write(document))
            } catch {
                Console.complain(error.message)
                isComplete = false
            }
        }
        return isComplete
    }
}
