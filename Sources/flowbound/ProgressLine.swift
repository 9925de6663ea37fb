import Checker
import Foundation
import Synchronization

/// One line on a terminal's standard error that says how far a long run is. It appears after a second and is written
/// over itself five times a second at most.
final class ProgressLine: Sendable {
    private struct State {
        let start = ContinuousClock.now
        var last: ContinuousClock.Instant?
        var isFinished = false
    }

    private let state = Mutex(State())
    private let isTerminal = Console.errorIsTerminal

    func show(_ progress: Checker.Progress) {
        guard isTerminal else { return }
        state.withLock { state in
            let now = ContinuousClock.now
            guard !state.isFinished, now - state.start >= .seconds(1) else { return }
            if let last = state.last, now - last < .milliseconds(200) { return }
            state.last = now
            Console.note("\r\u{1B}[K\(Self.text(progress).prefix(99))")
        }
    }

    /// Takes the line away; nothing is shown from here on.
    func clear() {
        state.withLock { state in
            if state.last != nil { Console.note("\r\u{1B}[K") }
            state.isFinished = true
        }
    }

    private static func text(_ progress: Checker.Progress) -> String {
        let time = switch progress.clock {
        case .time:
            String(
                format: "t = %.4g of %.4g, %d bits, step %.2g", progress.time, progress.horizon, progress.bits,
                progress.step)
        case .steps:
            String(format: "step %.0f of %.0f, %d bits", progress.time, progress.horizon, progress.bits)
        }
        return "\(progress.theorem) \(progress.instance): \(time), \(progress.decided) of \(progress.obligations) decided"
    }
}
