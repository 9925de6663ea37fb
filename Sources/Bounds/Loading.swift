import Exact
import Symbolic
import Syntax

/// A theorem file that cannot be used: every error of it and of its models, in order, and the sources to print them.
public struct InvalidTheorem: Error, Sendable {
    public let diagnostics: [Diagnostic]
    /// The files that the diagnostics point into, by name.
    public let sources: [String: SourceFile]

    public init(diagnostics: [Diagnostic], sources: [String: SourceFile]) {
        self.diagnostics = diagnostics
        self.sources = sources
    }
}

extension Theorem {
    /// Reads, parses and checks the file and the models it uses. `overrides` replaces parameters in every instance
    /// (values that other bindings depend on are computed anew).
    public init(path: String, overrides: [String: Rational] = [:]) throws(InvalidTheorem) {
        throw InvalidTheorem(diagnostics: [], sources: [:])
    }

    /// The theorem on the instance. Parameters in `free` stay symbols (`.parameter`), for claims over boxes.
    public func problem(on instance: Instance, free: Set<String> = []) throws(InvalidTheorem) -> Problem {
        throw InvalidTheorem(diagnostics: [], sources: [:])
    }

    /// What the file expects of the claim on the instance; nil without an `expect` (then: proved or consistent).
    public func expectation(of claim: String, on instance: Instance) -> ExpectedVerdict? {
        nil
    }
}

/// The statements of the theorem and its models after the static checks.
struct Elaboration: Sendable {
}
