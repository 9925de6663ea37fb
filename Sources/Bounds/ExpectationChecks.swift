import Syntax

extension StaticChecks {
    func checkExpectations() {
        let claims = contents.claims
        for expectation in contents.expectations {
            let file = expectation.place.file
            let id = expectation.value.claim
            if !claims.contains(where: { $0.value.id.text == id.text }) && !incomplete {
                var remedy = claims.isEmpty ? nil : "claims: \(claims.map(\.value.id.text).listed)"
                if let near = closestName(to: id.text, in: claims.map(\.value.id.text)),
                    let claim = claims.first(where: { $0.value.id.text == near })
                {
                    let line = contents.source(claim.place.file).line(of: claim.span.start)
                    remedy = "did you mean '\(near)'? (claim, line \(line))"
                }
                error("E0305", "no claim is called '\(id.text)'", file: file, id.span, remedy: remedy)
                continue
            }
            for member in expectation.value.members {
                if !contents.instances.contains(where: { $0.value.name.text == member.name.text }) && !incomplete {
                    collector.add(unknownMember(member.name, file: file))
                    break
                }
            }
        }
    }

    func unknownMember(_ name: Identifier, file: Int) -> Diagnostic {
        let known = contents.instances.map(\.value.name.text)
        return Diagnostic(
            "E0306", "no instance or family is called '\(name.text)'", file: contents.source(file).name, span: name.span,
            remedy: known.isEmpty ? nil : "instances: \(known.listed)")
    }

    func checkShows() {
        for (position, show) in contents.shows.enumerated() {
            let file = show.place.file
            for (index, expression) in show.value.expressions.enumerated() {
                guard
                    let facts = check(file: file, { (formula) throws(Diagnostic) in try formula.number(expression) })
                else { continue }
                showFeatures[[position, index]] = facts.feature
                if show.value.times.isEmpty, let moving = facts.moving {
                    error(
                        "E0707", "'show' without 'at' reads \(moving.text)", file: file, moving.span,
                        remedy: motion == .none ? nil : "add 'at end'")
                }
            }
            let facts = show.value.times.map { time in
                check(file: file) { (formula) throws(Diagnostic) in try formula.number(time.value) }
            }
            // One remedy for the whole list: only its first time is reported.
            let written = zip(show.value.times, facts).map { time, facts in
                inUnit(time, isMoment: facts?.moment != nil, file: file)
            }
            for (time, facts) in zip(show.value.times, facts) {
                if let moving = facts?.moving {
                    error("E0707", "'at' reads \(moving.text)", file: file, moving.span, remedy: "use parameters and events")
                }
                if let feature = facts?.feature {
                    for index in show.value.expressions.indices { showFeatures[[position, index]] = feature }
                }
                if facts?.moment == nil { checkUnit(time, "at \(written.joined(separator: ", "))", file: file) }
                if motion == .none {
                    error("E0605", "'at' needs dynamics", file: file, time.span, remedy: "add 'flow ...'")
                }
            }
        }
    }
}

extension [String] {
    /// For messages: the first names of a list.
    var listed: String {
        prefix(12).joined(separator: ", ") + (count > 12 ? ", ..." : "")
    }
}
