import Foundation

/// A page of the documentation and its fenced blocks.
struct Page {
    struct Block {
        /// The word behind the opening fence: `thm` for a theorem file, `console` for commands and what they print.
        let kind: String
        /// The second word: what the file is called that the block shows.
        let name: String?
        let text: String
    }

    let path: String
    let text: String
    let blocks: [Block]

    /// All pages that people read, by their paths.
    static func all() throws -> [String] {
        let pages = try FileManager.default.contentsOfDirectory(atPath: "docs").filter { $0.hasSuffix(".md") }
        return ["README.md"] + pages.sorted().map { "docs/\($0)" }
    }

    init(_ path: String) throws {
        self.path = path
        text = try String(contentsOfFile: path, encoding: .utf8)
        var blocks: [Block] = []
        var open: (words: [Substring], lines: [Substring])?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let (words, lines) = open {
                if line != "```" {
                    open = (words, lines + [line])
                    continue
                }
                let text = lines.map { $0 + "\n" }.joined()
                blocks.append(Block(kind: words.first.map(String.init) ?? "", name: words.dropFirst().first.map(String.init), text: text))
                open = nil
            } else if line.hasPrefix("```") {
                open = (line.dropFirst(3).split(separator: " "), [])
            }
        }
        self.blocks = blocks
    }
}

/// A command of a `console` block, and what it prints: first its messages, then its results. A line `...` stands for any
/// number of lines. Numbers agree in three digits: enclosures are all right on every processor, but not equal.
struct Transcript {
    let line: String
    let expected: [String]

    static func all(in block: Page.Block) -> [Transcript] {
        var found: [Transcript] = []
        for line in block.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            if line.hasPrefix("$ ") {
                found.append(Transcript(line: String(line.dropFirst(2)), expected: []))
            } else if let last = found.popLast() {
                found.append(Transcript(line: last.line, expected: last.expected + [String(line)]))
            }
        }
        return found
    }

    func fits(_ printed: String) -> Bool {
        var lines = printed.split(separator: "\n", omittingEmptySubsequences: false).map { Self.shortened(String($0)) }
        if lines.last == "" { lines.removeLast() }
        return Self.fits(lines[...], expected.map(Self.shortened)[...])
    }

    private static func shortened(_ line: String) -> String {
        line.replacing(/[0-9]+\.[0-9]+(?:e-?[0-9]+)?/) { number in
            Double(number.output).map { String(format: "%.3g", $0) } ?? String(number.output)
        }
    }

    private static func fits(_ lines: ArraySlice<String>, _ pattern: ArraySlice<String>) -> Bool {
        guard let first = pattern.first else { return lines.isEmpty }
        let rest = pattern.dropFirst()
        if first == "..." { return (lines.startIndex...lines.endIndex).contains { fits(lines[$0...], rest) } }
        return lines.first == first && fits(lines.dropFirst(), rest)
    }
}
