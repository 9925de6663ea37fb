/// The verdicts of a run as tables for a paper: LaTeX to be read with `\input`, a table per theorem. The text of theorem
/// files may have any character of Unicode: common signs become commands, the others stand as they are.
public func latexTables(of document: RunDocument) -> String {
    var lines = [
        "% Made by flowbound \(latexComment(document.version)). In the preamble: \\usepackage{booktabs,longtable,array}"
    ]
    for theorem in document.theorems { lines += [""] + table(theorem) }
    return lines.joined(separator: "\n") + "\n"
}

private func table(_ theorem: TheoremRecord) -> [String] {
    let head = ["Claim", "Wording", "Instance", "Verdict", "Constant"].joined(separator: " & ") + " \\\\"
    var lines = [
        "% \(latexComment(theorem.id)): \(latexComment(theorem.file))",
        "\\begingroup\\footnotesize\\setlength{\\tabcolsep}{4pt}",
        "\\begin{longtable}{@{}l\(column(0.23))l\(column(0.13))\(column(0.22))@{}}",
        "\\caption{\(latex(theorem.title)).}\\\\",
        "\\toprule", head, "\\midrule", "\\endfirsthead",
        "\\toprule", head, "\\midrule", "\\endhead",
        "\\bottomrule", "\\endlastfoot",
    ]
    for claim in theorem.claims {
        for (position, entry) in claim.entries.enumerated() {
            let obligation = entry.obligation
            let wording = "\(latex(obligation.wording)) (\(latex(obligation.provenanceText)))"
            let cells = [
                position == 0 ? "\\texttt{\(latex(obligation.claim))}" : "", position == 0 ? wording : "",
                "\\texttt{\(latex(entry.instance.id))}", latex(obligation.verdictText), latex(obligation.constantsText),
            ]
            // Braces keep a cell that starts with a bracket from being read as an argument of the line break before it.
            lines.append("{}" + cells.joined(separator: " & ") + " \\\\")
        }
    }
    return lines + ["\\end{longtable}", "\\endgroup"]
}

/// A column of text that is broken into lines.
private func column(_ share: Double) -> String {
    ">{\\raggedright\\arraybackslash}p{\(share)\\linewidth}"
}

/// Comments end at the line's end.
private func latexComment(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
}

/// Text that LaTeX sets as it is, on one line.
func latex(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
        if let command = commands[scalar] { return command }
        if scalar.properties.generalCategory == .control { return " " }
        return String(scalar)
    }.joined()
}

private let commands: [Unicode.Scalar: String] = {
    var table: [Unicode.Scalar: String] = [
        "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "%": "\\%", "_": "\\_",
        "^": "\\textasciicircum{}", "~": "\\textasciitilde{}", "<": "\\textless{}", ">": "\\textgreater{}",
        "|": "\\textbar{}", "\"": "{\\char34}", "`": "{\\char96}", "-": "{-}",
    ]
    let mathematics: [Unicode.Scalar: String] = [
        "≤": "\\le", "≥": "\\ge", "≠": "\\ne", "≈": "\\approx", "∞": "\\infty", "±": "\\pm", "·": "\\cdot", "×": "\\times",
        "→": "\\to", "∈": "\\in", "∑": "\\sum", "∏": "\\prod", "√": "\\surd", "∀": "\\forall", "∃": "\\exists",
        "∂": "\\partial", "∇": "\\nabla", "²": "^2", "³": "^3", "⋆": "\\star", "‖": "\\Vert", "∥": "\\Vert", "−": "-",
        "α": "\\alpha", "β": "\\beta", "γ": "\\gamma", "δ": "\\delta", "ε": "\\varepsilon", "ϵ": "\\epsilon",
        "ζ": "\\zeta", "η": "\\eta", "θ": "\\theta", "κ": "\\kappa", "λ": "\\lambda", "μ": "\\mu", "ν": "\\nu", "ξ": "\\xi",
        "π": "\\pi", "ρ": "\\rho", "σ": "\\sigma", "τ": "\\tau", "φ": "\\varphi", "ϕ": "\\phi", "χ": "\\chi", "ψ": "\\psi",
        "ω": "\\omega", "Γ": "\\Gamma", "Δ": "\\Delta", "Θ": "\\Theta", "Λ": "\\Lambda", "Ξ": "\\Xi", "Π": "\\Pi",
        "Σ": "\\Sigma", "Φ": "\\Phi", "Ψ": "\\Psi", "Ω": "\\Omega",
    ]
    for (scalar, command) in mathematics { table[scalar] = "\\ensuremath{\(command)}" }
    return table
}()
