/// What a character outside ASCII stands for in a theorem file.
enum UnicodeSpelling: Equatable {
    /// Part of a name: the ASCII spelling of a Greek letter.
    case letter(String)
    /// A word of the language: `and`, `sum`.
    case word(String)
    case symbol(String)

    /// The spelling of one scalar; nil for a character that the language does not know.
    init?(_ scalar: Unicode.Scalar) {
        guard let spelling = unicodeSpellings[scalar] else { return nil }
        self = spelling
    }
}

/// Lower case from U+03B1 on; the final sigma is at its place in Unicode's order.
private let lowerGreek = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi",
    "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
]

private let unicodeSpellings: [Unicode.Scalar: UnicodeSpelling] = {
    var spellings: [Unicode.Scalar: UnicodeSpelling] = [
        "≤": .symbol("<="), "≥": .symbol(">="), "≠": .symbol("!="), "·": .symbol("*"), "⋅": .symbol("*"),
        "×": .symbol("*"), "→": .symbol("->"), "√": .symbol("√"),
        "∧": .word("and"), "∨": .word("or"), "¬": .word("not"), "∈": .word("in"), "⇒": .word("implies"),
        "𝔼": .word("mean"), "∑": .word("sum"), "∏": .word("product"),
        // The variants that keyboards and TeX-to-Unicode tools produce for the same letters.
        "ϵ": .letter("epsilon"), "ϑ": .letter("theta"), "ϕ": .letter("phi"), "ϱ": .letter("rho"), "\u{B5}": .letter("mu"),
    ]
    for (index, letter) in lowerGreek.enumerated() {
        spellings[greekScalar(0x3B1 + index)] = .letter(letter)
        // U+03A2, below the final sigma, is not assigned.
        if index != 17 {
            spellings[greekScalar(0x391 + index)] = .letter(letter.prefix(1).uppercased() + letter.dropFirst())
        }
    }
    spellings["Σ"] = .word("sum")
    spellings["Π"] = .word("product")
    return spellings
}()

private func greekScalar(_ value: Int) -> Unicode.Scalar {
    Unicode.Scalar(UInt32(value)) ?? "\u{FFFD}"
}
