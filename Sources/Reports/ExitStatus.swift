import Checker

/// The numbers that a calling script sees. An error of the program itself is never 1: 1 says "refuted".
public enum ExitStatus {
    /// Every obligation has the expected verdict, and there is at least one.
    public static let asExpected: Int32 = 0
    /// A claim was refuted that the file does not expect to be.
    public static let refuted: Int32 = 1
    /// Undecided, or else not as expected; nothing was refuted unexpectedly.
    public static let undecided: Int32 = 2
    /// Some theorem file cannot be used.
    public static let invalid: Int32 = 3
    /// The command line is wrong.
    public static let usage: Int32 = 64
    /// An error in Flowbound.
    public static let fault: Int32 = 70
    public static let interrupted: Int32 = 130
}

/// The status for these results; `invalid`: some file could not be used.
///
/// A theorem without a single obligation verifies nothing and is not a success; an alarm (a violated invariant) casts
/// doubt on a run and is none either.
public func exitStatus(of results: [TheoremResult], invalid: Bool) -> Int32 {
    if invalid { return ExitStatus.invalid }
    let obligations = results.flatMap(\.instances).flatMap(\.obligations)
    let refuted = obligations.contains { $0.verdict.kind == .refuted && !$0.isAsExpected }
    if refuted { return ExitStatus.refuted }
    let met = !results.isEmpty && results.allSatisfy(\.isAsExpected)
    return met ? ExitStatus.asExpected : ExitStatus.undecided
}

extension TheoremResult {
    /// Something was verified, all of it came out as expected, and nothing is wrong with a run.
    public var isAsExpected: Bool {
        let obligations = instances.flatMap(\.obligations)
        return !obligations.isEmpty && obligations.allSatisfy(\.isAsExpected)
            && emptiness.isEmpty && instances.allSatisfy(\.alarms.isEmpty)
    }
}
