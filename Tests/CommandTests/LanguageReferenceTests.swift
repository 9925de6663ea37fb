import Foundation
import Testing

private func reference() throws -> String { try String(contentsOfFile: "docs/language.md", encoding: .utf8) }

/// The ids of messages in the sources, but for those that explain messages.
private func idsOfTheSources() throws -> Set<String> {
    var ids: Set<String> = []
    let paths = FileManager.default.enumerator(atPath: "Sources")?.compactMap { $0 as? String } ?? []
    for path in paths where path.hasSuffix(".swift") && !path.hasPrefix("Reports/Guidance/") {
        let text = try String(contentsOfFile: "Sources/\(path)", encoding: .utf8)
        ids.formUnion(text.matches(of: /"([EW]0\d\d\d)"/).map { String($0.output.1) })
    }
    return ids
}

@Test func theTableOfErrorsIsComplete() throws {
    let rows = try reference().matches(of: /(?m)^\| ([EW]0\d\d\d) \| (.+) \| (.+) \|$/)
    let ids = rows.map { String($0.output.1) }
    #expect(Set(ids) == (try idsOfTheSources()))
    #expect(ids.count == Set(ids).count && ids == ids.sorted())
}

@Test func reservedWordsAreRefusedAsNames() throws {
    let list = try #require(Page("docs/language.md").blocks.first { $0.kind == "reserved" }?.text)
    let words = list.split(whereSeparator: \.isWhitespace).map(String.init)
    #expect(words.count > 70 && Set(words).count == words.count)
    let folder = try TemporaryFolder()
    let lines = words.map { "parameter \($0) : real = 1" }
    let file = "theorem t.t \"t\"\n" + lines.joined(separator: "\n") + "\nclaim c \"c\" derived : 1 < 2\ninstance one\n"
    let command = try Command.run(["list", try folder.add("names.thm", file)])
    #expect(command.status == 3)
    for (index, word) in words.enumerated() {
        let place = "names.thm:\(index + 2):11: error "
        let message = command.errors.split(separator: "\n").first { $0.contains(place) } ?? ""
        let endings = ["is a reserved word and cannot be a name", "is a word of the language"]
        #expect(endings.contains { message.hasSuffix($0) }, "\(word): \(message)")
    }
}
