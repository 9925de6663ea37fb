import Syntax

/// How a report is written for people.
public struct ReportStyle: Sendable {
    public var colour: Bool
    /// One row per obligation, more digits, and the precision ladder.
    public var verbose: Bool
    public var width: Int

    public init(colour: Bool = false, verbose: Bool = false, width: Int = 100) {
        self.colour = colour
        self.verbose = verbose
        self.width = width
    }

    var digits: DigitRule { verbose ? .verbose : .brief }

    enum Ink: String {
        case bold = "1", dim = "2", red = "31", green = "32", yellow = "33"
    }

    func paint(_ text: String, _ ink: Ink?) -> String {
        guard colour, let ink, !text.isEmpty else { return text }
        return "\u{1B}[\(ink.rawValue)m\(text)\u{1B}[0m"
    }

    static func mark(_ verdict: ExpectedVerdict) -> String {
        switch verdict {
        case .proved: "✓"
        case .refuted: "✗"
        case .undecided: "?"
        case .vacuous: "-"
        case .consistent: "~"
        }
    }

    /// Red is kept for what the reader has to look at.
    static func ink(_ verdict: ExpectedVerdict, asExpected: Bool) -> Ink? {
        switch verdict {
        case .proved, .consistent: asExpected ? .green : .red
        case .refuted: asExpected ? nil : .red
        case .undecided: asExpected ? nil : .yellow
        case .vacuous: asExpected ? .dim : .yellow
        }
    }
}
