/// A claim on the page: the paper's words, what is checked, the verdict on every instance, and plots.
struct ClaimArticle {
    private let record: ClaimRecord
    private let anchor: String
    private let counterexamples: [String: String]
    private let numbers: PageNumbers
    private var claim: ObligationRecord { record.claim }

    /// `counterexamples`: by instance, the anchors of their sections.
    init(_ record: ClaimRecord, anchor: String, counterexamples: [String: String], numbers: PageNumbers) {
        self.counterexamples = counterexamples
        self.record = record
        self.anchor = anchor
        self.numbers = numbers
    }

    var html: String {
        """
        <article class="claim" aria-labelledby="\(anchor)">
        <h4 id="\(anchor)">\(escaped(claim.claim)) <span class="tag">\(escaped(claim.provenanceText))</span></h4>
        <blockquote>\(escaped(claim.wording))</blockquote>
        <pre class="encoded"><code>\(escaped(claim.encoded))</code></pre>
        \(claim.notes.map { "<p class=\"note\">\(escaped($0))</p>\n" }.joined())\(table)\(plots)</article>

        """
    }

    private var table: String {
        let hasConstants = record.entries.contains { !$0.obligation.constants.isEmpty }
        let hasMargins = record.entries.contains { !$0.obligation.marginText.isEmpty }
        let hasSeeds = record.entries.contains { $0.obligation.seeds != nil }
        let heads = ["instance", "verdict", hasSeeds ? "seeds" : nil, hasConstants ? "constant" : nil, hasMargins ? "margin" : nil, "decided with"].compactMap { $0 }
        let rows = groups.map { entries in
            let obligation = entries[0].obligation
            let number = " class=\"number\""
            let cells: [(kind: String, text: String)?] = [
                ("", "<span class=\"v \(obligation.verdict.rawValue)\(obligation.asExpected ? "" : " bad")\">\(mark(obligation.verdict)) \(escaped(obligation.verdictText))</span>"),
                hasSeeds ? ("", escaped(obligation.seedsText)) : nil,
                hasConstants ? (number, escaped(obligation.constantsText)) : nil,
                hasMargins ? (number, escaped(margin(of: entries))) : nil, ("", escaped(obligation.bitsText)),
            ]
            let names = entries.map(\.instance.id).joined(separator: ", ")
            let row = "<tr><th scope=\"row\">\(escaped(names))</th>\(cells.compactMap { $0 }.map { "<td\($0.kind)>\($0.text)</td>" }.joined())</tr>"
            return row + (detail(entries).map { "<tr class=\"detail\"><td colspan=\"\(heads.count)\"><div>\($0)</div></td></tr>" } ?? "")
        }
        return """
            <div class="scroll" role="region" aria-label="Verdicts on \(escaped(claim.claim))" tabindex="0"><table>
            <thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" }.joined())</tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody>
            </table></div>

            """
    }

    private typealias Entry = (instance: InstanceRecord, obligation: ObligationRecord)

    /// Instances on which there is nothing different to tell share a row.
    private var groups: [[Entry]] {
        var order: [String] = []
        var groups: [String: [Entry]] = [:]
        for entry in record.entries {
            let obligation = entry.obligation
            let parts = [obligation.verdictText, obligation.constantsText, obligation.bitsText, obligation.seedsText, obligation.reason ?? "", obligation.obstacle?.remedy ?? "", obligation.marginText]
            let key = parts.joined(separator: "\u{0}")
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(entry)
        }
        return order.compactMap { groups[$0] }
    }

    private func margin(of entries: [Entry]) -> String {
        let (instance, obligation) = entries[0]
        guard !obligation.marginText.isEmpty, entries.count == 1, let time = obligation.margin?.time else { return obligation.marginText }
        return "\(obligation.marginText) at \(instance.moment(time))"
    }

    /// Why, in a sentence.
    private func detail(_ entries: [Entry]) -> String? {
        let obligation = entries[0].obligation
        guard let reason = obligation.reason else { return nil }
        switch obligation.verdict {
        case .proved, .consistent: return escaped(reason)
        case .vacuous: return "Nothing to prove: \(escaped(reason))"
        case .refuted:
            let links = entries.compactMap { entry in
                counterexamples[entry.instance.id].map { "<a href=\"#\($0)\">\(escaped(entry.instance.id))</a>" }
            }
            return "Counterexample: \(escaped(reason)) (more: \(links.joined(separator: ", ")))"
        case .undecided:
            let remedy = obligation.obstacle?.remedy.map { " <strong>Try:</strong> \(escaped($0))" } ?? ""
            return "Obstacle: \(escaped(reason)).\(remedy)"
        }
    }

    /// One piece per instance. Open is the first one with a failure, or else the first one.
    private var plots: String {
        let drawn = record.entries.map { (entry: $0, figures: figures($0)) }.filter { !$0.figures.isEmpty }
        let open = drawn.firstIndex { $0.entry.obligation.verdict == .refuted } ?? 0
        return drawn.enumerated().map { index, piece in
            let (entry, drawn) = piece
            return """
                <details class="plots"\(index == open ? " open" : "")><summary>Plot on \(escaped(entry.instance.id))</summary>
                <div class="figures">\(drawn)</div></details>

                """
        }.joined()
    }

    private func figures(_ entry: Entry) -> String {
        var out = ""
        for series in entry.obligation.series ?? [] {
            let figure = SeriesFigure(series: series, instance: entry.instance, obligation: entry.obligation, id: "p\(numbers.next())")
            out += figure.html ?? ""
        }
        if let rest = entry.obligation.comparisonsWithoutSeries, rest > 0, !out.isEmpty {
            out += "<p class=\"muted\">\(counted(rest, "further comparison")) of this claim \(rest == 1 ? "is" : "are") decided alike and not drawn.</p>"
        }
        if let growth = entry.obligation.growth {
            out += GrowthFigure(growth: growth, obligation: entry.obligation, id: "p\(numbers.next())").html ?? ""
        }
        return out
    }
}

extension InstanceRecord {
    /// `t in [1, 1.01]`, `step 5`
    func moment(_ time: IntervalRecord) -> String {
        let text = time.interval.text(.brief)
        if countsSteps { return text.hasPrefix("[") ? "a step in \(text)" : "step \(text)" }
        return text.hasPrefix("[") ? "t in \(text)" : "t = \(text)"
    }

    var clockLabel: String { countsSteps ? "step" : "t" }

    /// Events that are reached, for drawings.
    var marks: [Plot.Mark] {
        events.compactMap { event in
            guard event.status == "reached", let low = number(event.lo), let high = number(event.hi) else { return nil }
            return Plot.Mark(name: event.name, low: low, high: high)
        }
    }
}
