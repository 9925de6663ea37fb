import Checker

/// Draws that wait to be decided, with what plain doubles suggest about them.
struct Pool {
    struct Entry: Sendable {
        let candidate: Candidate
        let estimate: Estimate?
    }

    private var entries: [Entry] = []

    mutating func add(_ new: [Entry]) { entries += new }

    /// For each claim, the candidate on which it looks tightest.
    func tightest(_ claims: [String]) -> [Candidate] {
        var positions: [Int] = []
        for claim in claims {
            let margins = entries.indices.compactMap { position in
                entries[position].estimate?.margins[claim].map { (position, $0) }
            }
            guard let (position, _) = margins.min(by: { ($0.1, $0.0) < ($1.1, $1.0) }) else { continue }
            if !positions.contains(position) { positions.append(position) }
        }
        return positions.map { entries[$0].candidate }
    }

    /// The next candidates to decide. First those that look as if they break a hypothesis, so that they are counted; then
    /// those on which one of the `suspected` claims looks false, the smallest first. Then, with `tightest`, the claims
    /// take turns, each with the candidate on which it looks tightest; without, half are the smallest, and half the
    /// earliest.
    mutating func take(_ count: Int, suspected: Set<String>, tightest: [String]?) -> [Candidate] {
        entries.sort { ($0.candidate.cost, $0.candidate.number) < ($1.candidate.cost, $1.candidate.number) }
        var taken: [Int] = []
        func take(_ positions: [Int], most: Int) {
            let known = Set(taken)
            taken += positions.filter { !known.contains($0) }.prefix(max(0, min(most, count - taken.count)))
        }
        let all = Array(entries.indices)
        take(all.filter { entries[$0].estimate?.breaksHypothesis ?? false }, most: count)
        take(all.filter { !(entries[$0].estimate?.suspects ?? []).allSatisfy { !suspected.contains($0) } }, most: count)
        let suspects = taken
        if let tightest {
            takeTurns(tightest, count, &taken)
        } else {
            take(all, most: (count - taken.count + 1) / 2)
            take(all.sorted { entries[$0].candidate.number < entries[$1].candidate.number }, most: count)
        }
        take(all, most: count)
        let order = suspects + taken.dropFirst(suspects.count).sorted()
        let chosen = order.map { entries[$0].candidate }
        let gone = Set(taken)
        entries = all.filter { !gone.contains($0) }.map { entries[$0] }
        return chosen
    }

    /// Each claim in turn takes the candidate with its smallest margin. A claim whose margin is the same everywhere says
    /// nothing.
    private func takeTurns(_ claims: [String], _ count: Int, _ taken: inout [Int]) {
        var rankings = claims.compactMap { claim -> ArraySlice<Int>? in
            let margins = entries.indices.compactMap { position in
                entries[position].estimate?.margins[claim].map { (position, $0) }
            }
            guard let least = margins.map(\.1).min(), let most = margins.map(\.1).max(), most - least > 1e-9 else {
                return nil
            }
            return margins.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)[...]
        }
        var known = Set(taken)
        while taken.count < count, !rankings.allSatisfy(\.isEmpty) {
            for index in rankings.indices where taken.count < count {
                while let position = rankings[index].popFirst() {
                    if known.insert(position).inserted {
                        taken.append(position)
                        break
                    }
                }
            }
        }
    }
}
