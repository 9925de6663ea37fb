import Checker
import Exact
import Foundation
import GradientFlow
import Reports
import Synchronization

/// A file of JSON lines, one for every step of every run of a flow. It takes its place when the runs are over.
final class TraceFile: Sendable {
    private struct Target {
        let stream: OutputStream
        /// Why nothing more is written.
        var problem: OutputFile.Problem?
    }

    private let target: Mutex<Target>

    init(path: String) throws(OutputFile.Problem) {
        target = Mutex(Target(stream: try OutputStream(OutputFile(path))))
    }

    func write(_ entry: TraceEntry) {
        let line = Self.line(entry) + "\n"
        target.withLock { target in
            guard target.problem == nil else { return }
            do throws(OutputFile.Problem) {
                try target.stream.write(line)
            } catch {
                target.problem = error
            }
        }
    }

    /// Returns whether all of it was written; complains if not.
    func finish() -> Bool {
        target.withLock { target in
            do throws(OutputFile.Problem) {
                if let problem = target.problem { throw problem }
                try target.stream.finish()
                return true
            } catch {
                Console.complain(error.message)
                return false
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
