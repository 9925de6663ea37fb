import ArgumentParser
import Bounds
import Exact
import Syntax

/// `K=20`, `eps=1/100`, `a=0.1`: exact, like every number of a theorem file. `X=[[1, 2], [3, 4]]` is a data table, and
/// `seed=3` the seed of the draws.
struct Override: ExpressibleByArgument {
    let name: String
    let value: Table

    init?(argument: String) {
        let halves = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2 else { return nil }
        let name = halves[0].filter { !$0.isWhitespace }
        guard !name.isEmpty, let value = Table(parsing: String(halves[1])) else { return nil }
        if name == "seed" {
            guard case .number(let seed) = value, let seed = seed.asInt, seed >= 0 else { return nil }
        }
        self.name = name
        self.value = value
    }
}

extension Replacements {
    init(_ overrides: [Override]) {
        self.init()
        for override in overrides {
            switch override.value {
            case .number(let value) where override.name == "seed": seed = value.asInt
            case .number(let value): parameters[override.name] = value
            case .list: tables[override.name] = override.value
            }
        }
    }
}
