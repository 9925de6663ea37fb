/// Precisions to try, one after the other.
///
/// A run in steps that loses a bit in so many steps tells how many the rest of it will need: the precisions between are
/// left out, and one beyond the usual ones is added where nothing less would do.
struct Ladder {
    private var rungs: [Int]
    /// Whether rungs may be left out and added.
    private let isFixed: Bool

    /// More bits than this are left to `--bits`.
    static let ceiling = 8192

    init(_ options: VerificationOptions) {
        rungs = options.ladder
        isFixed = options.bits != nil || options.maximumBits < 1024
    }

    mutating func next() -> Int? { rungs.isEmpty ? nil : rungs.removeFirst() }

    /// `needed`: a guess.
    mutating func skip(to needed: Int) {
        guard !isFixed else { return }
        let last = rungs.last
        rungs.removeAll { $0 < needed }
        guard rungs.isEmpty, let last, last < needed else { return }
        rungs = [(needed + 63) / 64 * 64]
    }
}

extension Rung {
    /// A guess of the bits with which a run in steps would have come to its end, from those that it lost so far; nil
    /// unless it broke off because its enclosures grew.
    func bitsNeeded(horizon: Double) -> Int? {
        guard clock == .steps, let failure, failure.kind == .precision, let trajectory, trajectory.stepCount >= 8,
            let radius = trajectory.largestRadius, radius > .powerOfTwo(-10)
        else { return nil }
        let needed = 1.05 * Double(bits) * horizon / Double(trajectory.stepCount) + 64
        return needed <= Double(Ladder.ceiling) ? Int(needed) : nil
    }
}
