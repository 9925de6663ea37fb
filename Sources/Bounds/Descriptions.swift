import Syntax

extension Contents {
    /// Claims as people read them, with the notes below them.
    var claimDescriptions: [ClaimDescription] {
        let file = files[theoremFile]
        var fallback: Provenance?
        for statement in file.statements {
            if fallback == nil, case .source(_, _, let provenance) = statement.kind { fallback = provenance }
        }
        var result: [ClaimDescription] = []
        var notes: [[String]] = []
        for statement in file.statements {
            switch statement.kind {
            case .note(let text):
                if !notes.isEmpty { notes[notes.count - 1].append(text) }
            case .claim:
                notes.append([])
            default:
                break
            }
        }
        var next = 0
        for statement in file.statements {
            guard case .claim(let claim) = statement.kind else { continue }
            let place = file.source.position(of: statement.span.start)
            var family: String?
            if case .growth(_, _, let over, _, _) = claim.body { family = over.text }
            result.append(
                ClaimDescription(
                    id: claim.id.text, wording: claim.wording, encoded: encoded(claim, statement.span, file.source),
                    provenance: claim.provenance ?? fallback, notes: notes[next],
                    line: place.line, column: place.column, kind: claim.kindName, growthFamily: family))
            next += 1
        }
        return result
    }

    /// From `given` or the body to the end of the statement, on one line.
    private func encoded(_ claim: ClaimSyntax, _ statement: Span, _ source: SourceFile) -> String {
        let bodyText = source.text(Span(claim.bodySpan.start, statement.end))
        guard let given = claim.given else { return bodyText }
        return "given \(source.text(given.span)) : \(bodyText)"
    }

    /// Notes before any claim, then those of the models.
    var fileNotes: [String] {
        var own: [String] = []
        scan: for statement in files[theoremFile].statements {
            switch statement.kind {
            case .note(let text): own.append(text)
            case .claim: break scan
            default: break
            }
        }
        for file in files.dropLast() {
            for statement in file.statements { if case .note(let text) = statement.kind { own.append(text) } }
        }
        return own
    }

    /// What the theorem cites, then what its models cite.
    var references: [SourceReference] {
        var result: [SourceReference] = []
        for file in [files[theoremFile]] + files.dropLast() {
            for statement in file.statements {
                if case .source(let work, let place, let provenance) = statement.kind {
                    result.append(SourceReference(work: work, place: place, provenance: provenance))
                }
            }
        }
        return result
    }
}
