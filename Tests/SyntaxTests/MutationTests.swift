import Syntax
import Testing

/// SplitMix64 (Steele, Lea, Flood 2014).
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Pieces that mean something to the language, and some that do not.
private let pieces = [
    "\n", " ", "\t", "(", ")", "[", "]", "{", "}", "'", "@", "..", ".", "-", "--", "->", "~", ":", ",", "=", "<", "\"", "e", "1", ".5",
    "t", "end", "all", "sum", "min(", "not ", "if ", "for ", "on [", "always ", "table", "√", "Σ", "α", "é", "\u{0}", "\u{FEFF}", "claim ",
]

private func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix) {
    for _ in 0..<Int.random(in: 1...4, using: &random) {
        let at = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes[at] = UInt8.random(in: 32...126, using: &random)
        case 2: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...20, using: &random)))
        case 3: bytes.insert(contentsOf: Array(pieces[Int.random(in: 0..<pieces.count, using: &random)].utf8), at: at)
        default:
            let from = Int.random(in: 0..<bytes.count, using: &random)
            bytes.insert(contentsOf: Array(bytes[from..<min(bytes.count, from + 12)]), at: at)
        }
        if bytes.isEmpty { bytes = [0x20] }
    }
}

/// Whatever a file holds: no crash, messages in the order of the file, at most one per statement, all of them renderable.
@Test(arguments: 0..<5)
func mutatedFilesNeverCrash(seed: Int) {
    var random = SplitMix(state: UInt64(seed))
    let texts = Fixture.all.sorted { $0.key < $1.key }.map { Array($0.value.utf8) }
    for round in 0..<600 {
        var bytes = texts[round % texts.count]
        mutate(&bytes, &random)
        let source = SourceFile(name: "m.thm", utf8: bytes)
        let result = parse(source)
        let starts = result.diagnostics.map(\.span.start)
        #expect(starts == starts.sorted(), "seed \(seed), round \(round)")
        for diagnostic in result.diagnostics {
            #expect(0 <= diagnostic.span.start && diagnostic.span.end <= bytes.count, "seed \(seed), round \(round)")
            #expect(source.render(diagnostic).hasPrefix("m.thm:"), "seed \(seed), round \(round)")
        }
        // A statement that is in the tree has no message.
        for statement in result.file.statements {
            let inside = result.diagnostics.filter { $0.id != "E0204" && statement.span.start <= $0.span.start && $0.span.start < statement.span.end }
            #expect(inside.isEmpty, "seed \(seed), round \(round): \(inside)")
        }
    }
}
