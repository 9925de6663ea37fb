extension SourceFile {
    /// Longest piece of a line that a message shows, in characters.
    private static let window = 120

    /// The text of a diagnostic as people read it: where, what, the line with carets under the place, and the remedy.
    ///
    ///     logistic.thm:6:11: error E0301: unknown name 'los'
    ///       6 | stop when los <= 1/100, at latest 100
    ///         |           ^^^
    ///         = did you mean 'loss'? (let, line 4)
    ///
    /// A place of several lines is marked on its first one. Of a long line a window around the place is shown.
    /// - Precondition: the diagnostic is about this file.
    public func render(_ diagnostic: Diagnostic) -> String {
        let (line, column) = position(of: diagnostic.span.start)
        let excerpt = excerpt(of: diagnostic.span)
        let margin = String(repeating: " ", count: String(line).count)
        var lines = [
            "\(name):\(line):\(column): \(diagnostic.severity.rawValue) \(diagnostic.id): \(diagnostic.message)",
            "  \(line) | \(excerpt.text)",
            "  \(margin) | \(String(repeating: " ", count: excerpt.caret))\(String(repeating: "^", count: excerpt.width))",
        ]
        if let remedy = diagnostic.remedy { lines.append("  \(margin) = \(remedy)") }
        return lines.joined(separator: "\n")
    }

    private func excerpt(of span: Span) -> (text: String, caret: Int, width: Int) {
        let line = lineIndex(of: span.start)
        let start = lineTextStart(line)
        let end = lineTextEnd(line)
        let from = min(max(span.start, start), end)
        let before = printable(start, from)
        let marked = printable(from, min(max(span.end, from), end))
        let whole = printable(start, end)
        let width = max(1, marked.reversed().drop(while: { $0 == " " }).count)
        guard whole.count > SourceFile.window else { return (String(whole), before.count, width) }

        // A third of the window stands before the place, unless the line ends too soon.
        let first = max(0, min(before.count - SourceFile.window / 3, whole.count - SourceFile.window))
        let last = first + SourceFile.window
        let left = first > 0 ? "..." : ""
        let right = last < whole.count ? "..." : ""
        let shownWidth = max(1, min(width, last - before.count))
        return (left + String(whole[first..<last]) + right, left.count + before.count - first, shownWidth)
    }

    /// The characters of a piece of a line; a tab is one space, so that carets stand under what they mark, and no control
    /// character reaches the terminal.
    private func printable(_ start: Int, _ end: Int) -> [Character] {
        String(decoding: utf8[start..<end], as: UTF8.self).map { character in
            if character == "\t" { return " " }
            return character.unicodeScalars.contains(where: isUnprintable) ? "\u{FFFD}" : character
        }
    }

    /// Control characters, and those that change the direction of the text around them.
    private func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x202A...0x202E, 0x2066...0x2069: true
        default: scalar.properties.generalCategory == .control
        }
    }
}
