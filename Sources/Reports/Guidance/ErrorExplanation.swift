import Bounds
import Checker
import Syntax

/// What a message about a theorem file means: more than fits below its line.
public struct ErrorExplanation: Sendable {
    /// `E0301`: a row of the table in docs/language.md.
    public let id: String
    /// Has this error and no other, so that the message itself can be shown.
    public let example: ErrorExample
    let meaning: String
    let fix: String

    init(_ id: String, _ example: ErrorExample, meaning: String, fix: String) {
        self.id = id
        self.example = example
        self.meaning = meaning
        self.fix = fix
    }

    /// In the order of their ids.
    public static let all = aboutText + aboutNames + aboutValues + aboutDynamics + aboutClaims

    /// Whatever the case of the letter.
    public static func about(_ id: String) -> ErrorExplanation? {
        all.first { $0.id == id.uppercased() }
    }

    /// The text for people: the message that the example gets, its meaning, the example, what to do.
    public func text(style: ReportStyle = .init()) -> String {
        let messages = example.messages
        var page = GuidePage(style)
        page.title(id, messages.first?.diagnostic.message ?? "")
        page.paragraph(meaning)
        page.heading("An example")
        page.verbatim(example.text)
        page.heading(example.command)
        page.verbatim(messages.map(\.text).joined(separator: "\n"))
        page.heading("What to do")
        page.paragraph(fix, indent: 4)
        return page.text
    }
}

/// A theorem file, or a formula, with a mistake.
public struct ErrorExample: Sendable {
    private enum Content {
        case file(SourceFile, beside: [String: SourceFile])
        case formula(String, with: String)
    }

    private let content: Content
    /// As people read it.
    let text: String

    static func file(_ text: String, beside name: String? = nil, _ other: String = "") -> ErrorExample {
        guard let name else { return ErrorExample(content: .file(source(text), beside: [:]), text: text) }
        let model = SourceFile(name: name, utf8: Array(other.utf8))
        return ErrorExample(
            content: .file(source(text), beside: [name: model]), text: "\(text)\n\nand in \(name)\n\n\(other)")
    }

    /// A file in another encoding.
    static func latin1(_ text: String) -> ErrorExample {
        let bytes = text.unicodeScalars.map { UInt8($0.value) }
        return ErrorExample(content: .file(SourceFile(name: fileName, utf8: bytes), beside: [:]), text: text)
    }

    /// Statements of a theorem about a flow.
    static func flow(_ statements: String) -> ErrorExample {
        .file(
            """
            theorem example.mistake "A mistake"
            state x = 1
            let loss = x^2/2
            flow gradient of loss
            stop at 10
            \(statements)
            instance one
            """)
    }

    /// Statements of a theorem about a descent.
    static func descent(_ statements: String) -> ErrorExample {
        .file(
            """
            theorem example.mistake "A mistake"
            state x = 1
            let loss = x^2/2
            descent gradient of loss step 1/10
            stop at 100 steps
            \(statements)
            instance one
            """)
    }

    /// Statements of a theorem in which nothing moves.
    static func check(_ statements: String) -> ErrorExample {
        .file(
            """
            theorem example.mistake "A mistake"
            parameter n : integer where n >= 1
            \(statements)
            instance six n = 6
            """)
    }

    /// `flowbound evaluate` with one value.
    static func formula(_ formula: String, with value: String) -> ErrorExample {
        ErrorExample(content: .formula(formula, with: value), text: "flowbound evaluate '\(formula)' --with '\(value)'")
    }

    private static let fileName = "example.thm"

    private static func source(_ text: String) -> SourceFile {
        SourceFile(name: fileName, utf8: Array((text + "\n").utf8))
    }

    /// What to run to see the messages.
    var command: String {
        switch content {
        case .file: "'flowbound list \(Self.fileName)' says"
        case .formula: "It says"
        }
    }

    /// What the compiler says about it.
    public var messages: [(diagnostic: Diagnostic, text: String)] {
        switch content {
        case .file(let source, let models):
            do throws(InvalidTheorem) {
                let theorem = try Theorem(source: source, beside: models)
                return theorem.warnings.map { ($0, theorem.files[$0.file]?.render($0) ?? $0.message) }
            } catch {
                return error.diagnostics.map { ($0, error.sources[$0.file]?.render($0) ?? $0.message) }
            }
        case .formula(let formula, let value):
            let halves = value.split(separator: "=", maxSplits: 1).map(String.init)
            var request = EvaluationRequest(formula)
            request.values = [(name: halves[0], value: halves[1])]
            do throws(InvalidEvaluation) {
                _ = try evaluate(request)
                return []
            } catch {
                return [(error.diagnostic, error.source.render(error.diagnostic))]
            }
        }
    }
}
