import Foundation
import Testing

private let model = """
    theorem t.slope "Two rates"
    source "A textbook" "Section 1" recalled

    state u = 1
    state v = 1/2
    let loss = softplus(-u*v)
    flow gradient of loss with rate 4 on u
    stop at 2

    claim up "u increases" : increasing u
    instance one
    """

@Test func theTraceHasALinePerStep() throws {
    let folder = try TemporaryFolder()
    let path = try folder.add("slope.thm", model)
    let trace = folder.path + "/trace.jsonl"
    let command = try Command.run(["verify", "--bits", "53", "--trace", trace, path])
    #expect(command.status == 0, "\(command.output)\(command.errors)")
    let lines = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n")
    #expect(command.output.contains("\(lines.count) steps"), "\(lines.count) lines: \(command.output)")
    var sum = 0.0
    for line in lines {
        let step = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        func number(_ key: String) -> Double? { (step[key] as? String).flatMap(Double.init) }
        #expect(step["theorem"] as? String == "t.slope" && step["instance"] as? String == "one" && step["bits"] as? Int == 53)
        #expect(["convergence", "horizon", "growth", "defect", "tube", "crossing"].contains(step["limit"] as? String), "\(line)")
        sum += try #require(number("mu"))
        let total = try #require(number("muTotal"))
        #expect(abs(total - sum) < 1e-5, "\(line)")
        for key in ["t", "h", "startRadius", "endRadius", "wholeRadius", "defect"] { #expect(number(key) != nil, "\(key): \(line)") }
    }
    #expect(!lines.isEmpty)
}

@Test func aTraceThatCannotBeWrittenIsWrongUsage() throws {
    let folder = try TemporaryFolder()
    let path = try folder.add("slope.thm", model)
    for trace in [folder.path + "/nowhere/trace.jsonl", folder.path, ""] {
        let command = try Command.run(["verify", "--trace", trace, path])
        #expect(command.status == 64 && command.output.isEmpty, "\(trace): \(command.errors)")
        #expect(command.errors.contains("cannot write"), "\(command.errors)")
    }
}

@Test func aTraceThatDoesNotFitLeavesTheVerdicts() throws {
    let folder = try TemporaryFolder()
    let path = try folder.add("slope.thm", model)
    // A copy of the device: a mistake must not replace it.
    let full = folder.path + "/full"
    try FileManager.default.createSymbolicLink(atPath: full, withDestinationPath: "/dev/full")
    let command = try Command.run(["verify", "--trace", full, path])
    #expect(command.status == 70 && command.output.contains("1 proved"), "\(command.output)\(command.errors)")
    #expect(command.errors.contains("No space left"), "\(command.errors)")
}

@Test func aTraceThatIsBrokenOffIsNotWritten() throws {
    let folder = try TemporaryFolder()
    let path = try folder.add("slope.thm", model)
    let trace = try folder.add("trace.jsonl", "before")
    let command = try Command.run(["verify", "--trace", trace, "--only", "no.such.claim", path])
    #expect(command.status == 64)
    #expect(try String(contentsOfFile: trace, encoding: .utf8) == "before")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["slope.thm", "trace.jsonl"])
}
