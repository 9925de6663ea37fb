import Syntax
import Testing

@Test(arguments: [
    ("los", ["loss", "lambda"], "loss"),
    ("paramter", ["parameter", "probability"], "parameter"),
    ("modle.thm", ["model.thm"], "model.thm"),
    ("decays", ["decay", "delay"], "decay"),
    ("LOSS", ["lass", "loss"], "loss"),
    ("alpha1", ["alpha2", "ALPHA1"], "ALPHA1"),
    ("ab", ["ba"], "ba"),
    ("gamma", ["gamam"], "gamam"),
    // Under five letters one error only.
    ("los", ["lossy"], nil),
    ("abcd", ["axyd"], nil),
    ("abcde", ["axyde"], "axyde"),
    ("abcde", ["axyze"], nil),
    // Never itself; the first in the alphabet among equals.
    ("loss", ["loss"], nil),
    ("xa", ["xc", "xb"], "xb"),
    // A letter more, or none; but no letter for another.
    ("Tt", ["T", "x"], "T"),
    ("T", ["T1", "x"], "T1"),
    ("T", ["t"], "t"),
    ("K", ["N"], nil),
    ("", ["a"], nil),
    ("abc", [], nil),
    ("λ1", ["λ2"], "λ2"),
] as [(String, [String], String?)])
func closestNames(name: String, candidates: [String], expected: String?) {
    #expect(closestName(to: name, in: candidates) == expected)
    #expect(closestName(to: name, in: candidates.reversed()) == expected)
}

@Test func reservedWords() {
    for word in ["t", "end", "seed", "pi", "and", "in", "where", "always", "growth", "sum", "vector", "softplus", "gradient", "all", "uniform"] {
        #expect(isReservedWord(word), "\(word)")
    }
    for word in ["step", "on", "during", "rate", "first", "latest", "loss", "E", "state", "decay", "table"] {
        #expect(!isReservedWord(word), "\(word)")
    }
}

/// The words of the grammar that are not reserved may be names, even where they could be read as words.
@Test func wordsOfTheGrammarAreNames() {
    for word in ["step", "on", "during", "rate", "steps", "latest", "given", "while", "first", "table", "of", "with", "state", "let"] {
        #expect(tree("2*\(word) + \(word)[1]") == "(+ (* 2 \(word)) (index \(word) 1))")
        #expect(statements("state \(word) = 1").map(notation) == ["state \(word) = 1"])
    }
}
