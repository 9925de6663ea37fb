import Bounds
import Exact

/// The verdict on "for at least k of n seeds": proved if k runs are, with one value of every open constant that serves
/// them; refuted if so many are that no k are left. A vacuous run counts as neither.
struct SeedDecision {
    let count: SeedCount
    let verdicts: [(seed: Int, verdict: Verdict)]

    var tally: SeedTally {
        var tally = SeedTally(atLeast: count.atLeast)
        for (_, verdict) in verdicts {
            switch verdict {
            case .proved, .consistent: tally.proved += 1
            case .refuted: tally.refuted += 1
            case .undecided: tally.undecided += 1
            case .vacuous: tally.vacuous += 1
            }
        }
        return tally
    }

    var verdict: Verdict {
        let tally = self.tally
        let total = count.seeds.count
        if tally.vacuous == total {
            return .vacuous("a hypothesis is certainly false on each of \(total) seeds")
        }
        if tally.refuted > total - count.atLeast {
            let seeds = list { if case .refuted = $0 { true } else { false } }
            return .refuted(
                Counterexample(
                    sentence: "it is refuted on \(tally.refuted) of \(total) seeds (\(seeds)), so at most \(total - tally.refuted) meet it"))
        }
        let proofs = verdicts.compactMap { _, verdict -> Evidence? in
            if case .proved(let evidence) = verdict { evidence } else { nil }
        }
        if proofs.count >= count.atLeast {
            let remark = "proved on \(tally.proved) of \(total) seeds"
            if proofs.allSatisfy(\.admissible.isEmpty) { return .proved(Evidence(remark: remark)) }
            if let served = servedTogether(proofs) {
                var evidence = Evidence(constants: constants(serving: served), remark: remark)
                for (name, admissible) in served.flatMap(\.admissible) {
                    evidence.admissible[name, default: Admissible()].lower += admissible.lower
                    evidence.admissible[name, default: Admissible()].upper += admissible.upper
                }
                return .proved(evidence)
            }
            if mostServed(proofs).map({ $0 + tally.undecided + tally.vacuous < count.atLeast }) ?? false {
                return .refuted(Counterexample(sentence: "no one value of the constants serves \(count.atLeast) of \(total) seeds"))
            }
            return .undecided(
                Obstacle(.precision, "whether one value of the constants serves \(count.atLeast) of \(total) seeds is not decided"))
        }
        return .undecided(obstacle(tally))
    }

    private func obstacle(_ tally: SeedTally) -> Obstacle {
        var parts = ["proved on \(tally.proved) of \(count.seeds.count) seeds, of which \(count.atLeast) are needed"]
        if tally.refuted > 0 { parts.append("refuted on \(tally.refuted)") }
        if tally.vacuous > 0 { parts.append("vacuous on \(tally.vacuous)") }
        for (seed, verdict) in verdicts {
            guard case .undecided(let obstacle) = verdict else { continue }
            parts.append("undecided on \(tally.undecided), on seed \(seed) because \(obstacle.reason)")
            return Obstacle(obstacle.kind, parts.joined(separator: "; "), remedy: obstacle.remedy)
        }
        return Obstacle(.undefined, parts.joined(separator: "; "), remedy: "count other seeds, or fewer")
    }

    private func list(_ isMeant: (Verdict) -> Bool) -> String {
        verdicts.filter { isMeant($0.verdict) }.map { "\($0.seed)" }.joined(separator: ", ")
    }
}

// MARK: - Open constants

extension SeedDecision {
    /// A value, or one just above it.
    private struct Candidate {
        let value: Rational
        let isAbove: Bool
    }

    /// Values for all constants that are tried at most.
    private static let mostTried = 20_000

    /// Proofs that one value of every constant serves: at least as many as are counted, for the least such values.
    /// - Precondition: every proof says what it needs of its constants.
    private func servedTogether(_ proofs: [Evidence]) -> [Evidence]? {
        for choice in choices(proofs, end: \.upper) {
            let served = proofs.filter { proof in
                proof.admissible.allSatisfy { name, admissible in
                    choice[name].map { admissible.certainlyHolds($0.value, isAbove: $0.isAbove) } ?? false
                }
            }
            if served.count >= count.atLeast { return served }
        }
        return nil
    }

    /// An upper bound of how many proofs one value can serve; nil if there are too many values to try.
    private func mostServed(_ proofs: [Evidence]) -> Int? {
        let names = Set(proofs.flatMap(\.admissible.keys))
        let areBounded = proofs.allSatisfy { proof in
            proof.admissible.values.allSatisfy { $0.lower.contains { $0.value.lower != nil } }
        }
        guard areBounded, combinations(names.count, proofs.count) <= Self.mostTried else { return nil }
        // Boxes with a point in common have one whose coordinates are lower ends of theirs.
        return choices(proofs, end: \.lower).map { choice in
            proofs.filter { proof in
                proof.admissible.allSatisfy { name, admissible in
                    choice[name].map { admissible.mayHold($0.value) } ?? true
                }
            }.count
        }.max()
    }

    private func combinations(_ names: Int, _ values: Int) -> Int {
        (0..<names).reduce(1) { total, _ in Swift.min(total * Swift.max(values, 1), Self.mostTried + 1) }
    }

    /// Values of all constants: the least that each proof allows, combined, in increasing order.
    private func choices(_ proofs: [Evidence], end: KeyPath<RationalInterval, Rational?>) -> [[String: Candidate]] {
        let names = Set(proofs.flatMap(\.admissible.keys)).sorted()
        func least(_ proof: Evidence, _ name: String) -> Candidate? {
            let limits = proof.admissible[name]?.lower ?? []
            guard let value = limits.compactMap({ $0.value[keyPath: end] }).max() else { return nil }
            return Candidate(
                value: value, isAbove: limits.contains { $0.isStrict && $0.value[keyPath: end] == value })
        }
        let isProduct = combinations(names.count, proofs.count) <= Self.mostTried
        var choices: [[String: Candidate]] = [[:]]
        for name in names {
            var values = proofs.compactMap { least($0, name) }
            values.sort { ($0.value, $0.isAbove ? 1 : 0) < ($1.value, $1.isAbove ? 1 : 0) }
            // Where there are too many combinations, only the largest of each, which serves most proofs.
            let tried = isProduct ? values : Array(values.suffix(1))
            choices = choices.flatMap { known in tried.map { known.merging([name: $0]) { _, new in new } } }
        }
        return choices
    }
}

extension Admissible {
    /// Whether the value (or every one slightly above it) meets all limits, whatever they are in their enclosures.
    fileprivate func certainlyHolds(_ value: Rational, isAbove: Bool) -> Bool {
        lower.allSatisfy { limit in
            guard let end = limit.value.upper else { return false }
            return end < value || (end == value && (!limit.isStrict || isAbove))
        }
            && upper.allSatisfy { limit in
                guard let end = limit.value.lower else { return false }
                return value < end || (value == end && !limit.isStrict && !isAbove)
            }
    }

    /// Whether the value may meet all limits.
    fileprivate func mayHold(_ value: Rational) -> Bool {
        lower.allSatisfy { $0.value.lower.map { $0 <= value } ?? true }
            && upper.allSatisfy { $0.value.upper.map { value <= $0 } ?? true }
    }
}
