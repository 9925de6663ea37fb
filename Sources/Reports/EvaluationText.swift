import Checker
import Exact

/// Digits up to which an exact number is written as one.
private let longestExactNumber = 40

extension Evaluation {
    /// Decimals of the ends, rounded outwards: their interval contains all values.
    public var decimals: (lower: String, upper: String) {
        (decimal(value.lower, .down) ?? "-inf", decimal(value.upper, .up) ?? "inf")
    }

    private func decimal(_ end: Rational?, _ rounding: Rational.Rounding) -> String? {
        guard let end else { return nil }
        let size = end.decimalExponent ?? 0
        let digits = min(finest.map { max(size - $0 + 1, 1) } ?? mostDigits, mostDigits)
        if value.lower == value.upper {
            let more = max(digits, longestExactNumber)
            let exact = end.decimal(significantDigits: more, rounding: .down)
            if exact == end.decimal(significantDigits: more, rounding: .up) { return exact }
        }
        return end.decimal(significantDigits: digits, rounding: rounding)
    }

    /// `0.25`, `[1, 1.1487212707001281469]`.
    public var text: String {
        let (lower, upper) = decimals
        return lower == upper ? lower : "[\(lower), \(upper)]"
    }

    /// `{"lo": "1", "hi": "1.25"}`, with a `warning` if there is one.
    public func document(warning: String? = nil) -> String {
        let (lower, upper) = decimals
        let ends: [(key: String, value: JSONValue)] = [("lo", .string(lower)), ("hi", .string(upper))]
        return JSONValue.object(ends + (warning.map { [("warning", .string($0))] } ?? [])).line
    }
}
