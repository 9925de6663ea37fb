import Bounds
import Reports
import Syntax

/// Theorem files read and checked. What is wrong with the others has been told on standard error.
struct LoadedFiles {
    private(set) var theorems: [Theorem] = []
    private(set) var invalid: [InvalidFile] = []
    /// All files that were read, models and tables included where they are known.
    private(set) var paths: [String] = []

    /// - Parameters:
    ///   - instances: the instances, families and members that the overrides are for; none: all.
    ///   - drawing: whether a file without instances gets one that is drawn.
    ///   - warnings: whether to print the warnings of usable files; a report on a theorem has them itself.
    ///   - isStopped: whether the deadline or an interrupt has come; the rest is then read without a look at its numbers.
    init(
        _ arguments: [String], overrides: [Override], on instances: [String] = [], drawing: Bool = false, warnings: Bool,
        isStopped: @escaping () -> Bool = { false }
    ) {
        let files = TheoremFiles(arguments)
        for (argument, reason) in files.missing {
            Console.complain("\(argument): \(reason)")
            invalid.append(InvalidFile(file: argument, messages: [.init(reason, file: argument)]))
        }
        paths = files.paths
        let replacements = Replacements(overrides)
        for path in files.paths {
            do throws(InvalidTheorem) {
                let theorem = try Theorem(
                    path: path, replacing: replacements, on: instances.isEmpty ? nil : instances, drawing: drawing,
                    isStopped: isStopped)
                theorems.append(theorem)
                paths += theorem.files.keys.sorted()
                if warnings { theorem.warnings.forEach { Self.show($0, sources: [:]) } }
            } catch {
                reject(path, error)
            }
        }
    }

    private mutating func reject(_ path: String, _ error: InvalidTheorem) {
        error.diagnostics.forEach { Self.show($0, sources: error.sources) }
        let messages = error.diagnostics.map { InvalidFile.Message($0, source: error.sources[$0.file]) }
        invalid.append(InvalidFile(file: path, messages: messages))
    }

    private static func show(_ diagnostic: Diagnostic, sources: [String: SourceFile]) {
        if let source = sources[diagnostic.file] {
            Console.note(source.render(diagnostic) + "\n")
        } else if case .success(let source) = SourceFile.read(path: diagnostic.file) {
            Console.note(source.render(diagnostic) + "\n")
        } else {
            let remedy = diagnostic.remedy.map { "  = \($0)\n" } ?? ""
            Console.note("\(diagnostic.file): \(diagnostic.severity) \(diagnostic.id): \(diagnostic.message)\n\(remedy)")
        }
    }
}
