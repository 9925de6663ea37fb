/// Why a formula has no normal form.
enum NormalFormFailure: Error, Hashable {
    /// It has no value anywhere: a denominator, or the argument of a logarithm, is wrong identically.
    case undefined
    /// It grew beyond what is worth expanding; the text says what did.
    case tooLarge(String)
}
