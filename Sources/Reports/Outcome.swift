import Checker
import Syntax

/// All that one call of the command found: the single input of every report.
public struct Outcome: Sendable {
    /// In the order of the files.
    public var theorems: [TheoremResult] = []
    /// Files that could not be used.
    public var invalid: [InvalidFile] = []
    /// Ended by the user: obligations are missing, or undecided for lack of time.
    public var interrupted = false
    /// The words of the command line.
    public var command: [String] = []

    public init(theorems: [TheoremResult] = [], invalid: [InvalidFile] = [], interrupted: Bool = false) {
        self.theorems = theorems
        self.invalid = invalid
        self.interrupted = interrupted
    }

    /// What the command exits with: 130 if interrupted, else as ``exitStatus(of:invalid:)`` says.
    public var exitStatus: Int32 {
        interrupted ? ExitStatus.interrupted : Reports.exitStatus(of: theorems, invalid: !invalid.isEmpty)
    }
}

/// A file that is not a usable theorem, and why.
public struct InvalidFile: Sendable {
    /// As the user gave it.
    public let file: String
    public let messages: [Message]

    public init(file: String, messages: [Message]) {
        self.file = file
        self.messages = messages
    }

    /// A diagnostic with its place in words, or a message without a place ("no such file").
    public struct Message: Sendable {
        public let id: String?
        public let file: String
        /// 1-based.
        public let line: Int?
        /// 1-based, in characters.
        public let column: Int?
        public let text: String
        public let remedy: String?

        public init(_ text: String, file: String) {
            self.init(id: nil, file: file, line: nil, column: nil, text: text, remedy: nil)
        }

        /// The place is known if the source of the diagnostic's file is given.
        public init(_ diagnostic: Diagnostic, source: SourceFile?) {
            let place = source?.position(of: diagnostic.span.start)
            self.init(
                id: diagnostic.id, file: diagnostic.file, line: place?.line, column: place?.column,
                text: diagnostic.message, remedy: diagnostic.remedy)
        }

        private init(id: String?, file: String, line: Int?, column: Int?, text: String, remedy: String?) {
            self.id = id
            self.file = file
            self.line = line
            self.column = column
            self.text = text
            self.remedy = remedy
        }
    }
}
