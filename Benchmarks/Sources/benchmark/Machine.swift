import Foundation
import Peers

/// Where the times were taken.
struct Machine {
    let processor: String
    let cores: Int
    /// Those that kernels of any of the libraries could use.
    let features: [String]
    let system: String
    let swift: String
    let libraries = String(cString: peers_versions())

    init() {
        let processors = Machine.values(of: "model name", in: "/proc/cpuinfo", separator: ":")
        let flags = Machine.values(of: "flags", in: "/proc/cpuinfo", separator: ":").first ?? ""
        processor = processors.first ?? "unknown"
        cores = processors.count
        features = ["bmi2", "adx", "avx2", "fma", "avx512f"].filter { flags.split(separator: " ").contains(Substring($0)) }
        system = Machine.values(of: "PRETTY_NAME", in: "/etc/os-release", separator: "=").first ?? "unknown"
        swift = Machine.swiftVersion() ?? "unknown"
    }

    var lines: [String] {
        [
            "\(processor), \(cores) cores (\(features.joined(separator: ", ")))",
            "\(system), Swift \(swift)",
            libraries,
        ]
    }

    private static func values(of key: String, in path: String, separator: Character) -> [String] {
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: separator, maxSplits: 1)
            guard parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces) == key else { return nil }
            return parts[1].trimmingCharacters(in: CharacterSet(charactersIn: " \""))
        }
    }

    /// The version of the compiler on the path, which scripts/benchmark builds with.
    private static func swiftVersion() -> String? {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["swift", "--version"]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text.firstMatch(of: /Swift version (\S+)/).map { String($0.output.1) }
    }
}
