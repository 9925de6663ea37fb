import Exact
import Syntax

/// A formula to evaluate, and the values of its names.
public struct EvaluationRequest: Sendable {
    public var formula: String
    /// In the order given.
    public var values: [(name: String, value: String)] = []
    /// Doubles up to 53, balls above.
    public var bits = 53
    /// How far each end of the result may be from that of the range; nil: one enclosure of the whole box.
    public var tolerance: Rational?
    /// Seconds for a sharp range.
    public var timeout = 10.0
    /// Parts that the box may be cut into for each end of a sharp range.
    public var mostParts = 100_000

    public static let bitsAllowed = 2...1_000_000

    public init(_ formula: String) {
        self.formula = formula
    }
}

/// What an evaluation found.
public struct Evaluation: Sendable {
    /// Contains all values of the formula.
    public let value: RationalInterval
    /// Significant digits of the ends that are worth writing.
    public let mostDigits: Int
    /// Decimals below 10^finest only describe rounding errors; nil for an exact number.
    public let finest: Int?
    /// Given names that the formula does not use.
    public let unusedNames: [String]
    /// Why the tolerance was not reached: a sentence without a full stop.
    public let shortfall: String?
}

/// Why there is no enclosure, as a message about the formula or about a value.
public struct InvalidEvaluation: Error, Sendable {
    public let diagnostic: Diagnostic
    public let source: SourceFile

    /// With the place and the remedy, on one line.
    public var sentence: String {
        let column = source.position(of: diagnostic.span.start).column
        return "\(source.name), column \(column): \(diagnostic.message)" + (diagnostic.remedy.map { "; \($0)" } ?? "")
    }
}
