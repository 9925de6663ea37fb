import Foundation
@testable import Reports
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

private func page() throws -> String { htmlReport(of: try RunDocument(Sample.everything)) }

@Test func thePageNeedsNothingElse() throws {
    let text = try page()
    for word in ["http:", "https:", "<script", "<link", "<img", "@import", "url(", "src="] {
        #expect(!text.contains(word), "\(word)")
    }
    #expect(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "text of a file stays text")
    #expect(!text.unicodeScalars.contains("\u{202E}") && !text.unicodeScalars.contains("\u{1}"))
}

@Test func idsAreUniqueAndLinksLeadSomewhere() throws {
    let text = try page()
    let ids = text.matches(of: /\sid="([^"]+)"/).map { String($0.output.1) }
    #expect(ids.count > 20 && Set(ids).count == ids.count)
    for link in text.matches(of: /href="#([^"]+)"/) { #expect(ids.contains(String(link.output.1)), "\(link.output.1)") }
    for list in text.matches(of: /aria-labelledby="([^"]+)"/) {
        for id in list.output.1.split(separator: " ") { #expect(ids.contains(String(id)), "\(id)") }
    }
}

@Test func everyDrawingIsWellFormedAndTold() throws {
    let text = try page()
    var rest = text[...]
    var count = 0
    while let start = rest.range(of: "<svg class="), let end = rest[start.lowerBound...].ranges(of: "</svg>").dropFirst().first {
        // The first end is that of the inner svg.
        let drawing = String(rest[start.lowerBound..<end.upperBound])
        let root = try XMLDocument(xmlString: drawing).rootElement()
        #expect(root?.elements(forName: "title").first?.stringValue?.isEmpty == false)
        #expect(root?.elements(forName: "desc").first?.stringValue?.isEmpty == false)
        #expect(!drawing.contains("nan") && !drawing.contains("inf"), "\(drawing)")
        count += 1
        rest = rest[end.upperBound...]
    }
    // Sides and slack on three kinds of axes, one quantity, growth, and three drawings of the run.
    #expect(count >= 10, "\(count)")
}

@Test func tablesHaveHeaders() throws {
    let text = try page()
    for table in text.split(separator: "<table").dropFirst() {
        let body = table.prefix { _ in true }.components(separatedBy: "</table>")[0]
        #expect(body.contains("<th scope=\"col\">") || body.contains("<th scope=\"col\" "), "\(body)")
        #expect(body.contains("<th scope=\"row\">"), "\(body)")
    }
    for landmark in ["<main", "<header", "<footer", "<nav aria-label", "lang=\"en\"", "class=\"skip\""] {
        #expect(text.contains(landmark), "\(landmark)")
    }
}

@Test func thePageTellsTheWholeStory() throws {
    let text = try page()
    for piece in [
        "T1 = O(K^2 log K)", "T1 &lt;= C*b1 for some C", "as recalled", "C = [0.31, 0.310001]", "Tstar is not reached by t = 4000",
        "stop later, or a larger eps", "exponent in [2.05, 2.15]", "flowbound verify a,b.thm &#39;it&#39;\\&#39;&#39;s&#39;", "MPFR", "seed",
        "the invariant is violated", "did you mean &#39;loss&#39;?", "2 further comparisons", "drawn with <code>C = 3</code>",
    ] {
        #expect(text.contains(piece), "\(piece)")
    }
}

@Test func failuresAreMarkedAndHaveAPieceOfTheirOwn() throws {
    let text = try page()
    #expect(text.contains("class=\"failure\"") && text.contains("where the claim certainly fails"))
    let pieces = text.components(separatedBy: "<details class=\"counterexample\"").dropFirst()
    let document = try RunDocument(Sample.everything)
    let refuted = document.theorems.flatMap(\.instances).flatMap(\.obligations).count { $0.verdict == .refuted }
    #expect(pieces.count == refuted && refuted > 0)
    for piece in pieces { #expect(piece.contains("--only") && piece.contains("<dt>checked</dt>"), "\(piece.prefix(300))") }
    #expect(text.contains("<dt>fails</dt><dd>t in [2, 3]</dd>"))
}

@Test func seedsAreCounted() throws {
    #expect(try page().contains("9 of 10 proved, 1 refuted; 9 needed"))
}

@Test func aPhaseDiagramHasItsAxesAndPlaces() throws {
    let text = try page()
    #expect(text.contains("Phase diagram on k3: x&#39; against a &lt; b"))
    #expect(text.contains(">start</text>") && text.contains(">end</text>"))
}

/// A claim's text is told once, not in each drawing.
@Test func titlesOfDrawingsAreShort() throws {
    for title in try page().matches(of: /<title id="[^"]+">([^<]*)<\/title>/) { #expect(title.output.1.count < 700, "\(title.output.1)") }
}

@Test func axesHaveReadableTicks() {
    func labels(_ low: Double, _ high: Double, log: Bool = false) -> [String] {
        Axis.fitting([low, high], isLogarithmic: log, from: 0, to: 100, tight: true)?.ticks.map(\.label) ?? []
    }
    #expect(labels(0, 1) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"].map { $0 == "0.0" ? "0" : $0 })
    #expect(labels(-0.5, 0.5).first == "−0.4")
    #expect(labels(0, 90).last == "80")
    #expect(labels(1e-8, 1e4, log: true).first == "10⁻⁸")
    #expect(labels(3, 3).count > 1)
    #expect(labels(1, 1e300).count > 1)
    #expect(labels(0, 0, log: true).isEmpty)
}
