import Exact
import Foundation

/// Both sides of a comparison over time, and below it the slack.
struct SeriesFigure {
    let series: SeriesRecord
    let instance: InstanceRecord
    let obligation: ObligationRecord
    let id: String

    var html: String? {
        let left = Curve(style: "left", series.samples.map { ($0.moment, $0.left) })
        let right = Curve(style: "right", series.samples.map { ($0.moment, $0.right) })
        let slack = Curve(style: "slack", series.samples.map { ($0.moment, $0.slack) })
        var sides = Plot(
            title: "\(obligation.claim) on \(instance.id): \(statement)",
            description: ([words("left side", left)] + (series.right == nil ? [] : [words("right side", right)])).joined(separator: " "),
            xLabel: instance.clockLabel, curves: series.right == nil ? [left] : [left, right])
        sides.marks = instance.marks
        sides.failure = failure
        var plots = [sides]
        if series.right != nil {
            var difference = Plot(
                title: "Slack of \(obligation.claim) on \(instance.id): right side minus left side",
                description: words("slack", slack), xLabel: "slack over \(instance.clockLabel)", curves: [slack])
            difference.height = 140
            difference.showsZero = true
            difference.failure = failure
            plots.append(difference)
        }
        return Figure(id: id, caption: caption, plots: plots).html
    }

    /// Where the counterexample says that the claim fails.
    private var failure: ClosedRange<Double>? {
        guard let time = obligation.counterexample?.time, let low = number(time.lo), let high = number(time.hi), low <= high else { return nil }
        return low...high
    }

    /// `w <= log(1 + t)`
    private var statement: String {
        let left = Self.brief(series.left)
        return series.right.map { "\(left) \(series.relation) \(Self.brief($0))" } ?? "\(left) is \(series.relation)"
    }

    private var caption: String {
        var lines: [String] = []
        if let right = series.right {
            lines.append("<span class=\"key left\"></span> left side <code>\(escaped(Self.brief(series.left)))</code>")
            lines.append("<span class=\"key right\"></span> right side <code>\(escaped(Self.brief(right)))</code>")
            lines.append(escaped("claimed: left \(series.relation) right"))
        } else {
            lines.append("<span class=\"key left\"></span> <code>\(escaped(Self.brief(series.left)))</code>, claimed to be \(escaped(series.relation))")
        }
        for constant in series.constants {
            lines[lines.count - 1] += ", drawn with <code>\(escaped("\(constant.name) = \(constant.value)"))</code>"
        }
        if obligation.kind == "at" { lines.append("claimed at one moment: the curves show what lies around it") }
        if failure != nil { lines.append("<span class=\"key failed\"></span> where the claim certainly fails") }
        lines.append("<span class=\"muted\">\(series.samples.count) certified enclosures, joined by lines; a band shows their width where it can be seen.</span>")
        return lines.joined(separator: "<br>")
    }

    /// The text of a long formula says less than its beginning.
    private static func brief(_ formula: String) -> String {
        formula.count <= 90 ? formula : formula.prefix(84) + " ..."
    }

    private func words(_ name: String, _ curve: Curve) -> String {
        let known = curve.points.filter { $0.x.isFinite && $0.low.isFinite && $0.high.isFinite }
        guard let first = known.first, let last = known.last else { return "The \(name) is not known." }
        func at(_ point: Curve.Point) -> String {
            "\(Axis.label((point.low + point.high) / 2, step: max(abs(point.low), abs(point.high), 1e-300) / 1000)) at \(instance.clockLabel) = \(Axis.label(point.x, step: max(abs(point.x), 1e-300) / 1000))"
        }
        return "The \(name) goes from \(at(first)) to \(at(last))."
    }
}

/// The quantity of a growth claim over the members of a family.
struct GrowthFigure {
    let growth: GrowthRecord
    let obligation: ObligationRecord
    let id: String

    var html: String? {
        var order: [[String]] = []
        for point in growth.points where !order.contains(point.group) { order.append(point.group) }
        let curves = order.enumerated().map { index, group in
            let own = growth.points.filter { $0.group == group }.map { point in
                Curve.Point(x: fraction(point.parameter), low: number(point.lo) ?? .nan, high: number(point.hi) ?? .nan)
            }
            return Curve(style: index % 2 == 0 ? "left" : "right", points: own.sorted { $0.x < $1.x })
        }
        let exponent = obligation.constants.first.map { "exponent in \(RationalInterval($0.lo, $0.hi).text(.brief))" }
        var plot = Plot(
            title: "\(obligation.claim): growth in \(growth.parameter)",
            description: "\(growth.points.count) members." + (exponent.map { " All local \($0)." } ?? ""),
            xLabel: growth.parameter, curves: curves)
        plot.hasPoints = true
        plot.wedges = wedges(curves)
        plot.xLogarithmic = true
        plot.yLogarithmic = true
        guard let svg = plot.svg(id: id, class: "loglog only") else { return nil }
        let rows = growth.points.map { point in
            "<tr><th scope=\"row\">\(escaped(point.instance))</th><td>\(escaped(point.parameter))</td><td>\(escaped(RationalInterval(point.lo, point.hi).text(.brief)))</td></tr>"
        }.joined()
        let table = "<table><thead><tr><th scope=\"col\">member</th><th scope=\"col\">\(escaped(growth.parameter))</th><th scope=\"col\">enclosure</th></tr></thead><tbody>\(rows)</tbody></table>"
        let caption = "Enclosures on the members, both axes logarithmic; lines join neighbours, whose slopes are the local exponents."
            + (exponent.map {
                " All of them, and so the slope of the straight line that fits best: <strong>\(escaped($0))</strong>, the slopes of the shaded wedge."
            } ?? "")
        return "<figure class=\"plot\">\(svg)<figcaption>\(caption)</figcaption></figure>\(table)"
    }

    /// From the first point of each curve on, the slopes of the exponent's enclosure.
    private func wedges(_ curves: [Curve]) -> [Curve] {
        guard let low = number(obligation.constants.first?.lo), let high = number(obligation.constants.first?.hi) else { return [] }
        return curves.compactMap { curve in
            let known = curve.points.filter { $0.x > 0 && $0.low > 0 && $0.high.isFinite }
            guard let first = known.first, let last = known.last, first.x < last.x else { return nil }
            let (start, ratio) = (first.low.squareRoot() * first.high.squareRoot(), last.x / first.x)
            return Curve(
                style: "\(curve.style) wedge",
                points: [
                    Curve.Point(x: first.x, low: start, high: start),
                    Curve.Point(x: last.x, low: start * pow(ratio, low), high: start * pow(ratio, high)),
                ])
        }
    }

    /// `5`, `1/100`
    private func fraction(_ text: String) -> Double {
        Rational(parsing: text)?.approximation ?? .nan
    }
}
