/// The name that was probably meant: the same letters in another case, else the nearest within two typing errors (one for
/// names under five letters). A swap of two neighbours counts as one error. Among equals the first in alphabetical order,
/// so that a message does not depend on the order of a dictionary.
public func closestName(to name: String, in candidates: some Sequence<String>) -> String? {
    let letters = Array(name.unicodeScalars)
    let allowed = letters.count < 5 ? 1 : 2
    var best: (distance: Int, name: String)?
    for candidate in candidates where candidate != name {
        let distance: Int
        if candidate.lowercased() == name.lowercased() {
            distance = 0
        } else {
            let other = Array(candidate.unicodeScalars)
            guard abs(other.count - letters.count) <= allowed else { continue }
            distance = editDistance(letters, other)
            // Another letter is another name.
            guard distance <= allowed, letters.count > 1 || other.count > 1 else { continue }
        }
        if let found = best, (found.distance, found.name) <= (distance, candidate) { continue }
        best = (distance, candidate)
    }
    return best?.name
}

/// Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other (optimal string
/// alignment).
private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...b.count)
    for i in 0..<a.count {
        var current = [i + 1]
        for j in 0..<b.count {
            var least = min(previous[j + 1], current[j]) + 1
            least = min(least, previous[j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                least = min(least, beforePrevious[j - 1] + 1)
            }
            current.append(least)
        }
        beforePrevious = previous
        previous = current
    }
    return previous[b.count]
}
