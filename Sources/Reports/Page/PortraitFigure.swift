/// The phase diagram of a run: its path in the plane of two quantities, with its start, its end and the events on it.
struct PortraitFigure {
    let portrait: PortraitRecord
    let instance: InstanceRecord
    let id: String

    private struct Sample {
        let moment: Double
        let point: Curve.Point
    }

    var html: String? {
        guard portrait.names.count == 2 else { return nil }
        let samples = portrait.samples.compactMap { sample -> Sample? in
            guard let moment = number(sample.moment), let left = number(sample.x.lo), let right = number(sample.x.hi),
                let low = number(sample.y.lo), let high = number(sample.y.hi)
            else { return nil }
            return Sample(moment: moment, point: Curve.Point(x: (left + right) / 2, low: low, high: high))
        }
        guard let first = samples.first, let last = samples.last, samples.count > 1 else { return nil }
        let (across, up) = (portrait.names[0], portrait.names[1])
        var plot = Plot(
            title: "Phase diagram on \(instance.id): \(up) against \(across)",
            description: "The path of the run, \(counted(samples.count, "sample")), from the start to \(instance.clockLabel) = \(Axis.label(last.moment, step: max(last.moment / 1000, 1e-300))).",
            xLabel: across, curves: [Curve(style: "tube", points: samples.map(\.point))])
        plot.yLabel = up
        plot.places = [place("start", first)]
        plot.places += instance.marks.compactMap { mark in
            let middle = (mark.low + mark.high) / 2
            guard middle > first.moment, middle < last.moment else { return nil }
            return samples.min { abs($0.moment - middle) < abs($1.moment - middle) }.map { place(mark.name, $0) }
        }
        plot.places.append(place("end", last))
        guard let svg = plot.svg(id: id, class: "lin only") else { return nil }
        return "<figure class=\"plot\">\(svg)<figcaption><strong>Phase diagram</strong>: <code>\(escaped(up))</code> against <code>\(escaped(across))</code>; events stand at the samples nearest to them.</figcaption></figure>"
    }

    private func place(_ name: String, _ sample: Sample) -> Plot.Place {
        Plot.Place(name: name, x: sample.point.x, y: (sample.point.low + sample.point.high) / 2)
    }
}
