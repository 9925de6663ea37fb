import Exact

/// The search for one end of a range: the least value of sign * f over a box.
struct EndSearch {
    typealias Box = [ClosedRange<Rational>]

    /// A part of the box, a lower bound of sign * f on it (nil: none), and where to cut it.
    private struct Part {
        let box: Box
        let lower: Rational?
        let axis: Int
        let depth: Int

        /// The order of search: no bound first, and there the smallest part, so that a point without a value shows soon.
        func precedes(_ other: Part) -> Bool {
            switch (lower, other.lower) {
            case (nil, nil): depth > other.depth
            case (nil, _): true
            case (_, nil): false
            case (let a?, let b?): a < b
            }
        }
    }

    private unowned let search: RangeSearch
    private let sign: Rational
    private let whole: Box
    private let inner: Box
    /// A binary heap, the part to look at next in front.
    private var parts: [Part] = []
    /// sign * f takes a value that is not above this one.
    private var taken: Rational?

    /// A part halved so often in every direction that it still has no bound: the formula is undefined there.
    private static let deepest = 64

    init(search: RangeSearch, sign: Int, box: Box, inner: Box) {
        self.search = search
        self.sign = Rational(sign)
        self.inner = inner
        whole = box
    }

    /// A lower bound on the whole box so far.
    var leastBound: Rational? { parts.first?.lower }
    /// The part that it belongs to.
    var leastPart: Box { parts.first?.box ?? whole }

    /// A lower bound of the least value, at most the tolerance below it.
    mutating func run() throws -> Rational {
        let bound = search.values(on: whole)[0].ends.map { turned($0.lower, $0.upper).lower }
        insert(Part(box: whole, lower: bound, axis: 0, depth: 0))
        try replaceFirst(by: [whole])
        while let first = parts.first {
            if let lower = first.lower, let taken, taken - lower <= search.tolerance { return lower }
            try search.spendPart()
            let box = first.box
            if first.lower == nil && first.depth >= Self.deepest * box.count { throw RangeSearch.Stop.undefined(box) }
            let (low, high) = (box[first.axis].lowerBound, box[first.axis].upperBound)
            guard low < high else { throw RangeSearch.Stop.undefined(box) }
            let middle = Self.middle(box[first.axis])
            var halves = [box, box]
            halves[0][first.axis] = low...middle
            halves[1][first.axis] = middle...high
            try replaceFirst(by: halves)
        }
        preconditionFailure("a part with the least value is never dropped")
    }

    /// Replaces the first part by pieces of it. If the budget ends meanwhile, the part is still there.
    private mutating func replaceFirst(by boxes: [Box]) throws {
        guard let first = parts.first else { return }
        var pieces: [Part] = []
        for box in boxes { pieces.append(try examined(box, of: first)) }
        removeFirst()
        // What lies above a value that is taken holds no least value.
        for piece in pieces {
            if let lower = piece.lower, let taken, lower > taken { continue }
            insert(piece)
        }
    }

    // MARK: Bounds of a part

    private mutating func examined(_ box: Box, of parent: Part) throws -> Part {
        var box = box
        while true {
            let values = search.values(on: box)
            let slopes = values.dropFirst().map { $0.ends.map { turned($0.lower, $0.upper) } }
            let axes = box.indices.filter { box[$0].lowerBound < box[$0].upperBound }
            if axes.isEmpty { return try point(box, parent) }
            var isSmaller = false
            for axis in axes {
                guard let slope = slopes[axis] else { continue }
                // The least value lies where the coordinate is least (or greatest), whatever the other ones are.
                if !slope.lower.isNegative {
                    box[axis] = box[axis].lowerBound...box[axis].lowerBound
                    isSmaller = true
                } else if !slope.upper.isPositive {
                    box[axis] = box[axis].upperBound...box[axis].upperBound
                    isSmaller = true
                }
            }
            if isSmaller { continue }

            var lower = values[0].ends.map { turned($0.lower, $0.upper).lower }
            let center = box.map { Self.middle($0) }
            guard let atCenter = try value(at: center) else { throw RangeSearch.Stop.undefined(center.map { $0...$0 }) }
            if lower != nil, let fall = Self.fall(box, center, axes, slopes) {
                lower = lower.map { max($0, atCenter.lower - fall) }
            }
            // A bound of the whole is one of the part.
            if let known = parent.lower { lower = lower.map { max($0, known) } ?? known }
            return Part(box: box, lower: lower, axis: axis(box, axes, slopes), depth: parent.depth + 1)
        }
    }

    private mutating func point(_ box: Box, _ parent: Part) throws -> Part {
        guard let value = try value(at: box.map(\.lowerBound)) else { throw RangeSearch.Stop.undefined(box) }
        return Part(box: box, lower: value.lower, axis: 0, depth: parent.depth + 1)
    }

    /// sign * f at the point; what is taken is noted.
    private mutating func value(at point: [Rational]) throws -> (lower: Rational, upper: Rational)? {
        guard let ends = try search.value(at: point) else { return nil }
        let value = turned(ends.lower, ends.upper)
        let inside = zip(point, inner).map { min(max($0, $1.lowerBound), $1.upperBound) }
        if inside == point {
            taken = min(taken ?? value.upper, value.upper)
        } else if let ends = try search.value(at: inside) {
            let upper = turned(ends.lower, ends.upper).upper
            taken = min(taken ?? upper, upper)
        }
        return value
    }

    private func turned(_ lower: Rational, _ upper: Rational) -> (lower: Rational, upper: Rational) {
        sign.isNegative ? (-upper, -lower) : (lower, upper)
    }

    /// How far the formula falls at most from the center, by the mean value theorem; nil unless it is smooth.
    private static func fall(
        _ box: Box, _ center: [Rational], _ axes: [Int], _ slopes: [(lower: Rational, upper: Rational)?]
    ) -> Rational? {
        var sum = Rational.zero
        for axis in axes {
            guard let slope = slopes[axis] else { return nil }
            let (left, right) = (center[axis] - box[axis].lowerBound, box[axis].upperBound - center[axis])
            // To the right it falls where the slope is negative, to the left where it is positive.
            sum += max(max(-slope.lower * right, slope.upper * left), .zero)
        }
        return sum
    }

    /// The coordinate that contributes most to the width of the bounds.
    private func axis(_ box: Box, _ axes: [Int], _ slopes: [(lower: Rational, upper: Rational)?]) -> Int {
        let isSmooth = axes.allSatisfy { slopes[$0] != nil }
        func weight(_ axis: Int) -> Rational {
            let width = box[axis].upperBound - box[axis].lowerBound
            if isSmooth, let slope = slopes[axis] { return width * max(slope.upper.magnitude, slope.lower.magnitude) }
            return width / (whole[axis].upperBound - whole[axis].lowerBound)
        }
        return axes.max { weight($0) < weight($1) } ?? 0
    }

    /// A point near the middle with few binary digits, so that parts have exact ends. Between ends of very different size
    /// it is the geometric middle: from [10^-30, 1] a logarithm is thirty halvings away otherwise.
    static func middle(_ range: ClosedRange<Rational>) -> Rational {
        let (low, high) = (range.lowerBound, range.upperBound)
        if low == high { return low }
        if low.isPositive || high.isNegative {
            let (small, large) = (min(low.magnitude, high.magnitude), max(low.magnitude, high.magnitude))
            if large.binaryExponent - small.binaryExponent > 16 {
                let power = Rational.powerOfTwo((large.binaryExponent + small.binaryExponent) / 2)
                return low.isPositive ? power : -power
            }
        }
        let unit = Rational.powerOfTwo((high - low).binaryExponent - 6)
        return Rational(((low + high) / (2 * unit) + Rational(1, 2)).floor) * unit
    }

    // MARK: The heap

    private mutating func insert(_ part: Part) {
        parts.append(part)
        var child = parts.count - 1
        while child > 0, parts[child].precedes(parts[(child - 1) / 2]) {
            parts.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func removeFirst() {
        parts.swapAt(0, parts.count - 1)
        parts.removeLast()
        var parent = 0
        while true {
            let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < parts.count }
            guard let least = children.min(by: { parts[$0].precedes(parts[$1]) }), parts[least].precedes(parts[parent])
            else { return }
            parts.swapAt(parent, least)
            parent = least
        }
    }
}
