import Bounds
import Exact
import GradientFlow
import Symbolic

/// Inequalities whose sides are exactly equal at the start of the run.
extension Rung {
    enum Touching {
        /// No side touches at the start, or nothing could be said.
        case none
        /// Every comparison that touches holds on [0, until]; the rest of the condition was certified there too.
        case settled(until: Rational)
        case fails(String)
    }

    /// Decides the condition near the exact start 0, where some comparison of a conjunction holds with exact equality
    /// (normal form): a <= b with (b - a)' >= 0 on [0, d] holds there; if that derivative is exactly 0 at 0 as well, the
    /// next one decides. A certain opposite sign refutes; a strict comparison is refuted by equality at a closed start.
    func touching(_ condition: Condition, at times: TimeInterval) throws(IntegrationFailure) -> Touching {
        guard let trajectory, let flow = problem.flow, let parts = strictParts(condition),
            times.start.lowerBound.isZero && times.start.upperBound.isZero,
            times.earliestEnd.map({ $0.isPositive }) ?? false
        else { return .none }
        let origin = problem.origin
        var until: Rational?
        var others: [Condition] = []
        for part in parts {
            guard graph.isExactlyZero(graph.substitute(part.difference, origin)) else {
                others.append(part.condition)
                continue
            }
            if part.isStrict && !times.openStart {
                return .fails("both sides are exactly equal at t = 0, and the inequality is strict")
            }
            guard let piece = try settle(part.difference, along: flow.field, origin, strict: part.isStrict) else {
                return .none
            }
            switch piece {
            case .settled(let time): until = Swift.min(until ?? time, time)
            case .fails(let sentence): return .fails(sentence)
            case .none: return .none
            }
        }
        guard let until else { return .none }
        if !others.isEmpty {
            let zero: Rational = 0
            guard case .always = try trajectory.truth(of: .and(others), outer: zero...until, inner: nil) else { return .none }
        }
        return .settled(until: until)
    }

    /// The sign of a difference that is exactly 0 at the start, on some [0, d] (without 0 itself).
    private func settle(
        _ difference: Expression, along field: [Expression], _ origin: [Symbol: Expression], strict: Bool
    ) throws(IntegrationFailure) -> Touching? {
        guard let trajectory else { return nil }
        // What differs from stage to stage may jump where the first one ends.
        guard let horizon = problem.stages.isEmpty ? end?.lower ?? trajectory.end : stageEnds.first?.time?.lower,
            horizon.isPositive
        else { return nil }
        var derivative = difference
        for _ in 0..<4 {
            derivative = graph.lieDerivative(of: derivative, along: field)
            if graph.isExactlyZero(graph.substitute(derivative, origin)) { continue }
            // Shorter and shorter intervals until the derivative has one sign.
            var length = horizon
            for _ in 0..<60 {
                let zero: Rational = 0
                let positive = graph.compare(.less, graph.zero, derivative)
                if case .always = try trajectory.truth(of: positive, outer: zero...length, inner: nil) {
                    // The difference itself has to have a value there.
                    return try trajectory.isDefined(difference, over: zero...length) ? .settled(until: length) : Touching.none
                }
                let negative = graph.compare(.less, derivative, graph.zero)
                if case .always = try trajectory.truth(of: negative, outer: zero...length, inner: nil),
                    try trajectory.isDefined(difference, over: zero...length)
                {
                    return .fails(
                        "both sides are exactly equal at t = 0, and right minus left side is negative on (0, \(RationalInterval(length).sentence)]")
                }
                length = length * Rational(1, 4)
            }
            return nil
        }
        return nil
    }

    private struct Part {
        let condition: Condition
        let difference: Expression
        let isStrict: Bool
    }

    private func strictParts(_ condition: Condition) -> [Part]? {
        switch condition {
        case .compare(.less, let left, let right):
            return [Part(condition: condition, difference: graph.subtract(right, left), isStrict: true)]
        case .compare(.lessOrEqual, let left, let right):
            return [Part(condition: condition, difference: graph.subtract(right, left), isStrict: false)]
        case .and(let conditions):
            var parts: [Part] = []
            for inner in conditions {
                guard let found = strictParts(inner) else { return nil }
                parts += found
            }
            return parts
        case .truth, .compare, .not, .or, .implies:
            return nil
        }
    }
}
