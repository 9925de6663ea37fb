import Bounds
import Properties
import Syntax

/// What a claim says, where it comes from, and what its verdicts would mean; nothing is run. Nil if the theorem has no
/// claim with this id.
public func explanation(ofClaim id: String, in theorem: Theorem, style: ReportStyle = .init()) -> String? {
    guard let claim = theorem.claims.first(where: { $0.id == id }), let outline = theorem.outline(of: id) else {
        return nil
    }
    return ClaimExplanation(claim: claim, outline: outline, theorem: theorem).text(style)
}

private struct ClaimExplanation {
    let claim: ClaimDescription
    let outline: ClaimOutline
    let theorem: Theorem

    private var guide: ClaimFormGuide { ClaimFormGuide(outline.form) }

    func text(_ style: ReportStyle) -> String {
        var page = GuidePage(style)
        page.title(claim.id, "\"\(claim.wording)\"")
        page.subtitle("\(theorem.file), line \(claim.line), in \(theorem.id)")
        page.heading("Where it comes from")
        for sentence in origin { page.paragraph(sentence, indent: 4) }
        page.heading("What is checked")
        page.paragraph(claim.encoded, indent: 4)
        page.paragraph(meaning, indent: 4)
        page.heading("Hypotheses")
        if hypotheses.isEmpty { page.paragraph("None.", indent: 4) } else { page.list(hypotheses) }
        page.heading("What a verdict would mean")
        page.list(verdicts)
        page.heading(outline.form == .growth ? "The family" : "The instances, and the verdict expected on each")
        page.list(instances)
        page.heading("To decide it")
        page.paragraph(shellCommand(["flowbound", "verify", theorem.file, "--only", claim.id]), indent: 4)
        return page.text
    }

    private var origin: [String] {
        var sentences = ["\(claim.provenance.wording)."]
        if let provenance = claim.provenance { sentences[0] = "\(provenance.rawValue): \(provenance.explanation)" }
        for source in theorem.sources {
            sentences.append("The file cites \(source.work)\(source.place.isEmpty ? "" : ", \(source.place)").")
        }
        return sentences + claim.notes.map { "Note: \($0)" }
    }

    // MARK: Meaning

    private var meaning: String {
        var sentences = [guide.says]
        if outline.form.isAboutInstants { sentences.append(instants) }
        if let condition = outline.whileCondition {
            sentences.append(
                "'while \(condition)': an instant t counts as long as this held at all instants from the start of the "
                    + "interval to t.")
        }
        if outline.moment != nil { sentences.append("A moment is known as an enclosure; it has to be reached.") }
        for constant in outline.openConstants {
            sentences.append(
                "'for some \(constant)': the constant is solved for. The report encloses the best value, the same for "
                    + "all instants, and certifies the claim with the worse end of the enclosure.")
        }
        for box in outline.boxes {
            sentences.append("'for all \(box)': every value of the parameter in the interval, not only the instance's.")
        }
        if let seeds = outline.seeds {
            sentences.append(
                "'for \(seeds)': the claim is decided on a run for each seed, and the proved runs are counted.")
        }
        if theorem.startsInBox { sentences.append("A state starts in a box: the claim is about every start in it.") }
        return sentences.joined(separator: " ")
    }

    private var instants: String {
        let scope = outline.scope ?? "from the start to the end of the run"
        switch theorem.dynamics {
        case .flow: return "The instants are all real times, \(scope); not only those of a grid."
        case .steps: return "The instants are all steps 0, 1, 2, ..., \(scope)."
        case .none: return ""
        }
    }

    // MARK: Hypotheses

    private var hypotheses: [(word: String, meaning: String)] {
        theorem.hypotheses.compactMap { item in
            switch item.hypothesis {
            case .assumption(let name): ("assume \(name)", item.text)
            case .given(let owner): owner == claim.id ? ("given", item.text) : nil
            }
        }
    }

    // MARK: Verdicts

    private var verdicts: [(word: String, meaning: String)] {
        var entries: [(word: String, meaning: String)] = []
        if outline.form == .growth {
            entries.append(
                ("consistent", "The local exponents between all neighbours of the family lie inside. Never 'proved'."))
        } else {
            entries.append(("proved", guide.proved + (outline.seeds == nil ? "" : " That on enough seeds.")))
        }
        let refuted = outline.openConstants.isEmpty ? guide.refuted : "No constant that meets its 'where' makes it true."
        entries.append(("refuted", refuted + (outline.seeds == nil ? "" : " That on too many seeds.")))
        entries.append(("undecided", "Neither was enclosed; the report names the obstacle and what to try."))
        var empty = hypotheses.isEmpty ? [] : ["a hypothesis is certainly false"]
        if outline.whileCondition != nil { empty.append("the condition of 'while' is certainly false at the start") }
        if outline.scope != nil { empty.append("the interval is certainly empty") }
        if !empty.isEmpty {
            entries.append(("vacuous", "There was nothing to prove: \(empty.joined(separator: ", or "))."))
        }
        if !outline.openConstants.isEmpty, !theorem.families.isEmpty {
            entries.append(("consistent", "On a family: one constant serves all of its members."))
        }
        return entries
    }

    // MARK: Instances

    private var instances: [(word: String, meaning: String)] {
        if let family = claim.growthFamily {
            let members = theorem.families.first { $0.name == family }?.members ?? []
            let verdict = expected(theorem.expectation(of: claim.id, onFamily: family), usual: "consistent")
            return [(family, "\(members.joined(separator: ", ")): \(verdict)")]
        }
        return theorem.instances.map { instance in
            let values = parameters(of: instance)
            let verdict = expected(theorem.expectation(of: claim.id, on: instance), usual: "proved")
            return (instance.id, values.isEmpty ? verdict : "\(values): \(verdict)")
        }
    }

    private func expected(_ verdict: ExpectedVerdict?, usual: String) -> String {
        verdict.map { "\($0.rawValue), as 'expect' says" } ?? usual
    }
}
