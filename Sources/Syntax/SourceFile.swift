/// The text of a theorem file and the way from offsets to lines and columns.
public struct SourceFile: Sendable {
    /// The name as the user gave it; it is what messages print.
    public let name: String
    public let utf8: [UInt8]
    /// Offset of the first byte of every line.
    let lineStarts: [Int]

    public init(name: String, utf8: [UInt8]) {
        self.name = name
        self.utf8 = utf8
        var starts = [0]
        for (offset, byte) in utf8.enumerated() where byte == UInt8(ascii: "\n") {
            starts.append(offset + 1)
        }
        lineStarts = starts
    }
}

/// A piece of a source file, as byte offsets, the end not included.
public struct Span: Hashable, Sendable {
    public let start: Int
    public let end: Int

    public init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = end
    }

    public func union(_ other: Span) -> Span {
        Span(min(start, other.start), max(end, other.end))
    }
}

/// Something wrong with a theorem file, as a value; ``SourceFile/render(_:)`` makes the text that people read.
public struct Diagnostic: Error, Hashable, Sendable {
    public enum Severity: String, Sendable {
        case error, warning
    }

    public let severity: Severity
    /// `E0301`, `W0303`: the table of docs/language.md.
    public let id: String
    /// File that the span is in.
    public let file: String
    public let span: Span
    public let message: String
    /// One line that says what to do; nil where there is nothing sensible to say.
    public let remedy: String?

    public init(_ id: String, _ message: String, file: String, span: Span, remedy: String? = nil) {
        severity = id.hasPrefix("W") ? .warning : .error
        self.id = id
        self.message = message
        self.file = file
        self.span = span
        self.remedy = remedy
    }
}
