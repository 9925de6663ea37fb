import Syntax

extension Provenance? {
    /// How far a sentence can be laid at the paper's door. Only `stated` is the paper's own.
    var wording: String {
        switch self {
        case .stated: "the paper's statement"
        case .abstract: "from the abstract"
        case .recalled: "as recalled"
        case .reconstructed: "reconstructed"
        case .derived: "derived here"
        case nil: "no source given"
        }
    }
}

/// The same for the name in a document.
func provenanceWording(_ name: String?) -> String {
    name.flatMap { Provenance(rawValue: $0) }.wording
}
