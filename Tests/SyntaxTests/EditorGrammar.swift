import Foundation

/// The grammar for editors, applied as they do: from left to right the pattern that matches first, among equals the
/// first in the list.
struct EditorGrammar {
    struct Token: Equatable {
        let text: String
        let scope: String
    }

    private struct Document: Decodable {
        let scopeName: String
        let fileTypes: [String]
        let patterns: [Pattern]
    }

    private struct Pattern: Decodable {
        struct Capture: Decodable { let name: String }
        let name: String?
        let match: String
        let captures: [String: Capture]?
    }

    private let rules: [(scope: String?, captures: [Int: String], regex: NSRegularExpression)]
    let scopeName: String
    let fileTypes: [String]

    init() throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: "editors/flowbound.tmLanguage.json"))
        let document = try JSONDecoder().decode(Document.self, from: data)
        scopeName = document.scopeName
        fileTypes = document.fileTypes
        rules = try document.patterns.map { pattern in
            var captures: [Int: String] = [:]
            for (key, capture) in pattern.captures ?? [:] { captures[Int(key) ?? 0] = capture.name }
            return (pattern.name, captures, try NSRegularExpression(pattern: pattern.match))
        }
    }

    func tokens(_ text: String) -> [Token] {
        text.split(separator: "\n").flatMap { tokens(line: String($0)) }
    }

    private func tokens(line: String) -> [Token] {
        let text = line as NSString
        var tokens: [Token] = []
        var start = 0
        while start < text.length {
            // Lookbehind sees what stands before the rest, and ^ is the start of the line only.
            let rest = NSRange(location: start, length: text.length - start)
            var first: (rule: Int, match: NSTextCheckingResult)?
            for (index, rule) in rules.enumerated() {
                let options: NSRegularExpression.MatchingOptions = [.withTransparentBounds, .withoutAnchoringBounds]
                guard let match = rule.regex.firstMatch(in: line, options: options, range: rest),
                    match.range.length > 0, match.range.location < first?.match.range.location ?? text.length
                else { continue }
                first = (index, match)
            }
            guard let (index, match) = first else { break }
            if let scope = rules[index].scope {
                tokens.append(Token(text: text.substring(with: match.range), scope: scope))
            }
            for (group, scope) in rules[index].captures.sorted(by: { $0.key < $1.key }) {
                tokens.append(Token(text: text.substring(with: match.range(at: group)), scope: scope))
            }
            start = match.range.location + match.range.length
        }
        return tokens
    }
}
