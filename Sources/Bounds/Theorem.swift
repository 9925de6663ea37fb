import Exact
import Symbolic
import Syntax

/// A theorem file with all its models, names resolved and statically checked: what it means before any number moves.
public struct Theorem: Sendable {
    public let id: String
    public let title: String
    /// The name of the file as the user gave it.
    public let file: String
    /// What the file cites; the first one gives claims their default provenance.
    public let sources: [SourceReference]
    /// Notes that stand before any claim.
    public let notes: [String]
    /// In file order.
    public let claims: [ClaimDescription]
    /// In file order, the members of a family in the order of its lists.
    public let instances: [Instance]
    public let families: [Family]
    /// The most terms that all finite sums of one of its instances have together.
    public let mostTerms: Int
    /// Warnings of the static checks.
    public let warnings: [Diagnostic]

    /// The checked statements, from which problems are built.
    let elaboration: Elaboration

    /// The files that the warnings point into, by name.
    public var files: [String: SourceFile] { elaboration.sources }
}

/// `source "work" "place" provenance`
public struct SourceReference: Hashable, Sendable {
    public let work: String
    public let place: String
    public let provenance: Provenance
}

/// A claim as people read it.
public struct ClaimDescription: Sendable {
    public let id: String
    /// The sentence as the paper words it.
    public let wording: String
    /// The encoded claim: the text of the file from `given` or the body to the end of the quantifiers, on one line.
    public let encoded: String
    /// Its own provenance, else that of the first `source`, else nil.
    public let provenance: Provenance?
    public let notes: [String]
    /// 1-based line of the claim in the theorem's file.
    public let line: Int
    /// 1-based column of the claim on its line, in characters.
    public let column: Int
    /// `condition`, `identity`, `always`, `sometime`, `increasing`, `decreasing`, `at`, `growth`, ...
    public let kind: String
    /// The family that a `growth` claim is about; such a claim has one obligation, on the family.
    public let growthFamily: String?
}

/// All parameters fixed to exact values.
public struct Instance: Hashable, Sendable {
    /// `k3`, or `scaling[K=5]` for a member of a family.
    public let id: String
    public let family: String?
    /// In declaration order.
    public let parameters: [Parameter]
    public let seed: Int?
    /// Data that stand in place of the file's.
    public var tables: [String: Table] = [:]

    public struct Parameter: Hashable, Sendable {
        public let name: String
        public let value: Rational
    }

    public init(id: String, family: String?, parameters: [Parameter], seed: Int?) {
        self.id = id
        self.family = family
        self.parameters = parameters
        self.seed = seed
    }

    public func value(of parameter: String) -> Rational? {
        parameters.first { $0.name == parameter }?.value
    }
}

public struct Family: Hashable, Sendable {
    public let name: String
    /// Ids of the members.
    public let members: [String]
    /// The parameters with an `in` list, in order.
    public let varied: [String]
}
