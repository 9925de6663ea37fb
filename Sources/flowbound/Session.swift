import Bounds
import Checker
import Reports

/// Verifies theorems one after the other, with a progress line, a deadline and Ctrl-C.
struct Session {
    let options: VerificationOptions
    let limit: Deadline
    let interrupt: Interrupt
    /// Nil: nothing is printed while it runs.
    let report: ReportStyle?
    /// Whether GitHub reads commands in the output.
    let inWorkflow: Bool
    let trace: TraceFile?

    func verify(_ theorems: [Theorem], invalid: [InvalidFile]) async -> Outcome {
        var outcome = Outcome(invalid: invalid)
        for theorem in theorems where !interrupt.isRequested {
            let line = ProgressLine()
            var options = options
            options.timeout = limit.remaining
            var write: (@Sendable (TraceEntry) -> Void)?
            if let trace { write = { trace.write($0) } }
            let result = await Checker.verify(
                theorem, options: options, cancellation: interrupt.cancellation, progress: { line.show($0) }, trace: write)
            line.clear()
            outcome.theorems.append(result)
            if let report {
                let text = terminalReport(of: result, style: report) + "\n"
                Console.write(inWorkflow ? withoutWorkflowCommands(text) : text)
            }
        }
        outcome.interrupted = interrupt.isRequested
        return outcome
    }
}
