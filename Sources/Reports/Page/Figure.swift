/// One or two plots over the same axis with a switch between kinds of axes. The switch is style alone: no script.
struct Figure {
    let id: String
    /// HTML, escaped.
    let caption: String
    /// Plots with a name, drawn one below the other.
    let plots: [Plot]

    private enum Axes: String, CaseIterable {
        case linear = "lin"
        case logarithmicY = "logy"
        case logarithmicBoth = "loglog"

        var label: String {
            switch self {
            case .linear: "linear"
            case .logarithmicY: "log y"
            case .logarithmicBoth: "log both"
            }
        }
    }

    /// Nil if nothing can be drawn.
    var html: String? {
        var views: [(axes: Axes, svg: String)] = []
        for axes in Axes.allCases {
            var drawn = ""
            var isWorthShowing = true
            for (index, plot) in plots.enumerated() {
                var plot = plot
                plot.xLogarithmic = axes == .logarithmicBoth
                // Where only one of the plots is positive, the other keeps its axis.
                let isPositive = plot.curves.contains { $0.values.contains { $0 > 0 } }
                plot.yLogarithmic = axes != .linear && isPositive
                if index == 0 && axes != .linear && !isPositive { isWorthShowing = false }
                drawn += plot.svg(id: "\(id)-\(axes.rawValue)-\(index)", class: axes.rawValue) ?? ""
            }
            if isWorthShowing && !drawn.isEmpty { views.append((axes, drawn)) }
        }
        guard !views.isEmpty else { return nil }
        var out = "<figure class=\"plot\">"
        if views.count > 1 {
            out += "<fieldset class=\"axes\"><legend>Axes</legend>"
            for (position, view) in views.enumerated() {
                out += "<label><input type=\"radio\" name=\"\(id)\" value=\"\(view.axes.rawValue)\"\(position == 0 ? " checked" : "")> \(view.axes.label)</label>"
            }
            out += "</fieldset>"
        }
        return out + views.map(\.svg).joined() + "<figcaption>\(caption)</figcaption></figure>"
    }
}
