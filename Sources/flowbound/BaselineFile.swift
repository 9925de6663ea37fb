import ArgumentParser
import Bounds
import Checker
import Exact
import Foundation
import Properties
import Reports

/// The file of `--baseline`: read if it exists, else written at the end.
struct BaselineFile {
    private let path: String
    private let theorem: Theorem
    private let recorded: Baseline?
    private let output: OutputFile?

    /// Checks everything before a run starts; complains and throws an exit status.
    init(_ path: String, _ theorems: [Theorem]) throws {
        guard theorems.count == 1, let theorem = theorems.first else {
            Console.complain("--baseline holds one theorem, here are \(theorems.count)")
            throw ExitCode(theorems.isEmpty ? ExitStatus.invalid : ExitStatus.usage)
        }
        self.path = path
        self.theorem = theorem
        guard FileManager.default.fileExists(atPath: path) else {
            recorded = nil
            do throws(OutputFile.Problem) {
                output = try OutputFile(path)
            } catch {
                Console.complain(error.message)
                throw ExitCode(ExitStatus.usage)
            }
            return
        }
        output = nil
        do throws(UnusableBaseline) {
            guard let bytes = FileManager.default.contents(atPath: path) else {
                throw UnusableBaseline(reason: "it is a directory, or not readable: name a file")
            }
            recorded = try Baseline(reading: bytes, for: theorem)
        } catch {
            throw Self.unusable(path, error)
        }
    }

    private static func unusable(_ path: String, _ error: UnusableBaseline) -> ExitCode {
        Console.complain("cannot use the baseline '\(path)': \(error.reason)")
        return ExitCode(ExitStatus.invalid)
    }

    /// Nil if there is nothing to compare with yet.
    func compare(_ tolerance: Rational, _ limit: Deadline, _ cancellation: Cancellation) throws -> BaselineComparison? {
        do throws(UnusableBaseline) {
            return try recorded?.compare(
                with: theorem, tolerance: tolerance, seconds: limit.remaining, cancellation: cancellation)
        } catch {
            throw Self.unusable(path, error)
        }
    }

    /// Records the result, unless there was a baseline. Returns whether that was possible.
    func write(_ result: TestResult) -> Bool {
        guard let output else { return true }
        guard let baseline = Baseline(of: result, on: theorem) else {
            Console.complain("no margin and no constant is known: no baseline is recorded")
            return true
        }
        do throws(OutputFile.Problem) {
            try output.write(baseline.document)
            Console.complain("baseline recorded in '\(path)'")
            return true
        } catch {
            Console.complain(error.message)
            return false
        }
    }
}

/// Where `--shrink` writes its files.
struct CounterexampleFolder {
    private let path: String

    init(_ path: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue,
            FileManager.default.isWritableFile(atPath: path)
        else {
            Console.complain("cannot write into '\(path)': it is no folder, or not writable")
            throw ExitCode(ExitStatus.usage)
        }
        self.path = path
    }

    /// Returns the name of the file; nil if it could not be written.
    func write(_ shrunk: ShrunkCounterexample, of theorem: Theorem) -> String? {
        let name = "\(theorem.id).\(shrunk.claim.id).counterexample.thm"
        let file = path == "." ? name : "\(path)/\(name)"
        do throws(OutputFile.Problem) {
            try OutputFile(file).write(shrunk.text)
            return file
        } catch {
            Console.complain(error.message)
            return nil
        }
    }
}
