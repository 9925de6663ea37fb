import ArgumentParser

/// A length of time on the command line: `30`, `30s`, `5m`, `1.5h`.
struct TimeLimit: ExpressibleByArgument {
    let seconds: Double

    init?(argument: String) {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600]
        let unit = argument.last.flatMap { units[$0] }
        // Digits and one point: `Double` alone would also read "inf", "nan" and "0x1p3".
        let number = unit == nil ? argument[...] : argument.dropLast()
        guard number.allSatisfy({ $0.isASCII && $0.isNumber || $0 == "." }), let value = Double(number) else { return nil }
        seconds = value * (unit ?? 1)
        // Thirty years: `Duration` would overflow somewhere beyond.
        guard seconds > 0, seconds <= 1e9 else { return nil }
    }
}

/// The end of the time allowed to the whole command.
struct Deadline {
    private let end: ContinuousClock.Instant?

    init(_ limit: TimeLimit?) {
        end = limit.map { .now + .seconds($0.seconds) }
    }

    init(seconds: Double) {
        end = .now + .seconds(seconds)
    }

    /// Seconds left, 0 at least; nil without a limit.
    var remaining: Double? {
        end.map { max(0, ContinuousClock.now.duration(to: $0) / .seconds(1)) }
    }
}
