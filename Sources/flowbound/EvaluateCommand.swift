import ArgumentParser
import Checker
import Exact
import Foundation
import Reports

struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Enclose the values of a formula.",
        discussion: """
            The formula is written as in a theorem file. The result is an interval of decimals that certainly contains all \
            its values; a number whose decimal is exact is written alone.

              flowbound evaluate 'exp(1) - 2' --bits 200
              flowbound evaluate 'exp(x) - x' --with 'x=[0, 1/2]'
              flowbound evaluate 'exp(x) - x' --with 'x=[0, 1/2]' --tight 1e-20
              flowbound evaluate 'sum(k in 1..n) x^k/k' --with n=30,x=0x1.8p-3
              flowbound evaluate --lines < requests

            A value is an exact decimal, a fraction, a hexadecimal float, a constant formula, or an interval of two of \
            these. Put -- before a formula that starts with a minus sign.

            With --lines, every line of standard input is one JSON object, and is answered by one:

              {"expr": "exp(x)", "with": {"x": ["0", "1/2"]}, "bits": 53, "tight": "1e-9"}
              {"lo": "1", "hi": "1.6487212708"}

            All but "expr" may be left out; a point is one string, "x": "1/3". A line that has no enclosure is answered \
            by {"error": "..."}, and one whose "tight" was not reached has a "warning" beside its ends.

            Exit status: 0 done, 2 the tolerance was not reached, 3 the formula is invalid or outside its domain, \
            64 wrong usage, 70 an error in Flowbound. With --lines 0 if every line was answered, by errors too.
            """)

    @Argument(help: ArgumentHelp("The formula.", valueName: "formula"))
    var formula: String?

    @Option(name: .customLong("with"), help: ArgumentHelp("Give a name a value: x=1/3, 'x=[0, 1]'; may be repeated.", valueName: "name=value"))
    var assignments: [Assignments] = []

    @Option(help: ArgumentHelp("Bits of precision.", valueName: "n"))
    var bits = 53

    @Option(help: ArgumentHelp("Cut the intervals until the result is within this distance of the range.", valueName: "eps"))
    var tight: Tolerance?

    @Option(help: ArgumentHelp("Time for --tight: 10, 30s, 5m.", valueName: "time"))
    var timeout: TimeLimit?

    @Flag(help: #"Write {"lo": "...", "hi": "..."}."#)
    var json = false

    @Flag(help: "Answer the requests on standard input, line by line.")
    var lines = false

    func validate() throws {
        guard EvaluationRequest.bitsAllowed.contains(bits) else {
            throw ValidationError("--bits takes a number from \(EvaluationRequest.bitsAllowed.lowerBound) to \(EvaluationRequest.bitsAllowed.upperBound).")
        }
        if lines && (formula != nil || !assignments.isEmpty || json || tight != nil) {
            throw ValidationError("--lines takes formulas and values from standard input; only --bits and --timeout may stand beside it.")
        }
        if !lines && formula == nil { throw ValidationError("Give a formula, or --lines.") }
    }

    func run() async throws {
        guard let formula else { return EvaluationLines(defaults: request("")).answerAll() }
        do throws(InvalidEvaluation) {
            let evaluation = try evaluate(request(formula))
            Console.write((json ? evaluation.document() : evaluation.text) + "\n")
            for name in evaluation.unusedNames { Console.complain("warning: the formula does not use '\(name)'") }
            guard let shortfall = evaluation.shortfall else { return }
            Console.complain(shortfall)
        } catch {
            Console.note(error.source.render(error.diagnostic) + "\n")
            throw ExitCode(ExitStatus.invalid)
        }
        throw ExitCode(ExitStatus.undecided)
    }

    private func request(_ formula: String) -> EvaluationRequest {
        var request = EvaluationRequest(formula)
        request.values = assignments.flatMap(\.values)
        request.bits = bits
        request.tolerance = tight?.value
        if let timeout { request.timeout = timeout.seconds }
        return request
    }
}

/// `x=1/3`, `x=[0, 1], y=max(1, 2)`.
struct Assignments: ExpressibleByArgument {
    private(set) var values: [(name: String, value: String)] = []

    init?(argument: String) {
        var pieces = [""]
        var depth = 0
        for character in argument {
            switch character {
            case "[", "(", "{": depth += 1
            case "]", ")", "}": depth -= 1
            default: break
            }
            if character == ",", depth == 0 {
                pieces.append("")
            } else {
                pieces[pieces.count - 1].append(character)
            }
        }
        for piece in pieces {
            guard let sign = piece.firstIndex(of: "=") else { return nil }
            let (name, value) = (piece[..<sign].filter { !$0.isWhitespace }, piece[piece.index(after: sign)...])
            guard !name.isEmpty, value.contains(where: { !$0.isWhitespace }) else { return nil }
            values.append((String(name), String(value)))
        }
    }
}

/// A positive exact number, not so small that nothing could reach it.
struct Tolerance: ExpressibleByArgument {
    let value: Rational

    init?(argument: String) {
        guard argument.utf8.count <= 1000, let value = Rational(parsing: argument), value.isPositive,
            value.binaryExponent > -300_000
        else { return nil }
        self.value = value
    }
}
