import Bounds
import Checker
import Exact
import Syntax

extension Theorem {
    /// The verdict that the file expects of the claim on every one of its instances; nil if there is none such.
    func expectationEverywhere(of claim: String) -> ExpectedVerdict? {
        let expected = Set(instances.map { expectation(of: claim, on: $0) })
        return expected.count == 1 ? expected.first ?? nil : nil
    }
}

extension ClaimTally {
    init(_ claim: ClaimDescription, expected: ExpectedVerdict?, cases: [TestCase]) {
        self.claim = claim
        self.expected = expected
        for (position, testCase) in cases.enumerated() {
            for obligation in testCase.result.obligations where obligation.claim.id == claim.id {
                add(obligation.verdict, at: position, isCut: testCase.isCut)
            }
        }
    }

    private mutating func add(_ verdict: Verdict, at position: Int, isCut: Bool) {
        switch verdict {
        case .proved(let evidence), .consistent(let evidence):
            proved += 1
            note(evidence.margin, at: position)
            for constant in evidence.constants { note(constant, at: position) }
        case .refuted:
            refuted += 1
            if expected != .refuted { failures.append(position) }
        case .undecided(let obstacle):
            if isCut && obstacle.kind == .timeout {
                late += 1
            } else {
                undecided += 1
                if expected != .undecided { doubts.append(position) }
            }
        case .vacuous:
            vacuous += 1
        }
    }

    private mutating func note(_ margin: Margin?, at position: Int) {
        guard let margin, let lower = margin.value.lower else { return }
        if let known = tightest?.margin.value.lower, known <= lower { return }
        tightest = (margin, position)
    }

    private mutating func note(_ constant: ConstantEnclosure, at position: Int) {
        guard
            let index = constants.firstIndex(where: { $0.name == constant.name && $0.holdsAbove == constant.holdsAbove }
            )
        else {
            constants.append(
                ConstantRange(
                    name: constant.name, holdsAbove: constant.holdsAbove, values: constant.value, worst: position,
                    worstValue: constant.value))
            return
        }
        let known = constants[index]
        constants[index].values = known.values.hull(constant.value)
        if constant.asksMore(than: known.worstValue) {
            constants[index].worst = position
            constants[index].worstValue = constant.value
        }
    }
}

extension ConstantEnclosure {
    /// Whether the constant must be further out than where the other one is known to be enough. An end that is not
    /// known is infinitely far out.
    fileprivate func asksMore(than other: RationalInterval) -> Bool {
        let (own, known) = holdsAbove ? (value.upper, other.upper) : (value.lower, other.lower)
        guard let known else { return false }
        guard let own else { return true }
        return holdsAbove ? own > known : own < known
    }
}

extension RationalInterval {
    func hull(_ other: RationalInterval) -> RationalInterval {
        RationalInterval(
            lower.flatMap { a in other.lower.map { min(a, $0) } }, upper.flatMap { a in other.upper.map { max(a, $0) } }
        )
    }
}
