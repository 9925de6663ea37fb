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

@Test func aTraceThatCannotBeWrittenIs70() throws {
    let folder = try TemporaryFolder()
    let path = try folder.add("slope.thm", model)
    let command = try Command.run(["verify", "--trace", folder.path + "/nowhere/trace.jsonl", path])
    #expect(command.status == 70)
    #expect(command.errors.contains("cannot write to"), "\(command.errors)")
}
