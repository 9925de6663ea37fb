import Syntax
import Testing

@Test func everyStatementReportsItsOwnError() {
    let text = """
        theorem test "test"
        let a = )
          more ) of ( it
        state x = 1
        let b = $ + $ + .5
        stop at
        flow x' = -x
        """
    #expect(places(text) == ["E0203 2:9", "E0101 5:9", "E0203 6:8"])
    #expect(parse(sourceFile(text)).file.statements.map { notation($0.kind) } == ["state x = 1", "flow x = (neg x)"])
}

@Test func aStatementEndsWhereTheNextOneStarts() {
    // The open parenthesis and the open string of one statement do not swallow the next.
    #expect(places("theorem t \"t\"\nlet a = (1\nlet b = \"x\nlet c = [\nstop at 1\n") == ["E0202 2:11", "E0103 3:9", "E0203 4:10"])
}

@Test func commentsAndEmptyLinesInColumnOneBelongToNoStatement() {
    let text = "-- head\n\ntheorem t \"t\"\nlet a =\n-- between\n\n  1 -- one\n  + 2\n"
    #expect(messages(text) == [])
    #expect(parse(sourceFile(text)).file.statements.map { notation($0.kind) } == ["let a() = (+ 1 2)"])
}

@Test(arguments: ["", "\n\n", "-- only a comment", "\u{FEFF}", "  \t\r\n"])
func emptyFiles(text: String) {
    let source = sourceFile(text)
    #expect(parse(source).diagnostics.map(\.id) == ["E0204"])
    #expect(
        source.render(parse(source).diagnostics[0]).hasPrefix(
            "test.thm:1:1: error E0204: the first statement must be 'theorem' or 'model'"))
}

@Test(arguments: [
    ("state x = 1\nflow x' = )\n", ["E0204 1:1", "E0203 2:11"]),
    ("hello world\nstate x = 1\n", ["E0204 1:1"]),
    ("3\n", ["E0204 1:1"]),
    ("theorm x \"y\"\n", ["E0201 1:1"]),
    ("theorem \"y\"\nstate x = 1\n", ["E0202 1:9"]),
    ("theorem x\n", ["E0202 1:10"]),
    ("theorem x \"y\" z\n", ["E0202 1:15"]),
    ("  theorem x \"y\"\nstate x = 1\n", ["E0205 1:3"]),
    ("  let a = 1\n  let b = 1\ntheorem x \"y\"\nstate x = )\n", ["E0205 1:3", "E0203 4:11"]),
    ("theorem x \"y\"\nmodel z \"y\"\n", ["E0204 2:1"]),
])
func headerErrors(text: String, expected: [String]) {
    #expect(places(text) == expected)
}

@Test func aMisplacedFirstStatementCounts() {
    #expect(parse(sourceFile("state x = 1\nflow x' = x\n")).file.statements.count == 2)
}

@Test func textThatIsNotUTF8() {
    let bytes = Array("theorem x \"y\"\n-- caf".utf8) + [0xE9] + Array("\nstate x = )\n".utf8)
    let source = SourceFile(name: "test.thm", utf8: bytes)
    #expect(
        parse(source).diagnostics.map(source.render) == [
            """
            test.thm:2:7: error E0104: the file is not UTF-8 (line 2)
              2 | -- caf\u{FFFD}
                |       ^
                = save it as UTF-8
            """
        ])
}

/// Overlong forms, surrogates, too large scalars, and sequences that end too soon.
@Test(arguments: [
    [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
    [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xC3], [0xE2, 0x82], [0xE2, 0x28, 0xA1],
] as [[UInt8]])
func malformedUTF8(bytes: [UInt8]) {
    let source = SourceFile(name: "test.thm", utf8: Array("-- ".utf8) + bytes)
    #expect(parse(source).diagnostics.map(\.id) == ["E0104"], "\(bytes)")
}

@Test func everyScalarDecodes() {
    for value in [0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x10FFFF] as [UInt32] {
        let text = "-- " + (Unicode.Scalar(value).map { String(Character($0)) } ?? "")
        #expect(places("theorem x \"y\" " + text) == [], "U+\(String(value, radix: 16))")
    }
}
