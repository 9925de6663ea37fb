import Arithmetic
import Symbolic

/// The 2-norm of the interactions sum of value_jk Dc_j Dc_k^T, for any number of states.
///
/// With the gradients as the columns of G and the values as the symmetric matrix C it is the norm of G C G^T, whose
/// eigenvalues other than 0 are those of C G^T G. Upper bounds of |C| and |G^T G| over the whole step have a product with a
/// spectral radius that is no smaller, and for a non-negative matrix A and any w > 0 that is at most the largest
/// (A w)_j/w_j. Only cuts that share a state have a product of gradients.
///
/// - Source: Perron-Frobenius; the last bound by Collatz, Math. Z. 48 (1942).
struct NodeBound {
    private let gradients: CutGradients
    /// Cuts that interact, and the interactions between them by their numbers in this list.
    private let cuts: [Int]
    private let pairs: [(first: Int, second: Int)]
    /// By state: the cuts (as above) whose gradients have an entry there, and the entry.
    private var users: [[(cut: Int, entry: Int)]] = []
    /// Pairs of entries that are multiplied; beyond ``mostProducts`` only norms of gradients are.
    private let products: Int
    private static let mostProducts = 300_000_000

    init(_ form: CurvatureForm, _ gradients: CutGradients) {
        self.gradients = gradients
        let cuts = Set(form.interactions.flatMap { [$0.first, $0.second] }).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: zip(cuts, cuts.indices))
        pairs = form.interactions.map { (numbers[$0.first] ?? 0, numbers[$0.second] ?? 0) }
        var users: [[(cut: Int, entry: Int)]] = Array(repeating: [], count: (gradients.states.max() ?? -1) + 1)
        for (number, cut) in cuts.enumerated() {
            for entry in gradients.entries(of: cut) { users[gradients.states[entry]].append((number, entry)) }
        }
        self.cuts = cuts
        self.users = users
        products = users.reduce(0) { $0 + $1.count * $1.count }
    }

    /// An upper bound on the whole step; infinity without information.
    func norm(_ interactions: [ShortModel], _ slopes: [ShortModel]) -> Double {
        if pairs.isEmpty { return 0 }
        let sizes = interactions.map(\.magnitude)
        let middles = slopes.map(\.middle)
        guard sizes.allSatisfy({ $0.isFinite }), middles.allSatisfy({ $0.value.isFinite && $0.distance.isFinite })
        else { return .infinity }
        let simple = sumOfNorms(sizes, middles)
        return products > Self.mostProducts ? simple : Swift.min(simple, spectralRadius(sizes, gramRows(middles)))
    }

    /// The triangle inequality.
    private func sumOfNorms(_ sizes: [Double], _ middles: [(value: Double, distance: Double)]) -> Double {
        let norms = cuts.map { cut in
            var square = 0.0
            for entry in gradients.entries(of: cut) {
                let size = Swift.abs(middles[entry].value) + middles[entry].distance
                square += size * size + 0x1p-1000
            }
            return roundedUp(roundedUp(square, count: gradients.entries(of: cut).count).squareRoot(), count: 1)
        }
        var sum = 0.0
        for (size, pair) in zip(sizes, pairs) {
            sum += size * norms[pair.first] * norms[pair.second] * (pair.first == pair.second ? 1 : 2) + 0x1p-1000
        }
        return roundedUp(sum, count: pairs.count)
    }

    /// Upper bounds of |Dc_j . Dc_k|, row by row: the product of the middles, and what the distances add.
    private func gramRows(_ middles: [(value: Double, distance: Double)]) -> [[(cut: Int, size: Double)]] {
        var dots = Array(repeating: 0.0, count: cuts.count)
        var spreads = dots
        var isTouched = Array(repeating: false, count: cuts.count)
        return cuts.map { cut in
            var touched: [Int] = []
            let entries = gradients.entries(of: cut)
            for entry in entries {
                let (m, d) = middles[entry]
                for (other, second) in users[gradients.states[entry]] {
                    if !isTouched[other] {
                        isTouched[other] = true
                        touched.append(other)
                    }
                    let (value, distance) = middles[second]
                    let product = m * value
                    dots[other] += product
                    // The sum of at most `entries.count` products is off by that many units of their sizes.
                    spreads[other] +=
                        Swift.abs(m) * distance + d * (Swift.abs(value) + distance)
                        + Swift.abs(product) * Double(entries.count + 4) * 0x1p-52 + 0x1p-1000
                }
            }
            return touched.map { other in
                let size = roundedUp(Swift.abs(dots[other]) + spreads[other], count: 8 * entries.count)
                (dots[other], spreads[other], isTouched[other]) = (0, 0, false)
                return (other, size)
            }
        }
    }

    /// An upper bound of the spectral radius of |C| times the given matrix, by a few steps of the power method.
    private func spectralRadius(_ sizes: [Double], _ gram: [[(cut: Int, size: Double)]]) -> Double {
        var weights = Array(repeating: 1.0, count: cuts.count)
        var best = Double.infinity
        for _ in 0..<40 {
            let shares = gram.map { row in row.reduce(0) { $0 + $1.size * weights[$1.cut] } }
            var image = Array(repeating: 0.0, count: cuts.count)
            for (size, pair) in zip(sizes, pairs) {
                image[pair.first] += size * shares[pair.second]
                if pair.first != pair.second { image[pair.second] += size * shares[pair.first] }
            }
            var (ratio, largest) = (0.0, 0.0)
            for (value, weight) in zip(image, weights) {
                ratio = Swift.max(ratio, value / weight)
                largest = Swift.max(largest, value)
            }
            guard largest > 0x1p-500, largest < 0x1p500 else { break }
            best = Swift.min(best, roundedUp(ratio, count: 4 * cuts.count))
            // Away from 0, so that no ratio loses its meaning.
            weights = image.map { $0 / largest + 0x1p-20 }
        }
        return best
    }
}
