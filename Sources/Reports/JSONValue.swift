/// A JSON document with its keys in the order in which they were written, so that equal results give equal bytes.
public enum JSONValue: Sendable {
    case null
    case boolean(Bool)
    case integer(Int)
    case string(String)
    case array([JSONValue])
    /// An array that is written on one line.
    case row([JSONValue])
    case object([(key: String, value: JSONValue)])

    /// A string, or null for nil.
    static func text(_ text: String?) -> JSONValue {
        text.map { .string($0) } ?? .null
    }

    static func strings(_ texts: [String]) -> JSONValue {
        .array(texts.map { .string($0) })
    }

    /// The document, indented by two blanks, with a line break at its end.
    public func serialized() -> String {
        var out = ""
        write(to: &out, indent: "")
        return out + "\n"
    }

    /// The document on one line, without a line break.
    public var line: String {
        switch self {
        case .null, .boolean, .integer, .string:
            var out = ""
            write(to: &out, indent: "")
            return out
        case .array(let items), .row(let items):
            return "[" + items.map(\.line).joined(separator: ", ") + "]"
        case .object(let members):
            let parts = members.map { JSONValue.string($0.key).line + ": " + $0.value.line }
            return "{" + parts.joined(separator: ", ") + "}"
        }
    }

    private func write(to out: inout String, indent: String) {
        switch self {
        case .null: out += "null"
        case .boolean(let value): out += value ? "true" : "false"
        case .integer(let value): out += String(value)
        case .string(let value): Self.writeString(value, to: &out)
        case .row: out += line
        case .array(let items):
            Self.writeList(items, open: "[", close: "]", to: &out, indent: indent) { item, out, inner in
                item.write(to: &out, indent: inner)
            }
        case .object(let members):
            Self.writeList(members, open: "{", close: "}", to: &out, indent: indent) { member, out, inner in
                Self.writeString(member.key, to: &out)
                out += ": "
                member.value.write(to: &out, indent: inner)
            }
        }
    }

    private static func writeList<Item>(
        _ items: [Item], open: String, close: String, to out: inout String, indent: String,
        write: (Item, inout String, String) -> Void
    ) {
        out += open
        let inner = indent + "  "
        for (position, item) in items.enumerated() {
            out += position == 0 ? "\n" : ",\n"
            out += inner
            write(item, &out, inner)
        }
        if !items.isEmpty { out += "\n" + indent }
        out += close
    }

    /// RFC 8259, section 7: quotation mark, reverse solidus and control characters are escaped, all else stands as
    /// UTF-8.
    private static func writeString(_ text: String, to out: inout String) {
        out += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case let control where control.value < 0x20 || control.value == 0x7F:
                let digits = String(control.value, radix: 16, uppercase: true)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: out.unicodeScalars.append(scalar)
            }
        }
        out += "\""
    }
}
