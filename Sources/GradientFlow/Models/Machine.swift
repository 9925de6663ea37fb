import Arithmetic
import Exact
import Symbolic

/// Runs a program over Taylor models in tau on [0, 1].
///
/// A slot encloses a function y(tau) as   sum over j <= order of y_j tau^j + [-R, R] tau^(order+1) + [-S, S],
/// with balls y_j that contain the exact coefficients (of some fixed function within the input's enclosure), the
/// weighted remainder R, and the uniform remainder S for what varies in time without vanishing at tau = 0 (a tube's
/// radius, cut tails). With order 0 and constant inputs this is ball arithmetic.
///
/// Two ways to run: ``run()`` makes whole models, operation by operation; ``advance(_:)`` makes coefficient j of
/// every slot, for recurrences that need f_j to know x_(j+1). The latter has no remainders: it only guesses.
///
/// - Source: remainders by residuals, a posteriori: for exp(p) with q' - p'q of degree >= order, the error is at most
///   exp(osc p) |p'q|_tail tau^(order+1)/(order + 1); for quotients 1 - bq; likewise the other functions.
final class Machine<E: Enclosure> {
    /// What an undecided gate gives.
    enum GatePolicy {
        /// Both branches: right for the value of an observable.
        case hull
        /// No information: a vector field must be smooth on the whole tube.
        case smooth
    }

    let program: Program
    let order: Int
    let bits: Int
    let policy: GatePolicy
    let width: Int
    private let vector: BallVector<E>
    /// The position of an element that nothing else uses.
    let scratch: Int
    let span: E.Span
    /// R and S of every slot.
    private(set) var weighted: [Magnitude]
    private(set) var uniform: [Magnitude]
    /// Position of each operation's first auxiliary series.
    let auxiliary: [Int]
    /// The factor of each `scale`, where it is an integer: asked of exact fractions in every run, it would take longer
    /// than the products.
    let integerFactors: [Int?]
    /// The products of all contractions, one after the other, and where each one's are.
    private let products: UnsafeMutableBufferPointer<SeriesPair>
    private let productRanges: [Range<Int>]
    /// Whether a slot's value is certainly >= 0; made at order 0, where roots ask for it.
    let isNonNegative: [Bool]
    private let inputSlots: [[Int]]
    private var loops: [LoopRunner<E>] = []
    /// Truth of gates that is known from elsewhere: conditions on a law's variable, decided in exact rationals.
    var knownGates: [Truth?]

    convenience init(_ tape: Tape, order: Int, bits: Int, policy: GatePolicy, plans: LawPlans) {
        self.init(Program(tape, order: order), order: order, bits: bits, policy: policy, plans: plans)
    }

    init(_ program: Program, order: Int, bits: Int, policy: GatePolicy, plans: LawPlans) {
        self.program = program
        self.order = order
        self.bits = bits
        self.policy = policy
        width = order + 1
        let slots = program.operations.count
        integerFactors = program.operations.map { operation in
            if case .scale(let factor, _) = operation { factor.asInt } else { nil }
        }
        isNonNegative = order == 0 ? program.nonNegativeSlots : []
        var position = slots * width
        auxiliary = program.auxiliaries.map { count in
            defer { position += count * (order + 1) }
            return position
        }
        // One more element, for a coefficient that is only looked at.
        vector = BallVector(count: position + 1, bits: bits)
        scratch = position
        span = vector.span
        weighted = Array(repeating: .zero, count: slots)
        uniform = Array(repeating: .zero, count: slots)
        knownGates = Array(repeating: nil, count: program.gates.count)
        var inputSlots: [[Int]] = Array(repeating: [], count: program.inputs)
        for (slot, operation) in program.operations.enumerated() {
            if case .input(let input) = operation { inputSlots[input].append(slot) }
        }
        self.inputSlots = inputSlots
        (products, productRanges) = program.seriesPairs(width: order + 1)
        setConstants()
        loops = program.loops.map { LoopRunner($0, order: order, bits: bits, policy: policy, plans: plans) }
    }

    deinit {
        products.deallocate()
    }

    /// The products of a contraction.
    func products(of contraction: Int) -> UnsafeBufferPointer<SeriesPair> {
        UnsafeBufferPointer(rebasing: products[productRanges[contraction]])
    }

    private func setConstants() {
        for (slot, operation) in program.operations.enumerated() {
            switch operation {
            case .constant(let value): span[slot * width] = E(value, bits: bits)
            case .pi: span[slot * width] = E.pi(bits: bits)
            case .scale(let factor, _): span[auxiliary[slot]] = E(factor, bits: bits)
            case .power(_, let r): span[auxiliary[slot] + 2 * width] = E(r, bits: bits)
            default: break
            }
        }
    }

    // MARK: Inputs

    /// Coefficient j of input `input`.
    func setInput(_ input: Int, coefficient j: Int, _ value: E) {
        for slot in inputSlots[input] { span[slot * width + j] = value }
    }

    func setInput(_ input: Int, coefficient j: Int, from other: E.Span, _ position: Int) {
        for slot in inputSlots[input] { span.copy(slot * width + j, from: other, position) }
    }

    func setInput(_ input: Int, weighted r: Magnitude, uniform s: Magnitude) {
        for slot in inputSlots[input] {
            weighted[slot] = r
            uniform[slot] = s
        }
    }

    // MARK: Running

    /// Makes the whole model of every slot.
    func run() {
        var passed = Array(repeating: false, count: loops.count)
        for slot in program.operations.indices {
            let last = program.varies[slot] ? order : 0
            if case .loopOutput(let loop, let output) = program.operations[slot] {
                // One pass makes all outputs of the loop.
                if !passed[loop] { loops[loop].run(from: self) }
                passed[loop] = true
                loops[loop].copy(output, to: self, slot)
                continue
            }
            for j in 0...last { coefficient(j, slot) }
            if program.varies[slot] { remainder(slot) } else { settleConstant(slot) }
        }
    }

    /// Makes coefficient j of every slot; the coefficients below j are there, and those of the inputs up to j.
    func advance(_ j: Int) {
        var passed = Array(repeating: false, count: loops.count)
        for slot in program.operations.indices {
            if case .loopOutput(let loop, let output) = program.operations[slot] {
                if !passed[loop] { loops[loop].advance(j, from: self) }
                passed[loop] = true
                loops[loop].copyCoefficient(j, output, to: self, slot)
            } else if program.varies[slot] || j == 0 {
                coefficient(j, slot)
                if j == 0 && !program.varies[slot] { settleConstant(slot) }
            }
        }
    }

    /// Slot of an output.
    func output(_ index: Int) -> Int { program.outputs[index] }

    /// Position of coefficient 0 of a slot.
    func position(_ slot: Int) -> Int { slot * width }

    func setRemainder(_ slot: Int, weighted r: Magnitude, uniform s: Magnitude) {
        weighted[slot] = r
        uniform[slot] = s
    }

    /// Whether the slot's model carries information.
    func isFinite(_ slot: Int) -> Bool {
        guard weighted[slot].isFinite && uniform[slot].isFinite else { return false }
        let last = program.varies[slot] ? order : 0
        return (0...last).allSatisfy { span.isFinite(position(slot) + $0) }
    }

    /// The truth of a condition compiled with the tape, over all tau in [0, 1].
    func truth(ofCondition index: Int) -> Truth {
        program.conditions[index].truth { comparison, slot in comparison.truth(ofDifference: range(slot)) }
    }

    func truth(ofGate index: Int) -> Truth {
        knownGates[index]
            ?? program.gates[index].truth { comparison, slot in comparison.truth(ofDifference: range(slot)) }
    }

    /// Whether both branches of an undecided gate are all that can happen: false if something it compares may have no value,
    /// and with it the whole `if`.
    func isDefined(gate index: Int) -> Bool {
        knownGates[index] != nil || program.gates[index].differences.allSatisfy(isFinite)
    }
}
