import Arithmetic
import Exact
import Peers

/// The operands and results of Arb and MPFI.
final class PeerOperands {
    let handle: OpaquePointer
    private let resultStart: Int

    init(_ operation: Operation, _ operands: [Block: [Operand]], bits: Int) {
        handle = peers_make(operation.peer, operation.size, bits)
        for (block, operands) in operands {
            for (i, x) in operands.enumerated() {
                peers_set(
                    handle, block.rawValue * operation.size + i, x.limbs, x.limbs.count, x.isNegative ? 1 : 0,
                    x.exponent, x.radius, x.radiusExponent)
            }
        }
        resultStart = 2 * operation.size
    }

    /// The median width of the balls over Arb's; nil unless each has a common point with the results of both libraries.
    func widths<E: Enclosure>(of results: [E]) -> Double? {
        var widths: [Double] = []
        for (i, ball) in results.enumerated() {
            guard let lower = ball.lowerBound, let upper = ball.upperBound else { return nil }
            let width = peers_compare(handle, resultStart + i, "\(lower)", "\(upper)")
            guard width >= 0 else { return nil }
            widths.append(width)
        }
        return widths.sorted()[widths.count / 2]
    }

    deinit {
        peers_free(handle)
    }
}
