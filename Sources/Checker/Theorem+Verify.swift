import Bounds

extension Theorem {
    /// Decides every claim on every instance, as `flowbound verify` does.
    public func verify(options: VerificationOptions = .init()) async -> TheoremResult {
        await Checker.verify(self, options: options)
    }
}
