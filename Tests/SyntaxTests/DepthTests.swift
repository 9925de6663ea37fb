import Syntax
import Testing

private func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

/// A text that nests or chains as often as wanted.
struct DeepText: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let open: String
    let middle: String
    let close: String

    init(_ description: String, _ open: String, _ middle: String, _ close: String) {
        testDescription = description
        self.open = open
        self.middle = middle
        self.close = close
    }

    func repeated(_ count: Int) -> String {
        String(repeating: open, count: count) + middle + String(repeating: close, count: count)
    }
}

/// Texts that would overflow the stack of a parser, or of whoever walks over its tree, without a limit.
@Test(arguments: [
    DeepText("parentheses", "(", "a", ")"),
    DeepText("open parentheses", "(", "", ""),
    DeepText("minus signs", "- ", "a", ""),
    DeepText("sums", "", "a", "+a"),
    DeepText("differences of products", "", "a", "-a*a/a"),
    DeepText("products", "", "a", "*a"),
    DeepText("primes", "", "a", "'"),
    DeepText("moments", "", "a", "@T"),
    DeepText("nested moments", "a@(", "a", ")"),
    DeepText("indices", "", "a", "[1]"),
    DeepText("nested indices", "a[", "1", "]"),
    DeepText("powers", "a^", "a", ""),
    DeepText("negative powers", "a^-", "a", ""),
    DeepText("calls", "f(", "1", ")"),
    DeepText("vectors", "[", "1", "]"),
    DeepText("sets", "{", "1", "}"),
    DeepText("roots", "√", "a", ""),
    DeepText("negations", "not ", "a", ""),
    DeepText("implications", "a implies ", "a", ""),
    DeepText("quantifiers", "all(i in I) ", "a", ""),
    DeepText("binders", "sum(i in I) ", "a", ""),
    DeepText("cases", "if a then b else ", "c", ""),
    DeepText("conditions of cases", "if ", "a", " then b else c"),
    DeepText("sets of binders", "sum(i in ", "I", ") a"),
])
func deepTextIsRefused(text: DeepText) {
    for count in [300, 5_000, 100_000] {
        let diagnostics = parse(sourceFile("theorem x \"y\"\nlet a = \(text.repeated(count))\n")).diagnostics
        #expect(diagnostics.map(\.id) == ["E0206"], "\(count) \(text.testDescription)")
    }
    let allowed = parse(sourceFile("theorem x \"y\"\nlet a = \(text.repeated(80))\n")).diagnostics
    #expect(!allowed.contains { $0.id == "E0206" }, "80 \(text.testDescription)")
}

@Test func twoHundredAndFiftySixLevelsAreAllowed() {
    for (open, close) in [("(", ")"), ("- ", ""), ("f(", ")"), ("[", "]")] {
        #expect(messages("theorem x \"y\"\nlet a = \(repeated(open, 256))a\(repeated(close, 256))\n") == [], "\(open)")
        #expect(
            messages("theorem x \"y\"\nlet a = \(repeated(open, 257))a\(repeated(close, 257))\n").first?.contains(
                "error E0206: nested deeper than 256 levels") == true, "\(open)")
    }
    #expect(messages("theorem x \"y\"\nlet a = a\(repeated(" + a", 256))\n") == [])
}

/// Lists are wide, not deep.
@Test func longListsAreAllowed() {
    let list = (0..<20_000).map(String.init).joined(separator: ", ")
    #expect(messages("theorem x \"y\"\ninstance a X = [\(list)]\nlet b = f(\(list))\n") == [])
    let chain = Array(repeating: "a < b", count: 20_000).joined(separator: " and ")
    #expect(messages("theorem x \"y\"\nassume a : \(chain)\n") == [])
}

@Test func theDeepestTreeCanBeHashedAndCompared() {
    let text = "theorem x \"y\"\nlet a = " + repeated("f(", 256) + "a" + repeated(")", 256)
    guard case .define(_, _, let first, _) = parse(sourceFile(text)).file.statements.first?.kind,
        case .define(_, _, let second, _) = parse(sourceFile(text)).file.statements.first?.kind
    else {
        Issue.record("the statement was not read")
        return
    }
    #expect(first == second && first.hashValue == second.hashValue)
}

@Test func theRemedyOfDepth() {
    let text = "theorem x \"y\"\nlet a =\n  " + repeated("(", 300)
    #expect(parse(sourceFile(text)).diagnostics.map(\.remedy) == ["name a part of it with 'let'"])
}
