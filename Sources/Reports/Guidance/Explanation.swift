import Bounds
import Checker
import Syntax

/// What can be explained without a theorem: ids of messages, verdicts, forms of claims, obstacles, provenance.
public let explainableWords: [String] =
    ErrorExplanation.all.map(\.id) + ExpectedVerdict.allCases.map(\.rawValue) + ClaimForm.allCases.map(\.rawValue)
    + Obstacle.Kind.allCases.map(\.rawValue) + Provenance.allCases.map(\.rawValue)

/// The explanation of one of these words, in upper or lower case; nil for another word.
public func explanation(ofWord word: String, style: ReportStyle = .init()) -> String? {
    ErrorExplanation.about(word)?.text(style: style) ?? WordGuide.about(word)?.text(style: style)
}
