import Exact
import Symbolic
import Syntax

/// `for at least 9 of seeds 1..10`: the claim is decided on a run of its own for each seed.
public struct SeedCount: Hashable, Sendable {
    public let atLeast: Int
    /// In increasing order.
    public let seeds: [Int]
}

extension Theorem {
    /// The claims that count seeds on the instance, by id.
    public func seedCounts(on instance: Instance) -> [String: SeedCount] {
        (try? elaboration.seedCounts(on: instance)) ?? [:]
    }
}

extension Elaboration {
    /// More runs for one claim would be a mistake.
    private static let mostSeeds = 1000

    /// What every counting claim counts. The set of seeds may read parameters.
    func seedCounts(on instance: Instance) throws(Diagnostic) -> [String: SeedCount] {
        var counts: [String: SeedCount] = [:]
        for claim in contents.claims {
            for case .seeds(let atLeast, let set, let span) in claim.value.quantifiers {
                let file = contents.source(claim.place.file).name
                func wrong(_ id: String, _ text: String, remedy: String) -> Diagnostic {
                    Diagnostic(id, "\(text) (instance \(instance.id))", file: file, span: span, remedy: remedy)
                }
                let elaborator = Elaborator(names: names, dependencies: dependencies)
                for parameter in instance.parameters {
                    elaborator.parameters[parameter.name] = elaborator.graph.constant(parameter.value)
                }
                guard let values = try? elaborator.numbers(in: set, Scope(file: claim.place.file)),
                    case let seeds = Set(values.compactMap(\.asInt)).sorted(), seeds.count == Set(values).count,
                    seeds.first ?? 0 >= 0
                else { throw wrong("E0405", "a seed is an integer from 0 on", remedy: "write 'of seeds 1..10'") }
                guard let number = atLeast.asInt, number >= 1, number <= seeds.count, seeds.count <= Self.mostSeeds else {
                    throw wrong(
                        "E0709", "at least \(atLeast) of \(seeds.count) seeds are counted",
                        remedy: "count from 1 to all of at most \(Self.mostSeeds) seeds")
                }
                counts[claim.value.id.text] = SeedCount(atLeast: number, seeds: seeds)
            }
        }
        return counts
    }
}
