import Foundation

/// An enclosure over time as it is drawn: a line through the middle, and a band where it is wide enough to be seen.
struct Curve {
    struct Point {
        let x: Double
        let low: Double
        let high: Double
    }

    /// `left` or `right`: how it is drawn.
    let style: String
    let points: [Point]

    /// Of a series whose ends are decimals of a document; points without both ends are left out as gaps.
    init(style: String, _ samples: [(moment: String, ends: SeriesRecord.Ends)]) {
        self.style = style
        points = samples.map { sample in
            Point(
                x: number(sample.moment) ?? .nan, low: number(sample.ends.lo) ?? .nan, high: number(sample.ends.hi) ?? .nan)
        }
    }

    init(style: String, points: [Point]) {
        self.style = style
        self.points = points
    }

    var values: [Double] { points.flatMap { [$0.low, $0.high] }.filter(\.isFinite) }

    func svg(_ x: Axis, _ y: Axis) -> String {
        pieces(x, y).map { piece in
            let line = simplified(piece.map { ($0.x, ($0.low + $0.high) / 2) })
            var out = ""
            if piece.contains(where: { abs($0.low - $0.high) > 0.8 }) {
                let outline = simplified(piece.map { ($0.x, $0.high) }) + simplified(piece.map { ($0.x, $0.low) }).reversed()
                out += "<path class=\"band \(style)\" d=\"\(path(outline))Z\"/>"
            }
            if line.count == 1 { return out + "<circle class=\"dot \(style)\" cx=\"\(short(line[0].0))\" cy=\"\(short(line[0].1))\" r=\"2.5\"/>" }
            return out + "<path class=\"line \(style)\" d=\"\(path(line))\"/>"
        }.joined()
    }

    /// Runs of points that all have a place, in the drawing's coordinates.
    private func pieces(_ x: Axis, _ y: Axis) -> [[Point]] {
        var pieces: [[Point]] = [[]]
        for point in points {
            if let px = x.position(point.x), let low = y.position(point.low), let high = y.position(point.high) {
                pieces[pieces.count - 1].append(Point(x: px, low: low, high: high))
            } else if !pieces[pieces.count - 1].isEmpty {
                pieces.append([])
            }
        }
        return pieces.filter { !$0.isEmpty }
    }
}

/// A finite number from a document's decimal.
func number(_ text: String?) -> Double? {
    text.flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil }
}

/// Points that a line needs to stay within a quarter of a pixel of the one through all (Ramer, Douglas, Peucker).
private func simplified(_ points: [(Double, Double)]) -> [(Double, Double)] {
    guard points.count > 2 else { return points }
    var keep = Array(repeating: false, count: points.count)
    keep[0] = true
    keep[points.count - 1] = true
    var pending = [(0, points.count - 1)]
    while let (first, last) = pending.popLast() {
        guard last - first > 1 else { continue }
        let (a, b) = (points[first], points[last])
        let (dx, dy) = (b.0 - a.0, b.1 - a.1)
        let length = max((dx * dx + dy * dy).squareRoot(), 1e-9)
        let far = (first + 1..<last).map { ($0, abs((points[$0].0 - a.0) * dy - (points[$0].1 - a.1) * dx) / length) }
            .max { $0.1 < $1.1 }
        guard let (index, distance) = far, distance > 0.25 else { continue }
        keep[index] = true
        pending += [(first, index), (index, last)]
    }
    return zip(points, keep).filter(\.1).map(\.0)
}

func path(_ points: [(Double, Double)]) -> String {
    points.enumerated().map { "\($0 == 0 ? "M" : "L")\(short($1.0)) \(short($1.1))" }.joined()
}

/// A coordinate to a tenth of a pixel.
func short(_ value: Double) -> String {
    let text = String(format: "%.1f", value)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
