extension RunDocument {
    /// The exit status in words.
    var conclusion: String {
        switch Int32(clamping: exitStatus) {
        case ExitStatus.asExpected: "All as expected."
        case ExitStatus.refuted: "Not as expected: a claim is refuted."
        case ExitStatus.invalid: "Not all files could be used."
        case ExitStatus.interrupted: "Interrupted: this is what was decided so far."
        default: "Not all as expected."
        }
    }

    /// "1 theorem, 11 instances, 197 obligations: 163 proved, 11 refuted"
    var counts: String {
        let instances = theorems.reduce(0) { $0 + $1.instances.count { !$0.isFamily } }
        let parts = [
            (summary.proved, "proved"), (summary.consistent, "consistent"), (summary.refuted, "refuted"),
            (summary.vacuous, "vacuous"), (summary.undecided, "undecided"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        let verdicts = parts.isEmpty ? "nothing checked" : parts.joined(separator: ", ")
        return "\(counted(theorems.count, "theorem")), \(counted(instances, "instance")), "
            + "\(counted(summary.obligations, "obligation")): \(verdicts)"
    }
}

extension TheoremRecord.Source {
    /// "Huang et al., ICML 2024, Theorem 3.1 (as recalled)"
    var text: String {
        "\(work)\(place.isEmpty ? "" : ", \(place)") (\(provenanceWording(provenance)))"
    }
}
