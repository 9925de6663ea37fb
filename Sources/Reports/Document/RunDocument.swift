import Foundation

/// The document of `verify --json`, read back. Every other report is made from it and from nothing else, so that a saved
/// document tells as much as the run itself.
public struct RunDocument: Decodable, Sendable {
    let version: String
    /// The words of the command line; empty in documents of an earlier version.
    let command: [String]?
    let libraries: [String: String]?
    let theorems: [TheoremRecord]
    let invalid: [InvalidRecord]
    let interrupted: Bool
    public let exitStatus: Int
    let summary: Summary

    struct Summary: Decodable, Sendable {
        let proved, refuted, undecided, vacuous, consistent, asExpected, obligations: Int
    }

    struct InvalidRecord: Decodable, Sendable {
        let file: String
        let messages: [MessageRecord]
    }
}

enum VerdictName: String, Decodable, CaseIterable, Sendable {
    case proved, refuted, undecided, vacuous, consistent
}

struct MessageRecord: Decodable, Sendable {
    let id: String?
    let file: String
    let line: Int?
    let column: Int?
    let message: String
    let remedy: String?
}

struct TheoremRecord: Decodable, Sendable {
    let id: String
    let title: String
    let file: String
    let sources: [Source]
    let notes: [String]
    let instances: [InstanceRecord]
    let warnings: [MessageRecord]
    let emptiness: [String]
    let asExpected: Bool

    struct Source: Decodable, Sendable {
        let work: String
        let place: String
        let provenance: String
    }

    /// The claims in the order of the file, each with its obligations.
    var claims: [ClaimRecord] {
        var claims: [ClaimRecord] = []
        var positions: [String: Int] = [:]
        for instance in instances {
            for obligation in instance.obligations {
                if let position = positions[obligation.claim] {
                    claims[position].entries.append((instance, obligation))
                } else {
                    positions[obligation.claim] = claims.count
                    claims.append(ClaimRecord(claim: obligation, entries: [(instance, obligation)]))
                }
            }
        }
        return claims.sorted { ($0.claim.line, $0.claim.claim) < ($1.claim.line, $1.claim.claim) }
    }
}

/// A claim on all its instances; `claim` is its first obligation, for what they share.
struct ClaimRecord {
    let claim: ObligationRecord
    var entries: [(instance: InstanceRecord, obligation: ObligationRecord)]
}

struct InstanceRecord: Decodable, Sendable {
    let id: String
    let isFamily: Bool
    let parameters: [String: String]
    let seed: Int?
    let dimension: Int
    let steps: Int
    let bits: Int
    let unit: String
    let horizon: IntervalRecord?
    let events: [EventRecord]
    let observations: [ObservationRecord]
    let obligations: [ObligationRecord]
    let rungs: [RungRecord]
    let alarms: [String]
    let profile: [PieceRecord]?
    let portrait: PortraitRecord?

    var countsSteps: Bool { unit == "steps" }
}

struct EventRecord: Decodable, Sendable {
    let name: String
    let status: String
    let lo: String?
    let hi: String?
    let obstacle: ObstacleRecord?
}

struct ObservationRecord: Decodable, Sendable {
    let quantity: String
    let at: String?
    let lo: String?
    let hi: String?
    let obstacle: ObstacleRecord?
}

struct RungRecord: Decodable, Sendable {
    let bits: Int
    let steps: Int
    let radius: IntervalRecord?
    let undecided: Int
    let reason: String?
}

struct ObstacleRecord: Decodable, Sendable {
    let kind: String
    let reason: String
    let remedy: String?
}
