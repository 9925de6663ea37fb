import Exact

/// Values that stand in place of those an instance gives.
public struct Replacements: Hashable, Sendable {
    public var parameters: [String: Rational]
    public var seed: Int?
    /// Data, by name.
    public var tables: [String: Table]

    public init(parameters: [String: Rational] = [:], seed: Int? = nil, tables: [String: Table] = [:]) {
        self.parameters = parameters
        self.seed = seed
        self.tables = tables
    }

    public var isEmpty: Bool { parameters.isEmpty && seed == nil && tables.isEmpty }
    public var names: [String] { parameters.keys.sorted() + tables.keys.sorted() + (seed == nil ? [] : ["seed"]) }
}

/// A data table in the order of its index sets: numbers, or lists of them. It is written as in an instance.
public indirect enum Table: Hashable, Sendable, CustomStringConvertible {
    case number(Rational)
    case list([Table])

    public var description: String {
        switch self {
        case .number(let value): value.description
        case .list(let rows): "[\(rows.map(\.description).joined(separator: ", "))]"
        }
    }
}

extension Table {
    /// Deeper lists than any table has.
    private static let mostLevels = 16

    /// Numbers as on a command line, in brackets: `[[1, 1/2], [0.1, 3]]`. Nil for other text.
    public init?(parsing text: String) {
        self.init(text.filter { !$0.isWhitespace }[...], level: 0)
    }

    private init?(_ text: Substring, level: Int) {
        guard text.first == "[" else {
            guard let number = Rational(parsing: String(text)) else { return nil }
            self = .number(number)
            return
        }
        guard text.last == "]", text.count >= 2, level < Self.mostLevels else { return nil }
        let inner = text.dropFirst().dropLast()
        var rows: [Table] = []
        var depth = 0
        var start = inner.startIndex
        for index in inner.indices {
            switch inner[index] {
            case "[": depth += 1
            case "]": depth -= 1
            case "," where depth == 0:
                guard let row = Table(inner[start..<index], level: level + 1) else { return nil }
                rows.append(row)
                start = inner.index(after: index)
            default: break
            }
            if depth < 0 { return nil }
        }
        if !inner.isEmpty {
            guard depth == 0, let row = Table(inner[start...], level: level + 1) else { return nil }
            rows.append(row)
        }
        self = .list(rows)
    }
}
