import Arithmetic
import Peers

/// One operation at one precision, done by us, by Arb and by MPFI.
final class Row {
    enum Tier: String {
        case double = "DoubleBall"
        case multiprecision = "Ball"
    }

    let tier: Tier
    let operation: Operation
    let bits: Int
    private let ours: Side
    private let arb: Side
    private let mpfi: Side
    /// The median of the widths of our results over those of Arb's; nil if results disagree.
    let width: Double?

    init(_ tier: Tier, _ operation: Operation, bits: Int) {
        self.tier = tier
        self.operation = operation
        self.bits = bits
        let operands = Operand.blocks(operation, bits: bits)
        let peers = PeerOperands(operation, operands, bits: bits)
        arb = Side(reset: { peers_reset_arb(peers.handle) }, run: { peers_run_arb(peers.handle, $0) })
        mpfi = Side(reset: { peers_reset_mpfi(peers.handle) }, run: { peers_run_mpfi(peers.handle, $0) })
        arb.makeResults()
        mpfi.makeResults()
        switch tier {
        case .double:
            let kernel = Kernel<DoubleBall>(operation, operands, bits: bits)
            ours = Side(reset: { kernel.reset() }, run: { kernel.run(passes: $0) })
            ours.makeResults()
            width = peers.widths(of: kernel.results)
        case .multiprecision:
            let kernel = Kernel<Ball>(operation, operands, bits: bits)
            ours = Side(reset: { kernel.reset() }, run: { kernel.run(passes: $0) })
            ours.makeResults()
            width = peers.widths(of: kernel.results)
        }
    }

    /// The sides take turns, so that a slow time of the machine meets all of them.
    func measure(batches: Int) {
        for _ in 0..<batches {
            for side in [ours, arb, mpfi] { side.measure() }
        }
    }

    func calibrate(batch nanoseconds: Double) {
        for side in [ours, arb, mpfi] { side.calibrate(batch: nanoseconds) }
    }

    /// What `--filter` looks at.
    static func name(_ tier: Tier, _ operation: Operation, bits: Int) -> String {
        "\(tier.rawValue) \(bits) \(operation.rawValue)"
    }

    /// Nanoseconds per operation.
    var time: Double { ours.fastest / Double(operation.repeats) }
    var arbTime: Double { arb.fastest / Double(operation.repeats) }
    var mpfiTime: Double { mpfi.fastest / Double(operation.repeats) }

    var target: Target? {
        switch tier {
        case .double: operation.doubleTarget
        case .multiprecision: operation.target(bits: bits)
        }
    }

    var misses: Bool {
        guard let target, width != nil else { return false }
        return !target.isMet(nanoseconds: time, ratioToArb: time / arbTime)
    }
}
