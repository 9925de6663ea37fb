import Foundation
import Testing

/// What the pages show is true: files verify, commands print what stands below them.
struct PageTests {
    @Test(arguments: try Page.all())
    func theFilesOfAPageVerify(path: String) throws {
        for block in try Page(path).blocks where block.kind == "thm" && block.name == nil {
            let folder = try TemporaryFolder()
            let command = try Command.run(["verify", try folder.add("example.thm", block.text)])
            #expect(command.status == 0, "\(block.text)\n\(command.output)\(command.errors)")
            #expect(!command.output.contains("warning"), "\(command.output)")
        }
    }

    /// A named block is a file in the folder in which the page's commands run; the project's theorems stand there too.
    @Test(arguments: try Page.all())
    func theTranscriptsOfAPageAreTrue(path: String) throws {
        let folder = try TemporaryFolder()
        let theorems = URL(fileURLWithPath: "theorems").standardizedFileURL
        try FileManager.default.createSymbolicLink(
            at: URL(fileURLWithPath: folder.path).appendingPathComponent("theorems"), withDestinationURL: theorems)
        for block in try Page(path).blocks {
            if let name = block.name { _ = try folder.add(name, block.text) }
            guard block.kind == "console" else { continue }
            for transcript in Transcript.all(in: block) {
                let command = try Command.run(line: transcript.line, in: folder)
                let printed = command.errors + command.output
                #expect(transcript.fits(printed), "\(path): $ \(transcript.line)\nprints\n\(printed)")
            }
        }
    }

    /// The page with the most to show has not lost its blocks to a typing error.
    @Test func theTutorialHasItsTranscripts() throws {
        let blocks = try Page("docs/tutorial.md").blocks
        #expect(blocks.filter { $0.kind == "console" }.count >= 8)
        #expect(blocks.filter { $0.kind == "thm" && $0.name != nil }.count >= 6)
        #expect(try Page("docs/language.md").blocks.filter { $0.kind == "thm" }.count >= 7)
    }

    @Test func theTutorialsTransformerIsTheShippedOne() throws {
        let shown = try Page("docs/tutorial.md").blocks.first { $0.name == "transformer.thm" }
        #expect(try shown?.text == String(contentsOfFile: "theorems/teaching/transformer.thm", encoding: .utf8))
    }

    /// CI builds and runs the example package.
    @Test func theSwiftOfAPageIsThatOfTheExample() throws {
        let example = try String(contentsOfFile: "Examples/TheoremTests/Tests/TheoremTests/TheoremTests.swift", encoding: .utf8)
        let blocks = try Page("docs/testing.md").blocks.filter { $0.kind == "swift" }
        #expect(!blocks.isEmpty)
        for line in blocks.flatMap({ $0.text.split(separator: "\n") }) { #expect(example.contains(line), "\(line)") }
    }

    @Test(arguments: try Page.all())
    func linksLeadSomewhere(path: String) throws {
        let page = try Page(path)
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        for link in page.text.matches(of: /\]\((?<path>[^):#]+)(?:#[^)]*)?\)/) {
            let target = folder.appendingPathComponent(String(link.output.path))
            #expect(FileManager.default.fileExists(atPath: target.path), "\(path): \(link.output.path)")
        }
    }
}
