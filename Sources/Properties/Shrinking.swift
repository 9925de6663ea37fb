import Bounds
import Checker
import Exact
import Foundation

/// A refuted claim, on an instance as simple as could be found.
public struct ShrunkCounterexample: Sendable {
    public let claim: ClaimDescription
    /// Where the search began.
    public let start: Instance
    public let instance: Instance
    /// What refutes it there.
    public let counterexample: Counterexample
    /// A theorem file of its own, on which the claim is refuted again.
    public let text: String
    public let trials: Int
}

/// Why a counterexample cannot be shrunk, or not be written as a file: a sentence.
public struct ShrinkingFailure: Error, Sendable {
    public let reason: String
}

/// Makes a refuted claim simpler for as long as it stays refuted: smaller integers, simpler fractions, smaller seeds,
/// fewer rows of data, a shorter run, and nothing in the file that the claim does without. Every step is decided by the
/// checker.
public func shrink(
    _ claim: ClaimDescription, on candidate: Candidate, of theorem: Theorem, seconds: Double = 60,
    cancellation: Cancellation = .init()
) throws(ShrinkingFailure) -> ShrunkCounterexample {
    if claim.growthFamily != nil {
        throw ShrinkingFailure(reason: "\(claim.id) is about a family, not about one instance")
    }
    // What was found is still to be written when the search is over.
    let search = Cancellation(within: cancellation)
    search.cancel(after: seconds * 2 / 3)
    var shrinking = Shrinking(
        theorem: theorem, claim: claim, base: candidate.base, search: search, cancellation: cancellation,
        mostSeconds: seconds / 6)
    guard var found = shrinking.refutation(on: candidate.instance) else {
        throw ShrinkingFailure(reason: "\(claim.id) is not refuted on \(candidate.instance.summary)")
    }
    var instance = candidate.instance
    var isSimpler = true
    while isSimpler && !search.isCancelled {
        isSimpler = false
        for name in shrinking.names {
            // The same parameter again, as long as that helps.
            while let (simpler, result) = shrinking.step(instance, name) {
                (instance, found, isSimpler) = (simpler, result, true)
            }
        }
    }
    return try shrinking.written(instance, from: candidate.instance, found)
}

struct Shrinking {
    let theorem: Theorem
    let claim: ClaimDescription
    let base: Instance
    let search: Cancellation
    let cancellation: Cancellation
    let mostSeconds: Double
    private(set) var trials = 0

    init(
        theorem: Theorem, claim: ClaimDescription, base: Instance, search: Cancellation, cancellation: Cancellation,
        mostSeconds: Double
    ) {
        self.theorem = theorem
        self.claim = claim
        self.base = base
        self.search = search
        self.cancellation = cancellation
        self.mostSeconds = mostSeconds
    }

    /// What can be made simpler: parameters, tables and the seed.
    var names: [String] {
        theorem.parameters.map(\.name) + theorem.tables.map(\.name) + (theorem.drawsConstants ? ["seed"] : [])
    }

    struct Refutation {
        let counterexample: Counterexample
        let clock: Clock
        let horizon: RationalInterval?
    }

    /// The refutation of the claim on the instance, if it is refuted there.
    mutating func refutation(on instance: Instance, of theorem: Theorem? = nil) -> Refutation? {
        trials += 1
        let own = Cancellation(within: cancellation)
        own.cancel(after: mostSeconds)
        var options = VerificationOptions()
        options.only = [claim.id]
        guard
            case .decided(let result) = tryOut(
                instance, of: theorem ?? self.theorem, options: options, cancellation: own),
            let obligation = result.obligations.first(where: { $0.claim.id == claim.id }),
            case .refuted(let counterexample) = obligation.verdict
        else { return nil }
        return Refutation(counterexample: counterexample, clock: result.clock, horizon: result.horizon)
    }

    /// The first simpler value of the parameter, the table or the seed on which the claim is still refuted.
    mutating func step(_ instance: Instance, _ name: String) -> (Instance, Refutation)? {
        for simpler in proposals(instance, name) where !search.isCancelled {
            if let found = refutation(on: simpler) { return (simpler, found) }
        }
        return nil
    }

    // MARK: Proposals

    /// Rows of a table that are dropped one by one, where one goes.
    private static let mostRows = 32

    private func proposals(_ instance: Instance, _ name: String) -> [Instance] {
        if name == "seed" {
            return (1...3).filter { $0 < instance.seed ?? 0 }.compactMap { seed in
                var plain = replacements(instance)
                plain.seed = seed
                return changed(plain)
            }
        }
        if let table = instance.tables[name] {
            let isList = theorem.tables.contains { $0.name == name && $0.holdsLists }
            let entries = theorem.shape(of: name, on: instance.parameters)?.entries
            let simpler = (isList ? table.shorterLists() : []) + table.simplerEntries(from: entries)
            return simpler.compactMap { simpler in
                var plain = replacements(instance)
                plain.tables[name] = simpler
                return changed(plain)
            }
        }
        guard let parameter = theorem.parameters.first(where: { $0.name == name }), let value = instance.value(of: name)
        else { return [] }
        let others = replacements(instance).parameters.filter { $0.key != name }
        let range = theorem.range(of: name, given: others)
        return value.simpler(isInteger: parameter.isInteger, in: range).flatMap { simpler in
            var plain = replacements(instance)
            plain.parameters[name] = simpler
            return cut(plain, instance, name).compactMap(changed)
        }
    }

    private func replacements(_ instance: Instance) -> Replacements {
        Replacements(
            parameters: Dictionary(instance.parameters.map { ($0.name, $0.value) }) { first, _ in first },
            seed: instance.seed, tables: instance.tables)
    }

    private func changed(_ replacements: Replacements) -> Instance? {
        try? theorem.instance(like: base, replacing: replacements, id: "shrunk")
    }

    /// Cuts the tables that the parameter sizes. Where one row goes, each of them may be the one.
    private func cut(_ plain: Replacements, _ instance: Instance, _ name: String) -> [Replacements] {
        let sized = theorem.tables.filter { $0.sizedBy.contains(name) }
        guard !sized.isEmpty else { return [plain] }
        guard let parameters = changed(Replacements(parameters: plain.parameters))?.parameters else { return [] }
        var result: [Replacements] = []
        for dropped in [nil] + (0..<Self.mostRows).map(Optional.some) {
            var one = plain
            for table in sized {
                guard let old = instance.tables[table.name], let shape = theorem.shape(of: table.name, on: parameters)
                else { return [] }
                guard let cut = old.cut(to: shape.lengths[...], dropping: dropped) else { return result }
                one.tables[table.name] = cut
            }
            if !result.contains(one) { result.append(one) }
        }
        return result
    }

    // MARK: The file

    mutating func written(
        _ instance: Instance, from start: Instance, _ found: Refutation
    ) throws(ShrinkingFailure) -> ShrunkCounterexample {
        var excerpt = Excerpt(
            claim: claim.id, instance: instance, title: "Counterexample to \(claim.id): \(theorem.title)",
            expectation: .refuted)
        if ["condition", "identity", "everywhere"].contains(claim.kind) {
            excerpt.isWithoutRun = true
            if let result = try? check(excerpt, instance, start) { return result }
            excerpt.isWithoutRun = false
        }
        let end = Date(timeIntervalSinceNow: 2 * mostSeconds)
        for horizon in shorterRuns(found) where Date() < end {
            excerpt.horizon = horizon
            if let result = try? check(excerpt, instance, start) { return result }
        }
        excerpt.horizon = nil
        return try check(excerpt, instance, start)
    }

    /// Ends of the run that may still be late enough, the earliest first: just after the counterexample, and parts of the
    /// run where that has no time. A claim whose meaning depends on the end keeps it.
    private func shorterRuns(_ found: Refutation) -> [Rational] {
        guard ["always", "increasing", "decreasing", "at", "condition"].contains(claim.kind),
            !theorem.mentionsEnd(claim.id), let end = found.horizon?.lower, end.isPositive
        else { return [] }
        func rounded(_ low: Rational, _ high: Rational) -> Rational {
            found.clock == .steps ? Rational(low.ceiling) : Rational.simplest(from: low, to: high)
        }
        var candidates: [Rational] = []
        if let time = found.counterexample.time?.upper, time.isPositive {
            candidates = [Rational(11, 10), Rational(2)].map { factor in
                rounded(found.clock == .steps ? time + factor - 1 : time, time * factor)
            }
        }
        candidates += [Rational(1, 16), Rational(1, 8), Rational(1, 4), Rational(1, 2)].map {
            rounded(end * $0, end * $0 * Rational(5, 4))
        }
        return candidates.unique.filter { $0.isPositive && $0 < end * Rational(9, 10) }.sorted()
    }

    /// The file, if the claim is refuted on it.
    private mutating func check(
        _ plain: Excerpt, _ instance: Instance, _ start: Instance
    ) throws(ShrinkingFailure) -> ShrunkCounterexample {
        let alone: Theorem
        do throws(InvalidTheorem) {
            alone = try Theorem(text: theorem.text(of: plain), name: theorem.file)
        } catch {
            throw ShrinkingFailure(
                reason:
                    "the counterexample does not stand alone: \(error.diagnostics.first?.message ?? "the file is invalid")"
            )
        }
        guard let only = alone.instances.first, let again = refutation(on: only, of: alone) else {
            throw ShrinkingFailure(reason: "the counterexample is not refuted again in a file of its own")
        }
        let whole = Candidate(of: only, in: alone).instance
        var excerpt = plain
        excerpt.notes = ["\(claim.id) is refuted on \(whole.summary): \(again.counterexample.sentence)"]
        if start.summary != instance.summary { excerpt.notes.append("found on \(start.summary)") }
        return ShrunkCounterexample(
            claim: claim, start: start, instance: whole, counterexample: again.counterexample,
            text: theorem.text(of: excerpt),
            trials: trials)
    }
}

extension Table {
    /// Levels of lists cut to these lengths, without the row `dropping` if just one row goes; nil if there are too few
    /// rows, or no such row to drop.
    fileprivate func cut(to lengths: ArraySlice<Int>, dropping row: Int?) -> Table? {
        guard let length = lengths.first else { return self }
        guard case .list(var rows) = self, rows.count >= length else { return nil }
        if let row, rows.count == length + 1, row < rows.count {
            rows.remove(at: row)
        } else if row != nil {
            return nil
        }
        var result: [Table] = []
        for row in rows.prefix(length) {
            guard let cut = row.cut(to: lengths.dropFirst(), dropping: nil) else { return nil }
            result.append(cut)
        }
        return .list(result)
    }

    /// The same table with one innermost list shorter by an entry.
    fileprivate func shorterLists(most: Int = 64) -> [Table] {
        guard case .list(let rows) = self else { return [] }
        let isInnermost = rows.allSatisfy { if case .number = $0 { true } else { false } }
        var result: [Table] = []
        for (position, row) in rows.enumerated() where result.count < most {
            var changed = rows
            if isInnermost {
                guard rows.count > 1 else { return [] }
                changed.remove(at: position)
                result.append(.list(changed))
            } else {
                for shorter in row.shorterLists(most: most - result.count) {
                    changed[position] = shorter
                    result.append(.list(changed))
                }
            }
        }
        return result
    }

    /// The same table with one entry simpler, in at most so many ways; one of `entries`, if they are given.
    fileprivate func simplerEntries(from entries: [Rational]?, most: Int = 64) -> [Table] {
        switch self {
        case .number(let value):
            let simpler =
                entries.map { $0.filter { $0.complexity < value.complexity } }
                ?? value.simpler(isInteger: value.isInteger, in: ParameterRange())
            return simpler.sorted { $0.complexity < $1.complexity }.map(Table.number)
        case .list(let rows):
            var result: [Table] = []
            for (position, row) in rows.enumerated() where result.count < most {
                for simpler in row.simplerEntries(from: entries, most: most - result.count) {
                    var changed = rows
                    changed[position] = simpler
                    result.append(.list(changed))
                }
            }
            return result
        }
    }
}
