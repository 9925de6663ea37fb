import Arithmetic
import Bounds
import Exact
import GradientFlow
import Symbolic
import Syntax

/// What is said about a family as a whole: growth exponents, and one interval of constants that serves all members.
struct FamilyCheck {
    let theorem: Theorem
    let family: Family
    let members: [(instance: Instance, outcome: InstanceCheck.Outcome)]

    func run(_ options: VerificationOptions) -> InstanceResult? {
        var result = InstanceResult(id: family.name, isFamily: true, parameters: [], seed: nil)
        for claim in theorem.claims where options.selects(claim.id) {
            if claim.growthFamily == family.name {
                result.obligations.append(obligation(claim, growth(claim)))
            } else if claim.growthFamily == nil, let verdict = common(claim) {
                result.obligations.append(obligation(claim, verdict))
            }
        }
        return result.obligations.isEmpty ? nil : result
    }

    private func obligation(_ claim: ClaimDescription, _ verdict: Verdict) -> ObligationResult {
        // An expectation about a growth claim names its family; one about members is met there.
        let whole = Instance(id: family.name, family: family.name, parameters: [], seed: nil)
        let expected = claim.growthFamily == nil ? nil : theorem.expectation(of: claim.id, on: whole)
        var growth: GrowthSeries?
        if claim.growthFamily != nil { growth = series(claim) }
        let bits = members.compactMap { $0.outcome.growth[claim.id]?.bits }.max() ?? members.map(\.outcome.result.bits).max() ?? 0
        var result = ObligationResult(
            claim: claim, verdict: verdict, expected: expected, isAsExpected: verdict.meets(expected), bits: bits)
        result.growth = growth
        return result
    }

    /// The quantity of a growth claim on every member that the claim is about.
    private func series(_ claim: ClaimDescription) -> GrowthSeries? {
        let found = members.compactMap { member in member.outcome.growth[claim.id].map { (member.instance, $0) } }
        guard let parameter = found.first?.1.parameter else { return nil }
        let others = family.varied.filter { $0 != parameter }
        let points = found.filter { $0.1.hypothesis != .no }.compactMap { instance, value in
            instance.value(of: parameter).map { size in
                GrowthSeries.Point(
                    instance: instance.id, group: others.compactMap { instance.value(of: $0) }.map(\.description),
                    parameter: size, quantity: value.quantity)
            }
        }
        return GrowthSeries(parameter: parameter, points: points)
    }

    // MARK: Constants

    /// One interval that serves all members, if every member has constants and none fails.
    private func common(_ claim: ClaimDescription) -> Verdict? {
        var serving: [Evidence] = []
        var united: [String: Admissible] = [:]
        for member in members {
            guard let found = member.outcome.result.obligations.first(where: { $0.claim.id == claim.id }) else { return nil }
            switch found.verdict {
            case .vacuous: continue
            case .refuted, .undecided, .consistent: return nil
            case .proved(let evidence):
                serving.append(evidence)
                if evidence.constants.isEmpty { return nil }
                for (name, admissible) in evidence.admissible {
                    united[name, default: Admissible()].lower += admissible.lower
                    united[name, default: Admissible()].upper += admissible.upper
                }
            }
        }
        let proved = serving.count
        guard proved > 1 else { return nil }
        for (name, admissible) in united.sorted(by: { $0.key < $1.key }) {
            switch admissible.isNonEmpty {
            case .yes: continue
            case .no:
                return .refuted(Counterexample(sentence: "no one constant '\(name)' serves all \(proved) members"))
            case .unknown:
                return .undecided(
                    Obstacle(.precision, "whether one constant '\(name)' serves all \(proved) members is not decided"))
            }
        }
        return .consistent(
            Evidence(constants: constants(serving: serving), remark: "one constant serves \(proved) members"))
    }

    // MARK: Growth

    /// All local exponents log(Q2/Q1)/log(P2/P1) of neighbours lie inside: consistent; one certainly outside: refuted.
    private func growth(_ claim: ClaimDescription) -> Verdict {
        guard let parameter = members.compactMap({ $0.outcome.growth[claim.id]?.parameter }).first else {
            return .undecided(Obstacle(.notReached, "the quantity has no value on any member"))
        }
        var exponents: RationalInterval?
        var doubt: Obstacle?
        let asked = members.compactMap { $0.outcome.growth[claim.id]?.hypothesis }
        if !asked.isEmpty && asked.allSatisfy({ $0 == .no }) {
            return .vacuous("a hypothesis is certainly false on every member")
        }
        if asked.contains(.unknown) {
            return .undecided(Obstacle(.precision, "whether a hypothesis holds is not decided on every member"))
        }
        for (first, second) in neighbours(parameter, claim) {
            guard let a = first.outcome.growth[claim.id], let b = second.outcome.growth[claim.id],
                let p = first.instance.value(of: parameter), let q = second.instance.value(of: parameter)
            else {
                doubt = doubt ?? Obstacle(.notReached, "the quantity has no value on \(first.instance.id) or \(second.instance.id)")
                continue
            }
            guard let exponent = localExponent(a.quantity, b.quantity, p, q) else {
                doubt = doubt ?? Obstacle(
                    .notReached, "the quantity has no positive enclosure on \(first.instance.id) or \(second.instance.id)",
                    remedy: "look at the event's line there: it may not be reached")
                continue
            }
            if let high = exponent.upper, let bound = a.lower.lower, high < bound {
                return refuted(exponent, first.instance, second.instance, below: true)
            }
            if let low = exponent.lower, let bound = a.upper.upper, low > bound {
                return refuted(exponent, first.instance, second.instance, below: false)
            }
            let inside = exponent.lower.flatMap { low in a.lower.upper.map { low >= $0 } } ?? false
            let under = exponent.upper.flatMap { high in a.upper.lower.map { high <= $0 } } ?? false
            if !inside || !under {
                doubt = doubt ?? Obstacle(
                    .precision, "the exponent between \(first.instance.id) and \(second.instance.id) is in \(exponent.sentence), at the border",
                    remedy: "a wider interval, or more bits")
            }
            exponents = exponents.map { RationalInterval(Swift.min($0.lower!, exponent.lower!), Swift.max($0.upper!, exponent.upper!)) } ?? exponent
        }
        if let doubt { return .undecided(doubt) }
        guard let exponents else { return .undecided(Obstacle(.notReached, "no two members to compare")) }
        return .consistent(
            Evidence(constants: [ConstantEnclosure(name: "exponent", value: exponents)], remark: "all local exponents lie inside"))
    }

    private func refuted(_ exponent: RationalInterval, _ a: Instance, _ b: Instance, below: Bool) -> Verdict {
        .refuted(
            Counterexample(
                sentence: "between \(a.id) and \(b.id) the exponent is in \(exponent.sentence), \(below ? "below" : "above") the interval",
                constants: [ConstantEnclosure(name: "exponent", value: exponent)]))
    }

    private func localExponent(
        _ a: RationalInterval, _ b: RationalInterval, _ p: Rational, _ q: Rational
    ) -> RationalInterval? {
        guard let a0 = a.lower, let a1 = a.upper, let b0 = b.lower, let b1 = b.upper, a0.isPositive, b0.isPositive,
            p.isPositive, q.isPositive
        else { return nil }
        let bits = 128
        let quantity = (Ball.interval(b0, b1, bits: bits) / Ball.interval(a0, a1, bits: bits)).log()
        let exponent = quantity / Ball(q / p, bits: bits).log()
        guard let lower = exponent.lowerBound, let upper = exponent.upperBound else { return nil }
        return RationalInterval(lower, upper)
    }

    /// Pairs of members that differ in the parameter and in no other list, next to each other in its order.
    private func neighbours(_ parameter: String, _ claim: ClaimDescription) -> [(Member, Member)] {
        let others = family.varied.filter { $0 != parameter }
        let asked = members.filter { $0.outcome.growth[claim.id]?.hypothesis != .no }
        let groups = Dictionary(grouping: asked) { member in others.map { member.instance.value(of: $0) } }
        return groups.values.flatMap { group -> [(Member, Member)] in
            let sorted = group.sorted {
                ($0.instance.value(of: parameter) ?? 0) < ($1.instance.value(of: parameter) ?? 0)
            }
            return Array(zip(sorted, sorted.dropFirst()))
        }.sorted { $0.0.instance.id < $1.0.instance.id }
    }

    private typealias Member = (instance: Instance, outcome: InstanceCheck.Outcome)
}
