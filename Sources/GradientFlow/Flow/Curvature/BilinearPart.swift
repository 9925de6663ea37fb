import Arithmetic
import Symbolic

/// The matrix Q = sum over cuts of adjoint_k D^2 c_k in gradient coordinates. It is sparse, and falls into blocks that no
/// cut connects; blocks with the same formulas in the same places are bounded once: the columns of a product of matrices
/// are such copies of each other.
struct BilinearPart {
    /// Row and column, row <= column, and what is added up there: an adjoint times a factor.
    struct Entry {
        let row: Int
        let column: Int
        let parts: [(cut: Int, factor: Int)]
    }

    /// One of equal blocks, its states numbered in order.
    private struct Block {
        let size: Int
        let entries: [Entry]
    }

    /// Beyond this a block's norm is bounded by its row sums.
    private static let largestBlock = 1000

    /// All entries, by state.
    let entries: [Entry]
    let dimension: Int
    private var blocks: [Block] = []
    /// Whether some state has no entry: an eigenvalue 0.
    private let hasZeroRow: Bool

    init(_ form: CurvatureForm, _ metric: Metric, _ factors: inout FactorTable, dimension: Int) {
        self.dimension = dimension
        var positions: [[Int]: Int] = [:]
        var places: [[Int]] = []
        var parts: [[(cut: Int, factor: Int)]] = []
        for (cut, polynomial) in form.cuts.enumerated() {
            for term in polynomial.terms {
                guard let second = term.second else { continue }
                let (i, k) = (Swift.min(term.first, second), Swift.max(term.first, second))
                let factor = factors.position(term.coefficient, [i, k], multiple: i == k ? 2 : 1, metric)
                let position = positions[[i, k]] ?? places.count
                if position == places.count {
                    positions[[i, k]] = position
                    places.append([i, k])
                    parts.append([])
                }
                parts[position].append((cut, factor))
            }
        }
        let order = places.indices.sorted { (places[$0][0], places[$0][1]) < (places[$1][0], places[$1][1]) }
        entries = order.map { Entry(row: places[$0][0], column: places[$0][1], parts: parts[$0]) }
        let groups = Self.connected(entries, dimension)
        hasZeroRow = Set(groups.keys).count < dimension
        blocks = Self.distinctBlocks(entries, groups, metric)
    }

    /// The number of the connected group of every state that has an entry.
    private static func connected(_ entries: [Entry], _ dimension: Int) -> [Int: Int] {
        var parent = Array(0..<dimension)
        func root(_ state: Int) -> Int {
            var state = state
            while parent[state] != state {
                parent[state] = parent[parent[state]]
                state = parent[state]
            }
            return state
        }
        for entry in entries {
            let (a, b) = (root(entry.row), root(entry.column))
            // The first state of a group stands for it.
            if a != b { parent[Swift.max(a, b)] = Swift.min(a, b) }
        }
        var groups: [Int: Int] = [:]
        for entry in entries {
            groups[entry.row] = root(entry.row)
            groups[entry.column] = root(entry.column)
        }
        return groups
    }

    private static func distinctBlocks(_ entries: [Entry], _ groups: [Int: Int], _ metric: Metric) -> [Block] {
        var numbers: [Int: Int] = [:]
        var sizes: [Int: Int] = [:]
        for state in groups.keys.sorted() {
            guard let group = groups[state] else { continue }
            numbers[state] = sizes[group, default: 0]
            sizes[group, default: 0] += 1
        }
        var members: [Int: [Entry]] = [:]
        for entry in entries {
            guard let group = groups[entry.row], let row = numbers[entry.row], let column = numbers[entry.column]
            else { continue }
            members[group, default: []].append(Entry(row: row, column: column, parts: entry.parts))
        }
        var seen: Set<[Int]> = []
        var blocks: [Block] = []
        for group in members.keys.sorted() {
            let own = members[group] ?? []
            let form = [sizes[group] ?? 0] + own.flatMap { entry in
                [entry.row, entry.column, entry.parts.count] + entry.parts.flatMap { [$0.cut, $0.factor] }
            }
            if seen.insert(form).inserted { blocks.append(Block(size: sizes[group] ?? 0, entries: own)) }
        }
        return blocks
    }

    /// The model of an entry of Q.
    func value(_ entry: Entry, _ adjoints: [ShortModel], _ factors: [DoubleBall]) -> ShortModel {
        var sum = ShortModel()
        for (cut, factor) in entry.parts { sum = sum + adjoints[cut].scaled(by: factors[factor]) }
        return sum
    }

    /// A bound of the largest eigenvalue of -Q.
    func largestEigenvalue(_ adjoints: [ShortModel], _ factors: [DoubleBall]) -> SpectralBound? {
        var result = hasZeroRow ? SpectralBound(controls: [0, 0, 0]) : SpectralBound()
        for block in blocks {
            let values = block.entries.map { value($0, adjoints, factors).negated }
            guard values.allSatisfy(\.isFinite) else { return nil }
            if block.size > Self.largestBlock {
                result.join(SpectralBound(controls: [0, 0, 0], uniform: rowSum(block, values)))
                continue
            }
            var matrix = SymmetricModel(size: block.size)
            for (entry, value) in zip(block.entries, values) { matrix.set(entry.row, entry.column, value) }
            result.join(matrix.bound())
        }
        return result
    }

    private func rowSum(_ block: Block, _ values: [ShortModel]) -> Double {
        var rows = Array(repeating: 0.0, count: block.size)
        for (entry, value) in zip(block.entries, values) {
            rows[entry.row] += value.magnitude
            if entry.row != entry.column { rows[entry.column] += value.magnitude }
        }
        return roundedUp(rows.reduce(0) { Swift.max($0, $1) }, count: block.size)
    }
}
