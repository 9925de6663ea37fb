import Foundation

/// Why bytes are not a document that this program can report on: a sentence without a full stop.
public struct InvalidDocument: Error, Hashable, Sendable {
    public let reason: String
}

extension RunDocument {
    static let schema = 1

    /// What identifies a document of any version.
    private struct Head: Decodable {
        let schema: Int?
        let tool: String?
    }

    public init(reading bytes: Data) throws(InvalidDocument) {
        let head: Head = try Self.decode(bytes)
        guard head.tool == "flowbound", let schema = head.schema else {
            throw InvalidDocument(reason: "it was not written by 'flowbound verify --json'")
        }
        guard schema == Self.schema else {
            throw InvalidDocument(
                reason: "it has version \(schema) of the document, and this flowbound reads version \(Self.schema)")
        }
        self = try Self.decode(bytes)
    }

    /// What the command found, as a reader of its document sees it.
    public init(_ outcome: Outcome) throws(InvalidDocument) {
        try self.init(reading: Data(jsonDocument(of: outcome).serialized().utf8))
    }

    private static func decode<Value: Decodable>(_ bytes: Data) throws(InvalidDocument) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: bytes)
        } catch DecodingError.keyNotFound(let key, let context) {
            throw InvalidDocument(
                reason: "it is not the document of 'flowbound verify --json': '\(key.stringValue)' is missing\(place(context))")
        } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
            throw InvalidDocument(
                reason: "it is not the document of 'flowbound verify --json': wrong type\(place(context))")
        } catch DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty {
            throw InvalidDocument(
                reason: "it is not the document of 'flowbound verify --json': unknown value\(place(context))")
        } catch {
            throw InvalidDocument(
                reason:
                    "it is not a JSON document, or only the beginning of one: save the run anew with 'flowbound verify --json'")
        }
    }

    private static func place(_ context: DecodingError.Context) -> String {
        let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
        return path.isEmpty ? "" : " at \(path.drop { $0 == "." })"
    }
}
