import Testing

@Test(arguments: [
    ("\u{0}", "U+0000"), ("\u{1B}", "U+001B"), ("\u{7F}", "U+007F"), ("\u{A0}", "U+00A0"), ("\u{202E}", "U+202E"),
    ("\u{200B}", "U+200B"), ("\u{2028}", "U+2028"), ("\u{E000}", "U+E000"), ("\u{10FFFF}", "U+10FFFF"),
])
func invisibleCharactersAreNamedByNumber(character: String, name: String) {
    let found = messages("theorem x \"y\"\nlet a = \(character)1\n")
    #expect(found.count == 1 && found[0].hasPrefix("test.thm:2:9: error E0101: unexpected character \(name)\n"), "\(found)")
}

@Test func textThatRunsBackwardsIsNotShown() {
    let found = messages("theorem x \"y\"\nlet a = 1 + \u{202E}2\n")
    #expect(found.first?.contains("2 | let a = 1 + \u{FFFD}2\n") == true, "\(found)")
}
