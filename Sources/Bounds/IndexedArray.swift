import Exact
import Symbolic

/// Values over index sets, row by row. A vector, a tuple and a list have one axis; the entries of a list of lists are
/// arrays, all other entries are numbers.
struct IndexedArray: Hashable {
    /// The indices along each axis, in order.
    let axes: [[Rational]]
    let entries: [Value]

    init(axes: [[Rational]], entries: [Value]) {
        self.axes = axes
        self.entries = entries
    }

    /// A list, a tuple or a vector: the indices are 1, 2, ...
    init(list entries: [Value]) {
        self.init(axes: [(0..<entries.count).map { Rational($0 + 1) }], entries: entries)
    }

    init(axes: [[Rational]], numbers: [Expression]) {
        self.init(axes: axes, entries: numbers.map(Value.number))
    }

    var shape: [Int] { axes.map(\.count) }

    /// The entries, if all are numbers.
    var numbers: [Expression]? {
        var result: [Expression] = []
        for entry in entries {
            guard case .number(let e) = entry else { return nil }
            result.append(e)
        }
        return result
    }

    /// `a vector of 6`, `a matrix of 2 x 3`
    var description: String {
        switch axes.count {
        case 1: "a vector of \(axes[0].count)"
        case 2: "a matrix of \(axes[0].count) x \(axes[1].count)"
        default: "an array of \(shape.map { "\($0)" }.joined(separator: " x "))"
        }
    }

    /// The entries with one position fixed along the axes where it is given.
    func slice(_ positions: [Int?]) -> (axes: [[Rational]], entries: [Value]) {
        var strides = Array(repeating: 1, count: axes.count)
        for axis in (0..<axes.count).dropLast().reversed() { strides[axis] = strides[axis + 1] * axes[axis + 1].count }
        var offsets = [0]
        var kept: [[Rational]] = []
        for (axis, position) in positions.enumerated() {
            if let position {
                offsets = offsets.map { $0 + position * strides[axis] }
            } else {
                kept.append(axes[axis])
                offsets = offsets.flatMap { offset in axes[axis].indices.map { offset + $0 * strides[axis] } }
            }
        }
        return (kept, offsets.map { entries[$0] })
    }

    /// Every index of the array, row by row.
    var indices: [[Rational]] {
        axes.reduce([[]]) { known, axis in known.flatMap { index in axis.map { index + [$0] } } }
    }
}
