import Syntax

/// A file of the given text.
func sourceFile(_ text: String) -> SourceFile {
    SourceFile(name: "test.thm", utf8: Array(text.utf8))
}

/// All messages of a file, as people read them.
func messages(_ text: String) -> [String] {
    let source = sourceFile(text)
    return parse(source).diagnostics.map(source.render)
}

/// The ids and places of all messages: `E0202 3:7`.
func places(_ text: String) -> [String] {
    let source = sourceFile(text)
    return parse(source).diagnostics.map { diagnostic in
        let (line, column) = source.position(of: diagnostic.span.start)
        return "\(diagnostic.id) \(line):\(column)"
    }
}

/// The statements behind the header `theorem test "test"`.
func statements(_ text: String) -> [StatementSyntax.Kind] {
    parse(sourceFile("theorem test \"test\"\n" + text)).file.statements.map(\.kind)
}

/// The tree of `let x = text`, in the notation of `TreeNotation.swift`; the messages, if there are any.
func tree(_ text: String) -> String {
    let file = "theorem test \"test\"\nlet x = " + text
    guard case .define(_, _, let formula, _) = statements("let x = " + text).first else {
        return messages(file).joined(separator: "\n")
    }
    return notation(formula)
}
