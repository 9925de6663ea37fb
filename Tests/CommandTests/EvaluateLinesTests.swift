import Foundation
import Testing

/// `flowbound evaluate --lines`: one answer per line, whatever the line is.
struct EvaluateLinesTests {
    private static func answers(_ lines: [String]) throws -> [String] {
        try answers(bytes: Array((lines.joined(separator: "\n") + "\n").utf8))
    }

    private static func answers(bytes: [UInt8]) throws -> [String] {
        let command = try Command.run(["evaluate", "--lines"], input: bytes)
        #expect(command.status == 0, "\(command.errors)")
        #expect(command.errors == "")
        return command.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    private static let table: [(line: String, answer: String)] = [
        (#"{"expr": "1/4"}"#, #"{"lo": "0.25", "hi": "0.25"}"#),
        (#"{"expr": "max(x, y)", "with": {"x": ["0", "1/2"], "y": "0x1.8p-3"}, "bits": 53}"#, #"{"lo": "0.1875", "hi": "0.5"}"#),
        (#"{"expr": "x^2", "with": {"x": ["-1", "1"]}, "tight": "1e-9"}"#, #"{"lo": "0", "hi": "1"}"#),
        (#"{"expr": "2^-1000"}"#, #"{"lo": "9.3326361850321887e-302", "hi": "9.3326361850321888e-302"}"#),
        (#"{"expr": "1", "with": {"x": "2"}}"#, #"{"lo": "1", "hi": "1", "warning": "the formula does not use 'x'"}"#),
        ("", #"{"error": "this line is empty"}"#),
        ("  ", #"{"error": "this line is empty"}"#),
        (#"{"expr": "1/3", "#, "this line is not a JSON object"),
        ("[1]", "this line is not a JSON object"),
        (#"{"bits": 53}"#, #"{"error": "'expr' is missing, or not a string"}"#),
        (#"{"expr": 1}"#, #"{"error": "'expr' is missing, or not a string"}"#),
        (#"{"expr": "x", "with": {"x": 0.1}}"#, "the value of 'x' is a JSON number, which may have been rounded; write it in quotes"),
        (#"{"expr": "x", "with": {"x": ["0", 1]}}"#, "the value of 'x' is a JSON number"),
        (#"{"expr": "x", "with": {"x": ["0"]}}"#, "the value of 'x' is neither a string nor two strings"),
        (#"{"expr": "x", "with": "x=1"}"#, "'with' is not an object"),
        (#"{"expr": "1", "bits": "53"}"#, "'bits' is not an integer from 2 to 1000000"),
        (#"{"expr": "1", "bits": 1}"#, "'bits' is not an integer"),
        (#"{"expr": "1", "tight": 0.1}"#, "'tight' is not a positive number in quotes"),
        (#"{"expr": "1", "precision": 53}"#, "unknown key 'precision'; the keys are expr, with, bits, tight"),
        (#"{"expr": "1 + log(-1)"}"#, #"{"error": "formula, column 5: log is defined for positive numbers only; its argument is in [-1, -1]; give values inside the domain"}"#),
        (#"{"expr": "y", "with": {"x": "1"}}"#, #"{"error": "formula, column 1: 'y' has no value; given: x"}"#),
        (#"{"expr": "if sqrt(2)*sqrt(3) <= sqrt(6) then 0 else 1", "tight": "1e-9"}"#, #"{"lo": "0", "hi": "1", "warning": "the tolerance was not reached with 1048576 bits"}"#),
        (#"{"expr": "10^99999999999"}"#, "too large to represent"),
        (#"{"expr": "2^(10^9)"}"#, "too large to represent"),
        (#"{"expr": "exp(-10^30)", "bits": 100}"#, #"{"lo": "0", "hi": "#),
        (#"{"expr": "1e1000000/3e1000000"}"#, "the exponent of this number is beyond 100000"),
    ]

    @Test func everyLineHasItsAnswerInOrder() throws {
        let answers = try Self.answers(Self.table.map(\.line))
        #expect(answers.count == Self.table.count)
        for (answer, row) in zip(answers, Self.table) {
            #expect(row.answer.hasPrefix("{") ? answer.hasPrefix(row.answer) : answer.contains(row.answer), "\(row.line)\n\(answer)")
        }
    }

    /// Lines that invite a crash, or more time or memory than a line may take.
    @Test func nothingThatALineSaysStopsTheNextOne() throws {
        func text(_ formula: String) -> [UInt8] { Array(#"{"expr": "\#(formula)", "with": {"x": ["0", "1"]}}"#.utf8) }
        func many(_ piece: String, _ count: Int) -> String { String(repeating: piece, count: count) }
        let lines: [[UInt8]] = [
            Array("{\"expr\": \"exp(".utf8) + [0xFF, 0xFE] + Array(")\"}".utf8),
            [0xFF], [0], Array(many("[", 100_000).utf8), Array(many("{\"with\":", 20_000).utf8),
            text(many("(", 50_000) + "1" + many(")", 50_000)), text(many("-", 100_001) + "1"), text(many("exp(", 40_000)),
            text(many("1+", 100_000) + "1"), text(many("9", 200_000)), text(many("9", 99_000) + "/" + many("7", 99_000)),
            Array(many("x", 3_000_000).utf8), text("sum(i in 1..100000) 1/i"), text("product(i in 1..100000) (i + 1/i)"),
            text("sum(i in 1..100000) sum(j in 1..100000) i*j"), text("(((x^99999)^99999)^99999)^99999"), text("exp(exp(exp(exp(x))))"),
            text("sin(10^90000)"), text("(1 + 10^-90000)^(10^17)"), text("a\\u0000b"), text("x[1, :]"), text("mean(n ~ binomial(10, x)) n"),
            text("mean(n ~ binomial(20000, 1/2)) exp(x*n)"), text("mean(n ~ binomial(5000000, 1/2)) n"),
        ]
        let input = lines.flatMap { $0 + [0x0A] } + Array(#"{"expr": "1.5"}"#.utf8)
        let start = ContinuousClock.now
        let answers = try Self.answers(bytes: input)
        #expect(answers.count == lines.count + 1)
        #expect(answers.last == #"{"lo": "1.5", "hi": "1.5"}"#)
        #expect(answers.allSatisfy { $0.hasPrefix(#"{"error": ""#) || $0.hasPrefix(#"{"lo": ""#) })
        #expect(answers[11] == #"{"error": "this line is longer than 262144 bytes"}"#)
        #expect(ContinuousClock.now - start < .seconds(120))
    }

    /// A program that waits for each answer before it asks on.
    @Test func everyAnswerIsThereBeforeTheNextLineIsAsked() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Command.executable)
        process.arguments = ["evaluate", "--lines"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        for n in 1...20 {
            try input.fileHandleForWriting.write(contentsOf: Data("{\"expr\": \"\(n)/4\"}\n".utf8))
            let answer = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
            let value = String(Double(n) / 4).replacingOccurrences(of: ".0", with: "")
            #expect(answer == "{\"lo\": \"\(value)\", \"hi\": \"\(value)\"}\n")
        }
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
