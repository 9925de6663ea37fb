import ArgumentParser
import Exact
import Syntax

/// `K=20`, `eps=1/100`, `a=0.1`: exact, like every number of a theorem file.
struct Override: ExpressibleByArgument {
    let name: String
    let value: Rational

    init?(argument: String) {
        let halves = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2 else { return nil }
        let name = halves[0].filter { !$0.isWhitespace }
        guard !name.isEmpty, let value = Rational(parsing: halves[1].filter { !$0.isWhitespace }) else { return nil }
        self.name = name
        self.value = value
    }
}
