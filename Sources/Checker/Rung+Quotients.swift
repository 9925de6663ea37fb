import Bounds
import Exact
import GradientFlow
import Symbolic

/// Best constants of claims whose coefficient vanishes at the start of the interval, as C t does at 0.
extension Rung {
    /// An enclosure of the supremum of p/q over (T, end], where q is exactly 0 at the anchor T; nil if that is not so, or
    /// nothing is certified.
    ///
    /// - Source: Cauchy's mean value theorem. With p = q = 0 at T and q' of one sign on [T, d], p(t)/q(t) = p'(s)/q'(s)
    ///   for some s between T and t: the supremum over (T, d] lies between the quotient of the derivatives at T, its
    ///   limit, and their supremum over [T, d]. Where p does not vanish at T, p/q is bounded there only if it is negative.
    func supremumOfQuotient(
        _ numerator: Expression, over denominator: Expression, from anchor: Anchor,
        outer: ClosedRange<Rational>, inner: ClosedRange<Rational>?, relativeBits: Int
    ) throws(IntegrationFailure) -> RationalInterval? {
        guard let trajectory, outer.upperBound > anchor.time.upperBound, anchor.end > anchor.time.upperBound,
            graph.isContinuous(numerator) && graph.isContinuous(denominator), isZero(denominator, at: anchor)
        else { return nil }
        let vanishes = isZero(numerator, at: anchor)
        let slope = graph.lieDerivative(of: denominator, along: anchor.field)
        let quotient = graph.divide(graph.lieDerivative(of: numerator, along: anchor.field), slope)
        // The limit is approached only if the interval certainly goes on after T.
        let goesOn = inner.map { anchor.time.upperBound < $0.upperBound } ?? false
        let limit = goesOn && vanishes ? try trajectory.range(of: quotient, at: anchor.time).lower : nil
        var best: RationalInterval?
        var length = (Swift.min(outer.upperBound, anchor.end) - anchor.time.upperBound) * .powerOfTwo(-4)
        for _ in 0..<6 {
            let near = anchor.time.lowerBound...anchor.time.upperBound + length
            let far = near.upperBound...outer.upperBound
            length = length * .powerOfTwo(-5)
            guard try hasOneSign(slope, over: near), try trajectory.isDefined(numerator, over: near),
                try trajectory.isDefined(denominator, over: near),
                try hasOneSign(denominator, over: far)
            else { continue }
            let first: Rational?
            if vanishes {
                first = try trajectory.supremum(of: quotient, outer: near, inner: nil, relativeBits: relativeBits).value.upper
            } else {
                // p/q < 0 on (T, d] where p and q' have opposite signs.
                let product = graph.compare(.less, graph.multiply(numerator, slope), graph.zero)
                guard case .always = try trajectory.truth(of: product, outer: near, inner: nil) else { continue }
                first = 0
            }
            let certain = inner.flatMap { range in
                range.upperBound >= far.lowerBound ? Swift.max(range.lowerBound, far.lowerBound)...range.upperBound : nil
            }
            let rest = try trajectory.supremum(
                of: graph.divide(numerator, denominator), outer: far, inner: certain, relativeBits: relativeBits)
            guard let a = first, let b = rest.value.upper else { continue }
            let known = [limit, rest.value.lower].compactMap { $0 }.max()
            let found = RationalInterval(known, Swift.max(a, b))
            best = RationalInterval(
                [best?.lower, found.lower].compactMap { $0 }.max(), [best?.upper, found.upper].compactMap { $0 }.min())
            if let lower = best?.lower, let upper = best?.upper, (upper - lower) * .powerOfTwo(relativeBits) <= upper.magnitude {
                break
            }
        }
        return best
    }

    private func hasOneSign(_ quantity: Expression, over range: ClosedRange<Rational>) throws(IntegrationFailure) -> Bool {
        guard let trajectory else { return false }
        for condition in [graph.compare(.less, graph.zero, quantity), graph.compare(.less, quantity, graph.zero)] {
            if case .always = try trajectory.truth(of: condition, outer: range, inner: nil) { return true }
        }
        return false
    }
}
