import Foundation

/// Times our arithmetic beside Arb's and MPFI's.
@main
struct Benchmark {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.contains("--help") {
            print(Options.usage)
            exit(0)
        }
        guard let options = Options(arguments) else {
            note(Options.usage)
            exit(64)
        }
        var load = 0.0
        if getloadavg(&load, 1) == 1 && load > 0.5 { note("The load is \(load): expect noise.") }

        let balls = (Operation.scalars + Operation.compounds).flatMap { operation in
            [53, 128, 256, 512, 1024].compactMap { row(.multiprecision, operation, bits: $0, options) }
        }
        let doubles = Operation.doubles.compactMap { row(.double, $0, bits: 53, options) }
        let threads = [(Row.Tier.double, 53), (.multiprecision, 128), (.multiprecision, 1024)].flatMap { tier, bits in
            [Operation.dot100, .exp, .matrixProduct].map { ThreadRow(tier, $0, bits: bits) }
                .filter { options.filter.isEmpty || $0.name.contains(options.filter) }
        }
        let agreeing = (balls + doubles).filter { $0.width != nil }
        for row in agreeing { row.calibrate(batch: options.batch) }
        for row in threads { await row.calibrate(batch: options.threadBatch) }
        for round in 1...options.rounds {
            note("round \(round) of \(options.rounds)")
            for row in agreeing { row.measure(batches: options.batches) }
            for row in threads { await row.measure(batches: options.batches / 2) }
        }

        let report = Report(machine: Machine(), options: options, balls: balls, doubles: doubles, threads: threads)
        print(report.text)
        if let output = options.output { try report.markdown.write(toFile: output, atomically: true, encoding: .utf8) }
        // A wrong result is not a slow one.
        if agreeing.count < balls.count + doubles.count { exit(1) }
    }

    private static func row(_ tier: Row.Tier, _ operation: Operation, bits: Int, _ options: Options) -> Row? {
        let name = Row.name(tier, operation, bits: bits)
        return options.filter.isEmpty || name.contains(options.filter) ? Row(tier, operation, bits: bits) : nil
    }

    private static func note(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }
}
