import ArgumentParser
import Bounds
import Checker
import Exact
import Foundation
import Properties
import Reports

/// What `verify` can look for once the verdicts are known.
struct SearchOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Make a refuted claim as simple as possible, and write it as a theorem file of its own.", valueName: "file"),
        completion: Completion.theorems)
    var counterexample: String?

    @Flag(help: "Say of each claim whether it survives without each 'assume' and 'given'.")
    var ablate = false

    /// The file that will be written, checked before anything runs.
    func output() throws -> OutputFile? {
        do throws(OutputFile.Problem) {
            return try counterexample.map { (path) throws(OutputFile.Problem) in try OutputFile(path) }
        } catch {
            Console.complain(error.message)
            throw ExitCode(ExitStatus.usage)
        }
    }

    /// Looks, and says what was found. Returns whether everything asked for could be written.
    func run(
        _ outcome: Outcome, _ theorems: [Theorem], only claims: [String]?, jobs: Int, to output: OutputFile?,
        limit: Deadline, cancellation: Cancellation
    ) async -> Bool {
        let style = Console.style(verbose: false)
        if ablate {
            for theorem in theorems where !cancellation.isCancelled {
                let result = await Properties.ablate(
                    theorem, jobs: jobs, only: claims, timeout: limit.remaining, cancellation: cancellation)
                Console.write(terminalReport(of: result, style: style) + "\n")
            }
        }
        guard let output else { return true }
        let refuted = Self.refutations(outcome, theorems)
        guard let (claim, candidate, theorem) = refuted.first else {
            Console.complain("no claim is refuted on an instance: '\(output.path)' is not written")
            return true
        }
        if refuted.count > 1 {
            Console.complain(
                "\(refuted.count) obligations are refuted; the file is about \(claim.id) on \(candidate.base.id): choose with --only and --instance"
            )
        }
        do {
            let shrunk = try shrink(
                claim, on: candidate, of: theorem, seconds: min(limit.remaining ?? 60, 60), cancellation: cancellation)
            try output.write(shrunk.text)
            Console.write(terminalReport(of: shrunk, file: output.path, style: style) + "\n")
            return true
        } catch let error as ShrinkingFailure {
            Console.complain("\(error.reason): '\(output.path)' is not written")
        } catch let error as OutputFile.Problem {
            Console.complain(error.message)
        } catch {
            Console.complain("'\(output.path)' is not written")
        }
        return false
    }

    /// Unexpected ones first.
    private static func refutations(
        _ outcome: Outcome, _ theorems: [Theorem]
    ) -> [(claim: ClaimDescription, candidate: Candidate, theorem: Theorem)] {
        var found: [(isExpected: Bool, claim: ClaimDescription, candidate: Candidate, theorem: Theorem)] = []
        for (theorem, result) in zip(theorems, outcome.theorems) {
            for instance in result.instances where !instance.isFamily {
                guard let base = theorem.instances.first(where: { $0.id == instance.id }) else { continue }
                for obligation in instance.obligations {
                    guard case .refuted = obligation.verdict else { continue }
                    found.append((obligation.isAsExpected, obligation.claim, Candidate(of: base, in: theorem), theorem))
                }
            }
        }
        return (found.filter { !$0.isExpected } + found.filter(\.isExpected)).map {
            ($0.claim, $0.candidate, $0.theorem)
        }
    }
}
