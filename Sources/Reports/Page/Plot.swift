/// A drawing of curves with axes, events and phases: one inline SVG that takes its colours from the page.
struct Plot {
    struct Mark {
        let name: String
        let low: Double
        let high: Double
    }

    let title: String
    /// The drawing in words, for readers who do not see it.
    let description: String
    let xLabel: String
    var height = 250.0
    var width = 480.0
    let curves: [Curve]
    var marks: [Mark] = []
    /// Draws the line y = 0 where it belongs to the picture.
    var showsZero = false
    var xLogarithmic = false
    var yLogarithmic = false
    /// Points with error bars instead of sampled curves.
    var hasPoints = false
    /// Areas behind points.
    var wedges: [Curve] = []
    /// Where the claim certainly fails.
    var failure: ClosedRange<Double>?
    /// Named places of the picture.
    var places: [Place] = []
    /// Stands above the vertical axis.
    var yLabel: String?

    struct Place {
        let name: String
        let x: Double
        let y: Double
    }

    private let left = 58.0
    private let right = 12.0
    private let bottom = 36.0
    private var top: Double { marks.isEmpty && yLabel == nil ? 10 : 24 }

    init(title: String, description: String, xLabel: String, curves: [Curve]) {
        self.title = title
        self.description = description
        self.xLabel = xLabel
        self.curves = curves
    }

    /// Nil if there is nothing to draw on these axes. `id` is unique on the page.
    func svg(id: String, class name: String) -> String? {
        let xs = curves.flatMap(\.points).map(\.x).filter { $0.isFinite && (!xLogarithmic || $0 > 0) }
        var ys = (curves + wedges).flatMap(\.values)
        if showsZero && !yLogarithmic { ys.append(0) }
        guard curves.contains(where: { !$0.values.isEmpty }),
            let x = Axis.fitting(xs, isLogarithmic: xLogarithmic, from: left, to: width - right, tight: !hasPoints),
            let y = Axis.fitting(
                ys, isLogarithmic: yLogarithmic, from: height - bottom, to: top, withoutOutliers: curves.count > 1)
        else { return nil }
        var out = "<svg class=\"\(name)\" viewBox=\"0 0 \(short(width)) \(short(height))\" role=\"img\" aria-labelledby=\"\(id)-t \(id)-d\">"
        out += "<title id=\"\(id)-t\">\(escaped(title))</title><desc id=\"\(id)-d\">\(escaped(description))</desc>"
        out += phases(x) + grid(x, y)
        // An inner svg cuts off what leaves the picture.
        let (w, h) = (width - left - right, height - bottom - top)
        out += "<svg x=\"\(short(left))\" y=\"\(short(top))\" width=\"\(short(w))\" height=\"\(short(h))\" viewBox=\"\(short(left)) \(short(top)) \(short(w)) \(short(h))\">"
        out += failed(x)
        for wedge in wedges { out += wedge.svg(x, y) }
        for curve in curves { out += hasPoints ? points(curve, x, y) : curve.svg(x, y) }
        out += "</svg>" + frame(x) + named(x, y)
        return out + "</svg>"
    }

    private func grid(_ x: Axis, _ y: Axis) -> String {
        var out = "<g class=\"grid\">"
        for tick in y.ticks {
            guard let at = y.position(tick.value) else { continue }
            let isZero = showsZero && tick.value == 0
            out += "<path\(isZero ? " class=\"zero\"" : "") d=\"M\(short(left)) \(short(at))H\(short(width - right))\"/>"
            out += "<text class=\"y\" x=\"\(short(left - 6))\" y=\"\(short(at + 4))\">\(tick.label)</text>"
        }
        for tick in x.ticks {
            guard let at = x.position(tick.value) else { continue }
            out += "<path d=\"M\(short(at)) \(short(height - bottom))v4\"/>"
            out += "<text class=\"x\" x=\"\(short(at))\" y=\"\(short(height - bottom + 17))\">\(tick.label)</text>"
        }
        out += "<text class=\"x label\" x=\"\(short((left + width - right) / 2))\" y=\"\(short(height - 4))\">\(escaped(xLabel))</text>"
        return out + "</g>"
    }

    /// At least two pixels wide.
    private func failed(_ x: Axis) -> String {
        guard let failure, let low = x.position(failure.lowerBound), let high = x.position(failure.upperBound) else { return "" }
        let extra = max(0, 2 - (high - low)) / 2
        return "<rect class=\"failure\" x=\"\(short(low - extra))\" y=\"\(short(top))\" width=\"\(short(high - low + 2 * extra))\" height=\"\(short(height - bottom - top))\"/>"
    }

    private func named(_ x: Axis, _ y: Axis) -> String {
        var out = yLabel.map { "<text class=\"label\" x=\"\(short(left))\" y=\"14\">\(escaped($0))</text>" } ?? ""
        var named: [(x: Double, y: Double)] = []
        for place in places {
            guard let px = x.position(place.x), let py = y.position(place.y) else { continue }
            let isLate = px > (left + width - right) / 2
            out += "<circle class=\"dot tube\" cx=\"\(short(px))\" cy=\"\(short(py))\" r=\"3.2\"/>"
            if named.contains(where: { abs($0.x - px) < 40 && abs($0.y - py) < 12 }) { continue }
            named.append((px, py))
            out += "<text class=\"place\(isLate ? " late" : "")\" x=\"\(short(px + (isLate ? -6 : 6)))\" y=\"\(short(max(py - 6, top + 10)))\">\(escaped(place.name))</text>"
        }
        return out
    }

    /// Every second stretch between events is shaded.
    private func phases(_ x: Axis) -> String {
        let inside = marks.filter { x.range.contains(($0.low + $0.high) / 2) }.compactMap { x.position(($0.low + $0.high) / 2) }.sorted()
        let borders = [left] + inside + [width - right]
        return stride(from: 1, to: borders.count - 1, by: 2).map { index in
            "<rect class=\"phase\" x=\"\(short(borders[index]))\" y=\"\(short(top))\" width=\"\(short(borders[index + 1] - borders[index]))\" height=\"\(short(height - bottom - top))\"/>"
        }.joined()
    }

    private func frame(_ x: Axis) -> String {
        var out = "<path class=\"axis\" d=\"M\(short(left)) \(short(top))V\(short(height - bottom))H\(short(width - right))\"/>"
        var lastEnd = [-100.0, -100.0]
        for mark in marks.sorted(by: { $0.low < $1.low }) {
            let middle = (mark.low + mark.high) / 2
            guard x.range.contains(middle), let at = x.position(middle) else { continue }
            out += "<path class=\"event\" d=\"M\(short(at)) \(short(top))V\(short(height - bottom))\"/>"
            // Two rows of names; a third that has no room is told in the text below.
            let half = Double(mark.name.count) * 3.4 + 2
            let centre = min(max(at, left + half), width - right - half)
            guard let row = lastEnd.firstIndex(where: { $0 < centre - half }) else { continue }
            lastEnd[row] = centre + half
            out += "<text class=\"event\" x=\"\(short(centre))\" y=\"\(row == 0 ? 20 : 9)\">\(escaped(mark.name))</text>"
        }
        return out
    }

    private func points(_ curve: Curve, _ x: Axis, _ y: Axis) -> String {
        var out = ""
        var line: [(Double, Double)] = []
        for point in curve.points {
            guard let px = x.position(point.x), let low = y.position(point.low), let high = y.position(point.high) else { continue }
            line.append((px, (low + high) / 2))
            out += "<path class=\"line \(curve.style)\" d=\"M\(short(px)) \(short(low))V\(short(high))\"/>"
            out += "<circle class=\"dot \(curve.style)\" cx=\"\(short(px))\" cy=\"\(short((low + high) / 2))\" r=\"3.2\"/>"
        }
        return line.count > 1 ? "<path class=\"line thin \(curve.style)\" d=\"\(path(line))\"/>" + out : out
    }
}
