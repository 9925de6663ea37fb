import ArgumentParser
import Foundation
import Reports

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Write reports from a saved run; nothing is run.",
        discussion: """
            The run is a document of 'flowbound verify --json'. With --plots it holds what plots are drawn from:

              flowbound verify theorems --json --plots > run.json
              flowbound report run.json --html run.html

            Exit status: 0 the files are written, whatever the verdicts; 3 the document cannot be read, 64 wrong usage, \
            70 a file could not be written.
            """)

    @Argument(help: ArgumentHelp("The saved document.", valueName: "run.json"), completion: .file(extensions: ["json"]))
    var document: String

    @OptionGroup(title: "Reports")
    var reports: ReportOptions

    func validate() throws {
        let asked = [reports.html, reports.markdown, reports.latex, reports.csv, reports.junit, reports.sarif]
        if asked.allSatisfy({ $0 == nil }) {
            throw ValidationError("Give a report to write: --html, --markdown, --latex, --csv, --junit or --sarif, with a file.")
        }
    }

    func run() async throws {
        let files: ReportFiles
        do throws(OutputFile.Problem) {
            files = try reports.files(sparing: [document])
        } catch {
            Console.complain(error.message)
            throw ExitCode(ExitStatus.usage)
        }
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(fileURLWithPath: document))
        } catch {
            Console.complain("cannot read '\(document)': \(Self.reason(document))")
            throw ExitCode(ExitStatus.invalid)
        }
        let run: RunDocument
        do throws(InvalidDocument) {
            run = try RunDocument(reading: bytes)
        } catch {
            Console.complain("cannot use '\(document)': \(error.reason)")
            throw ExitCode(ExitStatus.invalid)
        }
        throw ExitCode(files.write(run) ? ExitStatus.asExpected : ExitStatus.fault)
    }

    private static func reason(_ path: String) -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return "there is no such file" }
        return isFolder.boolValue ? "it is a directory" : "it is not readable"
    }
}
