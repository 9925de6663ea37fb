import Foundation
import Testing

private let growth = """
    theorem t.growth "Exponential growth"
    parameter a : real where 0 < a <= 2
    state x = 1
    flow x' = a*x
    stop at 1
    claim up "x <= C exp(a t)" derived : always x <= C*exp(a*t) for some C where C <= 2
    instance one a = 1
    """

/// The file without its last line, the instance.
private let withoutInstance = growth.replacingOccurrences(of: "\ninstance one a = 1", with: "")

/// A folder that exists, and paths in it that nothing can be written to. (Permissions stop nobody who is root.)
private struct Unwritable {
    let folder: TemporaryFolder
    let paths: [(path: String, reason: String)]

    init() throws {
        folder = try TemporaryFolder()
        let link = folder.path + "/dangling"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder.path + "/nowhere/file")
        paths = [
            (folder.path + "/nowhere/file", "No such file or directory"), (folder.path, "it is a directory"),
            (link, "it is a link to nothing"), ("", "it has no name"), (folder.path + "/", "it is a directory"),
        ]
    }
}

@Test(arguments: ["--trace", "--counterexample", "--html", "--csv", "--junit", "--sarif", "--markdown", "--latex"])
func whatCannotBeWrittenIsSaidBeforeAnythingRuns(option: String) throws {
    let unwritable = try Unwritable()
    let file = try unwritable.folder.add("growth.thm", growth)
    for (path, reason) in unwritable.paths {
        let command = try Command.run(["verify", file, option, path])
        #expect(command.status == 64 && command.output.isEmpty, "\(option) \(path): \(command.output)")
        #expect(command.errors.contains("cannot write '\(path)': \(reason)"), "\(option) \(path): \(command.errors)")
    }
}

@Test(arguments: ["--trace", "--csv", "--junit"])
func aFullDeviceLeavesTheVerdicts(option: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.add("growth.thm", growth)
    let full = folder.path + "/full"
    try FileManager.default.createSymbolicLink(atPath: full, withDestinationPath: "/dev/full")
    let command = try Command.run(["verify", file, option, full])
    #expect(command.status == 70 && command.output.contains("1 proved"), "\(command.output)")
    #expect(command.errors.contains("No space left on device"), "\(command.errors)")
}

@Test func aBaselineThatCannotBeUsedIsAnError() throws {
    let folder = try TemporaryFolder()
    let file = try folder.add("growth.thm", growth)
    let other = try folder.add("other.thm", growth.replacingOccurrences(of: "t.growth", with: "t.other"))
    let baseline = folder.path + "/growth.json"
    #expect(try Command.run(["test", file, "--cases", "6", "--baseline", baseline]).status == 0)
    let whole = try String(contentsOfFile: baseline, encoding: .utf8)
    let half = try folder.add("half.json", String(whole.prefix(whole.count / 2)))
    let newer = try folder.add("newer.json", whole.replacingOccurrences(of: "\"schema\" : 1", with: "\"schema\" : 9"))
    let changed = try folder.add("changed.thm", growth.replacingOccurrences(of: "instance one", with: "instance two"))
    let trials = [
        (file, half, "only the beginning of one"), (other, baseline, "give each theorem a file of its own"),
        (file, newer, "version 9"), (changed, baseline, "no instance 'one' any more"), (file, folder.path, "directory"),
    ]
    for (theorem, path, reason) in trials {
        let command = try Command.run(["test", theorem, "--cases", "6", "--baseline", path])
        #expect(command.status == 3 && command.output.isEmpty, "\(path): \(command.output)")
        #expect(command.errors.contains("'\(path)'") && command.errors.contains(reason), "\(path): \(command.errors)")
    }
    #expect(try String(contentsOfFile: half, encoding: .utf8) == String(whole.prefix(whole.count / 2)))
    #expect(try Command.run(["test", file, "--baseline", folder.path + "/nowhere/b.json"]).status == 64)
}

@Test func aSavedRunCutInHalfIsAnError() throws {
    let folder = try TemporaryFolder()
    let file = try folder.add("growth.thm", growth)
    let whole = try Command.run(["verify", file, "--json"]).output
    for length in [0, 1, whole.count / 3, whole.count / 2, whole.count - 3] {
        let run = try folder.add("run.json", String(whole.prefix(length)))
        let command = try Command.run(["report", run, "--html", folder.path + "/run.html"])
        #expect(command.status == 3, "\(length) characters: \(command.errors)")
        #expect(command.errors.contains("'\(run)'") && command.errors.contains("--json"), "\(command.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/run.html"))
    }
}

@Test func aFileWithoutInstancesIsTestedAndReplayed() throws {
    let folder = try TemporaryFolder()
    let text = withoutInstance.replacingOccurrences(of: "C <= 2", with: "C <= 9/10")
    let file = try folder.add("growth.thm", text)
    let command = try Command.run(["test", file, "--cases", "6"])
    #expect(command.status == 1 && command.output.contains("6 refuted"), "\(command.output)\(command.errors)")
    let line = try #require(command.output.split(separator: "\n").first { $0.contains("flowbound verify") })
    let replay = try Command.run(line.split(separator: " ").map(String.init).drop { $0 != "verify" }.map { $0 })
    #expect(replay.status == 1 && replay.output.contains("1 refuted"), "\(line): \(replay.output)\(replay.errors)")
    // Nothing else has an instance that the file does not have.
    let plain = try Command.run(["verify", file])
    #expect(plain.status == 3 && plain.errors.contains("E0805"), "\(plain.errors)")
}

@Test(arguments: [
    ("parameter a : real where 0 < a <= 2", "parameter a : real", 3, "'a' has no range to draw one from"),
    ("where 0 < a <= 2", "where 0 < a <= 2\nassume never : a > 3", 2, "no value meets its 'where' and every 'assume'"),
    ("where 0 < a <= 2", "where 0 < a <= 2\nassume never : a^2 > 5", 2, "no draw meets the hypotheses"),
])
func whatCannotBeDrawnIsSaid(old: String, new: String, status: Int32, message: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.add("growth.thm", withoutInstance.replacingOccurrences(of: old, with: new))
    let command = try Command.run(["test", file, "--cases", "6"])
    let text = (command.output + command.errors).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(command.status == status && text.contains(message), "\(text)")
}

@Test func verdictsReachedAreStillPrinted() throws {
    let folder = try TemporaryFolder()
    let good = try folder.add("a.thm", growth)
    let bad = try folder.add("b.thm", withoutInstance.replacingOccurrences(of: "where 0 < a <= 2", with: ""))
    let command = try Command.run(["test", good, bad, "--cases", "6"])
    #expect(command.status == 3, "\(command.output)")
    #expect(command.output.contains("6 proved") && command.output.contains("b.thm"), "\(command.output)")
}
