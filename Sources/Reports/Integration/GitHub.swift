/// What GitHub Actions reads from the output of a step: one annotation per finding, on its line of the theorem file.
///
/// - Parameter path: a file as GitHub names it, from the top of the repository.
public func githubAnnotations(of document: RunDocument, path: (String) -> String = { $0 }) -> String {
    document.findings.map { finding in
        let command = finding.level == .note ? "notice" : finding.level.rawValue
        let properties = [
            ("file", path(finding.file)), ("line", finding.line.map(String.init)), ("col", finding.column.map(String.init)),
            ("title", finding.title),
        ].compactMap { name, value in value.map { "\(name)=\(workflowProperty($0))" } }
        return "::\(command) \(properties.joined(separator: ","))::\(workflowData(finding.message))\n"
    }.joined()
}

/// A report beside which GitHub reads commands: lines that would be taken for one get a mark in front.
public func withoutWorkflowCommands(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        let isCommand = line.drop(while: \.isWhitespace).hasPrefix("::") || line.contains("##[")
        return isCommand ? "| " + line.replacing("##[", with: "## [") : String(line)
    }.joined(separator: "\n")
}

private func workflowData(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
        switch scalar {
        case "%": "%25"
        case "\r": "%0D"
        case "\n": "%0A"
        default: String(scalar)
        }
    }.joined()
}

private func workflowProperty(_ text: String) -> String {
    workflowData(text).unicodeScalars.map { scalar in
        switch scalar {
        case ":": "%3A"
        case ",": "%2C"
        default: String(scalar)
        }
    }.joined()
}

/// The summary of a step, in Markdown: what needs attention, and the whole report where it is short enough.
public func githubSummary(of document: RunDocument) -> String {
    let full = markdownReport(of: document)
    if full.utf8.count <= largestSummary { return full }
    let short = markdownReport(of: document, onlyUnexpected: true)
    if short.utf8.count <= largestSummary { return short }
    return markdownHead(of: document) + "\nThe report is too long for a summary: see the log.\n"
}

/// GitHub refuses a step's summary above 1 MiB; other steps write to it too.
private let largestSummary = 900_000
