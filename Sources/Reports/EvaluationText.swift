import Checker
import Exact

/// Digits up to which an exact number is written as one.
private let longestExactNumber = 40

extension Evaluation {
    /// Decimals of the ends, rounded outwards: their interval contains all values.
    public var decimals: (lower: String, upper: String) {
        if let exact = value.lower, value.lower == value.upper {
            let digits = max(digits(exact), longestExactNumber)
            let decimal = exact.decimal(significantDigits: digits, rounding: .down)
            if decimal == exact.decimal(significantDigits: digits, rounding: .up) { return (decimal, decimal) }
        }
        return (
            value.lower.map { $0.decimal(significantDigits: digits($0), rounding: .down) } ?? "-inf",
            value.upper.map { $0.decimal(significantDigits: digits($0), rounding: .up) } ?? "inf"
        )
    }

    private func digits(_ end: Rational) -> Int {
        guard let finest else { return mostDigits }
        return min(max((end.decimalExponent ?? 0) - finest + 1, 1), mostDigits)
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
