import Arithmetic
import Symbolic

/// The whole matrix -B along a step, entry by entry.
struct DenseMatrix {
    private let size: Int
    /// B, row by row. Both (i, k) and (k, i) hold models of the same number.
    private var entries: [ShortModel]

    init(
        _ bilinear: BilinearPart, _ adjoints: [ShortModel], _ factors: [DoubleBall], _ form: CurvatureForm,
        _ interactions: [ShortModel], _ gradients: CutGradients, _ slopes: [ShortModel]
    ) {
        size = bilinear.dimension
        entries = Array(repeating: ShortModel(), count: size * size)
        for entry in bilinear.entries {
            let value = bilinear.value(entry, adjoints, factors)
            entries[entry.row * size + entry.column] = value
            entries[entry.column * size + entry.row] = value
        }
        var partners: [[(cut: Int, interaction: Int)]] = Array(repeating: [], count: form.cuts.count)
        for (position, interaction) in form.interactions.enumerated() {
            partners[interaction.first].append((interaction.second, position))
            if interaction.second != interaction.first { partners[interaction.second].append((interaction.first, position)) }
        }
        // Row by row of the cuts: B += Dc_j (sum over k of value_jk Dc_k)^T.
        var sum = Array(repeating: ShortModel(), count: size)
        var isTouched = Array(repeating: false, count: size)
        for (cut, list) in partners.enumerated() where !list.isEmpty {
            var touched: [Int] = []
            for (other, interaction) in list {
                for entry in gradients.entries(of: other) {
                    let state = gradients.states[entry]
                    if !isTouched[state] {
                        isTouched[state] = true
                        touched.append(state)
                    }
                    sum[state] = sum[state] + interactions[interaction] * slopes[entry]
                }
            }
            for entry in gradients.entries(of: cut) {
                let (row, slope) = (gradients.states[entry] * size, slopes[entry])
                for state in touched { entries[row + state] = entries[row + state] + slope * sum[state] }
            }
            for state in touched {
                sum[state] = ShortModel()
                isTouched[state] = false
            }
        }
    }

    /// A bound of the largest eigenvalue of -B.
    func largestEigenvalue() -> SpectralBound? {
        var matrix = SymmetricModel(size: size)
        for i in 0..<size {
            for k in 0...i {
                // Both enclose one number, so their mean does; halves are exact.
                let both = entries[i * size + k] + entries[k * size + i]
                guard both.isFinite else { return nil }
                matrix.set(i, k, both.scaled(by: DoubleBall(exactly: -0.5)))
            }
        }
        return matrix.bound()
    }
}
