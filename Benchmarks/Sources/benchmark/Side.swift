import Glibc

/// One implementation of one row: batches are timed, and the fastest counts.
final class Side {
    private let reset: () -> Void
    private let run: (Int) -> Void
    /// At least 16, so that a long operation meets warm caches and learnt branches as a short one does.
    private var passes = 16
    /// Nanoseconds per pass.
    private(set) var fastest = Double.infinity

    init(reset: @escaping () -> Void, run: @escaping (Int) -> Void) {
        self.reset = reset
        self.run = run
    }

    /// One pass from the start, so that the results can be compared.
    func makeResults() {
        reset()
        run(1)
    }

    /// Doubles the passes of a batch until one takes the time given.
    func calibrate(batch nanoseconds: Double) {
        while measure() * Double(passes) < nanoseconds { passes *= 2 }
    }

    /// Runs a batch and returns its nanoseconds per pass.
    @discardableResult
    func measure() -> Double {
        reset()
        let start = Clock.thread.now
        run(passes)
        let time = (Clock.thread.now - start) / Double(passes)
        fastest = min(fastest, time)
        return time
    }
}

/// Nanoseconds of a clock of the system.
enum Clock {
    /// The time that this thread was on a processor.
    case thread
    case wall

    var now: Double {
        var time = timespec()
        clock_gettime(self == .thread ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
}
