import Syntax

extension Provenance? {
    /// How far the sentence can be laid at the paper's door. Only `stated` is the paper's own.
    var wording: String {
        switch self {
        case .stated: "the paper's statement"
        case .abstract: "from the abstract"
        case .recalled: "as recalled, not compared with the paper"
        case .reconstructed: "reconstructed, not the paper's words"
        case .derived: "derived here"
        case nil: "no source given"
        }
    }
}

extension Provenance {
    /// The same about a cited work.
    var sourceWording: String {
        switch self {
        case .stated: "compared with the paper"
        case .abstract: "from the abstract"
        case .recalled: "as recalled, not compared with the paper"
        case .reconstructed: "reconstructed, not the paper's words"
        case .derived: "derived here"
        }
    }
}
