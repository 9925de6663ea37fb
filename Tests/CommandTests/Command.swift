import Foundation

/// The built `flowbound`, run as its users run it. It stands beside the test bundle.
struct Command {
    let status: Int32
    let output: String
    let errors: String

    static let executable = URL(fileURLWithPath: Bundle.main.bundlePath).appendingPathComponent("flowbound").path

    /// - Parameters:
    ///   - input: what the command reads from its standard input.
    ///   - interruptAfter: seconds after which the command gets a Ctrl-C.
    static func run(
        _ arguments: [String], environment: [String: String] = [:], input: [UInt8] = [], interruptAfter: Double? = nil
    ) throws -> Command {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        return try run(process, environment, input, interruptAfter)
    }

    /// Runs a line as a shell does in `folder`; it finds `flowbound`.
    static func run(line: String, in folder: TemporaryFolder) throws -> Command {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", line]
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return try run(process, ["PATH": "\(Bundle.main.bundlePath):\(path)"], [], nil)
    }

    private static func run(
        _ process: Process, _ environment: [String: String], _ input: [UInt8], _ interruptAfter: Double?
    ) throws -> Command {
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        // Files, not pipes: a pipe that nobody empties would stop a command with a long report.
        let folder = try TemporaryFolder()
        let output = try folder.add("output", "")
        let errors = try folder.add("errors", "")
        process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: folder.add("input", bytes: input)))
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
        try process.run()
        if let interruptAfter {
            Thread.sleep(forTimeInterval: interruptAfter)
            process.interrupt()
        }
        process.waitUntilExit()
        // A signal that ended the process is no exit status.
        let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        return Command(
            status: status, output: try String(contentsOfFile: output, encoding: .utf8),
            errors: try String(contentsOfFile: errors, encoding: .utf8))
    }
}

/// A folder that goes away with the last reference to it.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("flowbound-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func add(_ name: String, _ text: String) throws -> String {
        try add(name, bytes: Array(text.utf8))
    }

    func add(_ name: String, bytes: [UInt8]) throws -> String {
        let file = URL(fileURLWithPath: path).appendingPathComponent(name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        return file.path
    }
}
