import Foundation
import Testing

private let squares = """
    theorem t.squares "Squares stay below a line"
    parameter n : integer where n >= 1
    claim line "n^2 <= 6 n" derived : n^2 <= 6*n
    claim sign "n^2 is positive" derived : n^2 > 0
    instance large n = 5
    """

private let growth = """
    theorem t.growth "Exponential growth"
    parameter a : real where 0 < a <= 2
    state x = 1
    flow x' = a*x
    stop at 1
    claim up "x <= C exp(a t)" derived : always x <= C*exp(a*t) for some C where C <= 2
    instance one a = 1
    """

@Test func aFailureIsReplayedByItsCommand() throws {
    let folder = try TemporaryFolder()
    let file = try folder.add("squares.thm", squares)
    let command = try Command.run(["test", file, "--cases", "12"])
    #expect(command.status == 1, "\(command.output)\(command.errors)")
    let line = try #require(command.output.split(separator: "\n").first { $0.contains("flowbound verify") })
    let words = line.split(separator: " ").map(String.init).drop { $0 != "verify" }
    let replay = try Command.run(Array(words))
    #expect(replay.status == 1, "\(words): \(replay.output)\(replay.errors)")
    #expect(replay.output.contains("1 obligation: 1 refuted"), "\(replay.output)")
    #expect(try Command.run(["test", file, "--cases", "12", "--except", "line"]).status == 0)
    #expect(try Command.run(["test", file, "--cases", "12", "--only", "sign"]).status == 0)
}

@Test func theReportIsTheSameTwice() throws {
    let folder = try TemporaryFolder()
    let file = try folder.add("squares.thm", squares)
    for arguments in [["test", file, "--cases", "20", "--seed", "7"], ["test", file, "--cases", "20", "--json"]] {
        #expect(try Command.run(arguments).output == Command.run(arguments + ["--jobs", "1"]).output)
    }
}

@Test func shrinkWritesAFileThatVerifies() throws {
    let folder = try TemporaryFolder()
    let file = try folder.add("squares.thm", squares)
    let command = try Command.run(["test", file, "--cases", "12", "--shrink", "--into", folder.path])
    #expect(command.status == 1, "\(command.output)\(command.errors)")
    let written = folder.path + "/t.squares.line.counterexample.thm"
    let text = try String(contentsOfFile: written, encoding: .utf8)
    #expect(text.contains("instance found n = 7") && text.contains("expect line refuted"), "\(text)")
    #expect(try Command.run(["verify", written]).status == 0)
}

@Test func verifyWritesTheCounterexample() throws {
    let folder = try TemporaryFolder()
    let file = try folder.add("squares.thm", squares.replacingOccurrences(of: "n = 5", with: "n = 500"))
    let written = folder.path + "/found.thm"
    let command = try Command.run(["verify", file, "--counterexample", written])
    #expect(command.status == 1, "\(command.output)\(command.errors)")
    #expect(try Command.run(["verify", written]).status == 0)
    let nothing = try Command.run(["verify", file, "--only", "sign", "--counterexample", folder.path + "/none.thm"])
    #expect(nothing.status == 0 && nothing.errors.contains("no claim is refuted"), "\(nothing.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/none.thm"))
    let nowhere = try Command.run(["verify", file, "--counterexample", folder.path + "/no/such/folder.thm"])
    #expect(nowhere.status == 64 && nowhere.output == "", "\(nowhere.errors)")
}

@Test func aBaselineIsRecordedAndCompared() throws {
    let folder = try TemporaryFolder()
    let file = try folder.add("growth.thm", growth)
    let baseline = folder.path + "/growth.json"
    let arguments = ["test", file, "--cases", "6", "--baseline", baseline]
    let first = try Command.run(arguments)
    #expect(first.status == 0 && first.errors.contains("baseline recorded"), "\(first.output)\(first.errors)")
    let second = try Command.run(arguments)
    #expect(second.status == 0 && second.output.contains("baseline: "), "\(second.output)\(second.errors)")
    _ = try folder.add("growth.thm", growth.replacingOccurrences(of: "C*exp(a*t)", with: "C*exp(a*t)*2/3"))
    let worse = try Command.run(arguments)
    #expect(worse.status == 1 && worse.output.contains("worse: up on a ="), "\(worse.output)\(worse.errors)")
    #expect(try Command.run(arguments + ["--tolerance", "150%"]).status == 0)
    _ = try folder.add("growth.json", "{")
    let broken = try Command.run(arguments)
    #expect(broken.status == 3 && broken.errors.contains("growth.json"), "\(broken.errors)")
}

@Test(arguments: [
    (["--set", "seed=3"], Int32(0), "seed = 3"), (["--set", "X=[5, 1/2]"], 1, "refuted"),
    (["--set", "n=3", "--set", "X=[1, 2, 3]"], 0, "n = 3"), (["--set", "X=[1, 2, 3]"], 3, "invalid: "),
])
func setReplacesSeedsAndTables(arguments: [String], status: Int32, text: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.add(
        "tables.thm",
        """
        theorem t.tables "Tables and seeds"
        parameter n : integer where n >= 1
        data X[1..n] : real
        draw Z[1..2] ~ sign
        claim small "entries are below 4" derived : all(i in 1..n) X[i] < 4
        claim signs "a sign" derived : all(i in 1..2) Z[i]^2 = 1
        instance one n = 2, X = [1, 2], seed = 1
        """)
    let command = try Command.run(["verify", file] + arguments)
    #expect(command.status == status, "\(arguments): \(command.output)\(command.errors)")
    #expect(command.output.contains(text), "\(arguments): \(command.output)")
}

@Test func setIsForTheChosenInstanceAlone() throws {
    let folder = try TemporaryFolder()
    let file = try folder.add(
        "two.thm",
        """
        theorem t.two "Two instances"
        parameter a : real where a < b
        parameter b : real
        claim order "a < b" derived : a < b
        instance low a = 1, b = 2
        instance high a = 10, b = 20
        """)
    let one = try Command.run(["verify", file, "--instance", "high", "--set", "a=15"])
    #expect(one.status == 0 && one.output.contains("a = 15"), "\(one.output)\(one.errors)")
    #expect(try Command.run(["verify", file, "--set", "a=15"]).status == 3)
}

@Test func ablateSaysWhichClaimsNeedAHypothesis() throws {
    let folder = try TemporaryFolder()
    let file = try folder.add(
        "hypotheses.thm",
        """
        theorem t.hypotheses "Hypotheses"
        parameter a : real where a > 0
        assume small : a < 1
        claim square "a^2 < a" derived : a^2 < a
        claim sign "a > 0" derived : a > 0
        instance half a = 1/2
        """)
    let command = try Command.run(["verify", file, "--ablate"])
    #expect(command.status == 0, "\(command.output)\(command.errors)")
    #expect(command.output.contains("without 'assume small : a < 1'"), "\(command.output)")
    #expect(command.output.contains("square  needs it: refuted on"), "\(command.output)")
    #expect(command.output.contains("sign    survives on all"), "\(command.output)")
    #expect(try Command.run(["verify", file, "--ablate", "--json"]).status == 64)
}

@Test(arguments: [
    ["--cases", "0"], ["--seed", "-1"], ["--budget", "soon"], ["--tolerance", "5%"], ["--into", "."],
    ["--baseline", "b.json", "--tolerance", "-1"], ["--shrink", "--into", "no-such-folder"],
])
func wrongUsageOfTestIs64(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    let file = try folder.add("squares.thm", squares)
    #expect(try Command.run(["test", file] + arguments).status == 64, "\(arguments)")
}

@Test func nothingTestedIsNoSuccess() throws {
    let folder = try TemporaryFolder()
    let file = try folder.add("fixed.thm", "theorem t.fixed \"Fixed\"\nclaim sum \"1 + 1\" derived : 1 + 1 = 2\ninstance one\n")
    let command = try Command.run(["test", file])
    #expect(command.status == 2 && command.output.contains("nothing is tested"), "\(command.output)")
    #expect(try Command.run(["test", "nowhere.thm"]).status == 3)
}
