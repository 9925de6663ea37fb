import ArgumentParser
import Bounds
import Checker
import Reports

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Decide the claims of theorem files and report on them.")

    @Argument(help: "Theorem files, or folders: all theorems below them.", completion: Completion.theorems)
    var files: [String]

    @Option(
        name: .customLong("only"), help: ArgumentHelp("Decide this claim and those below it; may be repeated.", valueName: "claim"),
        completion: Completion.claims)
    var claims: [String] = []

    @Option(
        name: .customLong("instance"), help: ArgumentHelp("Run this instance or family; may be repeated.", valueName: "name"),
        completion: Completion.instances)
    var instances: [String] = []

    @Option(
        name: .customLong("set"), help: ArgumentHelp("Replace a parameter, the seed or a table in the instances that run: K=20, eps=1/100, seed=3, 'X=[[1, 2], [3, 4]]'.", valueName: "name=value"),
        completion: Completion.parameters)
    var overrides: [Override] = []

    @Option(help: ArgumentHelp("Use this precision only, instead of more bits as needed.", valueName: "n"))
    var bits: Int?

    @Option(help: ArgumentHelp("How many instances to run at the same time.", valueName: "n"))
    var jobs: Int?

    @Option(help: ArgumentHelp("Stop after this time: 30, 30s, 5m, 1h. What is left is undecided.", valueName: "time"))
    var timeout: TimeLimit?

    @Option(
        help: ArgumentHelp("Write one JSON line per step of every flow to this file: step, radius, defect, growth.", valueName: "file"),
        completion: .file(extensions: ["jsonl"]))
    var trace: String?

    @Flag(help: "Write one JSON document (docs/schema.json) instead of the report.")
    var json = false

    @Flag(help: "With --json: also both sides of the claims over time, for 'flowbound report'.")
    var plots = false

    @Flag(help: "Write annotations for GitHub Actions, and the summary of the step.")
    var github = false

    @OptionGroup(title: "Reports")
    var reports: ReportOptions

    @OptionGroup(title: "Search")
    var search: SearchOptions

    @Flag(help: "One row per obligation, more digits, and every precision that was tried.")
    var verbose = false

    func validate() throws {
        if let bits, !(24...1_000_000).contains(bits) {
            throw ValidationError("--bits takes a number from 24 to 1000000.")
        }
        if let jobs, !(1...1024).contains(jobs) {
            throw ValidationError("--jobs takes a number from 1 to 1024.")
        }
        if plots && !json { throw ValidationError("--plots goes with --json; --html and --csv need no --plots.") }
        if json && (search.ablate || search.counterexample != nil) {
            throw ValidationError("--json has no place for what --ablate and --counterexample report: leave it out.")
        }
        let names = overrides.map(\.name)
        if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
            throw ValidationError("--set gives '\(twice)' twice.")
        }
    }

    func run() async throws {
        let limit = Deadline(timeout)
        let interrupt = Interrupt()
        let loaded = LoadedFiles(
            files, overrides: overrides, on: instances.map(Selection.normalized),
            drawing: instances.contains(Theorem.drawnInstance), warnings: json
        ) {
            interrupt.isRequested || limit.remaining == 0
        }
        let (reportFiles, workflow) = try outputs(sparing: loaded.paths)
        let selection = Selection(claims: claims, instances: instances, parameters: overrides.map(\.name))
        let unknown = loaded.theorems.isEmpty ? [] : selection.unknownNames(in: loaded.theorems)
        for message in unknown { Console.complain(message) }
        // A name may belong to a file that could not be read: then the file is what is wrong.
        if !unknown.isEmpty { throw ExitCode(loaded.invalid.isEmpty ? ExitStatus.usage : ExitStatus.invalid) }

        let traceFile = try trace.map(Self.traceFile)
        let counterexample = try search.output()
        let theorems = loaded.theorems.filter(selection.applies)
        let session = Session(
            options: options, limit: limit, interrupt: interrupt, report: json ? nil : Console.style(verbose: verbose),
            inWorkflow: github, trace: traceFile)
        var outcome = await session.verify(theorems, invalid: loaded.invalid)
        let isTraced = traceFile?.finish() ?? true
        outcome.command = ["flowbound"] + CommandLine.arguments.dropFirst()
        let isWritten = await search.run(
            outcome, theorems, only: options.only, jobs: options.jobs, to: counterexample, limit: limit,
            cancellation: interrupt.cancellation)
        Console.write(json ? jsonDocument(of: outcome).serialized() : terminalSummary(of: outcome, style: Console.style(verbose: verbose)))
        let isReported = report(outcome, reportFiles, workflow)
        interrupt.end()
        throw ExitCode(isReported && isWritten && isTraced ? outcome.exitStatus : ExitStatus.fault)
    }

    private static func traceFile(_ path: String) throws -> TraceFile {
        do throws(OutputFile.Problem) {
            return try TraceFile(path: path)
        } catch {
            Console.complain(error.message)
            throw ExitCode(ExitStatus.usage)
        }
    }

    /// Everything that will be written, checked before anything runs.
    private func outputs(sparing inputs: [String]) throws -> (ReportFiles, WorkflowOutput?) {
        do throws(OutputFile.Problem) {
            return (try reports.files(sparing: inputs), github ? try WorkflowOutput() : nil)
        } catch {
            Console.complain(error.message)
            throw ExitCode(ExitStatus.usage)
        }
    }

    /// Writes the files and tells GitHub; whether all of it could be written.
    private func report(_ outcome: Outcome, _ files: ReportFiles, _ workflow: WorkflowOutput?) -> Bool {
        guard !files.all.isEmpty || workflow != nil else { return true }
        do throws(InvalidDocument) {
            let document = try RunDocument(outcome)
            var isComplete = files.write(document)
            if let workflow {
                // GitHub reads both; a document on standard output must stay one.
                let annotations = workflow.annotations(of: document)
                if json { Console.note(annotations) } else { Console.write(annotations) }
                isComplete = workflow.writeSummary(of: document) && isComplete
            }
            return isComplete
        } catch {
            Console.complain("the reports cannot be made: \(error.reason)")
            return false
        }
    }

    private var options: VerificationOptions {
        var options = VerificationOptions()
        options.only = claims.isEmpty ? nil : claims
        options.instances = instances.isEmpty ? nil : instances.map(Selection.normalized)
        if let bits {
            options.bits = bits
            options.maximumBits = bits
        }
        if let jobs { options.jobs = jobs }
        options.withPlots = plots || reports.needsPlots
        return options
    }
}
