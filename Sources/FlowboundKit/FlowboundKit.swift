@_exported import Bounds
@_exported import Checker
@_exported import Exact
import Foundation
@_exported import Properties
@_exported import Reports
@_exported import Syntax

/// Theorems in the tests of other packages:
///
///     let result = try await Theorem(contentsOf: url).verify()
///     #expect(result.isAsExpected, "\(result.report)")
extension Theorem {
    /// Reads and checks the file and the models it uses. What is wrong with them is in the error's description.
    public init(contentsOf url: URL) throws(InvalidTheorem) {
        try self.init(path: url.path)
    }

    /// Decides the claims on instances drawn from the ranges of the parameters, as `flowbound test` does.
    /// - Parameters:
    ///   - cases: how many instances to decide.
    ///   - seed: of the draws.
    ///   - seconds: for all of it; nil: no limit.
    public func test(cases: Int = 100, seed: Int = 1, seconds: Double? = nil) async -> TestResult {
        var options = TestOptions()
        options.cases = cases
        options.seed = seed
        options.budget = seconds
        return await Properties.test(self, options: options)
    }
}

extension TheoremResult {
    /// What `flowbound verify` prints.
    public var report: String { terminalReport(of: self) }
}

extension TestResult {
    /// What `flowbound test` prints; failures with the parameters that show them.
    public var report: String {
        terminalReport(of: self, replay: { "on \($0.candidate.instance.summary): \($1)" })
    }
}
