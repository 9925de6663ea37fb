import Arithmetic
import Exact
import Symbolic

/// The logarithmic norm from all partial derivatives, enclosed by the chain rule along the formulas of the field: for
/// flows of many states that interact all with all, where n x n formulas would be too many.
///
/// - Source: forward differentiation; the matrix and its eigenvalues as in ``JacobianNorm``.
final class TangentNorm {
    private let field: VectorField
    private let rule: ChainRule
    private let metric: Metric
    private let machine: Machine<DoubleBall>

    /// So many columns of derivatives are made at a time: the bits of a mask.
    private static let width = 32

    /// `tape`: the slopes of the rule, then the field.
    init(_ field: VectorField, _ rule: ChainRule, _ tape: Tape, _ metric: Metric, _ plans: LawPlans) {
        self.field = field
        self.rule = rule
        self.metric = metric
        machine = Machine(tape, order: 2, bits: 53, policy: .smooth, plans: plans)
    }

    func bound(_ piece: TubePiece, rho: Magnitude) -> LogarithmicNorm.Bound? {
        let jacobian = self.jacobian(piece, rho: rho)
        let n = field.dimension
        guard jacobian.count == n * n else { return nil }
        let half = DoubleBall(exactly: 0.5)
        var matrix = SymmetricModel(size: n)
        for i in 0..<n {
            for k in 0...i {
                let entry = (inMetric(jacobian[i * n + k], i, k) + inMetric(jacobian[k * n + i], k, i)).scaled(by: half)
                guard entry.isFinite else { return nil }
                matrix.set(i, k, entry)
            }
        }
        guard var bound = matrix.bound().integrated(over: piece.length, beside: 0) else { return nil }
        bound.dense = bound.integral
        return bound
    }

    /// The entry (i, k) in the metric's coordinates: times sqrt(rate_k/rate_i).
    private func inMetric(_ entry: ShortModel, _ i: Int, _ k: Int) -> ShortModel {
        let (above, below) = (metric.rateOfState[k], metric.rateOfState[i])
        return above == below ? entry : entry.scaled(by: metric.roots[above] / metric.roots[below])
    }

    /// Row by row; empty if the field or a slope is undefined or not smooth somewhere on the tube of radius `rho`.
    func jacobian(_ piece: TubePiece, rho: Magnitude) -> [ShortModel] {
        piece.setInputs(of: machine, field, rho: rho, metric: metric)
        machine.run()
        let outputs = machine.program.outputs
        guard outputs.allSatisfy(machine.isFinite) else { return [] }
        let slopes = outputs.prefix(rule.slopes.count).map { ShortModel(machine, slot: $0) }
        let n = field.dimension
        var jacobian = Array(repeating: ShortModel(), count: n * n)
        var columns = Array(repeating: ShortModel(), count: rule.nodes.count * Self.width)
        var masks = Array(repeating: UInt32.zero, count: rule.nodes.count)
        for first in stride(from: 0, to: n, by: Self.width) {
            columns.withUnsafeMutableBufferPointer { columns in
                masks.withUnsafeMutableBufferPointer { masks in
                    for node in rule.nodes.indices { pass(node, first, slopes, columns, masks) }
                }
            }
            for (row, output) in rule.outputs.enumerated() {
                guard let output else { continue }
                for k in 0..<Swift.min(Self.width, n - first) where masks[output] & (1 << UInt32(k)) != 0 {
                    jacobian[row * n + first + k] = columns[output * Self.width + k]
                }
            }
        }
        return jacobian
    }

    /// Makes the derivatives of a node by the states from `first` on. Those that its mask leaves out are 0.
    private func pass(
        _ node: Int, _ first: Int, _ slopes: [ShortModel], _ columns: UnsafeMutableBufferPointer<ShortModel>,
        _ masks: UnsafeMutableBufferPointer<UInt32>
    ) {
        let row = node * Self.width
        var filled: UInt32 = 0
        switch rule.nodes[node] {
        case .state(let state):
            if state >= first && state < first + Self.width {
                columns[row + state - first] = ShortModel(c0: 1)
                filled = 1 << UInt32(state - first)
            }
        case .sum(let parts):
            for part in parts {
                let from = part.argument * Self.width
                var left = masks[part.argument]
                while left != 0 {
                    let k = left.trailingZeroBitCount
                    let bit = UInt32(1) << UInt32(k)
                    left ^= bit
                    let value = part.slope.map { slopes[$0] * columns[from + k] } ?? columns[from + k]
                    columns[row + k] = filled & bit == 0 ? value : columns[row + k] + value
                    filled |= bit
                }
            }
        }
        masks[node] = filled
    }
}
