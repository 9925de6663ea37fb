import ArgumentParser
import Foundation
import Properties
import Reports

struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Write a theorem file to start from.",
        discussion: """
            The file verifies as it stands, and its comments say what each statement does: change it line by line. No \
            file is written over.

            The templates are:

              flow     \(TheoremTemplate.flow.summary)
              descent  \(TheoremTemplate.descent.summary)
              map      \(TheoremTemplate.map.summary)
              check    \(TheoremTemplate.check.summary)

            Exit status: 0 the file is written, 64 wrong usage, or the file exists, 70 it could not be written.
            """)

    @Argument(
        help: ArgumentHelp("The file to write; its ending is .thm.", valueName: "file"),
        completion: Completion.theorems)
    var file = "theorem.thm"

    @Option(help: ArgumentHelp("What the theorem is about: flow, descent, map or check.", valueName: "name"))
    var template = TheoremTemplate.flow

    func validate() throws {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: file, isDirectory: &isFolder)
        if file.isEmpty || file == "-" { throw ValidationError("Give a file name, as theorem.thm.") }
        if isFolder.boolValue || file.hasSuffix("/") {
            throw ValidationError("'\(file)' is a folder; name a file in it, as \(file)\(file.hasSuffix("/") ? "" : "/")theorem.thm.")
        }
        // With the ending added it would be another file beside this one.
        if exists { throw ValidationError("'\(file)' exists already; give another name, or move it away.") }
    }

    func run() async throws {
        let path = file.hasSuffix(".thm") ? file : file + ".thm"
        do throws(OutputFile.Problem) {
            try OutputFile.create(path, template.text)
        } catch {
            Console.complain(error.message)
            throw ExitCode(FileManager.default.fileExists(atPath: path) ? ExitStatus.usage : ExitStatus.fault)
        }
        Console.write(
            """
            Wrote \(path). Next:

              \(shellCommand(["flowbound", "verify", path]))
              \(shellCommand(["flowbound", "test", path]))

            """)
    }
}

extension TheoremTemplate: ExpressibleByArgument {}
