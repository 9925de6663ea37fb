import ArgumentParser
import Reports

struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List theorems with their claims, instances and families; nothing is run.")

    @Argument(help: "Theorem files, or folders: all theorems below them.", completion: Completion.theorems)
    var files: [String]

    @Flag(help: "Write one JSON document instead of text.")
    var json = false

    func run() async throws {
        let loaded = LoadedFiles(files, overrides: [], warnings: true)
        if json {
            Console.write(jsonList(of: loaded.theorems, invalid: loaded.invalid).serialized())
        } else {
            let style = Console.style(verbose: false)
            Console.write(loaded.theorems.map { terminalList(of: $0, style: style) }.joined(separator: "\n"))
        }
        throw ExitCode(loaded.invalid.isEmpty ? ExitStatus.asExpected : ExitStatus.invalid)
    }
}
