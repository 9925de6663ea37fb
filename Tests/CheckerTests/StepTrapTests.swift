import Testing

@testable import Checker

/// Claims about runs in steps that invite a wrong verdict: what must not be said of them.
struct StepTrapTests {
    struct Trap: CustomTestStringConvertible {
        let claim: String
        /// The truth, or why there is none.
        let because: String
        /// Verdicts that would be false.
        let forbidden: [Outcome]
        var setting = Trap.counting

        var testDescription: String { claim }

        /// x = t, and z is exactly 1/3 for ever, which no ball knows after step 0. T = 0 and V = 3 are therefore not decided,
        /// U = 15 lies beyond the end 10.
        static let counting = """
            state x = 0
            state z = 1/3
            map next(x) = x + 1
            map next(z) = 1 - 2*z
            stop at 10 steps
            event V = first t where x >= 3*z + 2
            event U = first t where x >= 15
            """
        /// The end is step 3 or later, nobody knows: z <= 1/3 is true at step 1 already.
        static let open = """
            state x = 0
            state z = 1/3
            map next(x) = x + 1
            map next(z) = 1 - 2*z
            stop when x >= 3*z + 2, at latest 6 steps
            event E = first t where x >= 5
            """
        /// x = 3, 2, 1, 0, and then no step any more.
        static let ending = """
            state x = 3
            map next(x) = x - 1 + 0/x
            stop at 3 steps
            """
        static let box = """
            parameter a : real = 1/2
            state x = 0
            map next(x) = x + 1
            stop at 5 steps
            """
    }

    static let traps: [Trap] = [
        Trap(claim: "sometime on [0, V] : t >= 5", because: "V = 3", forbidden: [.proved]),
        Trap(claim: "always on [0, V] : t <= 5", because: "V = 3", forbidden: [.refuted]),
        Trap(claim: "at V : x >= 4", because: "x = 3 there", forbidden: [.proved]),
        Trap(claim: "V >= 4", because: "V = 3", forbidden: [.proved]),
        Trap(claim: "V <= 3", because: "V = 3", forbidden: [.refuted]),
        Trap(claim: "always on [V, 3] : x > 100", because: "the interval is [3, 3]", forbidden: [.proved, .vacuous]),
        Trap(claim: "sometime on [V, 3] : x >= 3", because: "the interval is [3, 3]", forbidden: [.refuted, .vacuous]),
        Trap(claim: "always on [U, 15] : x <= 0", because: "the interval is [15, 15]", forbidden: [.proved, .vacuous]),
        Trap(claim: "always on [U, 11] : x <= 0", because: "nothing is known about [15, 11]", forbidden: [.proved, .refuted]),
        Trap(claim: "always on [0, U/2] : t <= 8", because: "U/2 = 7.5", forbidden: [.refuted]),
        Trap(claim: "sometime on [0, U/2] : t >= 8", because: "U/2 = 7.5", forbidden: [.proved]),
        Trap(claim: "always on [3/2, 5/2) : t = 2", because: "2 is the only step", forbidden: [.refuted, .vacuous]),
        Trap(claim: "sometime on (2, 5/2] : t >= 0", because: "no step lies there", forbidden: [.proved, .refuted]),
        Trap(claim: "at (U/2) : x >= 0", because: "U is not reached", forbidden: [.proved, .refuted]),
        Trap(claim: "at (-1) : x <= -1/2", because: "not an instant", forbidden: [.proved, .refuted]),
        Trap(claim: "at (1/2) : x <= 1", because: "not an instant", forbidden: [.proved, .refuted]),
        Trap(claim: "always on [-3, -2] : x > 100", because: "not instants", forbidden: [.proved, .refuted]),
        Trap(claim: "always on [-3, 0] : x <= 0", because: "only step 0 counts", forbidden: [.refuted, .vacuous]),
        Trap(claim: "always while x <= 3 : x <= 3", because: "the step that fails does not count", forbidden: [.refuted]),
        Trap(claim: "always while x <= 3*z + 2 : t <= 2", because: "step 3 counts", forbidden: [.proved]),
        Trap(claim: "always x < 10", because: "x = 10 at the end", forbidden: [.proved]),
        Trap(claim: "always next(x) <= 10", because: "next(x) = 11 at the end", forbidden: [.proved]),
        Trap(claim: "increasing (if x >= 10 then 0 else x)", because: "falls in the last step", forbidden: [.proved]),
        Trap(claim: "increasing (if x >= 11 then 0 else x)", because: "the step after the end does not count", forbidden: [.refuted]),
        Trap(claim: "increasing z", because: "constant", forbidden: [.proved]),
        Trap(claim: "always z < 1/3", because: "z = 1/3", forbidden: [.proved]),
        Trap(claim: "always z <= 1/3", because: "z = 1/3", forbidden: [.refuted]),
        Trap(claim: "sometime z > 1/3", because: "z = 1/3", forbidden: [.proved]),
        Trap(claim: "always 1/x <= 1/x", because: "undefined at step 0", forbidden: [.proved, .refuted]),
        Trap(claim: "always (x - 5)/(x - 5) = 1", because: "undefined at step 5", forbidden: [.proved, .refuted]),
        Trap(claim: "increasing 1/(x - 5)", because: "undefined at step 5", forbidden: [.proved]),
        Trap(claim: "increasing log(x)", because: "undefined at step 0", forbidden: [.proved]),
        Trap(claim: "identity floor(t) = t", because: "t is a whole number", forbidden: [.refuted]),
        Trap(claim: "identity cos(2*pi*t) = 1", because: "t is a whole number", forbidden: [.refuted]),
        Trap(claim: "always on [0, 2) : t < C for some C where C <= 2", because: "C = 2 works", forbidden: [.refuted]),
        Trap(claim: "always on [0, 2) : t <= C for some C where C <= 1", because: "C = 1 works", forbidden: [.refuted]),
        Trap(claim: "always x <= C*t for some C where C < 1", because: "C = 1 is needed", forbidden: [.proved]),
        Trap(claim: "always x + 1 <= C*t for some C", because: "1 <= 0 at step 0", forbidden: [.proved]),
        Trap(claim: "always on [0, end] : t <= 3", because: "the end is step 3", forbidden: [.refuted], setting: Trap.open),
        Trap(claim: "sometime t >= 5", because: "the end is step 3", forbidden: [.proved], setting: Trap.open),
        Trap(claim: "sometime t >= 4", because: "the end is step 3", forbidden: [.proved], setting: Trap.open),
        Trap(claim: "always t <= 2", because: "the end is step 3", forbidden: [.proved], setting: Trap.open),
        Trap(claim: "at end : t >= 4", because: "the end is step 3", forbidden: [.proved], setting: Trap.open),
        Trap(claim: "end >= 4", because: "the end is step 3", forbidden: [.proved], setting: Trap.open),
        Trap(claim: "increasing (if x >= 4 then 0 else x)", because: "the end is step 3", forbidden: [.refuted], setting: Trap.open),
        Trap(claim: "always next(x) < x", because: "step 3 has no next one", forbidden: [.proved], setting: Trap.ending),
        Trap(claim: "always on [0, 4] : x <= 3", because: "there is no step 4", forbidden: [.proved, .refuted], setting: Trap.ending),
        Trap(claim: "at 4 : x <= 3", because: "there is no step 4", forbidden: [.proved, .refuted], setting: Trap.ending),
        Trap(claim: "always abs(x - 4*a) >= 1/10 for all a in [0, 1]", because: "false at a = 1/4", forbidden: [.proved, .vacuous], setting: Trap.box),
    ]

    @Test(arguments: traps)
    func nothingFalseIsSaid(trap: Trap) async throws {
        var options = VerificationOptions()
        options.maximumBits = 128
        let text = "theorem trap \"t\"\n\(trap.setting)\nclaim c \"c\" derived : \(trap.claim)\ninstance only\n"
        let result = try await verified(text, options: options)
        let verdict = try #require(result.instances.first?.obligations.first).verdict
        #expect(!trap.forbidden.contains(Outcome(verdict)), "\(verdict), but \(trap.because):\n\(text)")
    }

    /// What is exact at one step is decided there, whatever the others are.
    @Test func decreasingUpToTheEndIsProvedWithoutTheStepBeyond() async throws {
        try await VerdictTable(setting: Trap.ending, rows: [
            (.proved, "decreasing x"), (.proved, "always on [0, end) : next(x) < x"), (.undecided, "always next(x) < x"),
        ]).check()
    }
}
