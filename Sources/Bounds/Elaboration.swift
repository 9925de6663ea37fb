import Exact
import Symbolic
import Syntax

/// The statements of the theorem and its models after the static checks.
struct Elaboration: Sendable {
    let names: NameTable
    let dependencies: Dependencies
    let claimFeatures: [Int: Feature]
    let eventFeatures: [Int: Feature]
    let showFeatures: [[Int]: Feature]
    let expectations: [Expectation]
    let sources: [String: SourceFile]

    var contents: Contents { names.contents }

    /// Where an instance or family is written.
    func place(of instance: Instance) -> (file: String, span: Span) {
        let name = instance.family ?? instance.id
        let file = contents.source(contents.theoremFile).name
        let written = contents.instances.first { $0.value.name.text == name }
        return (file, written?.value.name.span ?? Span(0, 0))
    }

    /// Of several expectations, the one that names the instance most closely counts, and of those the last.
    func expectation(of claim: String, on instance: Instance) -> ExpectedVerdict? {
        var best: (closeness: Int, verdict: ExpectedVerdict)?
        for expectation in expectations where expectation.claim == claim {
            guard let closeness = expectation.closeness(to: instance) else { continue }
            if closeness >= best?.closeness ?? 0 { best = (closeness, expectation.verdict) }
        }
        return best?.verdict
    }

    /// Whether the file says of every claim that it is vacuous on all these instances.
    func expectsNothing(of instances: [Instance]) -> Bool {
        contents.claims.allSatisfy { claim in
            instances.allSatisfy { expectation(of: claim.value.id.text, on: $0) == .vacuous }
        }
    }
}

/// `expect ID verdict on ...`, with the values of its selectors.
struct Expectation: Sendable {
    let claim: String
    let verdict: ExpectedVerdict
    /// Empty: everywhere.
    let targets: [Target]

    struct Target: Sendable {
        let name: String
        let selectors: [String: Rational]

        func matches(_ instance: Instance) -> Bool {
            if instance.id == name { return true }
            return instance.family == name && selectors.allSatisfy { instance.value(of: $0.key) == $0.value }
        }
    }

    /// How closely this names the instance; nil if it does not.
    func closeness(to instance: Instance) -> Int? {
        if targets.isEmpty { return 0 }
        let matching = targets.filter { $0.matches(instance) }
        return matching.map { $0.name == instance.id || !$0.selectors.isEmpty ? 2 : 1 }.max()
    }
}
