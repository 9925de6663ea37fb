import ArgumentParser
import Bounds
import Checker
import Exact
import Foundation
import Properties
import Reports

struct TestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Decide the claims on instances drawn from the ranges of the parameters.",
        discussion: """
            Every draw is an instance that the file could have: its parameters meet their 'where', and it is rejected if \
            an 'assume' is certainly false. Every case is decided as by 'verify'. A claim that is refuted on a case \
            fails, unless the file expects it to be refuted on all of its instances; the report has a command that \
            repeats the case.

            Values are exact. A parameter is drawn from its range, and around the values of the file's instances where \
            that is unbounded. Draws are simulated in plain doubles first, which decides nothing: those on which a claim \
            looks false come first. Then the smallest come; half of the cases are drawn near those with the smallest \
            margins and the largest constants, and are those that look tightest. The draws depend on the file, --seed and \
            --cases alone.

              flowbound test theorems/teaching/descent.thm --cases 30
              flowbound test FILE --budget 2m --shrink
              flowbound test FILE --baseline FILE.json

            Exit status: 0 no counterexample, 1 a claim is refuted, or worse than in the baseline, 2 undecided, or \
            nothing was tested, 3 a file is invalid, 64 wrong usage, 70 an error in Flowbound, 130 interrupted.
            """)

    @Argument(help: "Theorem files, or folders: all theorems below them.", completion: Completion.theorems)
    var files: [String]

    @Option(help: ArgumentHelp("The seed of the draws.", valueName: "n"))
    var seed = 1

    @Option(help: ArgumentHelp("How many instances of each theorem to decide.", valueName: "n"))
    var cases = 100

    @Option(
        help: ArgumentHelp(
            "Time for the whole command: 30, 30s, 1h; 5m if not given. One case takes a fifth of it at most.",
            valueName: "time"))
    var budget: TimeLimit?

    @Option(
        name: .customLong("only"),
        help: ArgumentHelp("Decide this claim and those below it; may be repeated.", valueName: "claim"),
        completion: Completion.claims)
    var claims: [String] = []

    @Option(
        name: .customLong("except"),
        help: ArgumentHelp("Leave out this claim and those below it; may be repeated.", valueName: "claim"),
        completion: Completion.claims)
    var exceptions: [String] = []

    @Flag(help: "Make every refuted claim as simple as possible, and write it as a theorem file of its own.")
    var shrink = false

    @Option(
        help: ArgumentHelp("Where --shrink writes its files; the current folder if not given.", valueName: "folder"),
        completion: .directory)
    var into: String?

    @Option(
        help: ArgumentHelp(
            "Compare margins and constants with this file; record them if there is none.", valueName: "file"),
        completion: .file(extensions: ["json"]))
    var baseline: String?

    @Option(
        help: ArgumentHelp("How much worse than in the baseline is accepted; 5% if not given.", valueName: "percent"))
    var tolerance: Percentage?

    @Option(help: ArgumentHelp("How many instances to run at the same time.", valueName: "n"))
    var jobs = 2

    @Flag(help: "Write one JSON document (docs/test-schema.json) instead of the report.")
    var json = false

    private static let defaultBudget = 300.0

    func validate() throws {
        if !(1...100_000).contains(cases) { throw ValidationError("--cases takes a number from 1 to 100000.") }
        if !(1...1024).contains(jobs) { throw ValidationError("--jobs takes a number from 1 to 1024.") }
        if seed < 0 { throw ValidationError("--seed takes an integer from 0 on.") }
        if into != nil && !shrink { throw ValidationError("--into goes with --shrink.") }
        if tolerance != nil && baseline == nil { throw ValidationError("--tolerance goes with --baseline.") }
    }

    func run() async throws {
        let limit = Deadline(seconds: budget?.seconds ?? Self.defaultBudget)
        let interrupt = Interrupt()
        let loaded = LoadedFiles(files, overrides: [], drawing: true, warnings: true)
        let selection = Selection(claims: claims + exceptions, instances: [], parameters: [])
        let unknown = loaded.theorems.isEmpty ? [] : selection.unknownNames(in: loaded.theorems)
        for message in unknown { Console.complain(message) }
        if !unknown.isEmpty { throw ExitCode(loaded.invalid.isEmpty ? ExitStatus.usage : ExitStatus.invalid) }
        let chosen = Selection(claims: claims, instances: [], parameters: [])
        let theorems = loaded.theorems.filter(chosen.applies)
        let record = try baseline.map { try BaselineFile($0, theorems) }
        let folder = try shrink ? CounterexampleFolder(into ?? ".") : nil

        let comparison = try record?.compare(tolerance?.value ?? Percentage.usual, limit, interrupt.cancellation)
        var results: [TestResult] = []
        var counterexamples: [(shrunk: ShrunkCounterexample, file: String?)] = []
        var isWritten = true
        for theorem in theorems where !interrupt.isRequested {
            let result = await tested(theorem, limit, interrupt)
            results.append(result)
            for (tally, testCase) in result.smallestFailures where folder != nil && !interrupt.isRequested {
                guard let shrunk = shrunk(tally, testCase, theorem, limit, interrupt) else { continue }
                let file = folder?.write(shrunk, of: theorem)
                isWritten = isWritten && file != nil
                counterexamples.append((shrunk, file))
                if !json, let file {
                    Console.write(terminalReport(of: shrunk, file: file, style: Console.style(verbose: false)) + "\n")
                }
            }
        }
        if let result = results.first, let record, !interrupt.isRequested {
            isWritten = record.write(result) && isWritten
        }
        let status =
            interrupt.isRequested
            ? ExitStatus.interrupted : exitStatus(of: results, comparison: comparison, invalid: !loaded.invalid.isEmpty)
        interrupt.end()
        Console.write(
            json
                ? jsonDocument(
                    of: results, counterexamples: counterexamples, comparison: comparison, invalid: loaded.invalid,
                    exitStatus: status
                ).serialized()
                : terminalSummary(
                    of: results, comparison: comparison, invalid: loaded.invalid, style: Console.style(verbose: false)))
        throw ExitCode(isWritten ? status : ExitStatus.fault)
    }

    private func tested(_ theorem: Theorem, _ limit: Deadline, _ interrupt: Interrupt) async -> TestResult {
        let line = ProgressLine()
        var options = TestOptions()
        options.seed = seed
        options.cases = cases
        options.jobs = jobs
        options.only = claims.isEmpty ? nil : claims
        options.except = exceptions
        options.budget = limit.remaining
        let result = await test(
            theorem, options: options, cancellation: interrupt.cancellation, progress: { line.show($0) })
        line.clear()
        if !json {
            let report = terminalReport(
                of: result, replay: Self.replay(of: theorem), style: Console.style(verbose: false))
            Console.write(report + "\n")
        }
        return result
    }

    /// A counterexample is worth a minute even if the budget is used up.
    private func shrunk(
        _ tally: ClaimTally, _ testCase: TestCase, _ theorem: Theorem, _ limit: Deadline, _ interrupt: Interrupt
    ) -> ShrunkCounterexample? {
        do throws(ShrinkingFailure) {
            return try Properties.shrink(
                tally.claim, on: testCase.candidate, of: theorem, seconds: max(60, limit.remaining ?? 60),
                cancellation: interrupt.cancellation)
        } catch {
            Console.complain(error.reason)
            return nil
        }
    }

    private static func replay(of theorem: Theorem) -> (TestCase, String) -> String {
        { shellCommand(["flowbound", "verify", theorem.file] + theorem.replay($0.candidate, only: $1)) }
    }
}

/// `5%`, `0.05`: an exact fraction.
struct Percentage: ExpressibleByArgument {
    static let usual = Rational(1, 20)

    let value: Rational

    init?(argument: String) {
        let isPercent = argument.hasSuffix("%")
        guard let number = Rational(parsing: isPercent ? String(argument.dropLast()) : argument), !number.isNegative
        else { return nil }
        value = isPercent ? number / 100 : number
    }
}
