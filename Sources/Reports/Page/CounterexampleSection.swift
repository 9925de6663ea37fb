/// One refuted obligation by itself: what was claimed, where it fails, and how to see it again.
struct CounterexampleSection {
    let obligation: ObligationRecord
    let instance: InstanceRecord
    let file: String
    let anchor: String

    /// The anchor is inside, so that a link to it opens the piece.
    func html(isOpen: Bool) -> String {
        let facts = [
            ("claimed", "\(escaped(obligation.wording)) (\(escaped(obligation.provenanceText)))"),
            ("checked", "<code>\(escaped(obligation.encoded))</code>"),
            ("instance", escaped(instance.parametersText.isEmpty ? instance.id : "\(instance.id): \(instance.parametersText)")),
            ("seed", instance.seed.map(String.init) ?? ""),
            ("seeds", escaped(obligation.seedsText)),
            ("fails", obligation.counterexample?.time.map { escaped(instance.moment($0)) } ?? ""),
            ("because", escaped(obligation.reason ?? "")),
            ("constants", escaped(obligation.constantsText)),
            ("decided with", escaped(obligation.bitsText)),
        ].filter { !$0.1.isEmpty }.map { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" }.joined()
        return """
            <details class="counterexample"\(isOpen ? " open" : "")><summary>\(escaped(obligation.claim)) on \(escaped(instance.id)): \(escaped(obligation.verdictText))</summary>
            <dl class="facts" id="\(anchor)">\(facts)</dl>
            \(commands)</details>

            """
    }

    /// A family is no instance that one could ask for.
    private var commands: String {
        guard !instance.isFamily else { return "" }
        let again = ["flowbound", "verify", file, "--only", obligation.claim, "--instance", instance.id]
        return """
            <p class="muted">Again; and as a file of its own, made as simple as possible:</p>
            <pre><code>\(escaped(commandLine(again)))
            \(escaped(commandLine(again + ["--counterexample", "counterexample.thm"])))</code></pre>

            """
    }
}

extension InstanceRecord {
    /// `K = 3, eps = 1/100`
    var parametersText: String {
        parameters.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }.joined(separator: ", ")
    }
}
