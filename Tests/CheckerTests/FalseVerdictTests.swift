import Bounds
import Exact
import Foundation
import Testing

@testable import Checker

/// Claims that invite a wrong verdict: what must not be said of them.
struct FalseVerdictTests {
    struct Trap: CustomTestStringConvertible {
        let claim: String
        /// The truth, or why there is none.
        let because: String
        /// Verdicts that would be false.
        let forbidden: [String]
        var prelude = Trap.moving

        var testDescription: String { claim }

        /// x' = y' = 1 with x(0) = 0, y(0) = -1; T = 1 is touched and so undecided, U = 15 lies beyond the end 10.
        static let moving = """
            state x = 0
            state y = -1
            flow x' = 1
            flow y' = 1
            stop at 10
            event T = first t where y^2 <= 0
            event U = first t where x >= 15
            instance i
            """
        static let logarithm = """
            state x = -1
            flow x' = 1
            stop at 1/2
            instance i
            """
        static let early = """
            state x = -1
            flow x' = 1
            stop at 5
            event E = first t after -3 where x >= -2
            instance i
            """
        static let members = """
            parameter K : real
            state x = 0
            flow x' = 1
            stop at 1
            family k K in [1, 3, 5]
            """
        static let box = """
            parameter a : real
            state x = 0
            flow x' = 1
            stop at 1
            instance i a = 1/2
            """
        static let still = """
            parameter K : real
            state x = 0
            flow x' = 1
            stop at 1
            instance i K = 0
            """
    }

    static let traps: [Trap] = [
        Trap(claim: "sometime on [0, T] : t >= 5", because: "T = 1", forbidden: ["proved"]),
        Trap(claim: "always on [0, T] : t <= 5", because: "T = 1", forbidden: ["refuted"]),
        Trap(claim: "sometime on [0, U/2] : t >= 8", because: "U/2 = 7.5", forbidden: ["proved"]),
        Trap(claim: "always on [0, U/2] : t <= 8", because: "U/2 = 7.5", forbidden: ["refuted"]),
        Trap(claim: "always on [U, 20] : x <= 0", because: "the interval is [15, 20]", forbidden: ["vacuous", "proved"]),
        Trap(claim: "sometime on [0, log(-1)] : x >= 1", because: "no such interval", forbidden: ["proved"]),
        Trap(claim: "always on [0, log(-1)] : x <= 1", because: "no such interval", forbidden: ["refuted"]),
        Trap(claim: "always while x <= 0 : x <= 0", because: "only t = 0 counts", forbidden: ["refuted"]),
        Trap(claim: "always on [0, 2) : t < C for some C where C <= 2", because: "C = 2 works", forbidden: ["refuted"]),
        Trap(claim: "always on (0, 1] : C < t for some C where C >= 0", because: "C = 0 works", forbidden: ["refuted"]),
        Trap(claim: "always on (1, 1] : t <= C for some C where C <= 1/2", because: "empty", forbidden: ["refuted"]),
        Trap(claim: "always on (1, 5] : (if t <= 1 then 10 else 1) <= C for some C where C <= 5", because: "C = 1 works", forbidden: ["refuted"]),
        Trap(claim: "at (-1) : x <= -1/2", because: "not an instant", forbidden: ["proved", "refuted"]),
        Trap(claim: "always on [-3, -2] : x > 100", because: "not instants", forbidden: ["proved", "refuted"]),
        Trap(claim: "always 1/x <= 1/x", because: "undefined at 0", forbidden: ["proved", "refuted"]),
        Trap(claim: "always (x - 5)/(x - 5) = 1", because: "undefined at 5", forbidden: ["proved", "refuted"]),
        Trap(claim: "always 0*log(-1 - x) <= 1", because: "undefined", forbidden: ["proved", "refuted"]),
        Trap(claim: "at 1 : max(x, log(x - 3)) >= 0", because: "log(x - 3) is undefined", forbidden: ["proved", "refuted"]),
        Trap(claim: "at 1 : min(x, 1/(x - x)) <= 1", because: "1/0 is undefined", forbidden: ["proved", "refuted"]),
        Trap(claim: "at 1 : (if sqrt(2)^2/2 <= x then log(x - 3) else 2) >= 1", because: "the branch is undefined", forbidden: ["proved", "refuted"]),
        Trap(claim: "at 1 : (if log(x - 3) < 0 then 1 else 2) >= 1", because: "the condition is undefined", forbidden: ["proved", "refuted"]),
        Trap(claim: "always (if log(-1 - x) < 0 then 1 else 2) >= 1", because: "the condition is undefined", forbidden: ["proved", "refuted"]),
        Trap(claim: "indicator(log(-1) < 0) <= 1", because: "the condition is undefined", forbidden: ["proved", "refuted"]),
        Trap(claim: "increasing 1/(x - 5)", because: "decreasing, with a pole", forbidden: ["proved"]),
        Trap(claim: "increasing t - 3*(if x >= 1 then 1 else 0)", because: "jumps down", forbidden: ["proved"]),
        Trap(claim: "always x < 10", because: "x = 10 at the end", forbidden: ["proved"]),
        Trap(claim: "always x <= 10 - 1/10^9", because: "x = 10 at the end", forbidden: ["proved"]),
        Trap(claim: "always (log(x))' < 0", because: "log x is undefined", forbidden: ["proved", "refuted"], prelude: Trap.logarithm),
        Trap(claim: "increasing log(x)", because: "log x is undefined", forbidden: ["proved", "refuted"], prelude: Trap.logarithm),
        Trap(claim: "E < -1/2", because: "E = 0", forbidden: ["proved"], prelude: Trap.early),
        Trap(claim: "E >= 0", because: "E = 0", forbidden: ["refuted"], prelude: Trap.early),
        Trap(claim: "K <= C and C <= K + 1 for some C", because: "no C serves K = 1 and K = 5", forbidden: ["consistent"], prelude: Trap.members),
        Trap(claim: "K/2 <= C for some C where C < K", because: "no C serves K = 1 and K = 5", forbidden: ["consistent"], prelude: Trap.members),
        Trap(claim: "given a >= 3/10 : abs(a - 2/5) >= 1/100 for all a in [0, 1]", because: "false at 2/5", forbidden: ["vacuous", "proved"], prelude: Trap.box),
        Trap(claim: "always x <= 5 + K*C for some C where C <= K", because: "no C > 0 is <= 0", forbidden: ["proved"], prelude: Trap.still),
    ]

    @Test(arguments: traps)
    func nothingFalseIsSaid(trap: Trap) async throws {
        // A body may bring its own `given`, which stands before the colon.
        let separator = trap.claim.hasPrefix("given") ? " " : " : "
        let text = "theorem trap \"a claim that invites a wrong verdict\"\n\(trap.prelude)\nclaim c \"c\" derived\(separator)\(trap.claim)\n"
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("trap-\(UUID().uuidString).thm").path
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        var options = VerificationOptions()
        options.bits = 53
        let result = await verify(try Theorem(path: path), options: options)
        let verdicts = result.instances.flatMap(\.obligations).map { name(of: $0.verdict) }
        #expect(!verdicts.isEmpty)
        for verdict in verdicts {
            #expect(!trap.forbidden.contains(verdict), "\(verdict), but \(trap.because):\n\(text)")
        }
    }

    private func name(of verdict: Verdict) -> String {
        switch verdict {
        case .proved: "proved"
        case .refuted: "refuted"
        case .undecided: "undecided"
        case .vacuous: "vacuous"
        case .consistent: "consistent"
        }
    }
}
