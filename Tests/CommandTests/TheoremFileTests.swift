import Foundation
import Testing

private let decay = """
    theorem t.decay "Exponential decay"
    source "A textbook" "Section 1" recalled

    parameter a : real where a > 0            "the rate"
    state x = 1
    flow x' = -a*x
    stop at 2

    claim down.strict "x decreases"           : decreasing x
    claim up          "x stays above one"     : always x >= 1

    instance slow a = 1/2
    instance fast a = 2
    expect up refuted
    """

private func decayFile() throws -> (folder: TemporaryFolder, path: String) {
    let folder = try TemporaryFolder()
    return (folder, try folder.add("decay.thm", decay))
}

@Test func listShowsClaimsWithProvenanceAndInstances() throws {
    let (folder, path) = try decayFile()
    defer { withExtendedLifetime(folder) {} }
    let command = try Command.run(["list", path])
    #expect(command.status == 0, "\(command.errors)")
    for piece in ["t.decay  Exponential decay", "down.strict", "(as recalled)", "slow  a = 1/2", "fast  a = 2"] {
        #expect(command.output.contains(piece), "\(piece): \(command.output)")
    }
    let document = try Command.run(["list", "--json", path])
    #expect(document.output.contains("\"encoded\": \"decreasing x\""), "\(document.output)")
}

@Test func verifyDecidesAndExitsWith0() throws {
    let (folder, path) = try decayFile()
    defer { withExtendedLifetime(folder) {} }
    let command = try Command.run(["verify", path])
    #expect(command.status == 0, "\(command.output)\(command.errors)")
    #expect(command.output.contains("✓ proved"), "\(command.output)")
    #expect(command.output.contains("✗ refuted, as expected"), "\(command.output)")
    #expect(!command.output.contains("\u{1B}"), "\(command.output)")
    #expect(command.errors == "")
}

@Test func theDocumentIsTheSameTwice() throws {
    let (folder, path) = try decayFile()
    defer { withExtendedLifetime(folder) {} }
    let first = try Command.run(["verify", "--json", path])
    let second = try Command.run(["verify", "--json", path])
    #expect(first.output == second.output)
    let document = try JSONSerialization.jsonObject(with: Data(first.output.utf8)) as? [String: Any]
    #expect(document?["schema"] as? Int == 1)
    #expect((document?["summary"] as? [String: Any])?["asExpected"] as? Int == 4, "\(first.output)")
}

@Test func aRefutedClaimIs1() throws {
    let folder = try TemporaryFolder()
    let path = try folder.add("decay.thm", decay.replacingOccurrences(of: "expect up refuted", with: ""))
    #expect(try Command.run(["verify", path]).status == 1)
    #expect(try Command.run(["verify", "--only", "down", path]).status == 0)
}

@Test func onlyAndInstanceSelect() throws {
    let (folder, path) = try decayFile()
    defer { withExtendedLifetime(folder) {} }
    let command = try Command.run(["verify", "--only", "down", "--instance", "fast", path])
    #expect(command.status == 0, "\(command.output)\(command.errors)")
    #expect(command.output.contains("1 instance, 1 obligation: 1 proved"), "\(command.output)")
}

@Test func setReplacesAParameterExactly() throws {
    let (folder, path) = try decayFile()
    defer { withExtendedLifetime(folder) {} }
    let command = try Command.run(["verify", "--set", "a=0.1", path])
    #expect(command.output.contains("a = 1/10"), "\(command.output)\(command.errors)")
}

@Test(arguments: [
    (["--only", "dwn"], "no claim is called 'dwn'; did you mean 'down'?"),
    (["--instance", "slwo"], "no instance or family is called 'slwo'; did you mean 'slow'?"),
    (["--only", "nothing-like-it"], "no claim is called 'nothing-like-it'; 'flowbound list' shows what there is"),
])
func unknownNamesAre64(options: [String], message: String) throws {
    let (folder, path) = try decayFile()
    defer { withExtendedLifetime(folder) {} }
    let command = try Command.run(["verify"] + options + [path])
    #expect(command.status == 64, "\(command.output)")
    #expect(command.errors.contains(message), "\(command.errors)")
    #expect(command.output == "")
}

@Test func anUnknownParameterIsRefused() throws {
    let (folder, path) = try decayFile()
    defer { withExtendedLifetime(folder) {} }
    let command = try Command.run(["verify", "--set", "b=1", path])
    #expect(command.status == 64 || command.status == 3, "\(command.output)")
    #expect(command.errors.contains("'b'"), "\(command.errors)")
}

@Test(arguments: [
    ([UInt8](), "E0204"), (Array("model".utf8), "error"), ([0x74, 0x68, 0xFF, 0xFE, 0x0A], "E0104"), ([0, 0, 0], "error"),
    (Array("theorem t \"\"".utf8), ""),
])
func whatIsNoTheoremIs3(bytes: [UInt8], message: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.add("odd.thm", bytes: bytes)
    for subcommand in ["verify", "list"] where !message.isEmpty {
        let command = try Command.run([subcommand, path])
        #expect(command.status == 3, "\(subcommand) \(bytes): \(command.output)")
        #expect(command.errors.contains(message), "\(subcommand) \(bytes): \(command.errors)")
    }
    // A theorem without claims may be listed; verifying it is no success.
    #expect(try Command.run(["verify", path]).status != 0, "\(bytes)")
}

@Test func aFolderMeansItsTheoremsAndAnInvalidOneDoesNotStopTheOthers() throws {
    let folder = try TemporaryFolder()
    _ = try folder.add("b/decay.thm", decay)
    _ = try folder.add("a/broken.thm", "theorem a.broken \"x\"\nstate x = los\n")
    _ = try folder.add("model.thm", "model m \"not a theorem\"\nparameter a : real = 1\n")
    let command = try Command.run(["verify", folder.path])
    #expect(command.status == 3, "\(command.output)\(command.errors)")
    #expect(command.errors.contains("a/broken.thm:2:11: error E0301"), "\(command.errors)")
    #expect(command.output.contains("t.decay"), "\(command.output)")
    #expect(!command.output.contains("not a theorem") && !command.errors.contains("model.thm"), "\(command.errors)")
}

@Test func theSameFileTwiceIsVerifiedOnce() throws {
    let (folder, path) = try decayFile()
    let command = try Command.run(["verify", path, folder.path, path])
    #expect(command.output.contains("1 theorem, 2 instances"), "\(command.output)")
}

@Test func ctrlCReportsWhatWasDecidedAndExitsWith130() throws {
    let folder = try TemporaryFolder()
    let long = """
        theorem t.circle "A run that takes longer than anybody waits"
        state x = 1
        state y = 0
        flow x' = y
        flow y' = -x
        stop at 10^9
        claim bounded "the orbit stays in a disc" : always x^2 + y^2 <= 2
        instance only
        """
    let command = try Command.run(["verify", try folder.add("circle.thm", long)], interruptAfter: 2)
    #expect(command.status == 130, "\(command.output)\(command.errors)")
    #expect(command.output.contains("Interrupted: this is what was decided so far."), "\(command.output)")
}
