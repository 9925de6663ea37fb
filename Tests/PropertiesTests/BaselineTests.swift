import Bounds
import Checker
import Exact
import Foundation
@testable import Properties
import Testing

private let rates = """
    theorem t.rates "Rates"
    parameter a : real where 0 < a <= 2
    state x = 1
    flow x' = -a*x
    stop at 1
    claim rate  "x <= C exp(-a t)" derived : always x <= C*exp(-a*t) for some C where C <= 2
    claim above "x stays above 1/10" derived : always x >= 1/10
    instance one a = 1
    """

private func baseline(_ text: String) async throws -> (Baseline, Theorem) {
    let source = try theorem(text)
    var options = TestOptions()
    options.cases = 12
    let result = await test(source, options: options)
    return (try #require(Baseline(of: result, on: source)), source)
}

private func changed(_ from: String, _ to: String) throws -> Theorem {
    try theorem(rates.replacingOccurrences(of: from, with: to))
}

@Test func aBaselineIsReadBack() async throws {
    let (recorded, source) = try await baseline(rates)
    let again = try Baseline(reading: Data(recorded.document.utf8), for: source)
    #expect(again.document == recorded.document)
    let comparison = try again.compare(with: source, tolerance: Rational(1, 20), seconds: nil)
    #expect(comparison.regressions.isEmpty && comparison.open.isEmpty && !comparison.isFileChanged)
    #expect(comparison.compared >= 2)
}

@Test func aWorseMarginIsFound() async throws {
    let (recorded, _) = try await baseline(rates)
    let worse = try changed("x >= 1/10", "x >= 12/100")
    let comparison = try recorded.compare(with: worse, tolerance: Rational(1, 20), seconds: nil)
    #expect(comparison.regressions.count == 1 && comparison.isFileChanged, "\(comparison)")
    #expect(comparison.regressions[0].contains("above on a = "), "\(comparison)")
    let generous = try recorded.compare(with: worse, tolerance: 1, seconds: nil)
    #expect(generous.regressions.isEmpty)
}

@Test func aWorseConstantIsFound() async throws {
    let (recorded, _) = try await baseline(rates)
    let worse = try changed("x <= C*exp(-a*t)", "x <= C*exp(-a*t)*10/11")
    let comparison = try recorded.compare(with: worse, tolerance: Rational(1, 20), seconds: nil)
    #expect(comparison.regressions.contains { $0.contains("the constant C was") }, "\(comparison)")
    let better = try changed("x <= C*exp(-a*t)", "x <= C*exp(-a*t)*2")
    #expect(try recorded.compare(with: better, tolerance: 0, seconds: nil).regressions.isEmpty)
}

@Test func aLostProofIsWorse() async throws {
    let (recorded, _) = try await baseline(rates)
    let refuted = try changed("x >= 1/10", "x >= 1/2")
    let comparison = try recorded.compare(with: refuted, tolerance: 1, seconds: nil)
    #expect(comparison.regressions.contains { $0.contains("is refuted now") }, "\(comparison)")
}

@Test func anotherBaselineIsAnError() async throws {
    let (recorded, source) = try await baseline(rates)
    let other = try changed("t.rates", "t.other")
    func reason(_ text: String, _ theorem: Theorem) -> String {
        do throws(UnusableBaseline) {
            _ = try Baseline(reading: Data(text.utf8), for: theorem)
            return "none"
        } catch {
            return error.reason
        }
    }
    #expect(reason(recorded.document, other).contains("it is of the theorem 't.rates', not of 't.other'"))
    let newer = recorded.document.replacingOccurrences(of: "\"schema\" : 1", with: "\"schema\" : 2")
    #expect(reason(newer, source).contains("it has version 2"))
    for broken in ["", "{}", "[1, 2]", String(recorded.document.dropLast(20)), "{\"kind\": \"baseline\", \"schema\": 1}"] {
        #expect(reason(broken, source) != "none", "\(broken)")
    }
    #expect(throws: UnusableBaseline.self) {
        _ = try recorded.compare(with: changed("instance one", "instance two"), tolerance: 0, seconds: nil)
    }
}
