import Syntax
import Testing

private func rendered(_ text: String, _ start: Int, _ end: Int, remedy: String? = "do this") -> String {
    let source = sourceFile(text)
    return source.render(Diagnostic("E0301", "unknown name", file: source.name, span: Span(start, end), remedy: remedy))
}

@Test func aMessageHasPlaceLineCaretsAndRemedy() {
    #expect(
        rendered("one\ntwo three\nfour", 8, 13) == """
            test.thm:2:5: error E0301: unknown name
              2 | two three
                |     ^^^^^
                = do this
            """)
}

@Test func withoutRemedyThereIsNoLastLine() {
    #expect(
        rendered("one", 0, 3, remedy: nil) == """
            test.thm:1:1: error E0301: unknown name
              1 | one
                | ^^^
            """)
}

@Test func warningsSaySo() {
    let source = sourceFile("let a = 1")
    let warning = Diagnostic("W0303", "'a' is never used", file: source.name, span: Span(4, 5))
    #expect(source.render(warning).hasPrefix("test.thm:1:5: warning W0303: 'a' is never used\n"))
}

@Test func theMarginGrowsWithTheLineNumber() {
    #expect(
        rendered(String(repeating: "\n", count: 122) + "x", 122, 123) == """
            test.thm:123:1: error E0301: unknown name
              123 | x
                  | ^
                  = do this
            """)
}

@Test func columnsAndCaretsCountCharacters() {
    // α takes two bytes, 𝔼 four; é is a letter and a combining accent.
    let text = "αβ 𝔼 e\u{301} xyz"
    #expect(
        rendered(text, text.utf8.count - 3, text.utf8.count) == """
            test.thm:1:8: error E0301: unknown name
              1 | \(text)
                |        ^^^
                = do this
            """)
    #expect(
        rendered(text, 0, 4, remedy: nil) == """
            test.thm:1:1: error E0301: unknown name
              1 | \(text)
                | ^^
            """)
}

@Test func tabsAreOneColumnAndControlCharactersAreReplaced() {
    #expect(
        rendered("\tlet\ta\u{1B}[31m", 5, 6, remedy: nil) == """
            test.thm:1:6: error E0301: unknown name
              1 |  let a\u{FFFD}[31m
                |      ^
            """)
}

@Test func onlyTheFirstOfSeveralLinesIsMarked() {
    #expect(
        rendered("let a = (1 +  \r\n  2)", 8, 20, remedy: nil) == """
            test.thm:1:9: error E0301: unknown name
              1 | let a = (1 +  
                |         ^^^^
            """)
}

@Test func placesAtTheBordersOfTheFile() {
    #expect(rendered("abc", 3, 3, remedy: nil).hasSuffix("  1 | abc\n    |    ^"))
    #expect(rendered("abc\n", 4, 4, remedy: nil).hasSuffix("  2 | \n    | ^"))
    #expect(rendered("", 0, 0, remedy: nil).hasSuffix("  1 | \n    | ^"))
    #expect(rendered("abc", 90, 99, remedy: nil).hasSuffix("  1 | abc\n    |    ^"))
    #expect(rendered("abc\ndef", 3, 4, remedy: nil).hasSuffix("  1 | abc\n    |    ^"))
}

@Test func ofALongLineAWindowIsShown() {
    let line = (0..<100).map { "x\($0)" }.joined(separator: " + ")
    for target in [0, 10, 200, line.utf8.count - 3] {
        let lines = rendered(line, target, target + 2, remedy: nil).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0].hasPrefix("test.thm:1:\(target + 1):"))
        #expect(lines[1].count <= 6 + 126, "\(lines[1])")
        let caret = lines[2].prefix { $0 != "^" }.count
        #expect(Array(lines[1])[caret..<caret + 2] == Array(line)[target..<target + 2], "\(lines[1])\n\(lines[2])")
        #expect(lines[2].count == caret + 2)
    }
    let all = rendered(line, 0, line.utf8.count, remedy: nil).split(separator: "\n")
    #expect(all[2] == "    | " + String(repeating: "^", count: 120))
}

@Test func positionsOfAllOffsets() {
    let source = sourceFile("ab\nα\r\n\nx")
    let expected = [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 2), (2, 3), (3, 1), (4, 1), (4, 2)]
    for (offset, place) in [0, 1, 2, 3, 5, 5, 6, 7, 8, 9].enumerated().map({ ($1, expected[$0]) }) {
        let found = source.position(of: offset)
        #expect(found.line == place.0 && found.column == place.1, "offset \(offset): \(found)")
    }
    let marked = SourceFile(name: "test.thm", utf8: [0xEF, 0xBB, 0xBF, 0x61])
    #expect(marked.position(of: 3).column == 1 && marked.position(of: 4).column == 2)
}
