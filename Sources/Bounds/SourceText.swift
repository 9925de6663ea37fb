import Syntax

extension SourceFile {
    /// The text of a piece of the file on one line: comments removed, white space collapsed.
    func text(_ span: Span) -> String {
        let end = min(span.end, utf8.count)
        var result: [UInt8] = []
        var offset = max(span.start, 0)
        var inString = false
        var pendingSpace = false
        while offset < end {
            let byte = utf8[offset]
            if !inString && byte == UInt8(ascii: "-") && offset + 1 < end && utf8[offset + 1] == UInt8(ascii: "-") {
                while offset < end && utf8[offset] != UInt8(ascii: "\n") { offset += 1 }
                pendingSpace = true
                continue
            }
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n") {
                inString = byte == UInt8(ascii: "\"") && !inString
            }
            if byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
                pendingSpace = true
            } else {
                if pendingSpace && !result.isEmpty { result.append(0x20) }
                pendingSpace = false
                result.append(byte)
            }
            offset += 1
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// 1-based line of an offset.
    func line(of offset: Int) -> Int { position(of: offset).line }

    /// The last component of the file's name.
    var shortName: String {
        name.split(separator: "/").last.map(String.init) ?? name
    }
}
