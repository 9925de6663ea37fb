import Exact

/// How one instance was run: its events, what was shown, the precisions tried, and how well the run is known.
struct RunDetails {
    let instance: InstanceRecord
    let numbers: PageNumbers

    /// Nil for a family, and where nothing was run.
    var html: String? {
        guard !instance.isFamily, instance.dimension > 0 || instance.steps > 0 else { return nil }
        return """
            <details class="run"><summary>\(escaped(instance.id)): \(counted(instance.dimension, "state")), \(counted(instance.steps, "step")), \(instance.bits) bits</summary>
            \(events)\(observations)\(rungs)<div class="figures">\(portrait)\(profile)</div></details>

            """
    }

    private var events: String {
        let rows = instance.events.map { event in
            let value = RationalInterval(event.lo, event.hi)
            let text = switch event.status {
            case "reached": value.text(.shown)
            case "not reached": "not up to \(value.lower.map { $0.decimal(significantDigits: 6, rounding: .down) } ?? "the end")"
            default: event.obstacle?.reason ?? ""
            }
            return [event.name, event.status, text]
        }
        return table("Events", ["event", "status", instance.countsSteps ? "step" : "time"], rows)
    }

    private var observations: String {
        let events = Set(instance.events.map(\.name))
        let rows = instance.observations.filter { $0.at != nil || !events.contains($0.quantity) }.map { shown in
            [shown.quantity, shown.at ?? "", shown.obstacle?.reason ?? RationalInterval(shown.lo, shown.hi).text(.shown)]
        }
        return table("Shown", ["quantity", "at", "enclosure"], rows)
    }

    private var rungs: String {
        let rows = instance.rungs.map { rung in
            let radius = rung.radius?.interval.upper.map { "<= \($0.decimal(significantDigits: 3, rounding: .up))" } ?? ""
            return ["\(rung.bits)", "\(rung.steps)", radius, "\(rung.undecided)", rung.reason ?? ""]
        }
        return table("Precisions tried", ["bits", "steps", "largest radius", "undecided", "reason"], rows)
    }

    private func table(_ title: String, _ heads: [String], _ rows: [[String]]) -> String {
        guard !rows.isEmpty else { return "" }
        let body = rows.map { row in
            "<tr>" + row.enumerated().map { $0 == 0 ? "<th scope=\"row\">\(escaped($1))</th>" : "<td>\(escaped($1))</td>" }.joined() + "</tr>"
        }.joined()
        let head = heads.map { "<th scope=\"col\">\($0)</th>" }.joined()
        return """
            <div class="scroll" role="region" aria-label="\(title) on \(escaped(instance.id))" tabindex="0"><table>
            <caption>\(title)</caption><thead><tr>\(head)</tr></thead><tbody>\(body)</tbody></table></div>

            """
    }

    private var portrait: String {
        instance.portrait.flatMap { PortraitFigure(portrait: $0, instance: instance, id: "p\(numbers.next())").html } ?? ""
    }

    // MARK: How well the run is known

    private var profile: String {
        let pieces = instance.profile ?? []
        let radius = steps(pieces) { number($0.radius) }
        let defect = steps(pieces) { number($0.defect) }
        let norm = steps(pieces) { piece in
            guard let norm = number(piece.logarithmicNorm), let a = number(piece.start), let b = number(piece.end), b > a else { return nil }
            return norm / (b - a)
        }
        return figure("Radius", "the solution lies at most so far from the computed curve", radius, logarithmic: true)
            + figure("Defect", "bound of the integral of |p' - f(p)| over each piece", defect, logarithmic: true)
            + figure("Logarithmic norm", "bound of its mean over each piece: where it is negative, errors shrink", norm, logarithmic: false)
    }

    /// Levels over the pieces; a point for each where the run counts steps.
    private func steps(_ pieces: [PieceRecord], _ value: (PieceRecord) -> Double?) -> Curve {
        let points = pieces.flatMap { piece -> [Curve.Point] in
            guard let level = value(piece), let a = number(piece.start), let b = number(piece.end) else { return [] }
            return (a == b ? [a] : [a, b]).map { Curve.Point(x: $0, low: level, high: level) }
        }
        return Curve(style: "tube", points: points)
    }

    private func figure(_ title: String, _ text: String, _ curve: Curve, logarithmic: Bool) -> String {
        let isPositive = curve.values.contains { $0 > 0 }
        guard !curve.values.isEmpty, !logarithmic || isPositive else { return "" }
        var plot = Plot(title: "\(title) on \(instance.id)", description: "\(title): \(text).", xLabel: instance.clockLabel, curves: [curve])
        plot.height = 190
        plot.yLogarithmic = logarithmic
        plot.showsZero = !logarithmic
        plot.marks = instance.marks
        guard let svg = plot.svg(id: "p\(numbers.next())", class: "lin only") else { return "" }
        return "<figure class=\"plot\">\(svg)<figcaption><strong>\(title)</strong>: \(escaped(text)).</figcaption></figure>"
    }
}
