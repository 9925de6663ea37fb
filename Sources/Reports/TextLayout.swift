/// Breaks at blanks so that no line is wider than asked; a longer word stands alone on its line. The first line
/// starts with `lead`, the others with as many blanks. The text comes from a file: its control characters must not reach
/// a terminal.
func wrapped(_ text: String, lead: String, width: Int) -> [String] {
    let indent = String(repeating: " ", count: lead.count)
    var lines: [String] = []
    var line = lead
    var isFresh = true
    for word in text.split(whereSeparator: \.isWhitespace) {
        if !isFresh && line.count + 1 + word.count > width {
            lines.append(line)
            line = indent
            isFresh = true
        }
        line += (isFresh ? "" : " ") + printable(word)
        isFresh = false
    }
    lines.append(line)
    return lines
}

private func printable(_ word: Substring) -> String {
    String(word.map { $0.unicodeScalars.contains { $0.properties.generalCategory == .control } ? "\u{FFFD}" : $0 })
}

func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
}

func withoutTrailingBlanks(_ text: String) -> String {
    var end = text.endIndex
    while end > text.startIndex, text[text.index(before: end)] == " " {
        end = text.index(before: end)
    }
    return String(text[..<end])
}

/// "1 step", "41 steps".
func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
}
