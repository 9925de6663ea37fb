@testable import Reports
import Testing

private func document() throws -> RunDocument { try RunDocument(Sample.everything) }

/// The text without what is behind a backslash.
private func bare(_ text: some StringProtocol) -> String { String(text).replacing(/\\./, with: "") }

@Test func aMarkdownTableHasSixColumns() throws {
    let text = markdownReport(of: try document())
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("|") }
    #expect(rows.count > 10)
    for row in rows {
        #expect(bare(row).count { $0 == "|" } == 7, "\(row)")
    }
    #expect(!text.contains("<script>"), "\(text)")
    #expect(text.contains("refuted"), "\(text)")
}

@Test func theShortMarkdownHasWhatIsUnexpected() throws {
    let text = markdownReport(of: try document(), onlyUnexpected: true)
    #expect(text.contains("stuck") && text.contains("down"))
    #expect(!text.contains("| empty |"), "\(text)")
}

@Test func aLaTeXTableHasFiveColumnsAndNoLooseSigns() throws {
    let text = latexTables(of: try document())
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("{}") }
    #expect(rows.count > 10)
    for row in rows {
        #expect(bare(row).count { $0 == "&" } == 4, "\(row)")
        #expect(row.hasSuffix(" \\\\"), "\(row)")
        #expect(!bare(row).contains { "#$%^_~".contains($0) }, "\(row)")
        #expect(bare(row).count { $0 == "{" } == bare(row).count { $0 == "}" }, "\(row)")
    }
}

@Test(arguments: [
    ("a_b & 100% #1 $x$ {y} ~ ^", "a\\_b \\& 100\\% \\#1 \\$x\\$ \\{y\\} \\textasciitilde{} \\textasciicircum{}"),
    ("x ≤ ε²", "x \\ensuremath{\\le} \\ensuremath{\\varepsilon}\\ensuremath{^2}"), ("a\\b\n", "a\\textbackslash{}b "),
    ("--", "{-}{-}"),
])
func latexTextIsEscaped(text: String, set: String) {
    #expect(latex(text) == set)
}

@Test func everyRowOfTheTableOfEnclosuresHasEightFields() throws {
    let rows = csvTable(of: try document()).split(separator: "\n")
    #expect(rows.first == "theorem,instance,claim,comparison,side,t,lo,hi")
    #expect(rows.count == 1 + 21 * 3 + 21)
    for row in rows { #expect(row.matches(of: /,/).count == 7, "\(row)") }
    #expect(rows.contains("incontext.theorem-3.1,k3,a.b,1,left,3.5,,"), "an unknown end is empty")
    #expect(rows.contains("incontext.theorem-3.1,k3,a.b,1,left,1,0.333333333,0.343333334"), "rounded outwards: \(rows.prefix(12))")
}
