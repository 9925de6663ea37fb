import Bounds
import Checker
import Exact
import Foundation
import Syntax

/// What a test found, to be compared with later: for each claim the cases on which it was tightest, with margin and
/// constants. Later runs decide these cases again, whatever they draw.
public struct Baseline: Codable, Sendable {
    static let currentSchema = 1

    let schema: Int
    let tool: String
    let kind: String
    /// The theorem's id.
    public let theorem: String
    /// SHA-256 of the file and the models that it uses.
    public let fingerprint: String
    public internal(set) var entries: [Entry]

    public struct Entry: Codable, Sendable {
        let claim: String
        /// The instance of the file that values were replaced in.
        let near: String
        /// Exact numbers, as a theorem file writes them.
        let parameters: [String: String]
        let randomSeed: Int?
        let tables: [String: String]?
        /// A certified lower bound of the margin.
        let margin: String?
        /// Certified bounds of the best constants: from above if the claim holds for all larger ones, else from below.
        let constants: [Constant]
    }

    public struct Constant: Codable, Sendable {
        let name: String
        let holdsAbove: Bool
        let value: String
    }
}

/// Why a baseline cannot be used: a sentence.
public struct UnusableBaseline: Error, Sendable {
    public let reason: String

    public init(reason: String) {
        self.reason = reason
    }
}

// MARK: - Recording

extension Baseline {
    /// Nil if nothing was proved.
    public init?(of test: TestResult, on theorem: Theorem) {
        var entries: [Entry] = []
        for claim in test.claims {
            var positions: [Int] = []
            for position in [claim.tightest?.position].compactMap({ $0 }) + claim.constants.map(\.worst)
            where !positions.contains(position) { positions.append(position) }
            entries += positions.compactMap { Entry(claim.claim.id, test.cases[$0]) }
        }
        if entries.isEmpty { return nil }
        self.init(
            schema: Self.currentSchema, tool: "flowbound", kind: "baseline", theorem: theorem.id,
            fingerprint: theorem.fingerprint, entries: entries)
    }

    /// JSON with its keys in alphabetical order: equal results give equal bytes.
    public var document: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // Strings, integers and Booleans always have a JSON form.
        return ((try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "") + "\n"
    }
}

extension Baseline.Entry {
    fileprivate init?(_ claim: String, _ testCase: TestCase) {
        guard case .proved(let evidence)? = testCase.result.obligations.first(where: { $0.claim.id == claim })?.verdict
        else {
            return nil
        }
        let instance = testCase.candidate.instance
        self.init(
            claim: claim, near: testCase.candidate.base.id,
            parameters: Dictionary(instance.parameters.map { ($0.name, $0.value.description) }) { first, _ in first },
            randomSeed: instance.seed,
            tables: instance.tables.isEmpty ? nil : instance.tables.mapValues(\.description),
            margin: evidence.margin?.value.lower?.decimal(significantDigits: 17, rounding: .down),
            constants: evidence.constants.compactMap { constant in
                constant.outerEnd.map { end in
                    Baseline.Constant(
                        name: constant.name, holdsAbove: constant.holdsAbove,
                        value: end.decimal(significantDigits: 17, rounding: constant.holdsAbove ? .up : .down))
                }
            })
    }
}

extension ConstantEnclosure {
    /// The end with which the claim is certified.
    fileprivate var outerEnd: Rational? { holdsAbove ? value.upper : value.lower }
}

extension Theorem {
    var fingerprint: String {
        let bytes = sourceTexts.flatMap { Array("\($0.count) ".utf8) + $0 }
        return SHA256.hexadecimalDigest(of: bytes)
    }
}

// MARK: - Comparing

/// How a theorem compares with its baseline.
public struct BaselineComparison: Sendable {
    /// What is worse: one sentence each.
    public internal(set) var regressions: [String] = []
    /// What could not be compared in the time: one sentence each.
    public internal(set) var open: [String] = []
    public internal(set) var compared = 0
    /// Whether the file, or a model, is another one than at the time of recording.
    public let isFileChanged: Bool
}

extension Baseline {
    /// Reads a document that ``document`` wrote, for this theorem.
    public init(reading bytes: Data, for theorem: Theorem) throws(UnusableBaseline) {
        struct Head: Decodable {
            let schema: Int?
            let kind: String?
        }
        guard let head = try? JSONDecoder().decode(Head.self, from: bytes), head.kind == "baseline" else {
            throw UnusableBaseline(
                reason:
                    "it is not a baseline of 'flowbound test', or only the beginning of one: name another file, or delete it and record it anew"
            )
        }
        guard head.schema == Self.currentSchema else {
            throw UnusableBaseline(
                reason:
                    "it has version \(head.schema.map(String.init) ?? "?"), this program reads version \(Self.currentSchema): delete it and record it anew"
            )
        }
        guard let found = try? JSONDecoder().decode(Baseline.self, from: bytes) else {
            throw UnusableBaseline(reason: "it is damaged: delete it and record it anew")
        }
        guard found.theorem == theorem.id else {
            throw UnusableBaseline(
                reason: "it is of the theorem '\(found.theorem)', not of '\(theorem.id)': give each theorem a file of its own")
        }
        self = found
    }

    /// Decides the recorded cases again. Worse: no longer proved, a margin smaller or a constant further out by more
    /// than `tolerance` of the recorded one.
    public func compare(
        with theorem: Theorem, tolerance: Rational, seconds: Double?, cancellation: Cancellation = .init()
    ) throws(UnusableBaseline) -> BaselineComparison {
        let limit = Cancellation(within: cancellation)
        if let seconds { limit.cancel(after: seconds) }
        var comparison = BaselineComparison(isFileChanged: fingerprint != theorem.fingerprint)
        // All of them before any is decided.
        var instances: [Instance] = []
        for entry in entries { instances.append(try entry.instance(of: theorem)) }
        for (entry, instance) in zip(entries, instances) {
            var options = VerificationOptions()
            options.only = [entry.claim]
            let trial = tryOut(instance, of: theorem, options: options, cancellation: limit)
            try entry.compare(trial, on: instance, tolerance, isCut: limit.isCancelled, &comparison)
        }
        return comparison
    }
}

extension Baseline.Entry {
    fileprivate func instance(of theorem: Theorem) throws(UnusableBaseline) -> Instance {
        func unusable(_ reason: String) -> UnusableBaseline {
            UnusableBaseline(reason: "\(reason): delete it and record it anew")
        }
        guard theorem.claims.contains(where: { $0.id == claim }) else {
            throw unusable("the file has no claim '\(claim)' any more")
        }
        guard let base = theorem.instances.first(where: { $0.id == near }) else {
            throw unusable("the file has no instance '\(near)' any more")
        }
        var replacements = Replacements(seed: randomSeed)
        for (name, text) in parameters {
            guard let value = Rational(parsing: text) else { throw unusable("it is damaged") }
            replacements.parameters[name] = value
        }
        for (name, text) in tables ?? [:] {
            guard let table = Table(parsing: text) else { throw unusable("it is damaged") }
            replacements.tables[name] = table
        }
        guard Set(parameters.keys) == Set(theorem.parameters.map(\.name)) else {
            throw unusable("the file has other parameters than at the time of recording")
        }
        do throws(UnusableValues) {
            return try theorem.instance(like: base, replacing: replacements, id: "recorded")
        } catch {
            throw unusable("a recorded instance is none any more")
        }
    }

    fileprivate func compare(
        _ trial: Trial, on instance: Instance, _ tolerance: Rational, isCut: Bool,
        _ comparison: inout BaselineComparison
    ) throws(UnusableBaseline) {
        let place = "\(claim) on \(instance.summary)"
        guard case .decided(let result) = trial,
            let verdict = result.obligations.first(where: { $0.claim.id == claim })?.verdict
        else {
            comparison.regressions.append("\(place): was proved, the instance is rejected now")
            return
        }
        guard case .proved(let evidence) = verdict else {
            if isCut {
                comparison.open.append("\(place): not decided in time")
            } else {
                comparison.regressions.append("\(place): was proved, is \(verdict.word) now")
            }
            return
        }
        comparison.compared += 1
        func number(_ text: String) throws(UnusableBaseline) -> Rational {
            guard let value = Rational(parsing: text) else {
                throw UnusableBaseline(reason: "it is damaged: delete it and record it anew")
            }
            return value
        }
        func text(_ value: Rational?) -> String {
            value?.decimal(significantDigits: 6, rounding: .down) ?? "not known"
        }
        if let margin {
            let old = try number(margin)
            let new = evidence.margin?.value.lower
            if new.map({ $0 < old - tolerance * old.magnitude }) ?? true {
                comparison.regressions.append("\(place): the margin was \(text(old)), is \(text(new)) now")
            }
        }
        for constant in constants {
            let old = try number(constant.value)
            let new = evidence.constants.first { $0.name == constant.name && $0.holdsAbove == constant.holdsAbove }?
                .outerEnd
            let slack = tolerance * old.magnitude
            let isWorse = new.map { constant.holdsAbove ? $0 > old + slack : $0 < old - slack } ?? true
            if isWorse {
                comparison.regressions.append(
                    "\(place): the constant \(constant.name) was \(text(old)), is \(text(new)) now")
            }
        }
    }
}

extension Verdict {
    fileprivate var word: String {
        switch self {
        case .proved: "proved"
        case .refuted: "refuted"
        case .undecided: "undecided"
        case .vacuous: "vacuous"
        case .consistent: "consistent"
        }
    }
}
