import Exact

/// A straight-line program for a list of formulas: instructions over slots, no numbers of any tier.
///
/// Slot i holds the value of instruction i. An interpreter runs the instructions in order over any kind of
/// enclosure (balls, Taylor models, exact rationals). Sums over a finite law are loops with a tape of their own.
public struct Tape: Sendable {
    public enum Instruction: Sendable {
        case constant(Rational)
        case pi
        /// Position in ``inputs``.
        case input(Int)
        case add(Int, Int)
        case subtract(Int, Int)
        case negate(Int)
        case multiply(Int, Int)
        /// An exact constant times a slot.
        case scale(Rational, Int)
        case square(Int)
        case divide(Int, Int)
        /// 1/x, from a negative power.
        case reciprocal(Int)
        /// x^n, n >= 3.
        case integerPower(Int, Int)
        /// x^r with a base >= 0, r not an integer. r = 1/2 is the square root.
        case power(Int, Rational)
        case apply(Function, Int)
        case minimum(Int, Int)
        case maximum(Int, Int)
        /// `if gate then a else b`; the gate is a position in ``gates``.
        case select(gate: Int, Int, Int)
        /// Output `output` of loop `loop`. All outputs of a loop come from one pass over its range.
        case loopOutput(loop: Int, output: Int)
        /// The sum of all terms: each a slot, or a product of two, with a sign. At least one term.
        case contraction([ContractionTerm<Int>])
    }

    /// A condition over slots. The comparison is of the *difference* right - left with zero.
    public indirect enum Gate: Sendable {
        case truth(Bool)
        /// difference (slot) > 0, >= 0, = 0, != 0 for <, <=, =, !=.
        case compare(Comparison, difference: Int)
        case not(Gate)
        case and([Gate])
        case or([Gate])
        case implies(Gate, Gate)
    }

    /// The mean of several formulas over one law. Input 0 of `body` is the law's variable; input j is the
    /// outer slot `captured[j - 1]`. Every captured slot comes before the loop's first `loopOutput`.
    public struct Loop: Sendable {
        public let law: Law
        public let captured: [Int]
        public let body: Tape
    }

    public internal(set) var instructions: [Instruction] = []
    /// What the `input` instructions read, in order. (A body's inputs are given by its loop.)
    public internal(set) var inputs: [Symbol] = []
    /// The slot of each requested formula.
    public internal(set) var outputs: [Int] = []
    /// The requested conditions, as gates.
    public internal(set) var conditions: [Gate] = []
    public internal(set) var gates: [Gate] = []
    public internal(set) var loops: [Loop] = []
    /// Per slot: whether it depends on a symbol that the caller named as varying (time and states along a run;
    /// in a body also the captured slots that vary). The law's variable does not count as varying.
    public internal(set) var varies: [Bool] = []

    /// The positions of the inputs that some instruction reads, each once.
    public var inputsRead: [Int] {
        Set(instructions.compactMap { if case .input(let position) = $0 { position } else { nil } }).sorted()
    }
}
