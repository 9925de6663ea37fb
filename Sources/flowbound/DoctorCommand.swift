import ArgumentParser
import CMachine
import Checker
import Foundation
import Reports

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Say what Flowbound runs with, and test that it decides correctly here.",
        discussion: """
            The self test takes a second: enclosures of known numbers in doubles and at higher precision, a claim for \
            each verdict, best constants that are known exactly. Give its output with a report of a fault.

            Exit status: 0 everything passed, 70 something failed.
            """)

    @Flag(help: "Write one JSON object instead of text.")
    var json = false

    func run() async throws {
        let facts = Self.facts
        let checks = await selfTest()
        let failed = checks.filter { !$0.passed }
        Console.write(json ? Self.document(facts, checks) : Self.text(facts, checks))
        guard failed.isEmpty else {
            Console.complain(
                "the self test failed: do not trust verdicts of this build. Build it again from a clean folder "
                    + "(rm -rf .build), with GMP and MPFR of the system; if it still fails, report it with this output")
            throw ExitCode(ExitStatus.fault)
        }
    }

    // MARK: Facts

    private static var facts: [(name: String, value: String)] {
        var facts = [("flowbound", flowboundVersion), ("built with", "Swift \(swiftVersion), C compiler \(compiler)")]
        for (name, version) in arithmeticLibraries {
            let path = name == "GMP" ? machine_gmp_path() : machine_mpfr_path()
            facts.append((name, "\(version), from \(path.map { String(cString: $0) } ?? "an unknown place")"))
        }
        facts.append(("system", "\(ProcessInfo.processInfo.operatingSystemVersionString), \(architecture)"))
        facts.append(("vectors of doubles", machine_has_wide_lanes() != 0 ? "AVX2 and FMA" : "plain code"))
        facts.append(("long numbers", machine_has_carry_chains() != 0 ? "BMI2 and ADX" : "plain code"))
        return facts
    }

    /// Without the address of its sources.
    private static var compiler: String {
        String(String(cString: machine_c_compiler()).prefix { $0 != "(" }).trimmingCharacters(in: .whitespaces)
    }

    private static var swiftVersion: String {
        #if compiler(>=6.4)
            "6.4 or later"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }

    private static var architecture: String {
        #if arch(x86_64)
            "x86_64"
        #elseif arch(arm64)
            "arm64"
        #else
            "another processor"
        #endif
    }

    // MARK: Output

    private static func text(_ facts: [(name: String, value: String)], _ checks: [SelfCheck]) -> String {
        let width = (facts.map(\.name.count) + checks.map(\.name.count)).max() ?? 0
        func line(_ name: String, _ value: String) -> String {
            name.padding(toLength: width + 2, withPad: " ", startingAt: 0) + value
        }
        let tests = checks.map { line($0.name, ($0.passed ? "passed: " : "FAILED: ") + $0.finding) }
        let passed = checks.count { $0.passed }
        let summary =
            passed == checks.count
            ? "\(passed) checks passed: Flowbound works here." : "\(checks.count - passed) of \(checks.count) checks failed."
        return (facts.map { line($0.name, $0.value) } + [""] + tests + ["", summary]).joined(separator: "\n") + "\n"
    }

    private static func document(_ facts: [(name: String, value: String)], _ checks: [SelfCheck]) -> String {
        let tests = checks.map { check in
            JSONValue.object([
                ("name", .string(check.name)), ("passed", .boolean(check.passed)), ("finding", .string(check.finding)),
            ])
        }
        return JSONValue.object([
            ("runsWith", .object(facts.map { (key: $0.name, value: JSONValue.string($0.value)) })),
            ("checks", .array(tests)),
            ("passed", .boolean(checks.allSatisfy(\.passed))),
        ]).serialized()
    }
}
