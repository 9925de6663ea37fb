import Foundation
import Synchronization

/// Lets a signal handler or a deadline end a verification; what was decided so far is kept.
public final class Cancellation: Sendable {
    private let cancelled = Atomic<Bool>(false)
    private let deadline = Mutex<Date?>(nil)
    private let whole: Cancellation?

    /// A part of a longer piece of work: it ends with `whole`, and may end before.
    public init(within whole: Cancellation? = nil) {
        self.whole = whole
    }

    public func cancel() {
        cancelled.store(true, ordering: .relaxed)
    }

    /// Cancels by itself after so many seconds from now.
    public func cancel(after seconds: Double) {
        deadline.withLock { $0 = Date(timeIntervalSinceNow: seconds) }
    }

    public var isCancelled: Bool {
        if cancelled.load(ordering: .relaxed) { return true }
        if let whole, whole.isCancelled { return true }
        let late = deadline.withLock { $0.map { $0 < Date() } ?? false }
        if late { cancel() }
        return late
    }
}
