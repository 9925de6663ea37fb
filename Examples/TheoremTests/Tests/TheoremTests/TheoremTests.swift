import FlowboundKit
import Foundation
import Testing

private func decay() throws -> Theorem {
    try Theorem(contentsOf: #require(Bundle.module.url(forResource: "decay", withExtension: "thm")))
}

@Test func theTheoremHolds() async throws {
    let result = try await decay().verify()
    #expect(result.isAsExpected, "\(result.report)")
}

@Test func noCounterexampleIsFound() async throws {
    let result = try await decay().test(cases: 10)
    #expect(result.isAsExpected, "\(result.report)")
}
