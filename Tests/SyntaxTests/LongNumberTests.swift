import Syntax
import Testing

@Test func aHundredThousandDigitsAreTheLimit() {
    let digits = String(repeating: "1", count: 100_000)
    #expect(messages("theorem x \"y\"\nlet a = \(digits)\n") == [])
    let diagnostics = parse(sourceFile("theorem x \"y\"\nlet a = \(digits)1\n")).diagnostics
    #expect(diagnostics.map(\.id) == ["E0105"])
    #expect(diagnostics.map(\.message) == ["this number has more than 100000 digits"])
    #expect(diagnostics.map(\.remedy) == ["write fewer digits, or a sum of powers"])
}

@Test func aLongNumberIsCutInMessages() {
    let digits = String(repeating: "7", count: 60)
    let found = parse(sourceFile("theorem x \"y\"\nlet \(digits) = 1\n")).diagnostics.map(\.message)
    #expect(found == ["expected a name for the formula, found '\(digits.prefix(40))...'"])
}
