import Syntax
import Testing

/// A wrong statement on line 2 of a file, and the message that it must produce.
struct Message: CustomTestStringConvertible, Sendable {
    let statement: String
    /// `11+3 E0301: text`: column, width of the carets, id, text.
    let text: String
    let remedy: String?

    init(_ statement: String, _ text: String, _ remedy: String?) {
        self.statement = statement
        self.text = text
        self.remedy = remedy
    }

    var testDescription: String { statement }

    func check() {
        let file = "theorem test \"test\"\n" + statement + "\nstop at 1\n"
        let source = sourceFile(file)
        let result = parse(source)
        let found = result.diagnostics.map { diagnostic in
            let start = source.position(of: diagnostic.span.start).column
            let width = max(1, source.position(of: diagnostic.span.end).column - start)
            return "\(start)+\(width) \(diagnostic.id): \(diagnostic.message)"
        }
        #expect(found == [text], "\(statement)")
        #expect(result.diagnostics.map(\.remedy) == [remedy], "\(statement)")
        // The wrong statement is left out, the next one is read.
        #expect(result.file.statements.count == 1, "\(statement)")
    }
}
