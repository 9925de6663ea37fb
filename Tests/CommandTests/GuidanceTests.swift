import Foundation
import Testing

// MARK: init

@Test(arguments: ["flow", "descent", "map", "check"])
func aTemplateIsListedVerifiedAndTested(template: String) throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/mine.thm"
    let command = try Command.run(["init", path, "--template", template])
    #expect(command.status == 0, "\(command.errors)")
    #expect(command.output.contains("flowbound verify \(path)") && command.output.contains("flowbound test \(path)"))
    for arguments in [["list", path], ["verify", path], ["test", path, "--cases", "20"]] {
        let next = try Command.run(arguments)
        #expect(next.status == 0, "\(arguments): \(next.output)\(next.errors)")
        #expect(next.errors == "", "\(arguments): \(next.errors)")
    }
}

@Test func initWritesOverNothing() throws {
    let folder = try TemporaryFolder()
    let path = try folder.add("theorem.thm", "mine\n")
    for name in [path, String(path.dropLast(4))] {
        let command = try Command.run(["init", name])
        #expect(command.status == 64)
        #expect(command.errors.contains("exists already; give another name, or move it away"), "\(command.errors)")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine\n")
    }
}

@Test func initNeedsTheNameOfAFile() throws {
    let folder = try TemporaryFolder()
    for name in ["", "-", folder.path, folder.path + "/", folder.path + "/new/", "/dev/null"] {
        let command = try Command.run(["init", name])
        #expect(command.status == 64 && command.output == "" && !command.errors.isEmpty, "\(name): \(command.errors)")
    }
    #expect(try Command.run(["init", "\(folder.path)/a.thm", "--template", "flows"]).status == 64)
    let command = try Command.run(["init", "\(folder.path)/nowhere/theorem.thm"])
    #expect(command.status == 70)
    #expect(command.errors.contains("there is no such folder"), "\(command.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
}

// MARK: explain

@Test(arguments: ["E0301", "e0301", "W0701", "undecided", "always", "precision", "stated"])
func aWordIsExplained(word: String) throws {
    let command = try Command.run(["explain", word])
    #expect(command.status == 0)
    #expect(command.output.lowercased().hasPrefix(word.lowercased()) && command.errors == "", "\(command.output)")
}

@Test func aClaimAndATheoremAreExplained() throws {
    let file = "theorems/teaching/logistic.thm"
    let claim = try Command.run(["explain", "rate", file])
    #expect(claim.status == 0)
    #expect(claim.output.contains("the loss is O(1/t)") && claim.output.contains("--only rate"), "\(claim.output)")
    for arguments in [["explain", file], ["explain", "teaching.logistic", "theorems/teaching"], ["explain", "teaching.logistic"]] {
        let theorem = try Command.run(arguments)
        #expect(theorem.status == 0, "\(theorem.errors)")
        #expect(theorem.output.contains("teaching.logistic  Logistic regression"), "\(theorem.output)")
    }
}

@Test func theClaimOfAFileComesBeforeTheWord() throws {
    let folder = try TemporaryFolder()
    let file = try folder.add("a.thm", "theorem t.t \"t\"\nclaim proved \"one\" derived : 1 < 2\ninstance one\n")
    #expect(try Command.run(["explain", "proved", file]).output.hasPrefix("proved  \"one\""))
    #expect(try Command.run(["explain", "refuted", file]).output.hasPrefix("refuted  a verdict"))
}

@Test func anUnknownNameIsSuggested() throws {
    for (word, meant) in [("undecidde", "undecided"), ("teaching.logistc", "teaching.logistic")] {
        let command = try Command.run(["explain", word])
        #expect(command.status == 64 && command.output == "")
        #expect(command.errors.contains("nothing is called '\(word)'; did you mean '\(meant)'?"), "\(command.errors)")
    }
    let command = try Command.run(["explain", "quite-another-thing"])
    #expect(command.errors.contains("flowbound explain quite-another-thing FILE"), "\(command.errors)")
    #expect(try Command.run(["explain", "E9999"]).errors.contains("no message has the id 'E9999'"))
    for arguments in [["rate", "nowhere.thm"], ["nowhere.thm"]] {
        let command = try Command.run(["explain"] + arguments)
        #expect(command.status == 3 && command.errors.contains("no such file or folder"), "\(command.errors)")
    }
}

@Test func aBrokenFileIsNotExplained() throws {
    let folder = try TemporaryFolder()
    let file = try folder.add("a.thm", "theorem t.t \"t\"\nclaim a \"one\" derived : 1 < y\ninstance one\n")
    let hidden = try folder.add("b.thm", "theorem t.t \"t\"\nclaim b \"one\" derived : 1 <\ninstance one\n")
    for (arguments, id) in [(["a", file], "E0301"), (["b", hidden], "E0203"), ([hidden], "E0203")] {
        let command = try Command.run(["explain"] + arguments)
        #expect(command.status == 3)
        #expect(command.errors.contains(id), "\(command.errors)")
    }
}

// MARK: doctor

@Test func theDoctorFindsNothingWrong() throws {
    let command = try Command.run(["doctor"])
    #expect(command.status == 0, "\(command.output)\(command.errors)")
    for word in ["GMP", "MPFR", "Swift", "checks passed"] { #expect(command.output.contains(word), "\(command.output)") }
    let json = try Command.run(["doctor", "--json"])
    let document = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(document["passed"] as? Bool == true)
    #expect((document["checks"] as? [Any])?.count ?? 0 >= 15)
}

// MARK: Completion and the manual page

@Test(arguments: ["bash", "zsh", "fish"])
func aCompletionScriptIsWritten(shell: String) throws {
    let command = try Command.run(["--generate-completion-script", shell])
    #expect(command.status == 0)
    for word in ["init", "explain", "doctor", "verify", "thm"] { #expect(command.output.contains(word), "\(shell): \(word)") }
}

@Test func namesOfTheFileAreCompleted() throws {
    func completed(_ option: String, _ file: String) throws -> [Substring] {
        let words = ["verify", file, option, ""]
        let command = try Command.run(
            ["---completion", "verify", "--", option, "4", "0", "flowbound"] + words, environment: ["SAP_SHELL": "bash"])
        return command.output.split(separator: "\n")
    }
    #expect(try completed("--only", "theorems/teaching/logistic.thm").contains("rate"))
    #expect(try completed("--instance", "theorems/incontext/theorem-3.1.thm").contains("k3"))
    // Declared in the model that the theorem uses.
    #expect(try completed("--set", "theorems/incontext/theorem-3.1.thm").contains("K="))
}

private struct Help: Decodable {
    struct Command: Decodable {
        let commandName: String
        let abstract: String?
        let arguments: [Argument]?
        let subcommands: [Command]?
    }
    struct Argument: Decodable {
        struct Name: Decodable { let kind, name: String }
        let kind: String
        let names: [Name]?
        let valueName: String?
        let abstract: String?
    }
    let command: Command
}

@Test func everyOptionIsInTheManualPage() throws {
    let dump = try Command.run(["--experimental-dump-help"])
    let help = try JSONDecoder().decode(Help.self, from: Data(dump.output.utf8))
    let page = try String(contentsOfFile: "docs/flowbound.1", encoding: .utf8)
        .replacing("\\-", with: "-").replacing(/\\f[BIR]/, with: "").replacing("\\e", with: "\\")
    let commands = (help.command.subcommands ?? []).filter { $0.commandName != "help" }
    #expect(commands.count >= 8)
    for command in commands {
        let start = try #require(page.range(of: ".SS flowbound \(command.commandName)"), "\(command.commandName)")
        let section = page[start.upperBound...].components(separatedBy: "\n.S")[0]
        #expect(section.contains(command.abstract ?? ""), "\(command.commandName)")
        for argument in command.arguments ?? [] {
            let names = (argument.names ?? []).map { $0.kind == "long" ? "--\($0.name)" : "-\($0.name)" }
            if names.contains("--help") || names.contains("--version") { continue }
            let value = argument.kind == "flag" ? nil : argument.valueName
            let spelling = ([names.joined(separator: ", ")] + [value].compactMap { $0 }).filter { !$0.isEmpty }.joined(separator: " ")
            #expect(section.contains(".TP\n\(spelling)\n\(argument.abstract ?? "")"), "\(command.commandName) \(spelling): run scripts/generate-manual")
        }
    }
}
