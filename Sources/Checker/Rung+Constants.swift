import Bounds
import Exact
import GradientFlow
import Symbolic

/// Claims with open constants: every comparison is solved for its constant, the best one is enclosed.
extension Rung {
    enum Domain {
        case moment(ClosedRange<Rational>)
        case interval(outer: ClosedRange<Rational>, inner: ClosedRange<Rational>?)
    }

    /// Relative width that counts as three certified digits.
    private var relativeBits: Int { 12 }

    /// `at` nil: a condition on parameters and moments. `anchor`: what is known exactly at the start of the interval.
    func solve(
        _ condition: Condition, _ open: [Claim.OpenConstant], at domain: Domain?, from anchor: Anchor? = nil,
        openStart: Bool = false
    ) throws(IntegrationFailure) -> Decision {
        guard conjuncts(condition) != nil else {
            return .undecided(.unsupported, "an open constant under 'or', 'not' or 'implies' is not supported yet")
        }
        let names = open.map(\.name)
        var admissible: [String: Admissible] = [:]
        var gap: Rational?
        for (comparison, left, right) in graph.comparisons(in: condition) {
            guard let requirement = Requirement(graph, comparison, left, right, open: names) else {
                // A comparison without a constant has to hold by itself.
                let rest = try decideWithoutConstant(graph.compare(comparison, left, right), domain)
                guard case .proved = rest.verdict else { return rest }
                continue
            }
            switch try limit(requirement, domain, anchor, openStart) {
            case .decided(let decision):
                return decision
            case .limit(let value, let above, let isAttained):
                let limit = Admissible.Limit(value: value, isStrict: requirement.isStrict, isAttained: isAttained)
                if above {
                    admissible[requirement.name, default: Admissible()].lower.append(limit)
                } else {
                    admissible[requirement.name, default: Admissible()].upper.append(limit)
                }
                gap = Rung.wider(gap, missingDigits(value))
            }
        }
        return try conclude(open, admissible, gap: gap)
    }

    private static func wider(_ a: Rational?, _ b: Rational?) -> Rational? {
        guard let a, let b else { return a ?? b }
        return Swift.max(a, b)
    }

    /// The relative width, where it is more than three digits allow; a missing end counts as 1.
    private func missingDigits(_ value: RationalInterval) -> Rational? {
        guard let lower = value.lower, let upper = value.upper else { return 1 }
        let size = Swift.max(lower.magnitude, upper.magnitude)
        // Around 0 there are no digits to find, unless a double was too small to hold them.
        if size.isZero || (!lower.isPositive && !upper.isNegative && size > .powerOfTwo(-900)) { return nil }
        let relative = (upper - lower) / size
        return relative > Rational(1, 1000) ? relative : nil
    }

    private func decideWithoutConstant(
        _ condition: Condition, _ domain: Domain?
    ) throws(IntegrationFailure) -> Decision {
        switch domain {
        case nil:
            let result = try truth(of: condition)
            switch result.truth {
            case .yes: return Decision(.proved(Evidence()))
            case .no: return Decision(.refuted(Counterexample(sentence: "the part without a constant is certainly false")))
            case .unknown: return undecided(result, "the part without a constant")
            }
        case .moment(let time):
            return try decide(condition, at: time)
        case .interval(let outer, let inner):
            return try trajectoryTruth(condition, outer: outer, inner: inner)
        }
    }

    private func trajectoryTruth(
        _ condition: Condition, outer: ClosedRange<Rational>, inner: ClosedRange<Rational>?
    ) throws(IntegrationFailure) -> Decision {
        guard let trajectory else { return noRun }
        switch try trajectory.truth(of: condition, outer: outer, inner: inner) {
        case .always:
            return Decision(.proved(Evidence()))
        case .failsOn(let time):
            let sentence = "the part without a constant certainly fails at \(clock.everyInstant(time))"
            return Decision(.refuted(Counterexample(sentence: sentence, time: time)))
        case .unknown(let time, _):
            return .undecided(
                .precision, "the part without a constant is not decided at \(clock.instant(time))", gap: gap(at: time))
        }
    }

    // MARK: One comparison

    private enum Limit {
        /// C >= value (`above`) or C <= value.
        case limit(RationalInterval, above: Bool, isAttained: Bool = true)
        case decided(Decision)
    }

    private func limit(
        _ requirement: Requirement, _ domain: Domain?, _ anchor: Anchor?, _ openStart: Bool
    ) throws(IntegrationFailure) -> Limit {
        switch domain {
        case nil:
            let (sign, unknown) = try limited(requirement.coefficient)
            guard let above = direction(sign) else {
                if let name = unknown.first { return .decided(unreached(graph.symbol(.moment(name)))) }
                return .decided(uncertainSign(requirement, sign, at: nil))
            }
            let (value, late) = try limited(requirement.ratio)
            if let name = late.first, value.lower == nil && value.upper == nil {
                return .decided(unreached(graph.symbol(.moment(name))))
            }
            if value.lower == nil && value.upper == nil { return .decided(undefinedRatio(requirement)) }
            return .limit(value, above: above)
        case .moment(let time):
            guard let trajectory else { return .decided(noRun) }
            let sign = try trajectory.range(of: requirement.coefficient, at: time)
            guard let above = direction(sign) else { return .decided(uncertainSign(requirement, sign, at: time)) }
            let value = try trajectory.range(of: requirement.ratio, at: time)
            if value.lower == nil { return .decided(undefinedRatio(requirement)) }
            return .limit(value, above: above)
        case .interval(let outer, let inner):
            if clock == .time, let anchor, isZero(requirement.coefficient, at: anchor) {
                return try limit(requirement, from: anchor, openStart, outer, inner)
            }
            return try extremum(requirement, outer, inner)
        }
    }

    /// Where the coefficient is exactly 0 at the anchor: there the comparison has to hold without the constant.
    private func limit(
        _ requirement: Requirement, from anchor: Anchor, _ openStart: Bool, _ outer: ClosedRange<Rational>,
        _ inner: ClosedRange<Rational>?
    ) throws(IntegrationFailure) -> Limit {
        guard let trajectory else { return .decided(noRun) }
        let touches = isZero(requirement.rest, at: anchor)
        // Only if the interval certainly holds its start.
        if touches && requirement.isStrict && !openStart && inner != nil,
            try trajectory.isDefined(requirement.rest, over: anchor.time)
        {
            let sentence = "both sides are exactly equal at \(anchor.name) for every '\(requirement.name)', and the inequality is strict"
            let time = RationalInterval(anchor.time.lowerBound, anchor.time.upperBound)
            return .decided(Decision(.refuted(Counterexample(sentence: sentence, time: time))))
        }
        let last = outer.upperBound...outer.upperBound
        if let above = direction(try trajectory.range(of: requirement.coefficient, at: last)),
            let value = try supremumOfQuotient(
                above ? graph.negate(requirement.rest) : requirement.rest, over: requirement.coefficient, from: anchor,
                outer: outer, inner: inner, relativeBits: relativeBits)
        {
            return .limit(
                above ? value : RationalInterval(value.upper.map { -$0 }, value.lower.map { -$0 }), above: above,
                isAttained: false)
        }
        return .decided(
            .undecided(
                .undefined, "the coefficient of '\(requirement.name)' is 0 at \(anchor.name), and the best constant has no bound there",
                remedy: "start the interval later, or write the claim without the constant there",
                // More bits may show that the interval is empty, and nothing else.
                gap: inner == nil ? .powerOfTwo(-bits) : nil))
    }

    /// Whether q > 0 for certain (true), q < 0 (false), or neither (nil).
    private func direction(_ sign: RationalInterval) -> Bool? {
        if sign.lower.map({ $0.isPositive }) ?? false { return true }
        if sign.upper.map({ $0.isNegative }) ?? false { return false }
        return nil
    }

    private func extremum(
        _ requirement: Requirement, _ outer: ClosedRange<Rational>, _ inner: ClosedRange<Rational>?
    ) throws(IntegrationFailure) -> Limit {
        guard let trajectory else { return .decided(noRun) }
        var (outer, inner) = (outer, inner)
        let q = requirement.coefficient
        if let decision = try startWithoutConstant(requirement, &outer, &inner) { return .decided(decision) }
        let above: Bool
        if case .always = try trajectory.truth(of: graph.compare(.less, graph.zero, q), outer: outer, inner: nil) {
            above = true
        } else if case .always = try trajectory.truth(of: graph.compare(.less, q, graph.zero), outer: outer, inner: nil) {
            above = false
        } else {
            return .decided(uncertainSign(requirement, RationalInterval(nil, nil), at: outer))
        }
        let quantity = above ? requirement.ratio : graph.negate(requirement.ratio)
        let extremum = try trajectory.supremum(of: quantity, outer: outer, inner: inner, relativeBits: relativeBits)
        if extremum.value.upper == nil { return .decided(undefinedRatio(requirement)) }
        let value = extremum.value
        return .limit(
            above ? value : RationalInterval(value.upper.map { -$0 }, value.lower.map { -$0 }), above: above)
    }

    /// Where the coefficient is exactly 0 at step 0 (as in C t), the comparison has to hold there without the constant,
    /// and the later steps decide about the constant. The decision if it does not hold, or may not.
    private func startWithoutConstant(
        _ requirement: Requirement, _ outer: inout ClosedRange<Rational>, _ inner: inout ClosedRange<Rational>?
    ) throws(IntegrationFailure) -> Decision? {
        let zero: Rational = 0
        let vanishes = graph.compare(.equal, requirement.coefficient, graph.zero)
        guard clock == .steps, let trajectory, outer.lowerBound == zero, outer.upperBound >= 1,
            try trajectory.truth(of: vanishes, at: zero...zero) == .yes
        else { return nil }
        let condition = graph.compare(requirement.isStrict ? .less : .lessOrEqual, graph.zero, requirement.rest)
        switch try trajectory.truth(of: condition, outer: zero...zero, inner: inner) {
        case .always: break
        case .failsOn(let time):
            let sentence = "at \(clock.point(time)) the coefficient of '\(requirement.name)' is 0, and the rest fails"
            return Decision(.refuted(Counterexample(sentence: sentence, time: time)))
        case .unknown(let time, _):
            return .undecided(
                .precision, "the part without a constant is not decided at \(clock.instant(time))", gap: gap(at: time))
        }
        outer = 1...outer.upperBound
        inner = inner.flatMap { $0.upperBound >= 1 ? Swift.max($0.lowerBound, 1)...$0.upperBound : nil }
        return nil
    }

    private func uncertainSign(
        _ requirement: Requirement, _ sign: RationalInterval, at time: ClosedRange<Rational>?
    ) -> Decision {
        let place = time.map { " at \(clock.instant(RationalInterval($0.lowerBound, $0.upperBound)))" } ?? ""
        return .undecided(
            .undefined, "the coefficient of '\(requirement.name)' has no certain sign\(place)",
            remedy: "start the interval where it is not 0, or write the claim without the constant there",
            gap: sign.width ?? .powerOfTwo(-bits))
    }

    private func undefinedRatio(_ requirement: Requirement) -> Decision {
        .undecided(
            .undefined, "the best constant '\(requirement.name)' has no finite enclosure at \(bits) bits",
            remedy: "a term is undefined, or may be, on the interval", gap: .powerOfTwo(-bits))
    }

    // MARK: All of them

    private func conclude(
        _ open: [Claim.OpenConstant], _ found: [String: Admissible], gap: Rational?
    ) throws(IntegrationFailure) -> Decision {
        var constants: [ConstantEnclosure] = []
        var verdict = Truth.yes
        var all: [String: Admissible] = [:]
        for constant in open {
            var admissible = found[constant.name] ?? Admissible()
            if let best = admissible.best {
                constants.append(ConstantEnclosure(name: constant.name, value: best, holdsAbove: true))
            }
            if let best = admissible.worst {
                constants.append(ConstantEnclosure(name: constant.name, value: best, holdsAbove: false))
            }
            guard try addHypothesis(constant, to: &admissible) else {
                return .undecided(
                    .unsupported, "the 'where' of '\(constant.name)' is not a bound of the constant",
                    remedy: "write it as comparisons that hold the constant once")
            }
            verdict = .all([verdict, admissible.isNonEmpty])
            all[constant.name] = admissible
        }
        switch verdict {
        case .yes:
            var evidence = Evidence(constants: constants)
            evidence.admissible = all
            return Decision(.proved(evidence), gap: gap)
        case .no:
            let best = constants.map { "the best \($0.name) is \($0.value.sentence)" }.joined(separator: ", ")
            return Decision(.refuted(Counterexample(sentence: "no admissible constant: \(best)", constants: constants)))
        case .unknown:
            let best = constants.map { "the best \($0.name) is in \($0.value.sentence)" }.joined(separator: ", ")
            let late = constants.contains { $0.value.lower == nil || $0.value.upper == nil }
            return .undecided(
                late ? .notReached : .precision, "whether an admissible constant exists is not decided: \(best)",
                remedy: late ? "an event is not reached by the end of the run" : "more bits with --bits",
                gap: gap ?? constants.compactMap(\.value.width).max())
        }
    }

    /// Adds the limits of `where`, and C > 0 unless `where` bounds the constant below.
    private func addHypothesis(
        _ constant: Claim.OpenConstant, to admissible: inout Admissible
    ) throws(IntegrationFailure) -> Bool {
        var isBoundedBelow = false
        if let condition = constant.condition {
            guard conjuncts(condition) != nil else { return false }
            for (comparison, left, right) in graph.comparisons(in: condition) {
                guard let requirement = Requirement(graph, comparison, left, right, open: [constant.name]) else {
                    let result = try truth(of: graph.compare(comparison, left, right))
                    if result.truth == .yes { continue }
                    return false
                }
                guard let above = direction(try enclosed(requirement.coefficient)) else { return false }
                let limit = Admissible.Limit(value: try enclosed(requirement.ratio), isStrict: requirement.isStrict)
                if above {
                    isBoundedBelow = true
                    admissible.lower.append(limit)
                } else {
                    admissible.upper.append(limit)
                }
            }
        }
        if !isBoundedBelow {
            admissible.lower.append(Admissible.Limit(value: RationalInterval(0), isStrict: true))
        }
        return true
    }
}
