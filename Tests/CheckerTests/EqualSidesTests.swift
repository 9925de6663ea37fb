import Testing

@testable import Checker

/// Comparisons that no precision decides by itself: sides that are equal throughout, at an event, or at a time in between.
struct EqualSidesTests {
    /// x = exp(-t)
    private let decay = """
        state x = 1
        flow x' = -x
        stop at 2
        event Thalf  = first t where x <= 1/2
        event Teither = first t where x < 1/2 or t > 3
        event Tnow   = first t where x <= 1
        event Tlater = first t after 1 where x <= 1/2
        event Tlate  = first t where x <= 1/100
        event Ttouch = first t where (x - 1/2)^2 <= 0
        """

    @Test func equalThroughout() async throws {
        try await VerdictTable(setting: decay, rows: [
            (.proved, "always x <= exp(-t)"),
            (.proved, "always x >= exp(-t) and x <= 1"),
            (.proved, "always x*exp(t) = 1"),
            (.proved, "always on [1/2, Thalf] : x^2 = exp(-2*t)"),
            (.refuted, "always on [1, 2] : x < exp(-t)"),
            (.refuted, "always on [1, 2] : x != exp(-t)"),
            (.refuted, "always on [1, 2] : x < exp(-t) and x < 2"),
            (.refuted, "increasing x*exp(t)"),
            (.refuted, "always x <= exp(-t) - 1/10^12"),
            (.proved, "always x <= exp(-t) + 1/10^12"),
            (.notRefuted, "always x*exp(t)*(t - 1)/(t - 1) = 1"),
        ]).check()
    }

    @Test func equalThroughoutInSteps() async throws {
        try await VerdictTable(
            setting: """
                state x = 1
                state y = 2
                map next(x) = x/3
                map next(y) = y/3 + x*(y - 2*x)
                stop at 20 steps
                """,
            rows: [(.proved, "always y <= 2*x"), (.proved, "always y = 2*x"), (.refuted, "always y > 2*x")]
        ).check()
    }

    /// Other solutions start at the same point where the factor has no value: (x - t^2)' = 2 (sqrt(x) - t).
    @Test func anEquationWithoutUniquenessProvesNothing() async throws {
        try await VerdictTable(
            setting: """
                state x = 0
                flow x' = 2*sqrt(x)
                stop at 1
                """,
            rows: [(.notProved, "always x = t^2"), (.notProved, "always x >= t^2"), (.notRefuted, "always x = 0")]
        ).check()
    }

    @Test func beforeAnEvent() async throws {
        try await VerdictTable(setting: decay, rows: [
            (.proved, "always on [0, Thalf] : x >= 1/2"),
            (.proved, "always on [0, Thalf) : x > 1/2"),
            (.notProved, "always on [0, Thalf] : x > 1/2"),
            (.proved, "always on [0, Thalf) : 2*x > 1"),
            (.proved, "always on [0, Thalf] : x^2 >= 1/4 and 3*x^3 >= 3/8"),
            (.proved, "always on [1/10, Thalf] : x*(2*x - 1) >= 0"),
            (.proved, "always on [0, Teither] : x >= 1/2"),
            (.notProved, "always on [0, Thalf] : x <= 1/2"),
            (.vacuous, "always on [0, Tnow) : x > 1"),
            (.refuted, "always on [Tnow, 1] : x > 1"),
            // It starts at 1, where x is below 1/2 already.
            (.notProved, "always on [1, Tlater] : x >= 1/2"),
            (.refuted, "always on [0, Tlater] : x >= 1/2"),
        ]).check()
    }

    @Test func itsOwnHypothesis() async throws {
        try await VerdictTable(setting: decay, rows: [
            (.proved, "always while x > 1/2 : 2*x > 1"),
            (.proved, "always while x >= 1/2 : x >= 1/2"),
            (.notProved, "always while x >= 1/2 : x > 1/2"),
        ]).check()
    }

    /// Up to 1024 bits, in vain: they stop where two precisions in a row are stuck at the same place.
    @Test func touchingInBetweenEnds() async throws {
        try await VerdictTable(setting: decay, rows: [
            (.undecided, "always x - x^2 <= 1/4"),
            (.undecided, "at Ttouch : x >= 0"),
            (.undecided, "sometime x*exp(t) > 1"),
            (.proved, "always (x - 1/2)^2 >= 0"),
            (.proved, "always x <= exp(-t) + 1/10^40"),
        ]).check(maximumBits: 1024)
    }

    /// A part without a constant that fails at some instants of an event's enclosure need not fail at the event.
    @Test func aPartWithoutAConstantAtAnEvent() async throws {
        try await VerdictTable(setting: decay, rows: [
            (.notRefuted, "at Thalf : t <= log(2) and x <= C for some C"),
            (.notRefuted, "at Thalf : t >= log(2) and x <= C for some C"),
            (.notRefuted, "at Thalf : x >= 1/2 and x <= C for some C"),
            (.refuted, "at Thalf : t <= 1/2 and x <= C for some C"),
            (.proved, "at Thalf : t <= 7/10 and x <= C for some C where C <= 51/100"),
        ]).check()
    }

    /// abs(x)' is -1 before the crossing and 1 after it.
    @Test func aConstantBesideADerivativeThatJumps() async throws {
        try await VerdictTable(
            setting: """
                state x = -1
                state y = 0
                flow x' = 1
                flow y' = abs(x)
                stop at 2
                """,
            rows: [
                (.proved, "always abs(x)' <= C for some C where C <= 101/100"),
                (.refuted, "always abs(x)' <= C for some C where C <= 99/100"),
                (.notRefuted, "always on [0, 1) : abs(x)' = -1"),
            ]
        ).check(maximumBits: 1024)
    }

    /// What holds in a proved `implies` is no margin of its comparisons.
    @Test func aProvedImplicationHasNoMargin() async throws {
        let result = try await verified("""
            theorem t "t"
            state x = 1
            flow x' = -x
            stop at 1
            claim a "a" derived : at 1 : x >= 1/2 implies x >= 2/5
            instance only

            """)
        guard case .proved(let evidence)? = result.instances.first?.obligations.first?.verdict else {
            Issue.record("not proved")
            return
        }
        #expect(evidence.margin == nil)
    }

    @Test func anEventThatComesAfterTheEnd() async throws {
        try await VerdictTable(setting: decay, rows: [
            (.refuted, "Tlate <= end"), (.refuted, "Tlate < end"), (.proved, "Tlate > end"), (.proved, "Tlate >= end"),
            (.undecided, "Tlate <= 3"),
        ]).check()
    }

    /// |x| grows beyond 10^6 long before the numbers end.
    @Test func aDescentThatDivergesKeepsItsEvents() async throws {
        try await VerdictTable(
            setting: """
                state x = 2
                map next(x) = x^2*x^2
                stop at 60 steps
                event T = first t where x >= 10^6
                """,
            rows: [(.proved, "T = 3"), (.undecided, "T <= end"), (.proved, "sometime x >= 10^6")]
        ).check()
    }
}
