import Exact

/// Why formulas could not be compiled.
public enum TapeError: Error, Hashable, Sendable {
    /// A free symbol that the list of inputs does not name.
    case missingInput(Symbol)
    /// An integer exponent that does not fit an `Int`.
    case exponentTooLarge(Rational)
}
