import Arithmetic

/// The same work on one thread, and twice at once on two: whether the kernels hinder each other.
final class ThreadRow {
    let tier: Row.Tier
    let operation: Operation
    let bits: Int
    private let workers: [Worker]
    private var passes = 1
    private var alone = Double.infinity
    private var together = Double.infinity

    init(_ tier: Row.Tier, _ operation: Operation, bits: Int) {
        self.tier = tier
        self.operation = operation
        self.bits = bits
        let operands = Operand.blocks(operation, bits: bits)
        workers = (0..<2).map { _ in
            switch tier {
            case .double:
                let kernel = Kernel<DoubleBall>(operation, operands, bits: bits)
                return Worker { kernel.run(passes: $0) }
            case .multiprecision:
                let kernel = Kernel<Ball>(operation, operands, bits: bits)
                return Worker { kernel.run(passes: $0) }
            }
        }
    }

    var name: String { "threads \(tier.rawValue) \(bits) \(operation.rawValue)" }
    /// Nanoseconds per operation.
    var time: Double { alone / Double(operation.repeats) }
    /// The work done per time by two threads, over that of one.
    var speedUp: Double { 2 * alone / together }
    static let target = 1.8

    /// Doubles the passes until they take the time given: starting two tasks costs some 20 microseconds.
    nonisolated(nonsending) func calibrate(batch nanoseconds: Double) async {
        while await measure(Array(workers.prefix(1))) * Double(passes) < nanoseconds { passes *= 2 }
    }

    nonisolated(nonsending) func measure(batches: Int) async {
        for _ in 0..<batches {
            alone = min(alone, await measure(Array(workers.prefix(1))))
            together = min(together, await measure(workers))
        }
    }

    /// Nanoseconds of wall time per pass, with all workers at the same time.
    private nonisolated(nonsending) func measure(_ workers: [Worker]) async -> Double {
        let passes = passes
        let start = Clock.wall.now
        await withTaskGroup(of: Void.self) { group in
            for worker in workers { group.addTask { worker.run(passes) } }
        }
        return (Clock.wall.now - start) / Double(passes)
    }
}

/// Work on elements of its own.
///
/// Sendable because at most one task at a time runs it.
private final class Worker: @unchecked Sendable {
    let run: (Int) -> Void

    init(_ run: @escaping (Int) -> Void) {
        self.run = run
    }
}
