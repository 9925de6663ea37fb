import Foundation

/// One axis of a plot: from values to points of the drawing. Plots are pictures of certified numbers; nothing here is.
struct Axis {
    let isLogarithmic: Bool
    let range: ClosedRange<Double>
    /// Where the ends of the range are drawn.
    let from: Double
    let to: Double

    /// Nil for a value that has no place: not finite, or not positive on a logarithmic axis.
    func position(_ value: Double) -> Double? {
        guard value.isFinite, !isLogarithmic || value > 0 else { return nil }
        let (low, high) = isLogarithmic ? (log10(range.lowerBound), log10(range.upperBound)) : (range.lowerBound, range.upperBound)
        let share = ((isLogarithmic ? log10(value) : value) - low) / (high - low)
        // Far outside of the picture a number is as good as another, and shorter.
        return from + (to - from) * min(max(share, -3), 4)
    }

    struct Tick {
        let value: Double
        let label: String
    }

    var ticks: [Tick] { isLogarithmic ? decades : steps }

    /// Multiples of 1, 2 or 5 times a power of ten, four to eight of them.
    private var steps: [Tick] {
        let width = range.upperBound - range.lowerBound
        let power = pow(10, floor(log10(width / 5)))
        let step = [1.0, 2, 5, 10].map { $0 * power }.first { width / $0 <= 6 } ?? 10 * power
        let first = (range.lowerBound / step).rounded(.up)
        let last = (range.upperBound / step).rounded(.down)
        guard first.isFinite, last - first < 20 else { return [] }
        return stride(from: first, through: last, by: 1).map { Tick(value: $0 * step, label: Self.label($0 * step, step: step)) }
    }

    private var decades: [Tick] {
        let (low, high) = (Int(log10(range.lowerBound).rounded(.up)), Int(log10(range.upperBound).rounded(.down)))
        if high - low < 1 {
            let between = (low - 1...high).flatMap { e in [1.0, 2, 5].map { $0 * pow(10, Double(e)) } }.filter(range.contains)
            if between.count < 2 { return steps.filter { $0.value > 0 } }
            return between.map { Tick(value: $0, label: Self.label($0, step: $0)) }
        }
        let stride_ = max(1, (high - low + 5) / 6)
        return stride(from: low, through: high, by: stride_).map { Tick(value: pow(10, Double($0)), label: Self.power($0)) }
    }

    private static func power(_ exponent: Int) -> String {
        if (-3...4).contains(exponent) { return label(pow(10, Double(exponent)), step: pow(10, Double(exponent))) }
        let digits: [Character: Character] = [
            "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹",
        ]
        return "10" + String(String(exponent).map { digits[$0] ?? $0 })
    }

    static func label(_ value: Double, step: Double) -> String {
        if value == 0 { return "0" }
        guard value.isFinite, step.isFinite, step > 0 else { return "unknown" }
        let size = abs(value)
        if size >= 1e5 || size < 1e-4 || step < 1e-6 {
            let digits = max(0, Int(floor(log10(size))) - Int(floor(log10(step))))
            var text = String(format: "%.\(min(digits, 9))e", value)
            text = text.replacing("e+0", with: "e").replacing("e-0", with: "e-").replacing("e+", with: "e")
            return text.replacing("-", with: "−")
        }
        let places = max(0, -Int(floor(log10(step) + 1e-9)))
        return String(format: "%.\(places)f", value).replacing("-", with: "−")
    }
}

extension Axis {
    /// An axis for the values; nil if none has a place on it. `withoutOutliers`: a few far values may leave the picture.
    static func fitting(
        _ values: [Double], isLogarithmic: Bool, from: Double, to: Double, tight: Bool = false, withoutOutliers: Bool = false
    ) -> Axis? {
        let known = values.filter { $0.isFinite && (!isLogarithmic || $0 > 1e-290) && abs($0) < 1e290 }.sorted()
        guard var low = known.first, var high = known.last else { return nil }
        if withoutOutliers && !isLogarithmic {
            let (a, b) = (known[known.count / 25], known[known.count - 1 - known.count / 25])
            if high - low > 4 * (b - a) && b > a { (low, high) = (max(low, a - (b - a)), min(high, b + (b - a))) }
        }
        if isLogarithmic {
            // Beyond sixteen decades a curve is a wall.
            low = max(low, high * 1e-16)
            if low == high { (low, high) = (low / 2, high * 2) }
            let margin = tight ? 1 : pow(high / low, 0.05)
            return Axis(isLogarithmic: true, range: low / margin...high * margin, from: from, to: to)
        }
        if low == high {
            let half = max(abs(low) * 0.1, low == 0 ? 1 : 1e-12)
            (low, high) = (low - half, high + half)
        }
        let margin = tight ? 0 : (high - low) * 0.06
        return Axis(isLogarithmic: false, range: low - margin...high + margin, from: from, to: to)
    }
}
