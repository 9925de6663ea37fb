/// The report as one HTML file that needs nothing else: no network, no script.
public func htmlReport(of document: RunDocument) -> String {
    let numbers = PageNumbers()
    let sections = document.theorems.map { TheoremSection(theorem: $0, isOnly: document.theorems.count == 1, numbers: numbers) }
    let title = sections.count == 1 ? sections[0].theorem.title : counted(sections.count, "theorem")
    var out = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(escaped(title)) - Flowbound</title>
        <style>
        \(pageStyle)</style>
        </head>
        <body>
        <a class="skip" href="#verdicts">Skip to the verdicts</a>
        <header>
        <p class="tool">Flowbound \(escaped(document.version))</p>
        <h1>\(escaped(title))</h1>
        \(conclusion(document))
        </header>

        """
    if sections.count > 1 || sections.contains(where: { $0.theorem.claims.count > 4 }) { out += contents(sections) }
    out += "<main id=\"verdicts\">\n" + document.invalid.map(invalidFile).joined()
    out += sections.map(\.html).joined() + "</main>\n"
    return out + footer(document) + "</body>\n</html>\n"
}

/// Numbers for ids on the page, in the order in which they are asked for.
final class PageNumbers {
    private var last = 0

    func next() -> Int {
        last += 1
        return last
    }
}

private func conclusion(_ document: RunDocument) -> String {
    let isMet = document.exitStatus == 0
    let counts = [
        (document.summary.proved, "proved"), (document.summary.consistent, "consistent"), (document.summary.refuted, "refuted"),
        (document.summary.undecided, "undecided"), (document.summary.vacuous, "vacuous"),
    ].filter { $0.0 > 0 }
    let chips = counts.map { "<li class=\"chip \($0.1)\"><strong>\($0.0)</strong> \($0.1)</li>" }.joined()
    let instances = document.theorems.reduce(0) { $0 + $1.instances.count { !$0.isFamily } }
    return """
        <p class="conclusion \(isMet ? "good" : "bad")">\(escaped(document.conclusion))</p>
        <ul class="chips" aria-label="Verdicts">\(chips)</ul>
        <p class="muted">\(counted(instances, "instance")), \(counted(document.summary.obligations, "obligation")). \
        Every verdict is about all instants of the run that its claim speaks of, with rigorous enclosures; plots show samples of them.</p>
        """
}

private func contents(_ sections: [TheoremSection]) -> String {
    let items = sections.map { section in
        let claims = section.theorem.claims.map { claim in
            "<li><a href=\"#\(section.anchor(claim))\">\(escaped(claim.claim.claim))</a></li>"
        }.joined()
        return "<li><a href=\"#\(section.anchor)\">\(escaped(section.theorem.title))</a><ul>\(claims)</ul></li>"
    }
    return "<nav aria-label=\"Contents\"><details><summary>Contents</summary><ul>\(items.joined())</ul></details></nav>\n"
}

private func invalidFile(_ file: RunDocument.InvalidRecord) -> String {
    let messages = file.messages.map { message in
        let place = message.line.map { line in ":\(line)\(message.column.map { ":\($0)" } ?? "")" } ?? ""
        return "<li><code>\(escaped(message.file + place))</code> \(escaped(message.id ?? "")) \(escaped(message.text))</li>"
    }
    return "<section class=\"theorem\"><h2>\(escaped(file.file)): cannot be used</h2><ul>\(messages.joined())</ul></section>\n"
}

private func footer(_ document: RunDocument) -> String {
    var rows = [("Flowbound", document.version)]
    rows += (document.libraries ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    rows.append(("Exit status", String(document.exitStatus)))
    let versions = rows.map { "<dt>\(escaped($0.0))</dt><dd>\(escaped($0.1))</dd>" }.joined()
    let command = document.command.map { $0.isEmpty ? "" : "<pre><code>\(escaped(commandLine($0)))</code></pre>" } ?? ""
    return """
        <footer>
        <h2>To run it again</h2>
        \(command)
        <dl class="facts">\(versions)</dl>
        <p class="muted">Parameters and seeds stand with the instances above. The same files and the same command give the same report, byte for byte. \
        Numbers are rounded outwards: a printed interval contains the computed one.</p>
        </footer>

        """
}
