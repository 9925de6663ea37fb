import Bounds
import Exact
import GradientFlow
import Symbolic

/// Inequalities whose sides are equal at the start of an interval, or may be: no precision tells them apart there.
extension Rung {
    enum Touching {
        /// No side touches at the start, or nothing could be said.
        case none
        /// The condition holds from the start on, up to `until`.
        case settled(until: Rational)
        case fails(String)
    }

    /// Decides the condition near an anchor, where some comparison of a conjunction holds with equality: a >= 0 with
    /// a = 0, or a >= 0, at the anchor and a' > 0 on an interval from there on holds on that interval. Where the states are
    /// known and a' is exactly 0 as well, the next derivative decides. A certain opposite sign refutes; a strict
    /// comparison is refuted by equality at a closed start.
    func touching(
        _ condition: Condition, at times: TimeInterval, from start: Expression?, stage: Int?
    ) throws(IntegrationFailure) -> Touching {
        guard let trajectory, let parts = strictParts(condition),
            let anchor = anchor(at: start, times.start, stage: stage),
            times.earliestEnd.map({ anchor.time.upperBound < $0 }) ?? false
        else { return .none }
        var until: Rational?
        var others: [Condition] = []
        for part in parts {
            for piece in graph.leastParts(of: part.difference) {
                let isZero = isZero(piece, at: anchor)
                guard isZero || isNonNegative(piece, at: anchor) else {
                    others.append(graph.compare(part.isStrict ? .less : .lessOrEqual, graph.zero, piece))
                    continue
                }
                if part.isStrict && !times.openStart {
                    guard isZero, try trajectory.isDefined(piece, over: anchor.time) else { return .none }
                    return .fails("both sides are exactly equal at \(anchor.name), and the inequality is strict")
                }
                switch try settle(piece, anchor, isZero: isZero) {
                case .settled(let time): until = Swift.min(until ?? time, time)
                case .fails(let sentence): return .fails(sentence)
                case .none: return .none
                }
            }
        }
        guard var until else { return .none }
        if others.isEmpty { return .settled(until: until) }
        for _ in 0..<16 {
            if case .always = try trajectory.truth(of: .and(others), outer: anchor.time.lowerBound...until, inner: nil) {
                return .settled(until: until)
            }
            until = anchor.time.upperBound + (until - anchor.time.upperBound) * Rational(1, 4)
        }
        return .none
    }

    /// Whether a difference is a positive multiple of one that is not negative at the anchor.
    private func isNonNegative(_ difference: Expression, at anchor: Anchor) -> Bool {
        if anchor.nonNegative.contains(difference) { return true }
        let symbols = graph.symbols(in: difference)
        return anchor.nonNegative.contains { fact in
            guard graph.symbols(in: fact) == symbols, let factor = graph.quotient(of: difference, by: fact) else { return false }
            return graph.constant(factor).map(\.isPositive) ?? false
        }
    }

    /// The sign on some (T, d] of a difference that is 0 (`isZero`), or not negative, at the anchor T.
    private func settle(
        _ difference: Expression, _ anchor: Anchor, isZero: Bool
    ) throws(IntegrationFailure) -> Touching {
        let last = anchor.time.upperBound
        guard let trajectory, anchor.end > last else { return .none }
        var derivative = difference
        for _ in 0..<(anchor.hasStates ? 4 : 1) {
            derivative = graph.lieDerivative(of: derivative, along: anchor.field)
            if anchor.hasStates, graph.isExactlyZero(graph.substitute(derivative, anchor.values)) { continue }
            // Shorter and shorter intervals until the derivative has one sign.
            var length = anchor.end - last
            for _ in 0..<(anchor.hasStates ? 60 : 20) {
                let range = anchor.time.lowerBound...last + length
                let positive = graph.compare(.less, graph.zero, derivative)
                if case .always = try trajectory.truth(of: positive, outer: range, inner: nil) {
                    // The difference itself has to have a value there.
                    return try trajectory.isDefined(difference, over: range) ? .settled(until: range.upperBound) : .none
                }
                let negative = graph.compare(.less, derivative, graph.zero)
                if isZero, case .always = try trajectory.truth(of: negative, outer: range, inner: nil),
                    try trajectory.isDefined(difference, over: range)
                {
                    let until = RationalInterval(range.upperBound).sentence
                    return .fails(
                        "both sides are exactly equal at \(anchor.name), and right minus left side is negative then, up to t = \(until)")
                }
                length = length * Rational(1, 4)
            }
            return .none
        }
        return .none
    }
}
