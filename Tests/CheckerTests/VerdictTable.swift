import Bounds
import Exact
import Foundation
import Testing

@testable import Checker

/// The verdicts, without what they rest on.
enum Outcome: String {
    case proved, refuted, undecided, vacuous, consistent

    init(_ verdict: Verdict) {
        switch verdict {
        case .proved: self = .proved
        case .refuted: self = .refuted
        case .undecided: self = .undecided
        case .vacuous: self = .vacuous
        case .consistent: self = .consistent
        }
    }
}

/// Verdicts that are right for a claim. Where the language leaves a tie to the checker's strength, "not decided" is right
/// beside the true verdict; the opposite one never is.
enum Right {
    case proved, refuted, undecided, vacuous
    /// True, and it may stay undecided.
    case notRefuted
    /// False, and it may stay undecided.
    case notProved

    func allows(_ outcome: Outcome) -> Bool {
        switch self {
        case .proved: outcome == .proved
        case .refuted: outcome == .refuted
        case .undecided: outcome == .undecided
        case .vacuous: outcome == .vacuous
        case .notRefuted: outcome == .proved || outcome == .undecided
        case .notProved: outcome == .refuted || outcome == .undecided
        }
    }
}

/// Verifies a theorem text, written to a file of its own.
func verified(
    _ text: String, options: VerificationOptions = .init(), cancellation: Cancellation = .init()
) async throws -> TheoremResult {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("flowbound-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("main.thm")
    try Data(text.utf8).write(to: file)
    let theorem: Theorem
    do {
        theorem = try Theorem(path: file.path)
    } catch {
        throw InvalidText(messages: error.diagnostics.map { "\($0.message)" }, text: text)
    }
    return await verify(theorem, options: options, cancellation: cancellation)
}

struct InvalidText: Error {
    let messages: [String]
    let text: String
}

/// Whether both ends are known and the number lies between them.
func encloses(_ interval: RationalInterval, _ value: Rational) -> Bool {
    guard let lower = interval.lower, let upper = interval.upper else { return false }
    return lower <= value && value <= upper
}

/// Claims about one run, each with the right verdicts.
struct VerdictTable {
    /// Everything of the theorem but its claims and its last line `instance only`.
    let setting: String
    let rows: [(Right, String)]

    /// Verifies all claims in one file, and complains about each wrong verdict with a file that holds that claim alone.
    func check(maximumBits: Int = 128) async throws {
        var options = VerificationOptions()
        options.maximumBits = maximumBits
        var text = "theorem table \"t\"\n\(setting)\n"
        for (index, row) in rows.enumerated() { text += "\(line("c\(index)", row.1))\n" }
        text += "instance only\n"
        let result = try await verified(text, options: options)
        let instance = try #require(result.instances.first)
        #expect(instance.obligations.count == rows.count)
        for (obligation, row) in zip(instance.obligations, rows) {
            let outcome = Outcome(obligation.verdict)
            #expect(
                row.0.allows(outcome),
                """
                \(row.1)
                  should be \(row.0), is \(obligation.verdict) at \(obligation.bits) bits
                  replay: printf '%s\\n' 'theorem table "t"' \(quoted(setting)) '\(line("c", row.1))' 'instance only' > /tmp/c.thm; .build/release/flowbound verify /tmp/c.thm
                """)
        }
    }

    /// A claim's text may start with its hypothesis.
    private func line(_ id: String, _ claim: String) -> String {
        claim.hasPrefix("given ") ? "claim \(id) \"c\" derived \(claim)" : "claim \(id) \"c\" derived : \(claim)"
    }

    private func quoted(_ lines: String) -> String {
        lines.split(separator: "\n").map { "'\($0)'" }.joined(separator: " ")
    }
}
