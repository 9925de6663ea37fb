/// A page of text for people: a title, headings, paragraphs, lists of words with their meanings.
struct GuidePage {
    private let style: ReportStyle
    private var lines: [String] = []

    init(_ style: ReportStyle) {
        self.style = style
    }

    var text: String { lines.joined(separator: "\n") + "\n" }

    mutating func title(_ name: String, _ sentence: String) {
        lines += wrapped(sentence, lead: "\(name)  ", width: style.width).map { style.paint($0, .bold) }
    }

    /// A line below the title.
    mutating func subtitle(_ text: String) {
        lines += wrapped(text, lead: "  ", width: style.width)
    }

    mutating func heading(_ text: String) {
        lines += ["", style.paint("  \(text)", .bold)]
    }

    /// Text of its own, with a line between it and what stands above, unless it follows a heading.
    mutating func paragraph(_ text: String, indent: Int = 2) {
        if indent == 2 { lines.append("") }
        lines += wrapped(text, lead: String(repeating: " ", count: indent), width: style.width)
    }

    mutating func gap() {
        lines.append("")
    }

    /// Lines that stay as they are, unless they are very long.
    mutating func verbatim(_ text: String) {
        lines += text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.isEmpty ? "" : "    " + (line.count > 150 ? line.prefix(100) + " ..." : line)
        }
    }

    /// Words with their meanings beside them.
    mutating func list(_ entries: [(word: String, meaning: String)]) {
        let width = min(entries.map(\.word.count).max() ?? 0, 30)
        for entry in entries {
            lines += wrapped(entry.meaning, lead: "    \(padded(entry.word, to: width))  ", width: style.width)
                .map(withoutTrailingBlanks)
        }
    }
}
