import Bounds

/// What a form of claim says, and what its verdicts mean: the table of claims in docs/language.md, as sentences.
struct ClaimFormGuide {
    let pattern: String
    let says: String
    let proved: String
    let refuted: String

    init(_ form: ClaimForm) {
        switch form {
        case .condition:
            self.init(
                "c", "A condition on numbers that do not move: parameters, events, constants, values q@T.",
                proved: "The enclosures decide that it holds.", refuted: "It is certainly false.")
        case .identity:
            self.init(
                "identity a = b", "An equation for every state, not only on the run; all(...) and 'and' of equations too.",
                proved: "Both sides have the same normal form; 'where S != 0' lists what was divided by.",
                refuted: "The sides differ at one exact state, which is printed.")
        case .solution:
            self.init(
                "solution x = e(t)", "The run is given by this formula.",
                proved: "The formula has the exact start and fits the equations identically, and is certainly defined.",
                refuted: "It does not have the start, or leaves the run at once.")
        case .symmetry:
            self.init(
                "symmetry x[i] -> x[s(i)]", "The replacement leaves start and dynamics as they are.",
                proved: "It keeps both, as identities.", refuted: "It changes the start, or the dynamics at one exact state.")
        case .always:
            self.init(
                "always on [a, b] while h : c", "The condition holds at every instant, from a to b, or of the whole run.",
                proved: "It holds at every instant of the interval, wherever its true ends lie in their enclosures.",
                refuted: "It fails at an instant that certainly belongs to the interval.")
        case .sometime:
            self.init(
                "sometime on [a, b] : c", "The condition holds at some instant, from a to b, or of the whole run.",
                proved: "It is certified at an instant that certainly belongs to the interval.",
                refuted: "It is certified false at every instant of the interval.")
        case .increasing:
            self.init(
                "increasing q on [a, b]", "The quantity increases strictly.",
                proved: "Its derivative is positive, or in steps next(q) > q, at every instant.",
                refuted: "q(t2) <= q(t1) is enclosed for some t1 < t2.")
        case .decreasing:
            self.init(
                "decreasing q on [a, b]", "The quantity decreases strictly.",
                proved: "Its derivative is negative, or in steps next(q) < q, at every instant.",
                refuted: "q(t2) >= q(t1) is enclosed for some t1 < t2.")
        case .at:
            self.init(
                "at T : c", "The condition holds at one moment.",
                proved: "It holds at every time of the enclosure of the moment.",
                refuted: "It fails at every time of the enclosure of the moment.")
        case .everywhere:
            self.init(
                "everywhere c", "The condition holds for all real values of the states, not only on the run.",
                proved: "The signs of normal forms decide it; piecewise linear conditions are decided cell by cell.",
                refuted: "It is false at one exact state, which is printed.")
        case .growth:
            self.init(
                "growth of Q in P over F within [lo, hi]",
                "The quantity grows along the family like a power of the parameter between these two.",
                proved: "Never: a family is no proof for all values. 'consistent' says that the local exponents of all "
                    + "neighbours, log(Q2/Q1)/log(P2/P1), lie inside.",
                refuted: "One local exponent certainly lies outside.")
        }
    }

    private init(_ pattern: String, _ says: String, proved: String, refuted: String) {
        self.pattern = pattern
        self.says = says
        self.proved = proved
        self.refuted = refuted
    }
}

extension ClaimForm {
    /// Whether the claim is about instants of a run.
    var isAboutInstants: Bool {
        switch self {
        case .always, .sometime, .increasing, .decreasing: true
        case .condition, .identity, .solution, .symmetry, .at, .everywhere, .growth: false
        }
    }
}
