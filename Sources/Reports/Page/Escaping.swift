/// Text inside XML and HTML, in content and in quoted attributes. Control characters, which XML cannot hold, and those that
/// change the direction of the text around them are replaced.
func escaped(_ text: some StringProtocol) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": out += "&amp;"
        case "<": out += "&lt;"
        case ">": out += "&gt;"
        case "\"": out += "&quot;"
        case "'": out += "&#39;"
        case "\n", "\t": out.unicodeScalars.append(scalar)
        case let scalar where scalar.isUnfit: out += "\u{FFFD}"
        default: out.unicodeScalars.append(scalar)
        }
    }
    return out
}

extension Unicode.Scalar {
    fileprivate var isUnfit: Bool {
        switch value {
        case 0x202A...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF: true
        default: properties.generalCategory == .control
        }
    }
}

/// ` name="value"` for every attribute that has one.
func attributes(_ pairs: [(String, String?)]) -> String {
    pairs.map { name, value in value.map { " \(name)=\"\(escaped($0))\"" } ?? "" }.joined()
}
