/// A theorem on the page: where it comes from, the table of verdicts, its instances, its claims and its runs.
struct TheoremSection {
    let theorem: TheoremRecord
    let anchor: String
    private let claims: [ClaimRecord]
    private let claimAnchors: [String: String]
    private let counterexamples: [CounterexampleSection]
    private let numbers: PageNumbers
    /// Whether the page is about this theorem alone, and has its title above.
    private let isOnly: Bool

    init(theorem: TheoremRecord, isOnly: Bool, numbers: PageNumbers) {
        self.theorem = theorem
        self.isOnly = isOnly
        self.numbers = numbers
        anchor = "t\(numbers.next())"
        claims = theorem.claims
        claimAnchors = Dictionary(claims.map { ($0.claim.claim, "c\(numbers.next())") }) { first, _ in first }
        counterexamples = claims.flatMap { claim in
            claim.entries.filter { $0.obligation.verdict == .refuted }.map { entry in
                CounterexampleSection(
                    obligation: entry.obligation, instance: entry.instance, file: theorem.file, anchor: "x\(numbers.next())")
            }
        }
    }

    func anchor(_ claim: ClaimRecord) -> String { claimAnchors[claim.claim.claim] ?? anchor }

    var html: String {
        var out = "<section class=\"theorem\" aria-labelledby=\"\(anchor)\">\n<h2 id=\"\(anchor)\">\(escaped(isOnly ? theorem.id : theorem.title))</h2>\n"
        out += "<p class=\"muted\">\(isOnly ? "" : "<code>\(escaped(theorem.id))</code> in ")<code>\(escaped(theorem.file))</code></p>\n"
        if !theorem.sources.isEmpty {
            out += "<ul class=\"sources\">\(theorem.sources.map { "<li>\(escaped($0.text))</li>" }.joined())</ul>\n"
        }
        out += theorem.notes.map { "<p class=\"note\">\(escaped($0))</p>\n" }.joined()
        out += theorem.shortcomings.map { "<p class=\"warning\" role=\"note\">\(escaped($0.message))</p>\n" }.joined()
        out += theorem.warnings.map { "<p class=\"warning\" role=\"note\">\(escaped("\($0.id ?? ""): \($0.text)"))</p>\n" }.joined()
        out += "<h3>Verdicts</h3>\n" + verdicts + "<h3>Instances</h3>\n" + instances
        out += "<h3>Claims</h3>\n" + claims.map { claim in
            let own = counterexamples.filter { $0.obligation.claim == claim.claim.claim }
            let anchors = Dictionary(own.map { ($0.instance.id, $0.anchor) }) { first, _ in first }
            return ClaimArticle(claim, anchor: anchor(claim), counterexamples: anchors, numbers: numbers).html
        }.joined()
        if !counterexamples.isEmpty {
            out += "<h3>Counterexamples</h3>\n" + counterexamples.map { $0.html(isOpen: counterexamples.count <= 3) }.joined()
        }
        let runs = theorem.instances.compactMap { RunDetails(instance: $0, numbers: numbers).html }
        if !runs.isEmpty { out += "<h3>Runs</h3>\n" + runs.joined() }
        return out + "</section>\n"
    }

    // MARK: The table of verdicts

    /// A row per claim, a column per instance.
    private var verdicts: String {
        let columns = theorem.instances
        let isWide = columns.count > 4
        let heads = columns.map { "<th scope=\"col\"\(isWide ? " class=\"tall\"" : "")><span>\(escaped($0.id))</span></th>" }.joined()
        let rows = claims.map { claim in
            let entries = Dictionary(claim.entries.map { ($0.instance.id, $0.obligation) }) { first, _ in first }
            let cells = columns.map { column in
                entries[column.id].map { Self.cell($0, short: isWide) } ?? "<td><span class=\"hidden\">not asked</span></td>"
            }
            return "<tr><th scope=\"row\"><a href=\"#\(anchor(claim))\">\(escaped(claim.claim.claim))</a></th>\(cells.joined())</tr>"
        }
        return """
            <p class="legend">\(Self.legend) <span class="muted">A filled cell is not as expected.</span></p>
            <div class="scroll" role="region" aria-label="Table of verdicts" tabindex="0"><table class="verdicts">
            <thead><tr><th scope="col">claim</th>\(heads)</tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody>
            </table></div>

            """
    }

    private static let legend = VerdictName.allCases.map { "<span class=\"v \($0.rawValue)\">\(mark($0)) \($0.rawValue)</span>" }.joined(separator: " ")

    private static func cell(_ obligation: ObligationRecord, short: Bool) -> String {
        let text = short ? "<span class=\"hidden\"> \(escaped(obligation.verdictText))</span>" : " \(obligation.verdict.rawValue)"
        let name = "v \(obligation.verdict.rawValue)\(obligation.asExpected ? "" : " bad")"
        return "<td class=\"\(name)\" title=\"\(escaped(obligation.verdictText))\"><span aria-hidden=\"true\">\(mark(obligation.verdict))</span>\(text)</td>"
    }

    // MARK: Instances

    private var instances: String {
        let own = theorem.instances.filter { !$0.isFamily }
        let hasSeeds = own.contains { $0.seed != nil }
        let rows = own.map { instance in
            let hasRun = instance.dimension > 0 || instance.steps > 0
            let end = instance.horizon.map { $0.interval.text(.brief) } ?? ""
            let cells = [
                escaped(instance.parametersText), hasSeeds ? instance.seed.map(String.init) ?? "" : nil, hasRun ? String(instance.dimension) : "",
                hasRun ? String(instance.steps) : "", hasRun ? String(instance.bits) : "", hasRun ? end : "no run",
            ].compactMap { $0 }
            return "<tr><th scope=\"row\">\(escaped(instance.id))</th>\(cells.enumerated().map { "<td\($0 == 0 ? " class=\"wide\"" : "")>\($1)</td>" }.joined())</tr>"
        }
        let heads = ["instance", "parameters", hasSeeds ? "seed" : nil, "states", "steps", "bits", "run to"].compactMap { $0 }
        return """
            <div class="scroll" role="region" aria-label="Instances" tabindex="0"><table>
            <thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" }.joined())</tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody>
            </table></div>

            """
    }
}

func mark(_ verdict: VerdictName) -> String {
    switch verdict {
    case .proved: "✓"
    case .refuted: "✗"
    case .undecided: "?"
    case .vacuous: "∅"
    case .consistent: "~"
    }
}
