import Checker
import Exact
import Foundation
import GradientFlow
import Reports
import Synchronization

/// A file of JSON lines, one for every step of every run of a flow, written while the run goes.
final class TraceFile: Sendable {
    private let file: Mutex<FileHandle>
    private let path: String

    /// Replaces what the file held. Nil if it cannot be written.
    init?(path: String) {
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else { return nil }
        self.path = path
        file = Mutex(handle)
    }

    func write(_ entry: TraceEntry) {
        let line = Self.line(entry) + "\n"
        file.withLock { file in
            do {
                try file.write(contentsOf: Data(line.utf8))
            } catch {
                // A trace that was cut must not look complete.
                Console.complain("cannot write to \(path)")
                exit(ExitStatus.fault)
            }
        }
    }

    private static func line(_ entry: TraceEntry) -> String {
        let step = entry.step
        return JSONValue.object([
            ("theorem", .string(entry.theorem)),
            ("instance", .string(entry.instance)),
            ("bits", .integer(step.bits)),
            ("order", .integer(step.order)),
            ("t", .string(step.start.decimal(significantDigits: 17, rounding: .down))),
            ("h", .string(step.length.decimal(significantDigits: 17, rounding: .down))),
            ("limit", .string(step.limit.rawValue)),
            ("startRadius", bound(step.startRadius)),
            ("endRadius", bound(step.endRadius)),
            ("wholeRadius", bound(step.wholeRadius)),
            ("defect", bound(step.defect)),
            ("mu", bound(step.logarithmicNorm)),
            ("muDense", bound(step.dense)),
            ("muNode", bound(step.node)),
            ("muTotal", bound(step.total)),
        ]).line
    }

    /// An upper bound as a decimal that is rounded up; null where there is none.
    private static func bound(_ value: Double?) -> JSONValue {
        guard let value, let exact = Rational(exactly: value) else { return .null }
        return .string(exact.decimal(significantDigits: 7, rounding: .up))
    }
}
