import ArgumentParser
import Bounds
import Reports
import Syntax

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Explain a message, a verdict, a claim or a theorem; nothing is run.",
        discussion: """
            Of a message: what it means, an example that has it, and what to do. Of a claim: the paper's wording and where \
            it comes from, what is checked, what the verdicts would mean, and what is expected on which instance.

              flowbound explain E0301
              flowbound explain undecided
              flowbound explain rate theorems/teaching/logistic.thm
              flowbound explain theorems/teaching/logistic.thm

            Words are the verdicts, the forms of claims (always, identity, ...), the obstacles of an undecided claim \
            (precision, notReached, ...) and the provenances (stated, ...). Without files, claims and theorems are looked \
            for in the current folder and below its folder 'theorems'.

            Exit status: 0 explained, 3 a file is invalid, 64 nothing has this name.
            """)

    @Argument(
        help: ArgumentHelp("The id of a message, a claim or a theorem; a word; or a theorem file.", valueName: "what"),
        completion: Completion.explainable)
    var what: String

    @Argument(
        help: ArgumentHelp("Where the claim or the theorem is: files or folders.", valueName: "files"),
        completion: Completion.theorems)
    var files: [String] = []

    func run() async throws {
        let style = Console.style(verbose: false)
        // With files a claim may be called like a word of the language.
        if files.isEmpty, let text = explanation(ofWord: what, style: style) { return Console.write(text) }
        if files.isEmpty, what.hasSuffix(".thm") {
            return Console.write(try load(what).map { explanation(of: $0, style: style) }.joined(separator: "\n"))
        }
        let index = try TheoremIndex(files)
        let found = try index.files(with: what).flatMap(load)
        let pages = found.map { theorem in
            explanation(ofClaim: what, in: theorem, style: style) ?? explanation(of: theorem, style: style)
        }
        if !pages.isEmpty { return Console.write(pages.joined(separator: "\n")) }
        if let text = explanation(ofWord: what, style: style) { return Console.write(text) }
        if what.wholeMatch(of: /[EeWw][0-9]+/) != nil {
            Console.complain("no message has the id '\(what)'; docs/language.md has a table of all messages")
            throw ExitCode(ExitStatus.usage)
        }
        if !files.isEmpty { for file in index.broken { _ = try load(file) } }
        Console.complain("nothing is called '\(what)'; \(suggestion(index))")
        throw ExitCode(ExitStatus.usage)
    }

    /// The theorem; its mistakes are told.
    private func load(_ file: String) throws -> [Theorem] {
        let loaded = LoadedFiles([file], overrides: [], warnings: false)
        if !loaded.invalid.isEmpty { throw ExitCode(ExitStatus.invalid) }
        return loaded.theorems
    }

    private func suggestion(_ index: TheoremIndex) -> String {
        if let close = closestName(to: what, in: index.names) ?? closestName(to: what, in: explainableWords) {
            return "did you mean '\(close)'?"
        }
        let place =
            files.isEmpty
            ? "for a claim name its file: flowbound explain \(what) FILE" : "'flowbound list' shows the claims"
        return "\(place); 'flowbound help explain' says what can be explained"
    }
}
