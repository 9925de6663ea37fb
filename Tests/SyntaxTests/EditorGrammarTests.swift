import Foundation
import Testing

@testable import Syntax

/// Every clause of the language once, for words that are keywords only where they belong.
private let clauses = """
    theorem t.t "t"
    source "w" "p" recalled
    data X[1..2] : list of word
    draw Z[1..2] ~ normal
    draw Y[1..2] ~ uniform
    draw S[1..2] ~ sign
    parameter n : integer
    parameter x : real
    flow normalised gradient of loss in W with rate m on u
    descent gradient of loss step eta decay lam
    schedule eta = a during one
    stage one : flow gradient of loss until c, at latest 5
    stage two : descent gradient of loss for 7 steps
    stop when c, at latest 100 steps
    minimiser w[k in S] of q subject to con[i in I] : a >= 1
    event T = first t after T0 where c
    event L = last t where c
    claim a "a" stated given h : always on [0, 1] while c : p for some C where C > 0
    claim b "b" abstract : growth of T in K over F within [0, 1] for all a in [1, 2]
    claim c "c" reconstructed : at end : q for at least 9 of seeds 1..10
    claim d "d" derived : b
    expect a proved on one
    expect a refuted
    expect a undecided
    expect a vacuous
    expect a consistent
    instance one X = table "x.csv"
    """

private func isKeyword(_ scope: String) -> Bool {
    !scope.hasPrefix("variable") && !scope.hasPrefix("invalid") && !scope.hasPrefix("entity")
}

/// The words that occur between quotes behind a call of one of the parser's functions for words.
private func wordsOfTheParser() throws -> Set<String> {
    var words: Set<String> = []
    let folder = "Sources/Syntax"
    for file in try FileManager.default.contentsOfDirectory(atPath: folder) where file.hasPrefix("Parser") {
        let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
        for match in text.matches(of: /(?:accept|expect|isWord)\((?:word: )?"([a-zA-Z]+)"/) {
            words.insert(String(match.output.1))
        }
        for match in text.matches(of: /wordOf\(\[([^\]]*)\]/) {
            for word in match.output.1.matches(of: /[a-z]+/) { words.insert(String(word.output)) }
        }
    }
    return words
}

@Test func theGrammarForEditorsIsOne() throws {
    let grammar = try EditorGrammar()
    #expect(grammar.scopeName == "source.flowbound")
    #expect(grammar.fileTypes == ["thm"])
    let texts = grammar.tokens("flow x' = -2*x -- decay").map(\.text)
    #expect(texts == ["flow", "x", "'", "=", "-", "2", "*", "x", "-- decay"])
}

@Test func statementsAndReservedWordsHaveTheirColours() throws {
    let grammar = try EditorGrammar()
    for word in statementKeywords {
        let first = try #require(grammar.tokens("\(word) x").first)
        #expect(first == .init(text: word, scope: "keyword.other.statement.flowbound"))
    }
    for word in ReservedWords.all {
        let tokens = grammar.tokens("  1 + \(word)") + grammar.tokens("  1 + \(word)(x)")
        #expect(tokens.contains { $0.text == word && isKeyword($0.scope) }, "\(word): \(tokens)")
        let longer = grammar.tokens("  x_\(word) + \(word)_x").map(\.scope)
        #expect(longer == ["variable.other.flowbound", "keyword.operator.flowbound", "variable.other.flowbound"])
    }
}

@Test func theWordsThatTheParserLooksForHaveTheirColours() throws {
    let tokens = try EditorGrammar().tokens(clauses)
    #expect(tokens.allSatisfy { !$0.scope.hasPrefix("invalid") }, "\(tokens)")
    let marked = Set(tokens.filter { isKeyword($0.scope) }.flatMap { $0.text.split(separator: " ").map(String.init) })
    let words = try wordsOfTheParser()
        .union(Provenance.allCases.map(\.rawValue)).union(ExpectedVerdict.allCases.map(\.rawValue))
    #expect(words.count > 30)
    let others = ReservedWords.all.union(statementKeywords)
    #expect(words.subtracting(marked).subtracting(others) == [])
}

@Test func everyOtherSpellingIsKnown() throws {
    let grammar = try EditorGrammar()
    for value in 0x80..<UInt32(0x1E000) {
        guard let scalar = Unicode.Scalar(value), UnicodeSpelling(scalar) != nil else { continue }
        let tokens = grammar.tokens(" \(scalar)(x)")
        let first = try #require(tokens.first)
        #expect(first.text == String(scalar) && !first.scope.hasPrefix("invalid"), "\(scalar): \(tokens)")
    }
}

@Test func shippedFilesHaveNothingInvalid() throws {
    let grammar = try EditorGrammar()
    let entries = FileManager.default.enumerator(atPath: "theorems")?.compactMap { $0 as? String } ?? []
    let paths = entries.filter { $0.hasSuffix(".thm") }
    #expect(paths.count >= 6)
    var texts = try paths.map { ($0, try String(contentsOfFile: "theorems/\($0)", encoding: .utf8)) }
    let reference = try String(contentsOfFile: "docs/language.md", encoding: .utf8)
    texts += reference.matches(of: /(?ms)^```thm(?:-part)?\n(.*?)^```$/)
        .map { ("docs/language.md", String($0.output.1)) }
    for (path, text) in texts {
        let invalid = grammar.tokens(text).filter { $0.scope.hasPrefix("invalid") }
        #expect(invalid == [], "\(path)")
    }
}

@Test(arguments: [
    ("  y = .5", ".5"), ("  y = 12.", "12."), ("  \"open", "\"open"), ("paramter x", "paramter"), ("  a & b", "&"),
])
func mistakesAreMarked(line: String, expected: String) throws {
    #expect(try EditorGrammar().tokens(line).filter { $0.scope.hasPrefix("invalid") }.map(\.text) == [expected])
}

@Test func theReferenceListsAllReservedWords() throws {
    let text = try String(contentsOfFile: "docs/language.md", encoding: .utf8)
    let list = try #require(text.firstMatch(of: /(?ms)^```reserved\n(.*?)^```$/)).output.1
    let words = Set(list.split(whereSeparator: \.isWhitespace).map(String.init))
    #expect(ReservedWords.all.subtracting(words) == [])
}
