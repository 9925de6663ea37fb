import Bounds
import Checker
import Foundation
@testable import Properties
import Syntax
import Testing

/// Every theorem file below `theorems` that is no model.
private let shipped: [String] = {
    let names = FileManager.default.enumerator(atPath: "theorems")?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".thm") }.sorted().map { "theorems/\($0)" }.filter { path in
        guard case .success(let source) = SourceFile.read(path: path) else { return true }
        return parse(source).file.header?.isModel == false
    }
}()

/// Files whose instances take minutes to build.
private let large: Set<String> = ["theorems/cooccurrence/paper.thm"]

extension Theorem {
    fileprivate func excerpt(_ claim: String, of instance: Instance) -> String {
        let whole = Candidate(of: instance, in: self).instance
        let verdict = expectation(of: claim, on: instance) ?? .proved
        return text(of: Excerpt(claim: claim, instance: whole, title: "An excerpt", expectation: verdict))
    }

    /// The first claim of every kind, with and without a hypothesis.
    fileprivate var samples: [ClaimDescription] {
        var seen: Set<String> = []
        return claims.filter { claim in
            claim.growthFamily == nil && seen.insert("\(claim.kind) \(claim.encoded.hasPrefix("given"))").inserted
        }
    }
}

@Test(arguments: shipped.filter { !large.contains($0) })
func everyExcerptIsATheorem(path: String) throws {
    let theorem = try Theorem(path: path)
    let instance = try #require(theorem.instances.first)
    for claim in theorem.samples {
        let text = theorem.excerpt(claim.id, of: instance)
        do throws(InvalidTheorem) {
            let alone = try Theorem(text: text, name: path)
            #expect(alone.claims.map(\.id) == [claim.id])
            #expect(alone.instances.count == 1)
        } catch {
            Issue.record("\(claim.id): \(error)\n\(text)")
        }
    }
}

@Test(arguments: [
    "theorems/teaching/descent.thm", "theorems/teaching/logistic.thm", "theorems/teaching/two-layer.thm",
    "theorems/incontext/theorem-3.1.thm", "theorems/nexttoken/small-step.thm", "theorems/twostage/noise.thm",
])
func anExcerptHasTheVerdictOfItsFile(path: String) async throws {
    let theorem = try Theorem(path: path)
    let instance = try #require(theorem.instances.first)
    for claim in theorem.samples {
        let alone = try Theorem(text: theorem.excerpt(claim.id, of: instance), name: path)
        var options = VerificationOptions()
        options.only = [claim.id]
        options.timeout = 600
        options.instances = [instance.id]
        let whole = await verify(theorem, options: options).instances.flatMap(\.obligations)
        options.instances = nil
        let again = await verify(alone, options: options).instances.flatMap(\.obligations)
        let expected = whole.first { $0.claim.id == claim.id }.map { word($0.verdict) }
        #expect(again.first.map { word($0.verdict) } == expected, "\(claim.id)")
    }
}

private func word(_ verdict: Verdict) -> String {
    switch verdict {
    case .proved: "proved"
    case .refuted: "refuted"
    case .undecided: "undecided"
    case .vacuous: "vacuous"
    case .consistent: "consistent"
    }
}
