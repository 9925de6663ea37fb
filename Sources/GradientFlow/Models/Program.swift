import Exact
import Symbolic

/// A tape lowered to operations that have a Taylor coefficient rule and a remainder rule.
///
/// Functions without a rule of their own become a few operations (sigmoid: exp, add, reciprocal), followed by a
/// `tighten` that takes coefficient 0 from the function itself. Slots that do not vary, and every slot of a program of
/// order 0, use the function directly.
struct Program {
    indirect enum Operation {
        case constant(Rational)
        case pi
        case input(Int)
        case add(Int, Int)
        case subtract(Int, Int)
        case negate(Int)
        case multiply(Int, Int)
        case scale(Rational, Int)
        case square(Int)
        case divide(Int, Int)
        case reciprocal(Int)
        case exponential(Int)
        case logarithm(Int)
        /// x^r, x > 0.
        case power(Int, Rational)
        /// f(x) for f' enclosed by slot `slope`: f(x) = f(x(0)) + integral of f'(x) x'.
        case integral(Function, Int, slope: Int)
        /// The sine (or cosine) of a slot; both series are made in one place.
        case sine(Int)
        case cosine(ofSine: Int)
        /// The series of `series` with coefficient 0 replaced by the function's own value.
        case tighten(Function, of: Int, series: Int)
        /// The function itself, where the slot does not vary or the order is 0.
        case element(Function, Int)
        case elementInteger(Int, Int)
        case elementPower(Int, Rational)
        /// abs(x), relu(x), floor(x): pieces; the sign is certified on the whole range.
        case piecewise(Function, Int)
        case minimum(Int, Int, difference: Int)
        case maximum(Int, Int, difference: Int)
        case select(gate: Int, Int, Int)
        case loopOutput(loop: Int, output: Int)
        /// The sum of products at a position of ``Program/contractions``.
        case contraction(Int)
    }

    /// A signed product of two slots.
    struct Product {
        let isNegative: Bool
        let left: Int
        let right: Int
    }

    struct Loop {
        let law: Law
        let captured: [Int]
        let body: Program
        /// The body's tape, for gates that only read the law's variable.
        let tape: Tape
    }

    private(set) var operations: [Operation] = []
    private(set) var varies: [Bool] = []
    let inputs: Int
    private(set) var outputs: [Int] = []
    private(set) var gates: [Tape.Gate] = []
    private(set) var conditions: [Tape.Gate] = []
    private(set) var loops: [Loop] = []
    private(set) var contractions: [[Product]] = []
    /// How many auxiliary series each operation needs.
    private(set) var auxiliaries: [Int] = []
    private var unit: Int?

    /// `captured`: the inputs of a loop's body beside the law's variable; nil for a tape whose inputs are its own.
    init(_ tape: Tape, order: Int, captured: Int? = nil) {
        inputs = captured.map { $0 + 1 } ?? tape.inputs.count
        var slots: [Int] = []
        slots.reserveCapacity(tape.instructions.count)
        for (index, instruction) in tape.instructions.enumerated() {
            let direct = order == 0 || !tape.varies[index]
            slots.append(lower(instruction, slots, varies: tape.varies[index], direct: direct))
        }
        outputs = tape.outputs.map { slots[$0] }
        gates = tape.gates.map { $0.mapped(slots) }
        conditions = tape.conditions.map { $0.mapped(slots) }
        loops = tape.loops.map { loop in
            Loop(
                law: loop.law, captured: loop.captured.map { slots[$0] },
                body: Program(loop.body, order: order, captured: loop.captured.count),
                tape: loop.body)
        }
    }

    private mutating func emit(_ operation: Operation, varies: Bool, auxiliaries count: Int = 0) -> Int {
        operations.append(operation)
        self.varies.append(varies)
        auxiliaries.append(count)
        return operations.count - 1
    }

    private mutating func lower(_ instruction: Tape.Instruction, _ slots: [Int], varies: Bool, direct: Bool) -> Int {
        switch instruction {
        case .constant(let value): return emit(.constant(value), varies: varies)
        case .pi: return emit(.pi, varies: varies)
        case .input(let position): return emit(.input(position), varies: varies)
        case .add(let a, let b): return emit(.add(slots[a], slots[b]), varies: varies)
        case .subtract(let a, let b): return emit(.subtract(slots[a], slots[b]), varies: varies)
        case .negate(let a): return emit(.negate(slots[a]), varies: varies)
        case .multiply(let a, let b): return emit(.multiply(slots[a], slots[b]), varies: varies)
        case .scale(let factor, let a): return emit(.scale(factor, slots[a]), varies: varies, auxiliaries: 1)
        case .square(let a): return emit(.square(slots[a]), varies: varies)
        case .divide(let a, let b): return emit(.divide(slots[a], slots[b]), varies: varies)
        case .reciprocal(let a): return emit(.reciprocal(slots[a]), varies: varies)
        case .integerPower(let a, let n):
            return direct ? emit(.elementInteger(slots[a], n), varies: varies) : lowerPower(slots[a], n)
        case .power(let a, let r):
            return direct
                ? emit(.elementPower(slots[a], r), varies: varies)
                : emit(.power(slots[a], r), varies: varies, auxiliaries: 3)
        case .apply(let function, let a):
            return direct ? emit(.element(function, slots[a]), varies: varies) : lower(function, slots[a])
        case .minimum(let a, let b):
            let difference = emit(.subtract(slots[a], slots[b]), varies: varies)
            return emit(.minimum(slots[a], slots[b], difference: difference), varies: varies)
        case .maximum(let a, let b):
            let difference = emit(.subtract(slots[a], slots[b]), varies: varies)
            return emit(.maximum(slots[a], slots[b], difference: difference), varies: varies)
        case .select(let gate, let a, let b):
            return emit(.select(gate: gate, slots[a], slots[b]), varies: varies)
        case .loopOutput(let loop, let output):
            return emit(.loopOutput(loop: loop, output: output), varies: varies)
        case .contraction(let terms):
            let products = terms.map { term in
                Product(isNegative: term.isNegative, left: slots[term.left], right: term.right.map { slots[$0] } ?? one())
            }
            contractions.append(products)
            return emit(.contraction(contractions.count - 1), varies: varies)
        }
    }

    /// x^n by repeated squaring, n >= 2.
    private mutating func lowerPower(_ base: Int, _ n: Int) -> Int {
        if n == 1 { return base }
        let half = lowerPower(base, n / 2)
        let square = emit(.square(half), varies: true)
        return n % 2 == 0 ? square : emit(.multiply(square, base), varies: true)
    }

    private mutating func lower(_ function: Function, _ a: Int) -> Int {
        switch function {
        case .exp:
            return exponential(a)
        case .expm1:
            let e = exponential(a)
            return tighten(function, a, emit(.subtract(e, one()), varies: true))
        case .log:
            return emit(.logarithm(a), varies: true, auxiliaries: 1)
        case .log1p:
            let shifted = emit(.add(a, one()), varies: true)
            return tighten(function, a, emit(.logarithm(shifted), varies: true, auxiliaries: 1))
        case .sqrt:
            return emit(.power(a, Rational(1, 2)), varies: true, auxiliaries: 3)
        case .sigmoid:
            return tighten(function, a, logistic(a))
        case .softplus:
            return emit(.integral(function, a, slope: logistic(a)), varies: true, auxiliaries: 1)
        case .tanh:
            // tanh x = 2/(1 + exp(-2x)) - 1
            let doubled = emit(.scale(2, a), varies: true, auxiliaries: 1)
            let twice = emit(.scale(2, logistic(doubled)), varies: true, auxiliaries: 1)
            return tighten(function, a, emit(.subtract(twice, one()), varies: true))
        case .sinh, .cosh:
            let e = exponential(a)
            let inverse = exponential(emit(.negate(a), varies: true))
            let sum = emit(function == .sinh ? .subtract(e, inverse) : .add(e, inverse), varies: true)
            return tighten(function, a, emit(.scale(Rational(1, 2), sum), varies: true, auxiliaries: 1))
        case .asinh:
            let shifted = emit(.add(emit(.square(a), varies: true), one()), varies: true)
            let slope = emit(.power(shifted, Rational(-1, 2)), varies: true, auxiliaries: 3)
            return emit(.integral(function, a, slope: slope), varies: true, auxiliaries: 1)
        case .erf:
            let bell = exponential(emit(.negate(emit(.square(a), varies: true)), varies: true))
            let root = emit(.elementPower(emit(.pi, varies: false), Rational(-1, 2)), varies: false)
            let factor = emit(.scale(2, root), varies: false, auxiliaries: 1)
            let slope = emit(.multiply(bell, factor), varies: true)
            return emit(.integral(function, a, slope: slope), varies: true, auxiliaries: 1)
        case .sin:
            return emit(.sine(a), varies: true, auxiliaries: 2)
        case .cos:
            let sine = emit(.sine(a), varies: true, auxiliaries: 2)
            return emit(.cosine(ofSine: sine), varies: true)
        case .abs, .relu, .floor:
            return emit(.piecewise(function, a), varies: true)
        }
    }

    /// The slot of the number 1.
    private mutating func one() -> Int {
        if let unit { return unit }
        let slot = emit(.constant(1), varies: false)
        unit = slot
        return slot
    }

    private mutating func exponential(_ a: Int) -> Int { emit(.exponential(a), varies: true, auxiliaries: 1) }

    /// 1/(1 + exp(-a))
    private mutating func logistic(_ a: Int) -> Int {
        let e = exponential(emit(.negate(a), varies: true))
        return emit(.reciprocal(emit(.add(e, one()), varies: true)), varies: true)
    }

    private mutating func tighten(_ function: Function, _ a: Int, _ series: Int) -> Int {
        emit(.tighten(function, of: a, series: series), varies: true)
    }
}

extension Tape.Gate {
    /// The gate over other slots.
    func mapped(_ slots: [Int]) -> Tape.Gate {
        switch self {
        case .truth: self
        case .compare(let comparison, let difference): .compare(comparison, difference: slots[difference])
        case .not(let gate): .not(gate.mapped(slots))
        case .and(let parts): .and(parts.map { $0.mapped(slots) })
        case .or(let parts): .or(parts.map { $0.mapped(slots) })
        case .implies(let a, let b): .implies(a.mapped(slots), b.mapped(slots))
        }
    }

    /// The slots whose sign the gate reads.
    var differences: [Int] {
        switch self {
        case .truth: []
        case .compare(_, let difference): [difference]
        case .not(let gate): gate.differences
        case .and(let parts), .or(let parts): parts.flatMap(\.differences)
        case .implies(let a, let b): a.differences + b.differences
        }
    }
}
