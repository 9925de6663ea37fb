import Bounds
import Exact
import GradientFlow
import Symbolic

/// Conditions on parameters, constants and moments.
extension Rung {
    /// The truth of a comparison's difference, and how wide its enclosure is where that matters.
    struct Comparisons {
        var truth: Truth
        var gap: Rational?
        /// The difference of a lone comparison.
        var difference: RationalInterval?
        var notReached: [String] = []
        var undefined = false
    }

    func truth(of condition: Condition) throws(IntegrationFailure) -> Comparisons {
        switch condition {
        case .truth(let holds):
            return Comparisons(truth: Truth(holds))
        case .compare(let comparison, let left, let right):
            return try compare(comparison, left, right)
        case .not(let inner):
            var result = try truth(of: inner)
            result.truth = !result.truth
            result.difference = nil
            return result
        case .and(let parts):
            return try combine(parts) { .all($0) }
        case .or(let parts):
            return try combine(parts) { .any($0) }
        case .implies(let hypothesis, let conclusion):
            return try combine([.not(hypothesis), conclusion]) { .any($0) }
        }
    }

    private func combine(
        _ parts: [Condition], _ connective: ([Truth]) -> Truth
    ) throws(IntegrationFailure) -> Comparisons {
        var truths: [Truth] = []
        var result = Comparisons(truth: .unknown)
        for part in parts {
            let one = try truth(of: part)
            truths.append(one.truth)
            if let gap = one.gap { result.gap = Swift.max(result.gap ?? 0, gap) }
            result.notReached += one.notReached
            result.undefined = result.undefined || one.undefined
            if let difference = one.difference {
                result.difference = result.difference.map { $0.least(difference) } ?? difference
            }
        }
        result.truth = connective(truths)
        return result
    }

    private func compare(
        _ comparison: Comparison, _ left: Expression, _ right: Expression
    ) throws(IntegrationFailure) -> Comparisons {
        let difference = graph.subtract(right, left)
        let value = try limited(difference)
        var truth = comparison.truth(ofDifference: value.interval)
        if truth == .unknown, value.late.isEmpty, comparison != .less, graph.isExactlyZero(difference) {
            truth = Truth(comparison != .notEqual)
        } else if truth == .unknown, value.late.isEmpty, comparison == .less, graph.isExactlyZero(difference) {
            truth = .no
        }
        if truth == .unknown, !value.late.isEmpty, try isBeyondBounds(difference, value.late) {
            if comparison == .lessOrEqual, value.interval.upper == .zero { truth = .no }
            if comparison == .less, value.interval.lower == .zero { truth = .yes }
        }
        // An equality has no margin.
        let isEquality = comparison == .equal || comparison == .notEqual
        var result = Comparisons(truth: truth, difference: truth == .yes && isEquality ? nil : value.interval)
        result.notReached = value.late
        if truth == .unknown && value.late.isEmpty {
            result.gap = value.interval.width
            result.undefined = value.interval.width == nil
        }
        return result
    }

    /// Whether a late moment that the formula depends on in one direction lies certainly after its bound, not at it.
    private func isBeyondBounds(_ expression: Expression, _ late: [String]) throws(IntegrationFailure) -> Bool {
        for name in late where lastWithout[name] != nil && lastWithout[name] == lateMoments[name] {
            let slope = try enclosed(graph.derivative(of: expression, by: .moment(name)))
            if slope.lower.map(\.isPositive) ?? false { return true }
            if slope.upper.map(\.isNegative) ?? false { return true }
        }
        return false
    }

    /// The value of a formula of parameters and moments. A moment that is only known to lie beyond H gives one-sided
    /// information where the formula is affine in it.
    func limited(_ expression: Expression) throws(IntegrationFailure) -> (interval: RationalInterval, late: [String]) {
        var late: [String] = []
        var replaced: [Symbol: Expression] = [:]
        var (raises, lowers) = (true, true)
        for symbol in graph.symbols(in: expression) {
            guard case .moment(let name) = symbol, environment[symbol] == nil else { continue }
            late.append(name)
            guard let bound = lateMoments[name] else { return (RationalInterval(nil, nil), late) }
            replaced[symbol] = graph.constant(bound)
            let slope = graph.derivative(of: expression, by: symbol)
            let sign = graph.symbols(in: slope).contains { if case .moment(let n) = $0 { return environment[.moment(n)] == nil }
                return false } ? RationalInterval(nil, nil) : try enclosed(slope)
            if !(sign.lower.map { !$0.isNegative } ?? false) { raises = false }
            if !(sign.upper.map { !$0.isPositive } ?? false) { lowers = false }
        }
        if late.isEmpty { return (try enclosed(expression), []) }
        // Every late moment is at least its bound; so the formula is at least (or at most) its value there.
        let atBound = try enclosed(graph.substitute(expression, replaced))
        return (RationalInterval(raises ? atBound.lower : nil, lowers ? atBound.upper : nil), late.sorted())
    }
}

extension RationalInterval {
    /// An enclosure of the smaller of two enclosed numbers.
    func least(_ other: RationalInterval) -> RationalInterval {
        let low = lower.flatMap { a in other.lower.map { Swift.min(a, $0) } }
        let high = [upper, other.upper].compactMap { $0 }.min()
        return RationalInterval(low, high)
    }
}
