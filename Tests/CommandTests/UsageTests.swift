import Foundation
import Testing

@Test func withoutArgumentsTheHelpIsShown() throws {
    let command = try Command.run([])
    #expect(command.status == 0)
    #expect(command.output.contains("verify") && command.output.contains("list"), "\(command.output)")
    #expect(command.errors == "")
}

@Test func theVersionIsShown() throws {
    let command = try Command.run(["--version"])
    #expect(command.status == 0)
    #expect(command.output.contains("."), "\(command.output)")
}

@Test(arguments: [
    ["verify"], ["list"], ["prove"], ["verify", "--frobnicate", "x.thm"], ["verify", "--jobs", "0", "x.thm"],
    ["verify", "--jobs", "two", "x.thm"], ["verify", "--bits", "3", "x.thm"], ["verify", "--bits", "99999999999999999999", "x.thm"],
    ["verify", "--timeout", "soon", "x.thm"], ["verify", "--timeout", "-1", "x.thm"], ["verify", "--timeout", "inf", "x.thm"],
    ["verify", "--timeout", "0", "x.thm"], ["verify", "--timeout", "1e400", "x.thm"],
    ["verify", "--timeout", "99999999999999999999", "x.thm"], ["verify", "--set", "K", "x.thm"], ["verify", "--set", "=1", "x.thm"],
    ["verify", "--set", "K=one", "x.thm"], ["verify", "--set", "K=1/0", "x.thm"],
    ["verify", "--set", "K=1", "--set", "K=2", "x.thm"],
])
func wrongUsageIs64(arguments: [String]) throws {
    let command = try Command.run(arguments)
    #expect(command.status == 64, "\(arguments)")
    #expect(command.output == "", "\(arguments)")
    #expect(!command.errors.isEmpty, "\(arguments)")
}

@Test(arguments: ["verify", "list"])
func aMissingFileIs3(subcommand: String) throws {
    let folder = try TemporaryFolder()
    _ = try folder.add("logistic.thm", "")
    let command = try Command.run([subcommand, folder.path + "/logistik.thm"])
    #expect(command.status == 3)
    #expect(command.errors.contains("logistik.thm: no such file or folder; did you mean 'logistic.thm'?"), "\(command.errors)")
}

@Test func aFolderWithoutTheoremsIs3() throws {
    let folder = try TemporaryFolder()
    _ = try folder.add("readme.txt", "no theorem")
    _ = try folder.add("model.thm", "-- shared\nmodel m \"A model\"\n")
    let command = try Command.run(["verify", folder.path])
    #expect(command.status == 3)
    #expect(command.errors.contains("no theorem file (.thm) in this folder"), "\(command.errors)")
}

@Test func aMissingFileIsInTheDocument() throws {
    let command = try Command.run(["verify", "--json", "nowhere.thm"])
    #expect(command.status == 3)
    #expect(command.output.contains("\"file\": \"nowhere.thm\""), "\(command.output)")
    #expect(command.output.contains("\"exitStatus\": 3"), "\(command.output)")
}

@Test func aReportThatCannotBeWrittenIs70() throws {
    let full = "/dev/full"
    guard FileManager.default.fileExists(atPath: full) else { return }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Command.executable)
    process.arguments = ["verify", "--json", "nowhere.thm"]
    process.standardOutput = FileHandle(forWritingAtPath: full)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 70)
}
