import Foundation
import Reports

/// Standard output for results, standard error for everything else.
enum Console {
    static func write(_ text: String) {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
            // A report that was cut must not look like a verdict.
            complain("cannot write to standard output")
            exit(ExitStatus.fault)
        }
    }

    static func complain(_ message: String) {
        note("flowbound: \(message)\n")
    }

    /// Where standard error is closed there is nobody to tell.
    static func note(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Colour on a terminal only, and never with NO_COLOR (no-color.org: set and not empty) or on a dumb terminal.
    static func style(verbose: Bool) -> ReportStyle {
        let environment = ProcessInfo.processInfo.environment
        let refused = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
        return ReportStyle(colour: isatty(STDOUT_FILENO) == 1 && !refused, verbose: verbose)
    }
}
